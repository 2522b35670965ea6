/** How much of an XML file is read. What is over a bound of size is refused before it is read; a file at all bounds takes some tenths of a second. */
export interface BpmnLimits {
  readonly maximumBytes: number;
  /** XML elements of any kind, diagrams and extensions included. */
  readonly maximumElements: number;
  readonly maximumFlowElements: number;
  readonly maximumDepth: number;
}

export const defaultBpmnLimits: BpmnLimits = { maximumBytes: 10_000_000, maximumElements: 30_000, maximumFlowElements: 4_000, maximumDepth: 200 };
