import type { Actor } from '../actor.ts';
import type { ElementBehavior } from '../element-behavior.ts';
import type { Execution } from '../execution.ts';
import type { Variables } from '../json.ts';
import { messageResults } from '../messages.ts';
import type { ElementPlan } from '../plan.ts';
import type { ElementInstance } from '../state.ts';
import { openWait, prepareWait, type PreparedWait } from '../waits.ts';

/** Comes from the activity that it is attached to, never over a flow. BPMN 2.0.2 §13.5.3. */
export const boundaryEvent: ElementBehavior<'boundaryEvent'> = {
  activate(execution, _element, instance) {
    execution.complete(instance);
  },
  results(execution, element, instance, completion) {
    const { event } = element.definition;
    return event.kind === 'error' ? {} : messageResults(execution, element.id, event, instance.scopeId, completion);
  },
};

/** Evaluates the timers and messages attached to an activity, before it begins. */
export function prepareBoundaryEvents(execution: Execution, element: ElementPlan, instance: ElementInstance): PreparedWait[] {
  const waits: PreparedWait[] = [];
  for (const { id, definition } of element.boundaryEvents) {
    if (definition.event.kind !== 'error') waits.push(prepareWait(execution, id, definition.event, execution.variables(instance.scopeId)));
  }
  return waits;
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
