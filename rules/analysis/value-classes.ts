import { dateToEpochDay, epochMsToInstant, instantToEpochMs } from '../instant.ts';
import type { InputType } from '../index.ts';

/** Places of classes from and to, both included; sorted, apart from each other. */
export type Ranges = readonly (readonly [number, number])[];

/**
 * The values of one column cut where rules compare: within a class no rule tells two values apart. Ordered types have a class for each
 * value that a rule names and one for each space between; others have one for each value, and one for all the rest.
 */
export class ValueClasses {
  readonly count: number;
  readonly #type: InputType;
  readonly #isOrdered: boolean;
  readonly #keys: readonly (number | string)[];
  readonly #originals: ReadonlyMap<number | string, unknown>;
  /** Each class as a place in the line of values (odd) and spaces (even). */
  readonly #places: readonly number[];
  readonly #placeToClass: ReadonlyMap<number, number>;

  constructor(type: InputType, literals: readonly unknown[], allowed: readonly unknown[] | undefined) {
    this.#type = type;
    const isClosed = allowed !== undefined || type === 'boolean';
    const values = [...literals, ...(allowed ?? []), ...(type === 'boolean' ? [false, true] : [])];
    this.#isOrdered = type === 'number' || type === 'date' || type === 'dateTime';
    this.#originals = new Map(values.map((value) => [this.#key(value), value]));
    this.#keys = [...this.#originals.keys()].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
    const places: number[] = [];
    const allowedKeys = new Set((allowed ?? []).map((value) => this.#key(value)));
    for (let place = 0; place <= this.#keys.length * 2; place += 1) {
      if (this.#isThere(place, isClosed, allowedKeys)) places.push(place);
    }
    this.#places = places;
    this.#placeToClass = new Map(places.map((at, index) => [at, index]));
    this.count = places.length;
  }

  get all(): Ranges {
    return this.count === 0 ? [] : [[0, this.count - 1]];
  }

  /** The classes of one value; none for a value that the column cannot have. */
  of(value: unknown): Ranges {
    const index = this.#keys.indexOf(this.#key(value));
    const found = index < 0 ? undefined : this.#placeToClass.get(index * 2 + 1);
    return found === undefined ? [] : [[found, found]];
  }

  /** The classes below or above a value. */
  beside(value: unknown, side: 'below' | 'above'): Ranges {
    const at = this.#keys.indexOf(this.#key(value)) * 2 + 1;
    const first = this.#places.findIndex((place) => place >= at);
    const from = first < 0 ? this.count : first;
    const past = this.#places[from] === at ? from + 1 : from;
    return side === 'below' ? range(0, from - 1) : range(past, this.count - 1);
  }

  /** A value of a class. */
  example(index: number): unknown {
    const place = this.#places[index] ?? 0;
    const at = (place - 1) / 2;
    if (place % 2 === 1) return this.#originals.get(this.#keys[at] ?? '');
    if (!this.#isOrdered) return this.#other();
    const [below, above] = [this.#keys[place / 2 - 1], this.#keys[place / 2]].map((key) => (key === undefined ? undefined : Number(key)));
    const between = below !== undefined && above !== undefined ? (below + above) / 2 : below !== undefined ? below + this.#unit() : (above ?? 0) - this.#unit();
    if (this.#type === 'number') return between;
    const whole = Math.floor(between);
    return this.#type === 'date' ? epochMsToInstant(whole * dayMs).slice(0, 10) : epochMsToInstant(whole);
  }

  #key(value: unknown): number | string {
    if (this.#type === 'number') return Number(value);
    if (this.#type === 'date') return dateToEpochDay(String(value)) ?? Number.NaN;
    if (this.#type === 'dateTime') return instantToEpochMs(String(value)) ?? Number.NaN;
    return `${typeof value} ${String(value)}`;
  }

  #unit(): number {
    return this.#type === 'dateTime' ? dayMs : 1;
  }

  #other(): string {
    for (let number = 0; ; number += 1) {
      const value = number === 0 ? 'other' : `other ${number}`;
      if (!this.#originals.has(this.#key(value))) return value;
    }
  }

  #isThere(place: number, isClosed: boolean, allowed: ReadonlySet<number | string>): boolean {
    if (place % 2 === 1) return allowed.size === 0 || allowed.has(this.#keys[(place - 1) / 2] ?? '');
    if (isClosed) return false;
    if (!this.#isOrdered) return place === this.#keys.length * 2;
    const [below, above] = [this.#keys[place / 2 - 1], this.#keys[place / 2]];
    // Days and milliseconds have neighbours with nothing between.
    return this.#type === 'number' || below === undefined || above === undefined || Number(above) - Number(below) > 1;
  }
}

const dayMs = 86_400_000;

function range(from: number, to: number): Ranges {
  return from <= to ? [[from, to]] : [];
}

/** The classes that are in both. */
export function intersect(left: Ranges, right: Ranges): Ranges {
  const both: [number, number][] = [];
  for (let a = 0, b = 0; a < left.length && b < right.length; ) {
    const [one, other] = [left[a], right[b]];
    if (!one || !other) break;
    const [from, to] = [Math.max(one[0], other[0]), Math.min(one[1], other[1])];
    if (from <= to) both.push([from, to]);
    if (one[1] < other[1]) a += 1;
    else b += 1;
  }
  return both;
}

/** The classes that are in either. */
export function unite(left: Ranges, right: Ranges): Ranges {
  const all: [number, number][] = [];
  for (const [from, to] of [...left, ...right].sort((one, other) => one[0] - other[0])) {
    const last = all.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}

/** The classes of a column that are not among these. */
export function complement(ranges: Ranges, count: number): Ranges {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (next < from) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next < count) rest.push([next, count - 1]);
  return rest;
}

/** Whether every class of `inner` is one of `outer`. */
export function includes(outer: Ranges, inner: Ranges): boolean {
  return inner.every(([from, to]) => outer.some((range) => range[0] <= from && to <= range[1]));
}

export function overlaps(left: Ranges, right: Ranges): boolean {
  for (const [from, to] of left) for (const other of right) if (other[0] <= to && from <= other[1]) return true;
  return false;
}
