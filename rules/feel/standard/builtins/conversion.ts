import { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime } from 'feelin';
import { compare, equal, type Ternary } from '../comparison.ts';
import { FunctionValue, isContext, kindOf, makeRange } from '../feel-value.ts';
import { isNumber, numberText } from '../number.ts';
import { readString } from '../string-literal.ts';
import { combine, dateOfParts, dateToText, midnightOf, momentOf, monthsDuration, offsetSeconds, parseDateText, parseDateTimeText, parseDurationText, parseTimeText, totalSeconds, wholeMonths } from '../temporal.ts';
import { define } from './define.ts';
import { parseNumber } from './number-text.ts';

/** What `@"…"` stands for; null when it is nothing. DMN 1.5 §10.3.1.2, rule 66. */
export function temporalLiteral(text: string): unknown {
  return parseDateText(text) ?? (text.includes('T') && !/^-?P/.test(text) ? parseDateTimeText(text) : null) ?? parseTimeText(text) ?? parseDurationText(text);
}

function toDate(from: unknown): FeelDate | null {
  if (typeof from === 'string') return parseDateText(from);
  if (from instanceof FeelDate) return from;
  return from instanceof FeelDateTime ? new FeelDate(from.unwrap().toPlainDate()) : null;
}

function toTime(from: unknown): FeelTime | null {
  if (typeof from === 'string') return parseTimeText(from);
  if (from instanceof FeelTime) return from;
  if (from instanceof FeelDateTime) return new FeelTime(from.unwrap().toPlainTime(), from.zone);
  return from instanceof FeelDate ? parseTimeText('00:00:00Z') : null;
}

const two = (value: number): string => String(value).padStart(2, '0');

function timeOfParts(hour: number, minute: number, second: number, zone: string): FeelTime | null {
  if (!Number.isInteger(hour) || !Number.isInteger(minute) || [hour, minute, second].some((part) => part < 0) || second >= 60) return null;
  const [whole = '', fraction] = numberText(second).split('.');
  return parseTimeText(`${two(hour)}:${two(minute)}:${whole.padStart(2, '0')}${fraction === undefined ? '' : `.${fraction.slice(0, 9)}`}${zone}`);
}

function zoneText(offset: FeelDuration | null): string | null {
  if (offset === null) return '';
  if (offset.yearsMonths) return null;
  const seconds = Math.trunc(totalSeconds(offset));
  if (seconds === 0) return 'Z';
  const size = Math.abs(seconds);
  const rest = size % 60;
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(size / 3_600))}:${two(Math.floor(size / 60) % 60)}${rest === 0 ? '' : `:${two(rest)}`}`;
}

/** Whole months between two dates, or two dates and times that are both local or both not. */
function monthsBetween(from: unknown, to: unknown): FeelDuration | null {
  const [start, end] = [toDate(typeof from === 'string' ? null : from), toDate(typeof to === 'string' ? null : to)];
  if (!start || !end) return null;
  return monthsDuration(from instanceof FeelDateTime && to instanceof FeelDateTime ? wholeMonths(from, to) : wholeMonths(start, end));
}

/** A value as text: numbers without exponents, strings in lists and contexts in quotes. DMN 1.5 §10.3.4.1. */
export function feelText(value: unknown, quoted = false): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return quoted ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
  if (isNumber(value)) return numberText(value);
  if (Array.isArray(value)) return `[${value.map((item) => feelText(item, true)).join(', ')}]`;
  if (value instanceof FeelDate) return dateToText(value);
  if (value instanceof FeelDateTime) return `${dateToText(value)}T${String(new FeelTime(value.unwrap().toPlainTime(), value.zone))}`;
  if (value instanceof FeelRange) return rangeText(value);
  if (value instanceof FunctionValue) return `function(${value.parameters.map(({ name }) => name).join(', ')})`;
  if (isContext(value)) return `{${Object.entries(value).map(([key, entry]) => `${/^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(key) ? key : feelText(key, true)}: ${feelText(entry, true)}`).join(', ')}}`;
  return String(value);
}

function rangeText(range: FeelRange): string {
  const { start, end, 'start included': startIncluded, 'end included': endIncluded } = range;
  if (start === null) return `(${endIncluded ? '<=' : '<'} ${endText(end)})`;
  if (end === null) return `(${startIncluded ? '>=' : '>'} ${endText(start)})`;
  return `${startIncluded ? '[' : '('}${endText(start)}..${endText(end)}${endIncluded ? ']' : ')'}`;
}

function endText(value: unknown): string {
  return typeof value === 'string' || isNumber(value) ? feelText(value, true) : `@"${feelText(value)}"`;
}

const rangePattern = /^\s*([[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])[])\s*$/s;
const unaryRangePattern = /^\s*\(\s*(<=|>=|<|>|=)\s*(.+?)\s*\)\s*$/s;

/** A range of literals as text. DMN 1.5 §10.3.4.1, `range`. */
function parseRange(text: string): FeelRange | null {
  const unary = unaryRangePattern.exec(text);
  if (unary) {
    const end = literal(unary[2] ?? '');
    if (end === null) return null;
    const sign = unary[1] ?? '';
    if (sign === '=') return makeRange({ start: end, end, startIncluded: true, endIncluded: true });
    return sign.startsWith('<') ? makeRange({ start: null, end, startIncluded: false, endIncluded: sign === '<=' }) : makeRange({ start: end, end: null, startIncluded: sign === '>=', endIncluded: false });
  }
  const match = rangePattern.exec(text);
  if (!match) return null;
  const [, opening, first = '', last = '', closing] = match;
  const [start, end] = [literal(first), literal(last)];
  if ((start === null && first !== '' && first !== 'null') || (end === null && last !== '' && last !== 'null') || (start === null && end === null)) return null;
  if (start !== null && end !== null) {
    const order = compare(start, end);
    if (order === null || order > 0) return null;
  }
  if ((start === null && opening === '[') || (end === null && closing === ']')) return null;
  return makeRange({ start, end, startIncluded: opening === '[', endIncluded: closing === ']' });
}

function literal(text: string): unknown {
  if (/^"(?:[^"\\]|\\.)*"$/.test(text)) return readString(text);
  const temporal = /^(?:@|(date|time|date and time|duration)\s*\(\s*)("[^"]*")\s*\)?$/.exec(text);
  if (temporal) return temporalLiteral(readString(temporal[2] ?? '""'));
  return parseNumber(text);
}

/** `is`: equal, and of the same type down to the zone. DMN 1.5 §10.3.4.6. */
function isSame(left: unknown, right: unknown): Ternary {
  if (kindOf(left) !== kindOf(right)) return false;
  if ((left instanceof FeelTime && right instanceof FeelTime) || (left instanceof FeelDateTime && right instanceof FeelDateTime)) {
    return left.unwrap().toString() === right.unwrap().toString() && sameZone(left.zone, right.zone);
  }
  return equal(left, right) === true;
}

function sameZone(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return left === right;
  const [first, second] = [offsetSeconds(left), offsetSeconds(right)];
  return first === null || second === null ? left === right : first === second;
}

/** The parts of a date and time with an offset or the name of a zone. */
function dateTimeOfParts(year: number, month: number, day: number, hour: number, minute: number, second: number, zone: string): FeelDateTime | null {
  const [date, time] = [dateOfParts(year, month, day), timeOfParts(hour, minute, second, zone)];
  return date && time ? combine(date, time) : null;
}

/** DMN 1.5 §10.3.4.1 and §10.3.4.2. */
export const conversionBuiltins = [
  define('date(from: Any)', toDate),
  define('date(year: number, month: number, day: number)', dateOfParts),
  define('date and time(from: Any)', (from: unknown) => (typeof from === 'string' ? parseDateTimeText(from) : from instanceof FeelDateTime ? from : from instanceof FeelDate ? midnightOf(from, null) : null)),
  define('date and time(date: Any, time: time)', (date: unknown, time: FeelTime) => {
    const day = typeof date === 'string' ? null : toDate(date);
    return day ? combine(day, time) : null;
  }),
  define('date and time(date: Any, timezone: string)', (date: unknown, timezone: string) => (date instanceof FeelDateTime ? inZone(date, timezone) : null)),
  define('date and time(year: number, month: number, day: number, hour: number, minute: number, second: number)', (year: number, month: number, day: number, hour: number, minute: number, second: number) => dateTimeOfParts(year, month, day, hour, minute, second, '')),
  define('date and time(year: number, month: number, day: number, hour: number, minute: number, second: number, offset: days and time duration)', (year: number, month: number, day: number, hour: number, minute: number, second: number, offset: FeelDuration) => {
    const zone = zoneText(offset);
    return zone === null ? null : dateTimeOfParts(year, month, day, hour, minute, second, zone);
  }),
  define('date and time(year: number, month: number, day: number, hour: number, minute: number, second: number, timezone: string)', (year: number, month: number, day: number, hour: number, minute: number, second: number, timezone: string) => dateTimeOfParts(year, month, day, hour, minute, second, `@${timezone}`)),
  define('time(from: Any)', toTime),
  define('time(hour: number, minute: number, second: number, offset?: days and time duration)', (hour: number, minute: number, second: number, offset: FeelDuration | null) => {
    const zone = zoneText(offset);
    return zone === null ? null : timeOfParts(hour, minute, second, zone);
  }),
  define('number(from: string, grouping separator?: string, decimal separator?: string)', (from: string, grouping: string | null, point: string | null) => {
    if ((grouping !== null && ![' ', ',', '.'].includes(grouping)) || (point !== null && ![',', '.'].includes(point)) || (grouping !== null && grouping === (point ?? ''))) return null;
    const plain = grouping === null ? from : from.split(grouping).join('');
    return parseNumber(point === ',' ? (plain.includes('.') ? '' : plain.replace(',', '.')) : plain);
  }),
  define('string(from: Any)', (from: unknown) => (from === null ? null : feelText(from))),
  define('duration(from: Any)', (from: unknown) => (typeof from === 'string' ? parseDurationText(from) : from instanceof FeelDuration ? from : null)),
  define('years and months duration(from: Any, to: Any)', monthsBetween),
  define('range(from: string)', parseRange),
  define('not(negand: Any)', (negand: unknown) => (typeof negand === 'boolean' ? !negand : null)),
  define('is(value1: Any, value2: Any)', isSame),
];

/** The same instant as another zone's clocks show it. */
function inZone(value: FeelDateTime, timezone: string): FeelDateTime | null {
  const zone = parseTimeText(`00:00:00@${timezone}`)?.zone ?? null;
  if (zone === null || value.zone === null) return null;
  const utc = parseDateTimeText('1970-01-01T00:00:00Z');
  if (!utc) return null;
  const { day, nanoseconds } = momentOf(value);
  try {
    const zoned = utc.unwrap().toZonedDateTime('UTC').add({ hours: day * 24, nanoseconds }).withTimeZone(zone);
    return new FeelDateTime(zoned.toPlainDateTime(), zone);
  } catch {
    return null;
  }
}
