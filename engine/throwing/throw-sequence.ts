import { throwBpmnError } from '../bpmn-error.ts';
import { startCompensation, startCompensationBesideFlow, takeEntries } from '../compensation.ts';
import type { EventDefinition } from '../definition/index.ts';
import type { Execution } from '../execution.ts';
import type { ElementPlan } from '../plan.ts';
import type { ElementInstance } from '../state.ts';
import { definitionsOf } from '../waits.ts';
import { cancelTransaction } from './cancel.ts';
import { performThrow, prepareThrow } from './throw-event.ts';

/** From this semantics on, an event with several compensations undoes what each of them names. */
const undoesAll = 3;

/**
 * Throws all that the event defines: first what others hear, then the compensation, for which it waits unless its
 * definition says otherwise, then what ends the scope. BPMN 2.0.2 §13.5.3.
 */
export function throwEvents(execution: Execution, element: ElementPlan, instance: ElementInstance): void {
  const definitions = definitionsOf(element);
  const context = execution.variables(instance.scopeId);
  const prepared = definitions.flatMap((event) => prepareThrow(execution, element, event, context));
  for (const [ordinal, event] of prepared.entries()) {
    performThrow(execution, instance, event, ordinal);
    if (!execution.draft.state.elementInstances[instance.id]) return;
  }
  const all = definitions.filter((event) => event.kind === 'compensation');
  const compensations = execution.draft.state.semantics >= undoesAll ? all : all.slice(0, 1);
  if (compensations.length === 0) return concludeThrow(execution, element, instance);
  const entries = compensations.flatMap(({ activityRef }) => takeEntries(execution, instance.scopeId, activityRef));
  if (compensations.some(({ waitForCompletion }) => waitForCompletion !== false) || definitions.some(endsScope)) return startCompensation(execution, instance, entries);
  startCompensationBesideFlow(execution, instance, entries);
  concludeThrow(execution, element, instance);
}

/** What it throws ends the scope, and with it a compensation that were still going on. */
function endsScope({ kind }: EventDefinition): boolean {
  return kind === 'error' || kind === 'cancel' || kind === 'terminate';
}

/** Does what is left after the compensation: ends the scope, or goes on. */
export function concludeThrow(execution: Execution, element: ElementPlan, instance: ElementInstance): void {
  for (const event of definitionsOf(element)) {
    if (event.kind === 'error') return throwBpmnError(execution, instance, { errorCode: event.errorCode ?? '' });
    if (event.kind === 'cancel') return cancelTransaction(execution, instance);
    if (event.kind === 'terminate') execution.terminateScope(instance.scopeId, instance.id);
  }
  execution.complete(instance);
}
