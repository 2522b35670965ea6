import type { ElementBehavior } from '../element-behavior.ts';
import { messageResults } from '../messages.ts';
import { openWait, prepareWait } from '../waits.ts';

/** Waits for a time or a message. A cycle fires once here. BPMN 2.0.2 §13.5.2. */
export const intermediateCatchEvent: ElementBehavior<'intermediateCatchEvent'> = {
  activate(execution, element, instance) {
    const wait = prepareWait(execution, element.id, element.definition.event, execution.variables(instance.scopeId));
    execution.draft.transition(instance, 'active');
    openWait(execution, instance.id, wait);
  },
  results(execution, element, instance, completion) {
    return messageResults(execution, element.id, element.definition.event, instance.scopeId, completion);
  },
};
