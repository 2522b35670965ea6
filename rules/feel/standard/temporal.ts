import { FeelDate, FeelDateTime, parseDate, parseTime, duration, type FeelDuration, type FeelTime } from 'feelin';

const zone = '(?:Z|[+-]\\d{2}:\\d{2}(?::\\d{2})?|@[A-Za-z_]+(?:[/+-][A-Za-z0-9_+-]+)*)?';
const dateText = '(-?)([1-9]\\d{4,8}|\\d{4})-(\\d{2})-(\\d{2})';
const timeText = '\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?';
const datePattern = new RegExp(`^${dateText}$`);
const timePattern = new RegExp(`^T?(${timeText}${zone})$`);
const dateTimePattern = new RegExp(`^(.+)T(${timeText}${zone})$`);
const durationPattern = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

type PlainDate = ReturnType<FeelDate['unwrap']>;
type PlainTime = ReturnType<FeelTime['unwrap']>;

function known<Value>(value: Value | null): Value {
  if (value === null) throw new TypeError('Expected a value of the reference date');
  return value;
}

const epochDay = known(parseDate('1970-01-01'));
const midnight = known(parseTime('00:00:00'));
// feelin keeps its implementation of dates to itself; its classes are reached through a value.
const PlainDateClass = epochDay.unwrap().constructor as new (year: number, month: number, day: number) => PlainDate;

/** A date of these parts; null when there is none, or it lies outside of ±271,821 years. */
export function dateOfParts(year: number, month: number, day: number): FeelDate | null {
  if (![year, month, day].every(Number.isInteger)) return null;
  try {
    return new FeelDate(new PlainDateClass(year, month, day));
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
  const match = dateTimePattern.exec(text);
  if (!match) {
    const date = parseDateText(text);
    return date ? combine(date, midnight) : null;
  }
  const date = parseDateText(match[1] ?? '');
  const time = parseTimeText(match[2] ?? '');
  if (!date || !time) return null;
  const endOfDay = (match[2] ?? '').startsWith('24:00:00');
  return combine(endOfDay ? new FeelDate(date.unwrap().add({ days: 1 })) : date, time);
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
  const whole = Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60;
  return secondsDuration(sign * (whole + Number(seconds ?? 0)));
}

/** Days and time. Null outside of what a date can be moved by. */
export function secondsDuration(seconds: number): FeelDuration | null {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 1e15) return null;
  const size = Math.abs(seconds);
  const whole = Math.floor(size);
  const fraction = Math.round((size - whole) * 1e9);
  const text = `${Math.floor(whole / 86_400)}DT${Math.floor((whole % 86_400) / 3_600)}H${Math.floor((whole % 3_600) / 60)}M${whole % 60}.${String(fraction).padStart(9, '0')}S`;
  return duration(`${seconds < 0 ? '-' : ''}P${text}`);
}

/** Years and months. Months are cut to whole ones. */
export function monthsDuration(months: number): FeelDuration | null {
  if (!Number.isFinite(months) || Math.abs(months) > 3_200_000) return null;
  const size = Math.trunc(Math.abs(months));
  return duration(`${months < 0 && size > 0 ? '-' : ''}P${Math.floor(size / 12)}Y${size % 12}M`);
}

export function totalMonths(value: FeelDuration): number {
  const { years, months } = value.unwrap();
  return years * 12 + months;
}

export function totalSeconds(value: FeelDuration): number {
  const { days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds } = value.unwrap();
  return days * 86_400 + hours * 3_600 + minutes * 60 + seconds + milliseconds / 1e3 + microseconds / 1e6 + nanoseconds / 1e9;
}

/** The size of a duration in months or in seconds. */
export function durationSize(value: FeelDuration): number {
  return value.yearsMonths ? totalMonths(value) : totalSeconds(value);
}

export function combine(date: FeelDate, time: FeelTime): FeelDateTime {
  return new FeelDateTime(date.unwrap().toPlainDateTime(time.unwrap()), time.zone);
}

/** A date and time in seconds since 1970, with fractions; a local one as if it were UTC. */
export function epochSeconds(value: FeelDateTime): number {
  const local = (zoneName: string): number => {
    const { epochNanoseconds } = value.unwrap().toZonedDateTime(zoneName);
    return Number(epochNanoseconds / 1_000_000_000n) + Number(epochNanoseconds % 1_000_000_000n) / 1e9;
  };
  if (value.zone === null) return local('UTC');
  const offset = offsetSeconds(value.zone);
  return offset === null ? local(value.zone) : local('UTC') - offset;
}

/** A time in seconds of its day, moved to UTC when it has an offset. */
export function daySeconds(value: FeelTime): number {
  return value.zone === null ? plainSeconds(value.unwrap()) : epochSeconds(combine(epochDay, value));
}

function plainSeconds({ hour, minute, second, millisecond, microsecond, nanosecond }: PlainTime): number {
  return hour * 3_600 + minute * 60 + second + millisecond / 1e3 + microsecond / 1e6 + nanosecond / 1e9;
}

/** The offset of a zone such as `UTC` or `+08:00`; null for a named one. */
export function offsetSeconds(zoneName: string): number | null {
  if (zoneName === 'UTC' || zoneName === 'Z') return 0;
  const match = /^([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(zoneName);
  if (!match) return null;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3_600 + Number(match[3]) * 60 + Number(match[4] ?? 0));
}

export function dayNumber(value: FeelDate): number {
  return epochSeconds(combine(value, midnight)) / 86_400;
}

export function midnightOf(value: FeelDate, zoneName: string | null): FeelDateTime {
  return new FeelDateTime(combine(value, midnight).unwrap(), zoneName);
}

/** A day as FEEL writes it: a year with four digits or more. */
export function dateToText(value: { readonly year: number; readonly month: number; readonly day: number }): string {
  const pad = (part: number, length: number): string => String(Math.abs(part)).padStart(length, '0');
  return `${value.year < 0 ? '-' : ''}${pad(value.year, 4)}-${pad(value.month, 2)}-${pad(value.day, 2)}`;
}

