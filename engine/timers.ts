import { addWorkingTime, nextWorkingTime } from './business-calendar.ts';
import type { BusinessCalendar, TimerEventDefinition } from './definition/index.ts';
import type { Execution, ExpressionContext } from './execution.ts';
import { raise } from './failure-raised.ts';
import { addDuration, formatInstant, parseDuration, parseInstant } from './instant.ts';
import type { TimerState } from './state.ts';

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

/** When the timer is due, and its rhythm when it is a cycle. Raises TIMER_INVALID, EXPRESSION_FAILED. */
export function evaluateTimer(execution: Execution, elementId: string, event: TimerEventDefinition, context: ExpressionContext): Pick<TimerState, 'dueAt' | 'repeat'> {
  const calendar = calendarOf(execution, event, elementId);
  if (event.timeDate !== undefined) {
    const value = execution.evaluate(event.timeDate, context, elementId, 'time of the timer');
    const due = typeof value === 'string' ? parseInstant(value) : undefined;
    return { dueAt: instantOrRaise(due === undefined || !calendar ? due : nextWorkingTime(calendar, due), elementId, 'a date-time') };
  }
  const now = parseInstant(execution.at);
  if (event.timeDuration !== undefined) {
    const value = execution.evaluate(event.timeDuration, context, elementId, 'duration of the timer');
    const duration = typeof value === 'string' ? parseDuration(value) : undefined;
    if (!duration || now === undefined) return invalidTimer(elementId, 'a duration');
    return { dueAt: instantOrRaise(calendar ? addWorkingTime(calendar, now, duration) : addDuration(now, duration), elementId, 'a duration') };
  }
  const value = execution.evaluate(event.timeCycle ?? '', context, elementId, 'cycle of the timer');
  const match = typeof value === 'string' ? /^R(\d*)\/(?:([^/P][^/]*)\/)?(P[^/]+)$/.exec(value) : null;
  const duration = match ? parseDuration(match[3] ?? '') : undefined;
  const count = match?.[1] ? Number(match[1]) : -1;
  if (!match || !duration || duration.months < 0 || duration.ms < 0 || duration.months + duration.ms === 0 || count === 0 || now === undefined) return invalidTimer(elementId, 'a repetition such as R3/PT10M');
  const first = match[2] === undefined ? addDuration(now, duration) : parseInstant(match[2]);
  return { dueAt: instantOrRaise(first, elementId, 'a repetition such as R3/PT10M'), repeat: { remaining: count < 0 ? -1 : count - 1, duration: match[3] ?? '' } };
}

function calendarOf(execution: Execution, event: TimerEventDefinition, elementId: string): BusinessCalendar | undefined {
  if (event.calendar === undefined) return undefined;
  return execution.plan.definition.calendars?.[event.calendar] ?? invalidTimer(elementId, `a time in calendar ${event.calendar}, which the process must have`);
}

function instantOrRaise(epochMs: number | undefined, elementId: string, expected: string): string {
  return (epochMs === undefined ? undefined : formatInstant(epochMs)) ?? invalidTimer(elementId, expected);
}

function invalidTimer(elementId: string, expected: string): never {
  return raise({ code: 'TIMER_INVALID', elementId, message: `Expected the timer of ${elementId} to give ${expected}, but it does not` });
}
