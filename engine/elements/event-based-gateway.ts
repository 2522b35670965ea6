import type { ElementBehavior } from '../element-behavior.ts';
import { openWait, prepareWaits } from '../waits.ts';

/** Waits for the events behind it; the first that occurs decides over which flow it goes on. BPMN 2.0.2 §13.4.4. */
export const eventBasedGateway: ElementBehavior<'eventBasedGateway'> = {
  activate(execution, element, instance) {
    const context = execution.variables(instance.scopeId);
    const waits = element.outgoing.flatMap(({ target }) => prepareWaits(execution, target, context));
    execution.draft.transition(instance, 'active');
    for (const wait of waits) openWait(execution, instance.id, wait);
  },
};
