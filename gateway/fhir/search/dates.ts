import { isStorableInstant, lastInstant } from '../../storable-instant.ts';
import { badParameter } from '../refusal.ts';

/** The time that a value names: from `start` to before `end`. */
export interface DateValue {
  readonly prefix: 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb';
  readonly start: Date;
  readonly end: Date;
}

const form = /^(?:(eq|ne|gt|lt|ge|le|sa|eb))?(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * Reads a date with its prefix, at the precision at which it was written; a time without a zone is UTC. Refuses what is no day of the
 * calendar, `ap`, and a time where `isDateOnly`. R4 §3.1.1.4.5.
 */
export function readDate(name: string, text: string, isDateOnly = false): DateValue {
  const match = form.exec(text);
  const refusal = badParameter(name, `Expected ${isDateOnly ? 'a date' : 'a date or a time'} in ${name}, with one of the prefixes eq, ne, gt, lt, ge, le, sa and eb or none, but it is not`);
  if (!match || (isDateOnly && match[5] !== undefined)) throw refusal;
  const [, prefix = 'eq', year = '', month, day, hour, minute, second, fraction, zone = 'Z'] = match;
  const whole = `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${(fraction ?? '').slice(0, 3).padEnd(3, '0')}`;
  const local = new Date(`${whole}Z`);
  const start = new Date(`${whole}${zone}`);
  // The 30th of February is moved on by the clock; a number beyond the day is none.
  if (Number.isNaN(start.getTime()) || !isStorableInstant(start) || local.toISOString() !== `${whole}Z`) throw refusal;
  const end = new Date(start);
  if (month === undefined) end.setUTCFullYear(end.getUTCFullYear() + 1);
  else if (day === undefined) end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setTime(end.getTime() + lengthMs(hour, second, fraction));
  // The expression allows no other prefix. What is later than the last year that is kept is nothing's.
  return { prefix: prefix as DateValue['prefix'], start, end: isStorableInstant(end) ? end : lastInstant };
}

function lengthMs(hour: string | undefined, second: string | undefined, fraction: string | undefined): number {
  if (hour === undefined) return 86_400_000;
  if (second === undefined) return 60_000;
  return fraction === undefined ? 1_000 : Math.max(1, 10 ** (3 - fraction.length));
}

interface InstantFilter {
  readonly gte?: Date;
  readonly lt?: Date;
}

/** An instant against the value, as any of these; two for `ne`. */
export function instantFilters({ prefix, start, end }: DateValue): readonly InstantFilter[] {
  switch (prefix) {
    case 'eq': return [{ gte: start, lt: end }];
    case 'ne': return [{ lt: start }, { gte: end }];
    case 'gt': case 'sa': return [{ gte: end }];
    case 'lt': case 'eb': return [{ lt: start }];
    case 'ge': return [{ gte: start }];
    case 'le': return [{ lt: end }];
  }
}

/** A period that may still run against the value: what must hold of its start and its end, as any of these; `isOpen`: it may also have no end. */
export interface PeriodFilter {
  readonly start?: InstantFilter;
  readonly end?: InstantFilter | { readonly lte: Date } | { readonly gt: Date };
  readonly isOpen?: true;
}

/** R4 §3.1.1.4.5, the columns of ranges: `eq` is within, `gt`, `lt` and their kin overlap what is beyond, `sa` and `eb` lie there wholly. */
export function periodFilters({ prefix, start, end }: DateValue): readonly PeriodFilter[] {
  const within: PeriodFilter = { start: { gte: start }, end: { lte: end } };
  switch (prefix) {
    case 'eq': return [within];
    case 'ne': return [{ start: { lt: start } }, { end: { gt: end }, isOpen: true }];
    case 'gt': return [{ end: { gt: end }, isOpen: true }];
    case 'lt': return [{ start: { lt: start } }];
    case 'ge': return [{ end: { gt: end }, isOpen: true }, within];
    case 'le': return [{ start: { lt: start } }, within];
    case 'sa': return [{ start: { gte: end } }];
    case 'eb': return [{ end: { lte: start } }];
  }
}
