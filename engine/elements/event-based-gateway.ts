import type { Actor } from '../actor.ts';
import type { ElementBehavior } from '../element-behavior.ts';
import type { Execution } from '../execution.ts';
import type { Variables } from '../json.ts';
import type { ElementPlan } from '../plan.ts';
import type { ElementInstance } from '../state.ts';
import { closeWaits, openWait, prepareWaits } from '../waits.ts';

/** Waits for the events behind it; the first that occurs decides over which flow it goes on. BPMN 2.0.2 §13.4.4. */
export const eventBasedGateway: ElementBehavior<'eventBasedGateway'> = {
  activate(execution, element, instance) {
    const context = execution.variables(instance.scopeId);
    const waits = element.outgoing.flatMap(({ target }) => prepareWaits(execution, target, context));
    execution.draft.transition(instance, 'active');
    for (const wait of waits) openWait(execution, instance.id, wait);
  },
};

/** Lets the gateway go on over the event that has occurred. BPMN 2.0.2 §13.4.4. */
export function decideEvent(execution: Execution, gateway: ElementInstance, event: ElementPlan, completion: Variables, actor?: Actor): void {
  const { draft } = execution;
  closeWaits(execution, gateway, 'completed');
  const completed = draft.transition(draft.transition(gateway, 'completing'), 'completed');
  const flow = execution.elementOf(gateway).outgoing.find(({ target }) => target === event);
  const next = execution.begin(event, gateway.scopeId);
  draft.record('element.completed', { elementId: gateway.elementId, elementInstanceId: gateway.id, detail: { flows: flow ? [flow.definition.id] : [] } });
  draft.remove('elementInstances', completed.id);
  execution.complete(next, completion, actor ? { actor } : {});
}
