import { dateAndTime, FeelDateTime } from 'feelin';
import { dayNumberOf, known, type PlainDateTime } from './standard/far-date.ts';

/** A point in time, exactly: days since 1970-01-01 and nanoseconds of the day, in UTC. */
export interface Moment {
  readonly day: number;
  readonly nanoseconds: number;
}

const nanosecondsOfDay = 86_400e9;
const largestOffsetHours = 14;
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * A date and time with an offset, whose text has been checked and whose moment is known. Its calendar, which takes most of the time of
 * reading it, is made when something but the moment is asked for.
 */
export class LazyDateTime {
  readonly zone: string;
  readonly moment: Moment;
  readonly #text: string;
  #made: FeelDateTime | undefined;

  constructor(text: string, zone: string, moment: Moment) {
    this.#text = text;
    this.zone = zone;
    this.moment = moment;
  }

  get #whole(): FeelDateTime {
    return (this.#made ??= known(dateAndTime(this.#text)));
  }

  get value(): unknown {
    return this.#whole.unwrap();
  }

  get iso(): string {
    return this.#whole.toString();
  }

  unwrap(): PlainDateTime {
    return this.#whole.unwrap();
  }
}

/** One that is compared with others by feelin and goes nowhere else, so that of its calendar nothing but the moment is read. */
class ComparedDateTime extends LazyDateTime {
  override get value(): unknown {
    const epochMilliseconds = this.moment.day * 86_400_000 + Math.floor(this.moment.nanoseconds / 1e6);
    return { toZonedDateTime: () => ({ epochMilliseconds }) };
  }
}

// feelin's class without its constructor, which writes the text anew; the rest of its members goes by `value` and `iso`.
Object.setPrototypeOf(LazyDateTime.prototype, FeelDateTime.prototype);

/** The value of a text in the form `YYYY-MM-DDThh:mm:ss[.fff](Z|±hh:mm)`; undefined for every other, also where it may be a date and time. */
export function readLazily(text: string): FeelDateTime | undefined {
  return read(text, LazyDateTime);
}

/** The same, for comparison only. */
export function readToCompare(text: string): FeelDateTime | undefined {
  return read(text, ComparedDateTime);
}

function read(text: string, Kind: typeof LazyDateTime): FeelDateTime | undefined {
  const length = text.length;
  if (length < 20 || length > 35 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return undefined;
  const year = two(text, 0) * 100 + two(text, 2);
  const [month, day, hour, minute, second] = [two(text, 5), two(text, 8), two(text, 11), two(text, 14), two(text, 17)];
  // What is no number fails each of the comparisons.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month) && hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  const isUtc = text[length - 1] === 'Z';
  const zoneAt = isUtc ? length - 1 : length - 6;
  const fraction = fractionOf(text, 19, zoneAt);
  const offset = isUtc ? 0 : offsetOf(text, zoneAt);
  if (fraction === undefined || offset === undefined) return undefined;
  const sum = (hour * 3_600 + minute * 60 + second - offset) * 1e9 + fraction;
  const days = Math.floor(sum / nanosecondsOfDay);
  const moment = { day: dayNumberOf({ year, month, day }) + days, nanoseconds: sum - days * nanosecondsOfDay };
  // It has the prototype of feelin's class.
  return new Kind(text, isUtc ? 'UTC' : text.slice(zoneAt), moment) as unknown as FeelDateTime;
}

/** A digit; NaN for any other character. */
function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 0);
}

/** Nanoseconds of a point and one to nine digits, or of nothing. */
function fractionOf(text: string, from: number, to: number): number | undefined {
  if (from === to) return 0;
  if (text[from] !== '.' || to - from < 2 || to - from > 10) return undefined;
  let value = 0;
  for (let at = from + 1; at < from + 10; at += 1) value = value * 10 + (at < to ? digit(text, at) : 0);
  return Number.isNaN(value) ? undefined : value;
}

/** Seconds of `±hh:mm`. */
function offsetOf(text: string, at: number): number | undefined {
  const sign = text[at];
  const [hours, minutes] = [two(text, at + 1), two(text, at + 4)];
  if ((sign !== '+' && sign !== '-') || text[at + 3] !== ':' || !(hours <= largestOffsetHours && minutes <= 59)) return undefined;
  const seconds = hours * 3_600 + minutes * 60;
  return sign === '-' ? -seconds : seconds;
}
