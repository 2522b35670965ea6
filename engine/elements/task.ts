import type { ElementBehavior } from '../element-behavior.ts';
import { evaluateInputs, resultAndOutputs } from '../mappings.ts';

/** A step without a meaning of its own: done as soon as it is reached, with its mappings. BPMN 2.0.2 §13.3.3. */
export const task: ElementBehavior<'task'> = {
  activate(execution, element, instance) {
    execution.complete(instance, evaluateInputs(execution, element, instance));
  },
  results(execution, element, instance, completion) {
    return resultAndOutputs(execution, element, instance, completion, undefined);
  },
};
