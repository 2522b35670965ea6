import type { FeelDate, FeelDateTime} from 'feelin';
import { parseDate, parseTime, type FeelTime } from 'feelin';

/** The runtime's own dates, which reach ±271,821 years. */
export type PlainDate = ReturnType<FeelDate['unwrap']>;
export type PlainDateTime = ReturnType<FeelDateTime['unwrap']>;
export type PlainTime = ReturnType<FeelTime['unwrap']>;

/** Throws away the null that a text of our own never gives. */
export function known<Value>(value: Value | null): Value {
  if (value === null) throw new TypeError('Expected a value that is always there');
  return value;
}

// feelin keeps its implementation of dates to itself; its classes are reached through a value.
const PlainDateClass = known(parseDate('1970-01-01')).unwrap().constructor as new (year: number, month: number, day: number) => PlainDate;
const startOfDay = known(parseTime('00:00:00')).unwrap();

/** The calendar repeats after 400 years, weekdays included. */
const cycle = { years: 400, months: 4_800, days: 146_097 } as const;
const nearYears = { first: 2_000, own: 271_000, furthest: 999_999_999 } as const;
const secondsOfDay = 86_400;

/** What a date is moved by. */
export type Shift = { readonly months: number } | { readonly seconds: number; readonly nanoseconds: number };

/** What lies beyond the runtime's dates: its place in one of the years 2000 to 2399, and the cycles of the calendar to it. */
abstract class Far<Near extends PlainDate | PlainDateTime> {
  readonly near: Near;
  readonly cycles: number;

  constructor(near: Near, cycles: number) {
    this.near = near;
    this.cycles = cycles;
  }

  get year(): number {
    return this.near.year + this.cycles * cycle.years;
  }

  get month(): number {
    return this.near.month;
  }

  get day(): number {
    return this.near.day;
  }

  get dayOfWeek(): number {
    return this.near.dayOfWeek;
  }

  get dayOfYear(): number {
    return this.near.dayOfYear;
  }

  get weekOfYear(): number | undefined {
    return this.near.weekOfYear;
  }
}

class FarDate extends Far<PlainDate> {
  toPlainDateTime(time: PlainTime): PlainDateTime {
    return atFar(this.near.toPlainDateTime(time), this.cycles);
  }

  override toString(): string {
    return dateToText(this);
  }
}

class FarDateTime extends Far<PlainDateTime> {
  get hour(): number {
    return this.near.hour;
  }

  get minute(): number {
    return this.near.minute;
  }

  get second(): number {
    return this.near.second;
  }

  get millisecond(): number {
    return this.near.millisecond;
  }

  get microsecond(): number {
    return this.near.microsecond;
  }

  get nanosecond(): number {
    return this.near.nanosecond;
  }

  toPlainDate(): PlainDate {
    return dayAt(this.near.toPlainDate(), this.cycles);
  }

  toPlainTime(): PlainTime {
    return this.near.toPlainTime();
  }

  override toString(): string {
    return `${dateToText(this)}T${this.near.toPlainTime().toString()}`;
  }
}

/** Fails: RangeError for a year with more than nine digits. */
function inReach(year: number): void {
  if (Math.abs(year) > nearYears.furthest) throw new RangeError('Expected a year of at most nine digits, but it has more');
}

/** Whole cycles between a year and the years that stand for all others. */
const cyclesOf = (year: number): number => Math.floor((year - nearYears.first) / cycle.years);

function dayAt(near: PlainDate, cycles: number): PlainDate {
  const more = cycles + cyclesOf(near.year);
  const year = near.year + cycles * cycle.years;
  inReach(year);
  if (Math.abs(year) <= nearYears.own) return near.with({ year });
  // It has those members of the runtime's dates that are read in this folder.
  return new FarDate(near.with({ year: near.year - cyclesOf(near.year) * cycle.years }), more) as unknown as PlainDate;
}

function atFar(near: PlainDateTime, cycles: number): PlainDateTime {
  const more = cycles + cyclesOf(near.year);
  const year = near.year + cycles * cycle.years;
  inReach(year);
  if (Math.abs(year) <= nearYears.own) return near.with({ year });
  // As above.
  return new FarDateTime(near.with({ year: near.year - cyclesOf(near.year) * cycle.years }), more) as unknown as PlainDateTime;
}

/** The runtime's own part of a date and time, and the cycles to it. */
function splitFar(value: PlainDateTime): { readonly near: PlainDateTime; readonly cycles: number } {
  const whole: unknown = value;
  return whole instanceof FarDateTime ? whole : { near: value, cycles: 0 };
}

/** A day of these parts. Fails: RangeError where there is none. */
export function plainDate(year: number, month: number, day: number): PlainDate {
  if (Math.abs(year) <= nearYears.own) return new PlainDateClass(year, month, day);
  const cycles = cyclesOf(year);
  return dayAt(new PlainDateClass(year - cycles * cycle.years, month, day), cycles);
}

/** A date and time, moved. Fails: RangeError beyond years of nine digits. */
export function movedDateTime(value: PlainDateTime, by: Shift): PlainDateTime {
  const { near, cycles } = splitFar(value);
  if ('months' in by) {
    const whole = Math.trunc(by.months / cycle.months);
    return whole === 0 && cycles === 0 && Math.abs(near.year) < nearYears.own - cycle.years ? near.add(by) : atFar(nearest(near).add({ months: by.months % cycle.months }), cycles + cyclesOf(near.year) + whole);
  }
  const size = cycle.days * secondsOfDay;
  const whole = Math.trunc(by.seconds / size);
  const rest = { seconds: by.seconds % size, nanoseconds: by.nanoseconds };
  return whole === 0 && cycles === 0 && Math.abs(near.year) < nearYears.own - cycle.years ? near.add(rest) : atFar(nearest(near).add(rest), cycles + cyclesOf(near.year) + whole);
}

const nearest = (value: PlainDateTime): PlainDateTime => value.with({ year: value.year - cyclesOf(value.year) * cycle.years });

/** A day, moved by what of the time makes whole days from its midnight. */
export function movedDate(value: PlainDate, by: Shift): PlainDate {
  return movedDateTime(value.toPlainDateTime(startOfDay), by).toPlainDate();
}

/** The wall clock in a named zone as nanoseconds since 1970; far years have the zone's rules of the years that stand for them. */
export function zonedNanoseconds(value: PlainDateTime, zone: string): { readonly nanoseconds: bigint; readonly cycles: number } {
  const { near, cycles } = splitFar(value);
  return { nanoseconds: near.toZonedDateTime(zone).epochNanoseconds, cycles };
}

/** Days that so many cycles of the calendar have. */
export const daysOfCycles = (cycles: number): number => cycles * cycle.days;

/** Days from 1970-01-01 to a day of the Gregorian calendar. */
export function dayNumberOf({ year, month, day }: { readonly year: number; readonly month: number; readonly day: number }): number {
  const shifted = month <= 2 ? year - 1 : year;
  const cycles = Math.floor(shifted / cycle.years);
  const yearOfCycle = shifted - cycles * cycle.years;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return cycles * cycle.days + yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear - 719_468;
}

/** A day as FEEL writes it: a year with four digits or more. */
export function dateToText({ year, month, day }: { readonly year: number; readonly month: number; readonly day: number }): string {
  const pad = (part: number, length: number): string => String(Math.abs(part)).padStart(length, '0');
  return `${year < 0 ? '-' : ''}${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}
