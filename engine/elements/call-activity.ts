import { askForCompensation } from '../call-compensation.ts';
import type { ElementBehavior } from '../element-behavior.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import type { Json } from '../json.ts';
import { evaluateInputs, evaluateOutputs } from '../mappings.ts';
import type { ElementPlan } from '../plan.ts';
import type { ElementInstance } from '../state.ts';

/**
 * Runs another process and waits for its end. The child is given the inputs, or without any the variables that it
 * declares; the outputs see the child's variables as `child`. BPMN 2.0.2 §13.3.4.
 */
export const callActivity: ElementBehavior<'callActivity'> = {
  activate: call,
  retry(execution, element, instance) {
    if (instance.undoes) askForCompensation(execution, instance, instance.undoes);
    else call(execution, element, instance);
  },
  results(execution, element, instance, completion) {
    return evaluateOutputs(execution, element, instance.scopeId, completion);
  },
  terminate(execution, element, instance) {
    // What a called process undoes it undoes to the end, also when nobody waits for that any more.
    if (instance.status === 'active' && !instance.undoes && !execution.hasIncident(instance.id)) execution.draft.commands.push({ type: 'cancelChildProcess', elementInstanceId: instance.id, elementId: element.id });
  },
};

function call(execution: Execution, element: ElementPlan<'callActivity'>, instance: ElementInstance): void {
  const { draft } = execution;
  const { calledElement, calledVersion, inputs } = element.definition;
  const visible = execution.variables(instance.scopeId);
  const variables = inputs ? evaluateInputs(execution, element, instance) : visible;
  // A second call after a failed child is another child.
  const attempt = (instance.attempt ?? 0) + 1;
  const businessKey = businessKeyOf(execution, element, visible) ?? `${draft.state.instanceId}:${instance.id}${attempt === 1 ? '' : `:${attempt}`}`;
  const calling = { ...instance, attempt };
  if (instance.status === 'activating') draft.transition(calling, 'active');
  else draft.put('elementInstances', calling);
  draft.commands.push({
    type: 'startChildProcess',
    elementInstanceId: instance.id,
    elementId: element.id,
    processKey: calledElement,
    ...(calledVersion === undefined ? {} : { version: calledVersion }),
    businessKey,
    variables,
    declaredOnly: inputs === undefined,
  });
  draft.record('child.started', { elementId: element.id, elementInstanceId: instance.id, detail: { processKey: calledElement, businessKey } });
}

function businessKeyOf(execution: Execution, element: ElementPlan<'callActivity'>, context: { readonly [name: string]: Json }): string | undefined {
  const { businessKey } = element.definition;
  if (businessKey === undefined) return undefined;
  const value = execution.evaluate(businessKey, context, element.id, 'business key');
  if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
  return raise({ code: 'EXPRESSION_FAILED', elementId: element.id, message: 'Expected the business key of the called process to be a text, but it is none', place: 'businessKey' });
}
