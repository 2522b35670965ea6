import type { ElementBehavior } from '../element-behavior.ts';
import { evaluateInputs, resultAndOutputs } from '../mappings.ts';

/** Work that no system takes part in: the flow marks that it came by and goes on. BPMN 2.0.2 §13.3.3. */
export const manualTask: ElementBehavior<'manualTask'> = {
  activate(execution, element, instance) {
    execution.complete(instance, evaluateInputs(execution, element, instance));
  },
  results(execution, element, instance, completion) {
    return resultAndOutputs(execution, element, instance, completion, undefined);
  },
};
