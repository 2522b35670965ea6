import { fireBoundaryEvent } from '../elements/boundary-event.ts';
import type { EngineEvent } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import { nextFiring, openWait } from '../waits.ts';
import { requireRunning } from './require-running.ts';

type Event<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/** A timer is due. Late for a cancelled timer: no effect. */
export function fireTimer(execution: Execution, event: Event<'timerFired'>): void {
  const { draft } = execution;
  const timer = draft.state.timers[event.timerId];
  const host = timer ? draft.state.elementInstances[timer.elementInstanceId] : undefined;
  if (!timer || !host) return;
  const element = execution.element(timer.elementId);
  const { definition } = element;
  draft.remove('timers', timer.id);
  draft.record('timer.fired', { elementId: timer.elementId, elementInstanceId: timer.elementInstanceId, detail: { dueAt: timer.dueAt } });
  if (definition.type !== 'boundaryEvent') {
    execution.complete(host);
    return;
  }
  const next = definition.cancelActivity ? undefined : nextFiring(timer, event.at);
  if (next) openWait(execution, host.id, { kind: 'timer', elementId: timer.elementId, ...next });
  fireBoundaryEvent(execution, host, element, {});
}

/** A message has come for a subscription. Fails: INSTANCE_NOT_RUNNING, SUBSCRIPTION_NOT_FOUND when it is closed. */
export function receiveMessage(execution: Execution, event: Event<'messageReceived'>): void {
  requireRunning(execution);
  const { draft } = execution;
  const subscription = draft.state.subscriptions[event.subscriptionId];
  const host = subscription ? draft.state.elementInstances[subscription.elementInstanceId] : undefined;
  if (!subscription || !host) return raise({ code: 'SUBSCRIPTION_NOT_FOUND', message: 'Expected an open subscription, but it is closed' });
  const element = execution.element(subscription.elementId);
  draft.record('message.received', {
    elementId: subscription.elementId,
    elementInstanceId: subscription.elementInstanceId,
    actor: event.actor,
    ...(event.times ? { times: event.times } : {}),
    detail: { message: subscription.message, correlationKey: subscription.correlationKey, payload: event.payload },
  });
  const completion = { message: event.payload };
  if (element.definition.type === 'boundaryEvent') fireBoundaryEvent(execution, host, element, completion, event.actor);
  else execution.complete(host, completion, { actor: event.actor });
}
