import type { FeelTime} from 'feelin';
import { duration, FeelDate, FeelDateTime, FeelDuration, parseDate, parseTime } from 'feelin';
import { LazyDateTime, readLazily, type Moment } from '../lazy-date-time.ts';
import { dayNumberOf, daysOfCycles, known, movedDate, plainDate, zonedNanoseconds, type PlainTime } from './far-date.ts';

const zone = '(?:Z|[+-]\\d{2}:\\d{2}(?::\\d{2})?|@[A-Za-z_]+(?:[/+-][A-Za-z0-9_+-]+)*)?';
const dateText = '(-?)([1-9]\\d{4,8}|\\d{4})-(\\d{2})-(\\d{2})';
const timeText = '\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?';
const datePattern = new RegExp(`^${dateText}$`);
const timePattern = new RegExp(`^T?(${timeText}${zone})$`);
const dateTimePattern = new RegExp(`^(.+)T(${timeText}${zone})$`);
const durationPattern = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

const secondsOfDay = 86_400;
const nanosecondsOfDay = secondsOfDay * 1e9;

const epochDay = known(parseDate('1970-01-01'));
const midnight = known(parseTime('00:00:00'));
/** A date of these parts; null when there is none, or its year has more than nine digits. DMN 1.5 §10.3.2.3.5. */
export function dateOfParts(year: number, month: number, day: number): FeelDate | null {
  if (![year, month, day].every(Number.isInteger)) return null;
  try {
    return new FeelDate(plainDate(year, month, day));
  } catch {
    return null;
  }
}

/** `YYYY-MM-DD`, with more digits or a minus for far years; null for anything else. DMN 1.5 §10.3.4.1. */
export function parseDateText(text: string): FeelDate | null {
  const match = datePattern.exec(text);
  if (!match) return null;
  const [, minus, year, month, day] = match;
  return dateOfParts(Number(`${minus ?? ''}${year ?? ''}`), Number(month), Number(day));
}

/** `hh:mm:ss` with fractions, and an offset, `Z` or `@zone`; null for anything else. */
export function parseTimeText(text: string): FeelTime | null {
  const match = timePattern.exec(text);
  if (!match || !offsetIsPossible(text)) return null;
  return parseTime((match[1] ?? '').replace(/^24:00:00(?:\.0+)?/, '00:00:00'));
}

function offsetIsPossible(text: string): boolean {
  const match = /[+-](\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text.replace(/^.*T/, ''));
  return !match || (Number(match[1]) <= 14 && Number(match[2]) < 60);
}

/** A date, `T` and a time; null for anything else. A date alone is its midnight. */
export function parseDateTimeText(text: string): FeelDateTime | null {
  const lazy = readLazily(text);
  if (lazy) return lazy;
  const match = dateTimePattern.exec(text);
  if (!match) {
    const date = parseDateText(text);
    return date ? combine(date, midnight) : null;
  }
  const date = parseDateText(match[1] ?? '');
  const time = parseTimeText(match[2] ?? '');
  if (!date || !time) return null;
  const endOfDay = (match[2] ?? '').startsWith('24:00:00');
  try {
    return combine(endOfDay ? new FeelDate(movedDate(date.unwrap(), { seconds: secondsOfDay, nanoseconds: 0 })) : date, time);
  } catch {
    // The day after the last one.
    return null;
  }
}

/** An ISO 8601 duration of years and months, or of days and time; null for both at once and anything else. */
export function parseDurationText(text: string): FeelDuration | null {
  const match = durationPattern.exec(text);
  if (!match || text.endsWith('T') || text.endsWith('P')) return null;
  const [, minus, years, months, days, hours, minutes, seconds] = match;
  const sign = minus === '-' ? -1 : 1;
  const hasMonths = years !== undefined || months !== undefined;
  const hasTime = [days, hours, minutes, seconds].some((part) => part !== undefined);
  if (hasMonths && hasTime) return null;
  if (hasMonths) return monthsDuration(sign * (Number(years ?? 0) * 12 + Number(months ?? 0)));
  const [whole = '0', fraction = '0'] = (seconds ?? '0').split('.');
  const total = Number(days ?? 0) * secondsOfDay + Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(whole);
  return exactDuration(sign * total, sign * Math.round(Number(`0.${fraction}`) * 1e9));
}

type DurationParts = readonly [years: number, months: number, weeks: number, days: number, hours: number, minutes: number, seconds: number, milliseconds: number, microseconds: number, nanoseconds: number];
const DurationClass = known(duration('P1D')).unwrap().constructor as new (...parts: DurationParts) => ReturnType<FeelDuration['unwrap']>;

/** feelin's own constructor adds every duration to a date to balance it, which is slow and ends at that of ±271,821 years; these parts are balanced. */
function durationOf(parts: DurationParts, sign: 1 | -1, yearsMonths: boolean): FeelDuration {
  const [years, months, weeks, days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds] = parts;
  // Minus nothing is nothing.
  const signed = (part: number): number => sign * part + 0;
  const value = new DurationClass(signed(years), signed(months), signed(weeks), signed(days), signed(hours), signed(minutes), signed(seconds), signed(milliseconds), signed(microseconds), signed(nanoseconds));
  const made = Object.create(FeelDuration.prototype) as { value: unknown; yearsMonths: boolean; iso: string } & FeelDuration;
  Object.defineProperty(made, 'value', { value, enumerable: false });
  made.yearsMonths = yearsMonths;
  made.iso = yearsMonths && value.sign === 0 ? 'P0M' : value.toString();
  return made;
}

/** Days and time of whole seconds and nanoseconds, which may differ in their signs. Null beyond what counts exactly, 285 million years. */
export function exactDuration(seconds: number, nanoseconds: number): FeelDuration | null {
  if (!Number.isSafeInteger(seconds) || !Number.isSafeInteger(nanoseconds)) return null;
  const carried = seconds + Math.floor(nanoseconds / 1e9);
  const below = nanoseconds - Math.floor(nanoseconds / 1e9) * 1e9;
  const isNegative = carried < 0;
  // A second and a part of it less than nothing: the size is the part from above.
  const [size, part] = isNegative && below > 0 ? [-carried - 1, 1e9 - below] : [Math.abs(carried), below];
  if (!Number.isSafeInteger(size)) return null;
  return durationOf([0, 0, 0, Math.floor(size / secondsOfDay), Math.floor((size % secondsOfDay) / 3_600), Math.floor((size % 3_600) / 60), size % 60, Math.floor(part / 1e6), Math.floor((part % 1e6) / 1e3), part % 1e3], isNegative ? -1 : 1, false);
}

/** Days and time of seconds with a fraction, to the nanosecond. */
export function secondsDuration(seconds: number): FeelDuration | null {
  if (!Number.isFinite(seconds)) return null;
  const whole = Math.trunc(seconds);
  return exactDuration(whole, Math.round((seconds - whole) * 1e9));
}

/** Years and months. Months are cut to whole ones; null for more years than a duration holds, which is 2³² - 1. */
export function monthsDuration(months: number): FeelDuration | null {
  const size = Math.trunc(Math.abs(months));
  const years = Math.floor(size / 12);
  if (!Number.isSafeInteger(size) || years > 4_294_967_295) return null;
  return durationOf([years, size % 12, 0, 0, 0, 0, 0, 0, 0, 0], months < 0 ? -1 : 1, true);
}

export function totalMonths(value: FeelDuration): number {
  const { years, months } = value.unwrap();
  return years * 12 + months;
}

/** A duration of days and time as whole seconds and the nanoseconds of the rest, both of its sign. */
export function wholeSeconds(value: FeelDuration): { readonly seconds: number; readonly nanoseconds: number } {
  const { days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds } = value.unwrap();
  return { seconds: days * secondsOfDay + hours * 3_600 + minutes * 60 + seconds, nanoseconds: milliseconds * 1e6 + microseconds * 1e3 + nanoseconds };
}

export function totalSeconds(value: FeelDuration): number {
  const { seconds, nanoseconds } = wholeSeconds(value);
  return seconds + nanoseconds / 1e9;
}

/** The size of a duration in months or in seconds. */
export function durationSize(value: FeelDuration): number {
  return value.yearsMonths ? totalMonths(value) : totalSeconds(value);
}

export function combine(date: FeelDate, time: FeelTime): FeelDateTime {
  return new FeelDateTime(date.unwrap().toPlainDateTime(time.unwrap()), time.zone);
}

/** The moment of a date and time; of a local one as if it were UTC. */
export function momentOf(value: FeelDateTime): Moment {
  const whole: unknown = value;
  if (whole instanceof LazyDateTime) return whole.moment;
  const plain = value.unwrap();
  const offset = value.zone === null ? 0 : offsetSeconds(value.zone);
  if (offset !== null) return moved({ day: dayNumberOf(plain), nanoseconds: clockNanoseconds(plain) }, -offset);
  const { nanoseconds, cycles } = zonedNanoseconds(plain, value.zone ?? 'UTC');
  const size = BigInt(nanosecondsOfDay);
  const rest = ((nanoseconds % size) + size) % size;
  return { day: Number((nanoseconds - rest) / size) + daysOfCycles(cycles), nanoseconds: Number(rest) };
}

/** The moment of a time on the first day of 1970; of a local one as if it were UTC. */
export function momentOfTime(value: FeelTime): Moment {
  return value.zone === null ? { day: 0, nanoseconds: clockNanoseconds(value.unwrap()) } : momentOf(combine(epochDay, value));
}

function moved({ day, nanoseconds }: Moment, seconds: number): Moment {
  const sum = nanoseconds + seconds * 1e9;
  const days = Math.floor(sum / nanosecondsOfDay);
  return { day: day + days, nanoseconds: sum - days * nanosecondsOfDay };
}

function clockNanoseconds({ hour, minute, second, millisecond, microsecond, nanosecond }: Pick<PlainTime, 'hour' | 'minute' | 'second' | 'millisecond' | 'microsecond' | 'nanosecond'>): number {
  return (hour * 3_600 + minute * 60 + second) * 1e9 + millisecond * 1e6 + microsecond * 1e3 + nanosecond;
}

/** Less than zero, zero or more. */
export function compareMoments(left: Moment, right: Moment): number {
  return left.day - right.day || left.nanoseconds - right.nanoseconds;
}

/** The time from one moment to another. */
export function durationBetween(from: Moment, to: Moment): FeelDuration | null {
  return exactDuration((to.day - from.day) * secondsOfDay, to.nanoseconds - from.nanoseconds);
}

/** Whole months between two dates, or two dates and times: a month that is not over does not count. DMN 1.5 §10.3.4.1. */
export function wholeMonths(from: FeelDate | FeelDateTime, to: FeelDate | FeelDateTime): number {
  const isLater = dayNumberOf(to) >= dayNumberOf(from);
  const clock = from instanceof FeelDateTime && to instanceof FeelDateTime ? clockNanoseconds(to.unwrap()) - clockNanoseconds(from.unwrap()) : 0;
  // A day that is not over is left out first.
  const short = isLater ? clock < 0 : clock > 0;
  const end = short ? movedDate(to instanceof FeelDate ? to.unwrap() : to.unwrap().toPlainDate(), { seconds: isLater ? -secondsOfDay : secondsOfDay, nanoseconds: 0 }) : to;
  const months = (end.year - from.year) * 12 + end.month - from.month;
  if (isLater && months > 0 && end.day < from.day) return months - 1;
  return !isLater && months < 0 && end.day > from.day ? months + 1 : months;
}

/** The offset of a zone such as `UTC` or `+08:00`; null for a named one. */
export function offsetSeconds(zoneName: string): number | null {
  if (zoneName === 'UTC' || zoneName === 'Z') return 0;
  const match = /^([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(zoneName);
  if (!match) return null;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3_600 + Number(match[3]) * 60 + Number(match[4] ?? 0));
}

export function dayNumber(value: FeelDate): number {
  return dayNumberOf(value);
}

export function midnightOf(value: FeelDate, zoneName: string | null): FeelDateTime {
  return new FeelDateTime(combine(value, midnight).unwrap(), zoneName);
}

export { dateToText } from './far-date.ts';
