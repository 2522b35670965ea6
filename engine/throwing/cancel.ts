import { startCompensation, takeEntries } from '../compensation.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import type { ElementInstance } from '../state.ts';

/**
 * Ends the transaction around the cancel end event: stops what runs in it, undoes what completed, then leaves over the
 * cancel boundary event. Raises TRANSACTION_MISSING. BPMN 2.0.2 §10.3.5, §13.5.3.
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
  execution.terminateScope(scope.id);
  startCompensation(execution, transaction, takeEntries(execution, scope.id, undefined));
}
