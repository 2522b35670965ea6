import type { ElementBehavior } from '../element-behavior.ts';
import { evaluateInputs, resultAndOutputs } from '../mappings.ts';

/** Evaluates a FEEL expression over its scope and inputs. BPMN 2.0.2 §13.3.3. */
export const scriptTask: ElementBehavior<'scriptTask'> = {
  activate(execution, element, instance) {
    const context = { ...execution.variables(instance.scopeId), ...evaluateInputs(execution, element, instance) };
    execution.complete(instance, { result: execution.evaluate(element.definition.script, context, element.id, 'script') });
  },
  results(execution, element, instance, completion) {
    return resultAndOutputs(execution, element, instance, completion, element.definition.resultVariable);
  },
};
