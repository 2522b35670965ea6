import type { Mapping } from './definition/index.ts';
import type { Execution, ExpressionContext } from './execution.ts';
import type { Json, Variables } from './json.ts';
import type { ElementPlan } from './plan.ts';
import type { ElementInstance } from './state.ts';

/** Evaluates mappings in order, each in the same context. Raises EXPRESSION_FAILED. */
export function evaluateMappings(execution: Execution, mappings: readonly Mapping[], context: ExpressionContext, elementId: string, purpose: string): Variables {
  const values: Record<string, Json> = {};
  for (const { target, source } of mappings) values[target] = execution.evaluate(source, context, elementId, `${purpose} ${target}`);
  return values;
}

/** The inputs of an activity, evaluated in the scope in which it flows; empty when it declares none. */
export function evaluateInputs(execution: Execution, element: ElementPlan, instance: ElementInstance): Variables {
  const inputs = 'inputs' in element.definition ? element.definition.inputs : undefined;
  return inputs ? evaluateMappings(execution, inputs, execution.variables(instance.scopeId), element.id, 'input') : {};
}

/** The outputs of an activity over its scope and what its completion brought. */
export function evaluateOutputs(execution: Execution, element: ElementPlan, scopeId: string, completion: Variables): Variables {
  const outputs = 'outputs' in element.definition ? element.definition.outputs : undefined;
  return outputs ? evaluateMappings(execution, outputs, { ...execution.variables(scopeId), ...completion }, element.id, 'output') : {};
}

/** The result under the name of the result variable, then the outputs, which see it. */
export function resultAndOutputs(execution: Execution, element: ElementPlan, instance: ElementInstance, completion: Variables, resultVariable: string | undefined): Variables {
  const result: Variables = resultVariable !== undefined && completion['result'] !== undefined ? { [resultVariable]: completion['result'] } : {};
  return { ...result, ...evaluateOutputs(execution, element, instance.scopeId, { ...completion, ...result }) };
}
