import type { ElementBehavior } from '../element-behavior.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import { evaluateInputs, resultAndOutputs } from '../mappings.ts';
import type { ElementPlan } from '../plan.ts';
import type { ElementInstance } from '../state.ts';

const defaultTimeoutMs = 30_000;
const defaultMaximumAttempts = 3;
const defaultInitialIntervalMs = 1_000;

/**
 * Asks for an outside effect and waits for its outcome. It is given only what its inputs name. The
 * idempotency key stays the same over an operator's retries. BPMN 2.0.2 §13.3.3.
 */
export const serviceTask: ElementBehavior<'serviceTask'> = {
  activate(execution, element, instance) {
    request(execution, element, instance, 1);
  },
  results(execution, element, instance, completion) {
    return resultAndOutputs(execution, element, instance, completion, element.definition.resultVariable);
  },
  terminate(execution, _element, instance) {
    if (instance.status === 'active' && !execution.hasIncident(instance.id)) execution.draft.commands.push({ type: 'cancelService', elementInstanceId: instance.id });
  },
  retry(execution, element, instance) {
    request(execution, element, instance, (instance.attempt ?? 0) + 1);
  },
};

function request(execution: Execution, element: ElementPlan<'serviceTask'>, instance: ElementInstance, attempt: number): void {
  const { activity, retry, timeoutMs = defaultTimeoutMs } = element.definition;
  const input = evaluateInputs(execution, element, instance);
  const idempotencyKey = idempotencyKeyOf(execution, element, instance);
  const { draft } = execution;
  const requested = { ...instance, attempt };
  if (instance.status === 'activating') draft.transition(requested, 'active');
  else draft.put('elementInstances', requested);
  draft.commands.push({
    type: 'executeService',
    elementInstanceId: instance.id,
    elementId: element.id,
    activity,
    input,
    idempotencyKey,
    attempt,
    maximumAttempts: retry?.maximumAttempts ?? defaultMaximumAttempts,
    initialIntervalMs: retry?.initialIntervalMs ?? defaultInitialIntervalMs,
    timeoutMs,
  });
  draft.record('service.requested', { elementId: element.id, elementInstanceId: instance.id, detail: { activity, attempt, idempotencyKey, input } });
}

function idempotencyKeyOf(execution: Execution, element: ElementPlan<'serviceTask'>, instance: ElementInstance): string {
  const { idempotencyKey } = element.definition;
  if (idempotencyKey === undefined) return `${execution.draft.state.instanceId}:${instance.id}`;
  const key = execution.evaluate(idempotencyKey, execution.variables(instance.scopeId), element.id, 'idempotency key');
  if (typeof key === 'string' && key !== '') return key;
  return raise({ code: 'EXPRESSION_FAILED', elementId: element.id, message: 'Expected the idempotency key to be a text, but it is none', place: 'idempotencyKey' });
}
