import type { MessageEventDefinition, TimerEventDefinition } from './definition/process-definition.ts';
import type { Execution, ExpressionContext } from './execution.ts';
import { raise } from './failure-raised.ts';
import { addDuration, formatInstant, parseDuration, parseInstant } from './instant.ts';
import type { MessageSubscription, TimerState } from './state.ts';

/** A timer or subscription that is evaluated but not yet open. */
export type PreparedWait =
  | { readonly kind: 'timer'; readonly elementId: string; readonly dueAt: string; readonly repeat?: TimerState['repeat'] }
  | { readonly kind: 'message'; readonly elementId: string; readonly message: string; readonly correlationKey: string };

/** Evaluates when a timer is due or which message is awaited. Raises TIMER_INVALID, CORRELATION_KEY_INVALID, EXPRESSION_FAILED. */
export function prepareWait(execution: Execution, elementId: string, event: TimerEventDefinition | MessageEventDefinition, context: ExpressionContext): PreparedWait {
  if (event.kind === 'timer') return { kind: 'timer', elementId, ...evaluateTimer(execution, elementId, event, context) };
  return { kind: 'message', elementId, message: event.message, correlationKey: evaluateCorrelationKey(execution, elementId, event, context) };
}

/** Opens the timer or subscription for the instance. */
export function openWait(execution: Execution, elementInstanceId: string, wait: PreparedWait): void {
  const { draft } = execution;
  if (wait.kind === 'timer') {
    const timer: TimerState = { id: draft.nextId('d'), elementInstanceId, elementId: wait.elementId, dueAt: wait.dueAt, ...(wait.repeat ? { repeat: wait.repeat } : {}) };
    draft.put('timers', timer);
    draft.commands.push({ type: 'startTimer', timer });
    return;
  }
  const subscription: MessageSubscription = { id: draft.nextId('m'), elementInstanceId, elementId: wait.elementId, message: wait.message, correlationKey: wait.correlationKey };
  draft.put('subscriptions', subscription);
  draft.commands.push({ type: 'openSubscription', subscription });
}

/** Closes every timer, subscription, user task and incident of the instance. */
export function closeWaits(execution: Execution, elementInstanceId: string, outcome: 'completed' | 'cancelled'): void {
  const { draft } = execution;
  const { timers, subscriptions, userTasks, incidents } = draft.state;
  for (const id in timers) if (timers[id]?.elementInstanceId === elementInstanceId) closeTimer(execution, id);
  for (const id in subscriptions) if (subscriptions[id]?.elementInstanceId === elementInstanceId) closeSubscription(execution, id);
  for (const id in userTasks) {
    const task = userTasks[id];
    if (task?.elementInstanceId !== elementInstanceId) continue;
    draft.remove('userTasks', id);
    draft.commands.push({ type: 'closeUserTask', taskId: id, outcome });
    if (outcome === 'cancelled') draft.record('task.cancelled', { elementId: task.elementId, elementInstanceId, taskId: id });
  }
  for (const id in incidents) {
    if (incidents[id]?.elementInstanceId !== elementInstanceId) continue;
    draft.remove('incidents', id);
    draft.commands.push({ type: 'closeIncident', incidentId: id });
  }
}

function closeTimer(execution: Execution, id: string): void {
  execution.draft.remove('timers', id);
  execution.draft.commands.push({ type: 'cancelTimer', timerId: id });
}

/** Takes the subscription out of the state. */
export function closeSubscription(execution: Execution, id: string): void {
  execution.draft.remove('subscriptions', id);
  execution.draft.commands.push({ type: 'closeSubscription', subscriptionId: id });
}

/**
 * The next firing of a cycle after one at `firedAt`: the first moment of its rhythm that is still to come, so that
 * a time of downtime is not followed by a burst. Undefined when the cycle is over.
 */
export function nextFiring(timer: TimerState, firedAt: string): Pick<TimerState, 'dueAt' | 'repeat'> | undefined {
  const { repeat } = timer;
  const duration = repeat && parseDuration(repeat.duration);
  const now = parseInstant(firedAt);
  let due = parseInstant(timer.dueAt);
  if (!repeat || !duration || repeat.remaining === 0 || due === undefined || now === undefined) return undefined;
  if (duration.months === 0) due += duration.ms * (Math.floor(Math.max(0, now - due) / duration.ms) + 1);
  else while (due !== undefined && due <= now) due = addDuration(due, duration);
  const dueAt = due === undefined ? undefined : formatInstant(due);
  return dueAt === undefined ? undefined : { dueAt, repeat: { ...repeat, remaining: repeat.remaining < 0 ? -1 : repeat.remaining - 1 } };
}

function evaluateTimer(execution: Execution, elementId: string, event: TimerEventDefinition, context: ExpressionContext): Pick<TimerState, 'dueAt' | 'repeat'> {
  if (event.timeDate !== undefined) {
    const value = execution.evaluate(event.timeDate, context, elementId, 'time of the timer');
    const due = typeof value === 'string' ? parseInstant(value) : undefined;
    return { dueAt: instantOrRaise(due, elementId, 'a date-time') };
  }
  const now = parseInstant(execution.at);
  if (event.timeDuration !== undefined) {
    const value = execution.evaluate(event.timeDuration, context, elementId, 'duration of the timer');
    const duration = typeof value === 'string' ? parseDuration(value) : undefined;
    return { dueAt: instantOrRaise(duration && now !== undefined ? addDuration(now, duration) : undefined, elementId, 'a duration') };
  }
  const value = execution.evaluate(event.timeCycle ?? '', context, elementId, 'cycle of the timer');
  const match = typeof value === 'string' ? /^R(\d*)\/(?:([^/P][^/]*)\/)?(P[^/]+)$/.exec(value) : null;
  const duration = match ? parseDuration(match[3] ?? '') : undefined;
  const count = match?.[1] ? Number(match[1]) : -1;
  if (!match || !duration || duration.months < 0 || duration.ms < 0 || duration.months + duration.ms === 0 || count === 0 || now === undefined) return invalidTimer(elementId, 'a repetition such as R3/PT10M');
  const first = match[2] === undefined ? addDuration(now, duration) : parseInstant(match[2]);
  return { dueAt: instantOrRaise(first, elementId, 'a repetition such as R3/PT10M'), repeat: { remaining: count < 0 ? -1 : count - 1, duration: match[3] ?? '' } };
}

function evaluateCorrelationKey(execution: Execution, elementId: string, event: MessageEventDefinition, context: ExpressionContext): string {
  return correlationKeyOf(execution.evaluate(event.correlationKey ?? 'null', context, elementId, 'correlation key'), elementId, event.message);
}

/** The correlation key as text. Raises CORRELATION_KEY_INVALID. */
export function correlationKeyOf(value: unknown, elementId: string, message: string): string {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  return raise({ code: 'CORRELATION_KEY_INVALID', elementId, message: `Expected a correlation key for message ${message}, but the expression gives none`, place: message });
}

function instantOrRaise(epochMs: number | undefined, elementId: string, expected: string): string {
  return (epochMs === undefined ? undefined : formatInstant(epochMs)) ?? invalidTimer(elementId, expected);
}

function invalidTimer(elementId: string, expected: string): never {
  return raise({ code: 'TIMER_INVALID', elementId, message: `Expected the timer of ${elementId} to give ${expected}, but it does not` });
}
