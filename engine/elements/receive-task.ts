import type { ElementBehavior } from '../element-behavior.ts';
import { eventResults } from '../event-results.ts';
import { evaluateOutputs } from '../mappings.ts';
import { openWait, prepareWaits } from '../waits.ts';

/** Waits for its message. BPMN 2.0.2 §13.3.3. */
export const receiveTask: ElementBehavior<'receiveTask'> = {
  activate(execution, element, instance) {
    const waits = prepareWaits(execution, element, execution.variables(instance.scopeId));
    execution.draft.transition(instance, 'active');
    for (const wait of waits) openWait(execution, instance.id, wait);
  },
  results(execution, element, instance, completion) {
    if (element.definition.outputs) return evaluateOutputs(execution, element, instance.scopeId, completion);
    return eventResults(execution, element, instance.scopeId, completion);
  },
};
