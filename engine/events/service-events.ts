import { throwBpmnError } from '../bpmn-error.ts';
import { completeDecision } from '../elements/business-rule-task.ts';
import type { EngineEvent } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raiseIncident } from '../incidents.ts';
import type { ElementInstance } from '../state.ts';
import { waitingInstance } from './waiting-instance.ts';

type Event<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/** The service did its work. Late for an instance that is gone: no effect. */
export function completeService(execution: Execution, event: Event<'serviceCompleted'>): void {
  const instance = waitingInstance(execution, event.elementInstanceId, 'serviceTask');
  if (!instance) return;
  execution.draft.record('service.completed', { ...placeOf(instance), actor: event.actor, detail: { result: event.result } });
  execution.complete(instance, { result: event.result });
}

/** The service certainly did not do it: an operator retries or skips. */
export function failService(execution: Execution, event: Event<'serviceFailed'>): void {
  const instance = waitingInstance(execution, event.elementInstanceId, 'serviceTask');
  if (!instance) return;
  execution.draft.record('service.failed', { ...placeOf(instance), actor: event.actor, reason: event.failure.code, detail: { failure: { ...event.failure } } });
  raiseIncident(execution, instance, event.failure, ['retry', 'skip']);
}

/** Nobody knows whether the service did it: never retried, a person finds out and decides. */
export function holdForUnknownOutcome(execution: Execution, event: Event<'serviceOutcomeUnknown'>): void {
  const instance = waitingInstance(execution, event.elementInstanceId, 'serviceTask');
  if (!instance) return;
  execution.draft.record('service.outcomeUnknown', { ...placeOf(instance), actor: event.actor, reason: event.failure.code, detail: { failure: { ...event.failure } } });
  raiseIncident(execution, instance, event.failure, ['confirmDone', 'confirmNotDone', 'skip'], 'outcomeUnknown');
}

/** The service answered with a modelled error. */
export function throwServiceError(execution: Execution, event: Event<'serviceThrewError'>): void {
  const instance = waitingInstance(execution, event.elementInstanceId, 'serviceTask');
  if (instance) throwBpmnError(execution, instance, event.error);
}

/** The rule set in effect has decided. */
export function takeDecision(execution: Execution, event: Event<'rulesEvaluated'>): void {
  const instance = waitingInstance(execution, event.elementInstanceId, 'businessRuleTask');
  if (instance) completeDecision(execution, instance, event);
}

/** The decision could not be made. */
export function failDecision(execution: Execution, event: Event<'rulesFailed'>): void {
  const instance = waitingInstance(execution, event.elementInstanceId, 'businessRuleTask');
  if (instance) raiseIncident(execution, instance, event.failure, ['retry', 'skip']);
}

function placeOf(instance: ElementInstance): { elementId: string; elementInstanceId: string } {
  return { elementId: instance.elementId, elementInstanceId: instance.id };
}
