import { isWaiting } from '../definition/index.ts';
import type { ElementBehavior } from '../element-behavior.ts';
import { eventResults } from '../event-results.ts';
import { definitionsOf, openWait, prepareWaits } from '../waits.ts';

/** Waits for what it defines; a cycle fires once here. A link is entered from its throw event and goes on at once. BPMN 2.0.2 §13.5.2. */
export const intermediateCatchEvent: ElementBehavior<'intermediateCatchEvent'> = {
  activate(execution, element, instance) {
    if (!definitionsOf(element).some(isWaiting)) return execution.complete(instance);
    const waits = prepareWaits(execution, element, execution.variables(instance.scopeId));
    execution.draft.transition(instance, 'active');
    for (const wait of waits) openWait(execution, instance.id, wait);
  },
  results(execution, element, instance, completion) {
    return eventResults(execution, element, instance.scopeId, completion);
  },
};
