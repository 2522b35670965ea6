import { bodyOf } from '../body.ts';
import { startCompensation, takeEntries } from '../compensation.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import { closeIncident } from '../incidents.ts';
import type { CompensationEntry, ElementInstance } from '../state.ts';

/** From this semantics on, cancelling one of several transactions of a loop undoes all that run. */
const undoesAll = 3;

/**
 * Ends the transaction around the cancel end event: stops what runs in it, undoes what completed, then leaves over the
 * cancel boundary event. Those of a parallel multi-instance transaction that run beside it are undone as well, each in its
 * own scope, since the event ends them all. Raises TRANSACTION_MISSING. BPMN 2.0.2 §10.3.5, §13.5.3.
 */
export function cancelTransaction(execution: Execution, instance: ElementInstance): void {
  const { draft } = execution;
  const scope = draft.state.scopes[instance.scopeId];
  const transaction = scope?.elementInstanceId === undefined ? undefined : draft.state.elementInstances[scope.elementInstanceId];
  if (!scope || !transaction || execution.elementOf(transaction).definition.type !== 'transaction') {
    return raise({ code: 'TRANSACTION_MISSING', elementId: instance.elementId, message: `Expected cancel end event ${instance.elementId} to stand in a transaction, but it does not` });
  }
  draft.record('element.completed', { elementId: instance.elementId, elementInstanceId: instance.id });
  draft.remove('elementInstances', instance.id);
  const beside = transactionsBeside(execution, transaction);
  const hasBegun = ({ id }: ElementInstance): boolean => draft.scopesOwnedBy(id).length > 0;
  for (const other of beside) if (!hasBegun(other)) execution.terminate(other);
  const undone = [transaction, ...beside.filter(hasBegun)].map((each) => ({ each, entries: stop(execution, each) }));
  // All are marked before the first begins, which may be done at once: the last of them leaves.
  for (const { each, entries } of undone) draft.put('elementInstances', { ...each, compensating: entries });
  for (const { each, entries } of undone) startCompensation(execution, each, entries);
}

/** Ends what flows in the transaction, and gives what is to be undone, latest first. */
function stop(execution: Execution, transaction: ElementInstance): CompensationEntry[] {
  const { draft } = execution;
  for (const incident of Object.values(draft.state.incidents)) if (incident.elementInstanceId === transaction.id) closeIncident(execution, incident.id);
  return draft.scopesOwnedBy(transaction.id).flatMap((scope) => {
    execution.terminateScope(scope.id);
    return takeEntries(execution, scope.id, undefined);
  });
}

/** The other running instances of its loop, latest first. */
function transactionsBeside(execution: Execution, transaction: ElementInstance): ElementInstance[] {
  const { draft } = execution;
  if (transaction.loopCounter === undefined || draft.state.semantics < undoesAll) return [];
  const scopes = new Set(draft.scopesOwnedBy(bodyOf(execution, transaction).id).map(({ id }) => id));
  const others = Object.values(draft.state.elementInstances).filter(({ id, scopeId }) => id !== transaction.id && scopes.has(scopeId));
  return others.sort((left, right) => (right.loopCounter ?? 0) - (left.loopCounter ?? 0));
}

/** Whether others of its loop are still being undone. */
export function isUndoneBeside(execution: Execution, transaction: ElementInstance): boolean {
  return transactionsBeside(execution, transaction).some(({ compensating }) => compensating !== undefined);
}
