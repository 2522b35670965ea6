import type { ElementBehavior } from '../element-behavior.ts';
import { evaluateInputs, resultAndOutputs } from '../mappings.ts';
import { performThrow, prepareThrow } from '../throwing/throw-event.ts';

/** Sends its message and goes on. BPMN 2.0.2 §13.3.3. */
export const sendTask: ElementBehavior<'sendTask'> = {
  activate(execution, element, instance) {
    const inputs = evaluateInputs(execution, element, instance);
    const prepared = prepareThrow(execution, element, element.definition.event, { ...execution.variables(instance.scopeId), ...inputs });
    for (const message of prepared) performThrow(execution, instance, message);
    execution.complete(instance, inputs);
  },
  results(execution, element, instance, completion) {
    return resultAndOutputs(execution, element, instance, completion, undefined);
  },
};
