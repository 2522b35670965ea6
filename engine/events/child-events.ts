import { throwBpmnError } from '../bpmn-error.ts';
import type { EngineEvent } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raiseIncident } from '../incidents.ts';
import { throwEscalation } from '../throwing/escalation.ts';
import { waitingInstance } from './waiting-instance.ts';

type Event<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/** The called process has ended well. Late for a call that is gone: no effect. */
export function completeChild(execution: Execution, event: Event<'childCompleted'>): void {
  const instance = waitingInstance(execution, event.elementInstanceId, 'callActivity');
  if (!instance) return;
  execution.draft.record('child.completed', { elementId: instance.elementId, elementInstanceId: instance.id });
  execution.complete(instance, { child: event.variables });
}

/** The called process has ended with an error that nothing in it caught. */
export function throwChildError(execution: Execution, event: Event<'childThrewError'>): void {
  const instance = waitingInstance(execution, event.elementInstanceId, 'callActivity');
  if (instance) throwBpmnError(execution, instance, event.error);
}

/** The called process has thrown an escalation that nothing in it caught; it goes on. */
export function throwChildEscalation(execution: Execution, event: Event<'childEscalated'>): void {
  const instance = waitingInstance(execution, event.elementInstanceId, 'callActivity');
  if (instance) throwEscalation(execution, instance, event);
}

/** The called process could not be started, or was cancelled. */
export function failChild(execution: Execution, event: Event<'childFailed'>): void {
  const instance = waitingInstance(execution, event.elementInstanceId, 'callActivity');
  if (instance) raiseIncident(execution, instance, { elementId: instance.elementId, ...event.failure }, ['retry', 'skip']);
}
