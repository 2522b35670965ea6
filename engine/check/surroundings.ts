import { isSubProcess, type FlowContainer, type FlowElement, type ProcessDefinition, type SequenceFlow } from '../definition/index.ts';

/** One container with its elements and flows by id. */
export interface Surroundings {
  readonly container: FlowContainer;
  /** The sub-process; absent for the process. */
  readonly owner?: FlowElement;
  readonly definition: ProcessDefinition;
  /** Every element id of the process. */
  readonly allIds: ReadonlySet<string>;
  /** The elements of the container. */
  readonly elements: ReadonlyMap<string, FlowElement>;
  readonly incoming: (elementId: string) => readonly SequenceFlow[];
  readonly outgoing: (elementId: string) => readonly SequenceFlow[];
}

/** Indexes a container once for all checks. */
export function surroundingsOf(container: FlowContainer, owner: FlowElement | undefined, definition: ProcessDefinition, allIds: ReadonlySet<string>): Surroundings {
  const incoming = groupBy(container.sequenceFlows, ({ targetRef }) => targetRef);
  const outgoing = groupBy(container.sequenceFlows, ({ sourceRef }) => sourceRef);
  return {
    container,
    ...(owner ? { owner } : {}),
    definition,
    allIds,
    elements: new Map(container.flowElements.map((element) => [element.id, element])),
    incoming: (id) => incoming.get(id) ?? [],
    outgoing: (id) => outgoing.get(id) ?? [],
  };
}

/** Whether the element is an event sub-process. */
export function isEventSubProcess(element: FlowElement | undefined): boolean {
  return element !== undefined && isSubProcess(element) && element.type === 'subProcess' && element.triggeredByEvent === true;
}

/** Whether something other than a flow begins the element. */
export function isBegunFromOutside(element: FlowElement): boolean {
  if (element.type === 'startEvent' || element.type === 'boundaryEvent' || isEventSubProcess(element)) return true;
  if ('isForCompensation' in element && element.isForCompensation) return true;
  if ('instantiate' in element && element.instantiate) return true;
  return element.type === 'intermediateCatchEvent' && element.event.kind === 'link';
}

function groupBy(flows: readonly SequenceFlow[], keyOf: (flow: SequenceFlow) => string): Map<string, SequenceFlow[]> {
  const groups = new Map<string, SequenceFlow[]>();
  for (const flow of flows) {
    const group = groups.get(keyOf(flow));
    if (group) group.push(flow);
    else groups.set(keyOf(flow), [flow]);
  }
  return groups;
}
