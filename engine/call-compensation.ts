import type { Execution } from './execution.ts';
import type { CompensationEntry, CompletedCall, ElementInstance } from './state.ts';

/** The call, when what its process completed is to be undone by that process. */
export function completedCallOf({ id, attempt, isUndoable }: ElementInstance): CompletedCall | undefined {
  return isUndoable && attempt !== undefined ? { elementInstanceId: id, attempt } : undefined;
}

/**
 * Has a completed call undone by the process that it called, from which it has no handler of its own: an element instance
 * in the scope waits for that. BPMN 2.0.2 §10.7.
 */
export function startCallCompensation(execution: Execution, scopeId: string, { elementId }: CompensationEntry, call: CompletedCall): void {
  const instance: ElementInstance = { id: execution.draft.nextId('e'), elementId, scopeId, status: 'active', activatedAt: execution.at, undoes: call };
  askForCompensation(execution, instance, call);
}

/** Asks the called process; a second time after it could not. */
export function askForCompensation({ draft }: Execution, instance: ElementInstance, call: CompletedCall): void {
  const { id, elementId } = instance;
  const attempt = (instance.attempt ?? 0) + 1;
  draft.put('elementInstances', { ...instance, attempt });
  draft.commands.push({ type: 'compensateChildProcess', elementInstanceId: id, elementId, attempt, call });
  draft.record('child.compensationStarted', { elementId, elementInstanceId: id });
}

/** Goes on when the called process has undone itself, or when an operator says that it need not. */
export function concludeCallCompensation(execution: Execution, { id, scopeId }: ElementInstance): void {
  execution.draft.remove('elementInstances', id);
  execution.completeScopeIfDone(scopeId);
}
