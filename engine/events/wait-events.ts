import type { EngineEvent } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import { isParallelMultiple } from '../definition/index.ts';
import { eventOccurred, goesOn } from '../occurrence.ts';
import { waitOf } from '../open-waits.ts';
import type { MessageSubscription, TimerState } from '../state.ts';
import { deliverSignal } from '../throwing/signal.ts';
import { nextFiring } from '../timers.ts';
import { openWait } from '../waits.ts';
import { expireVerification } from './user-task-events.ts';
import { requireRunning } from './require-running.ts';

type Event<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/** A timer is due. Late for a cancelled timer: no effect. */
export function fireTimer(execution: Execution, event: Event<'timerFired'>): void {
  const { draft } = execution;
  const stored = draft.state.timers[event.timerId];
  if (!stored) return;
  const timer = waitOf<TimerState>(draft.state, stored);
  draft.remove('timers', timer.id);
  draft.record('timer.fired', { elementId: timer.elementId, elementInstanceId: timer.elementInstanceId, detail: { dueAt: timer.dueAt } });
  if (execution.element(timer.elementId).definition.type === 'userTask') return expireVerification(execution, timer.elementInstanceId);
  repeat(execution, timer);
  eventOccurred(execution, 'timers', timer, {});
}

/** From this semantics on, a part of a parallel multiple event that has occurred is not waited for a second time. */
const occursOnce = 3;

/** A cycle goes on beside what it starts; what is interrupted needs no next time, nor what has to wait for other parts. */
function repeat(execution: Execution, timer: TimerState): void {
  const element = execution.element(timer.elementId);
  const isPart = 'event' in element.definition && isParallelMultiple(element.definition.event) && execution.draft.state.semantics >= occursOnce;
  const next = goesOn(element) && !isPart ? nextFiring(timer, execution.at) : undefined;
  if (next) openWait(execution, timer.elementInstanceId, { kind: 'timer', elementId: timer.elementId, ...(timer.eventIndex === undefined ? {} : { eventIndex: timer.eventIndex }), ...next });
}

/** A message has come for a subscription. Fails: INSTANCE_NOT_RUNNING, SUBSCRIPTION_NOT_FOUND when it is closed. */
export function receiveMessage(execution: Execution, event: Event<'messageReceived'>): void {
  requireRunning(execution);
  const { draft } = execution;
  const stored = draft.state.subscriptions[event.subscriptionId];
  if (!stored) return raise({ code: 'SUBSCRIPTION_NOT_FOUND', message: 'Expected an open subscription, but it is closed' });
  const subscription = waitOf<MessageSubscription>(draft.state, stored);
  draft.record('message.received', {
    elementId: subscription.elementId,
    elementInstanceId: subscription.elementInstanceId,
    actor: event.actor,
    ...(event.times ? { times: event.times } : {}),
    detail: { message: subscription.message, correlationKey: subscription.correlationKey, payload: event.payload },
  });
  eventOccurred(execution, 'subscriptions', subscription, { message: event.payload }, event.actor);
}

/** Somebody has broadcast a signal. No effect when nothing here waits for it. */
export function receiveSignal(execution: Execution, event: Event<'signalReceived'>): void {
  if (execution.draft.state.status === 'running') deliverSignal(execution, event.signal, event.payload, event.actor);
}
