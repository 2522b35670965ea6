import type { Actor } from '../actor.ts';
import type { ElementBehavior } from '../element-behavior.ts';
import { eventResults } from '../event-results.ts';
import type { Execution } from '../execution.ts';
import type { Variables } from '../json.ts';
import type { ElementPlan } from '../plan.ts';
import type { ElementInstance } from '../state.ts';
import { openWait, prepareWaits, type PreparedWait } from '../waits.ts';

/** Comes from the activity that it is attached to, never over a flow. BPMN 2.0.2 §13.5.3. */
export const boundaryEvent: ElementBehavior<'boundaryEvent'> = {
  activate(execution, _element, instance) {
    execution.complete(instance);
  },
  results(execution, element, instance, completion) {
    return eventResults(execution, element, instance.scopeId, completion);
  },
};

/** Evaluates what the events attached to an activity wait for, before it begins. */
export function prepareBoundaryEvents(execution: Execution, element: ElementPlan, instance: ElementInstance): PreparedWait[] {
  if (element.boundaryEvents.length === 0) return [];
  const context = execution.variables(instance.scopeId);
  return element.boundaryEvents.flatMap((event) => prepareWaits(execution, event, context));
}

/** Opens what is attached to an activity that has become active. */
export function armBoundaryEvents(execution: Execution, instance: ElementInstance, waits: readonly PreparedWait[]): void {
  for (const wait of waits) openWait(execution, instance.id, wait);
}

/** Leaves the activity over one of its boundary events, or beside it when the event does not interrupt. */
export function fireBoundaryEvent(execution: Execution, host: ElementInstance, element: ElementPlan, completion: Variables, actor?: Actor): void {
  if (element.definition.type === 'boundaryEvent' && element.definition.cancelActivity) execution.terminate(host);
  const instance = execution.begin(element, host.scopeId);
  execution.complete(instance, completion, actor ? { actor } : {});
}
