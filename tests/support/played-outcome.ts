import type { ProcessState, RecordEntry, Variables } from '#engine';

/** What stands at the end of a script, in the words of `SimulationResult`. */
export interface PlayedOutcome {
  readonly status: ProcessState['status'];
  readonly path: readonly string[];
  readonly variables: Variables;
  /** Elements of the open tasks. */
  readonly tasks: readonly string[];
  readonly incidents: readonly { readonly element: string; readonly code: string }[];
  readonly messages: readonly { readonly name: string; readonly correlationKey: string; readonly payload: Variables }[];
  readonly ledger: readonly { readonly loop: string; readonly step: string; readonly item: string }[];
  readonly refused: readonly { readonly step: number; readonly code: string }[];
  readonly workflowId: string;
  /** Its history, as the record has it. */
  readonly log: readonly RecordEntry[];
  /** The other instances that it called or that were started beside it, in the order in which they began. */
  readonly others: readonly { readonly processKey: string; readonly status: ProcessState['status']; readonly path: readonly string[]; readonly variables: Variables; readonly workflowId: string; readonly log: readonly RecordEntry[] }[];
}

/** Completed elements in order; the body of a multi-instance activity stands for itself only when it had no items. */
export function pathOf(entries: readonly RecordEntry[]): string[] {
  const hadItems = (detail: unknown): boolean => typeof detail === 'object' && detail !== null && 'numberOfInstances' in detail && detail.numberOfInstances !== 0;
  return entries.flatMap(({ action, elementId, detail }) => (action === 'element.completed' && elementId !== undefined && !hadItems(detail) ? [elementId] : []));
}

/** The open tasks of an instance, in the order in which they came up. */
export function openTasksOf(state: ProcessState): { readonly id: string; readonly elementId: string }[] {
  return inOrder(Object.values(state.userTasks)).map(({ id, elementInstanceId }) => ({ id, elementId: state.elementInstances[elementInstanceId]?.elementId ?? '' }));
}

/** By the number in their ids. */
export function inOrder<Entry extends { readonly id: string }>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((left, right) => Number(left.id.slice(1)) - Number(right.id.slice(1)));
}
