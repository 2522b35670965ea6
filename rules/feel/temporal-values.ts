import { FeelDate, FeelDateTime, FeelFunction, dateAndTime, date as parseDate, duration as parseDuration } from 'feelin';
import { FeelError } from './feel-error.ts';

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const zonePattern = /^(UTC|[+-]\d{2}:\d{2})$/;
const offsetSecondsPattern = /^([+-])(\d{2}):(\d{2}):(\d{2})$/;

/** The moment and the UTC offset (`UTC` or `±hh:mm`) that `now()` and `today()` see. */
export interface Clock {
  /** ISO 8601 instant. */
  readonly at: string;
  readonly zone: string;
}

/**
 * An instant as `YYYY-MM-DDTHH:mm:ss.sssZ`, the one form that sorts as text. A local date-time is taken
 * in `zone`. Takes FEEL's date-time or an ISO 8601 string. Fails: FEEL_VALUE.
 */
export function dateTimeToInstant(value: unknown, zone = 'UTC'): string {
  const parsed = typeof value === 'string' ? dateAndTime(value) : value;
  if (!(parsed instanceof FeelDateTime)) throw new FeelError('FEEL_VALUE', `Expected a date and time, but found ${describe(value)}`);
  const own = parsed.zone ?? zone;
  const seconds = offsetSecondsPattern.exec(own);
  const zoned = seconds
    ? parsed.unwrap().toZonedDateTime('UTC').add({ seconds: -(seconds[1] === '-' ? -1 : 1) * (Number(seconds[2]) * 3600 + Number(seconds[3]) * 60 + Number(seconds[4])) })
    : parsed.unwrap().toZonedDateTime(own);
  return zoned.toInstant().toString({ fractionalSecondDigits: 3 });
}

/** FEEL's date and time from an ISO 8601 string with or without an offset; null when it is none. */
export function parseFeelDateTime(text: string): FeelDateTime | null {
  return text.includes('T') ? dateAndTime(text) : null;
}

/** FEEL's date from `YYYY-MM-DD`; null when it is none. */
export function parseFeelDate(text: string): FeelDate | null {
  const value = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseDate(text) : null;
  return value instanceof FeelDate ? value : null;
}

/** The length of an ISO 8601 days and time duration in milliseconds; null when it is none or has years or months. */
export function durationToMs(text: string): number | null {
  const value = parseDuration(text);
  if (!value || value.yearsMonths) return null;
  return value.unwrap().total({ unit: 'millisecond', relativeTo: '1970-01-01' });
}

/** Refuses a bad instant or zone. Fails: FEEL_VALUE. */
export function requireClock(clock: Clock): void {
  if (!instantPattern.test(clock.at)) throw new FeelError('FEEL_VALUE', `Expected an ISO 8601 instant, but found ${JSON.stringify(clock.at)}`);
  if (!zonePattern.test(clock.zone)) throw new FeelError('FEEL_VALUE', `Expected UTC or an offset such as +08:00, but found ${JSON.stringify(clock.zone)}`);
}

/** The functions that take the place of FEEL's `now()` and `today()`. Fails: FEEL_VALUE for a bad instant or zone. */
export function clockFunctions(clock: Clock): { readonly now: FeelFunction; readonly today: FeelFunction } {
  requireClock(clock);
  let current: FeelDateTime | undefined;
  const now = (): FeelDateTime => (current ??= localNow(clock));
  return {
    now: new FeelFunction(now, []),
    today: new FeelFunction(() => new FeelDate(now().unwrap().toPlainDate()), []),
  };
}

function localNow({ at, zone }: Clock): FeelDateTime {
  const utc = dateAndTime(dateTimeToInstant(at));
  if (!utc) throw new FeelError('FEEL_VALUE', `Expected an ISO 8601 instant, but found ${JSON.stringify(at)}`);
  return new FeelDateTime(utc.unwrap().toZonedDateTime('UTC').withTimeZone(zone).toPlainDateTime(), zone);
}

/** Names the kind of a value without showing it, for messages that may not carry patient data. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return value.constructor === Object ? 'a context' : `a ${value.constructor?.name ?? 'object'}`;
  return `a ${typeof value}`;
}
