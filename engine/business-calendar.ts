import type { BusinessCalendar, Weekday } from './definition/index.ts';
import { addDuration, formatInstant, parseInstant, type Duration } from './instant.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const weekdays: readonly Weekday[] = ['thursday', 'friday', 'saturday', 'sunday', 'monday', 'tuesday', 'wednesday'];
/** Days without any working time after which a calendar is taken to have none left. */
const maximumClosedDays = 3_660;
/** How far a calendar is read: about a hundred years. */
const maximumDays = 36_600;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The instant itself when it is working time, otherwise the next opening. Undefined when there is none within ten years. */
export function nextWorkingTime(calendar: BusinessCalendar, epochMs: number): number | undefined {
  for (const { from, to } of workingSpans(calendar, epochMs)) if (to > epochMs) return Math.max(from, epochMs);
  return undefined;
}

/**
 * The instant at which so much working time has passed: calendar months first, then the exact part in working time only.
 * Undefined when the duration is negative or the calendar has not so much time within a hundred years.
 */
export function addWorkingTime(calendar: BusinessCalendar, epochMs: number, duration: Duration): number | undefined {
  if (duration.months < 0 || duration.ms < 0) return undefined;
  const start = addDuration(epochMs, { months: duration.months, ms: 0 });
  if (start === undefined) return undefined;
  if (duration.ms === 0) return nextWorkingTime(calendar, start);
  let left = duration.ms;
  for (const { from, to } of workingSpans(calendar, start)) {
    const begin = Math.max(from, start);
    if (to <= begin) continue;
    if (left <= to - begin) return begin + left;
    left -= to - begin;
  }
  return undefined;
}

/** Working times in order, from the day of the instant on; ends after ten years without one. */
function* workingSpans(calendar: BusinessCalendar, epochMs: number): Generator<Span> {
  const holidays = new Set(calendar.holidays ?? []);
  const exceptions = new Map((calendar.exceptions ?? []).map(({ date, hours }) => [date, hours]));
  // A day earlier, since a change of the offset can move the local day.
  const firstDay = Math.floor((epochMs + offsetAt(calendar, epochMs)) / dayMs) - 1;
  let closedDays = 0;
  for (let day = firstDay; closedDays < maximumClosedDays && day < firstDay + maximumDays; day += 1) {
    const date = formatInstant(day * dayMs)?.slice(0, 10);
    if (date === undefined) return;
    const weekday = weekdays[((day % 7) + 7) % 7] ?? 'monday';
    const hours = exceptions.get(date) ?? (holidays.has(date) ? [] : (calendar.week[weekday] ?? []));
    closedDays = hours.length === 0 ? closedDays + 1 : 0;
    for (const { from, to } of [...hours].sort((left, right) => left.from.localeCompare(right.from))) {
      yield { from: toInstant(calendar, day, from), to: toInstant(calendar, day, to) };
    }
  }
}

function toInstant(calendar: BusinessCalendar, day: number, clockTime: string): number {
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number);
  const local = day * dayMs + (hours * 60 + minutes) * minuteMs;
  return local - offsetAt(calendar, local - offsetAt(calendar, local));
}

function offsetAt(calendar: BusinessCalendar, epochMs: number): number {
  let minutes = calendar.offsets[0]?.offsetMinutes ?? 0;
  for (const { from, offsetMinutes } of calendar.offsets) if ((parseInstant(from) ?? 0) <= epochMs) minutes = offsetMinutes;
  return minutes * minuteMs;
}
