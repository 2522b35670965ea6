import { FeelError } from '../../feel-error.ts';
import { allOf, anyOf, compare, equal } from '../comparison.ts';
import type { FunctionValue } from '../feel-value.ts';
import { invoke } from '../invoke.ts';
import { add, compareNumbers, divide, isNumber, multiply, squareRoot, subtract, type FeelNumber } from '../number.ts';
import { define } from './define.ts';

type List = readonly unknown[];

const maximumItems = 1_000_000;

const same = (left: unknown, right: unknown): boolean => equal(left, right) === true;
const isNumbers = (list: List): list is readonly FeelNumber[] => list.length > 0 && list.every(isNumber);
const ofNumbers = (name: string, body: (numbers: readonly FeelNumber[]) => unknown) => define(`${name}(...list)`, (list: List) => (isNumbers(list) ? body(list) : null));
/** The sum, as every addition rounds it. */
export const total = (numbers: readonly FeelNumber[]): FeelNumber | null => fold(numbers, 0, add);
const mean = (numbers: readonly FeelNumber[]): FeelNumber | null => fold([numbers.length], total(numbers), divide);

function fold(numbers: readonly FeelNumber[], start: FeelNumber | null, step: (left: FeelNumber, right: FeelNumber) => FeelNumber | null): FeelNumber | null {
  return numbers.reduce<FeelNumber | null>((result, number) => (result === null ? null : step(result, number)), start);
}

/** The least (-1) or greatest (1) of comparable values; null for none and for values without an order. */
export function extreme(list: List, sign: 1 | -1): unknown {
  let best: unknown = null;
  for (const [index, item] of list.entries()) {
    const order = index === 0 ? compare(item, item) : compare(item, best);
    if (order === null) return null;
    if (index === 0 || order * sign > 0) best = item;
  }
  return best;
}

function distinct(list: List): unknown[] {
  const plain = new Set<unknown>();
  const results: unknown[] = [];
  for (const item of list) {
    const isPlain = item === null || ['number', 'string', 'boolean'].includes(typeof item);
    if (isPlain ? plain.has(item) : results.some((known) => same(known, item))) continue;
    if (isPlain) plain.add(item);
    results.push(item);
  }
  return results;
}

/** The index from 0 of a position from 1, or from -1 backwards; null outside of the list. */
function indexOf(list: List, position: number): number | null {
  if (!Number.isInteger(position) || position === 0 || Math.abs(position) > list.length) return null;
  return position > 0 ? position - 1 : list.length + position;
}

function sublist(list: List, start: number, length: number | null): unknown[] | null {
  const from = indexOf(list, start);
  if (from === null || (length !== null && (!Number.isInteger(length) || length < 1 || from + length > list.length))) return null;
  return list.slice(from, length === null ? undefined : from + length);
}

/** A list may hold another one many times, so the result is bounded. Fails: FEEL_BUDGET. */
function flatten(list: List, into: unknown[] = []): unknown[] {
  for (const item of list) {
    if (Array.isArray(item)) flatten(item, into);
    else into.push(item);
    if (into.length > maximumItems) throw new FeelError('FEEL_BUDGET', `Expected a list of at most ${maximumItems} items, but it is longer`);
  }
  return into;
}

function median(numbers: readonly FeelNumber[]): FeelNumber | null {
  const sorted = [...numbers].sort(compareNumbers);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[middle]];
  return low === undefined || high === undefined ? null : low === high ? low : mean([low, high]);
}

/** Of a sample. */
function deviation(numbers: readonly FeelNumber[]): FeelNumber | null {
  const middle = mean(numbers);
  if (numbers.length < 2 || middle === null) return null;
  const squares = numbers.map((number) => { const distance = subtract(number, middle); return distance === null ? null : multiply(distance, distance); });
  if (!squares.every(isNumber)) return null;
  const variance = fold([numbers.length - 1], total(squares), divide);
  return variance === null ? null : squareRoot(variance);
}

function mode(numbers: readonly FeelNumber[]): FeelNumber[] {
  const sorted = [...numbers].sort(compareNumbers);
  const counts: { readonly number: FeelNumber; count: number }[] = [];
  for (const number of sorted) {
    const last = counts.at(-1);
    if (last && compareNumbers(last.number, number) === 0) last.count += 1;
    else counts.push({ number, count: 1 });
  }
  const most = counts.reduce((highest, { count }) => Math.max(highest, count), 0);
  return counts.filter(({ count }) => count === most).map(({ number }) => number);
}

/** A sort that keeps the order of equals. Null when the comparison is no function of two, or gives no boolean. DMN 1.5 §10.3.4.9. */
function sort(list: List, precedes: FunctionValue | null): unknown[] | null {
  if (precedes && precedes.parameters.length !== 2) return null;
  let failed = false;
  const isBefore = (left: unknown, right: unknown): boolean => {
    if (!precedes) {
      const order = compare(left, right);
      failed ||= order === null;
      return order !== null && order < 0;
    }
    const result = invoke(precedes, { positional: [left, right] });
    const value = 'value' in result ? result.value : null;
    failed ||= typeof value !== 'boolean';
    return value === true;
  };
  const sorted = [...list].sort((left, right) => (isBefore(left, right) ? -1 : isBefore(right, left) ? 1 : 0));
  return failed ? null : sorted;
}

function replaceMatching(list: List, match: FunctionValue, newItem: unknown): unknown[] | null {
  if (match.parameters.length !== 2) return null;
  const results: unknown[] = [];
  for (const item of list) {
    const chosen = invoke(match, { positional: [item, newItem] });
    if (!('value' in chosen) || typeof chosen.value !== 'boolean') return null;
    results.push(chosen.value ? newItem : item);
  }
  return results;
}

const at = (list: List, position: number, change: (index: number) => unknown[]): unknown[] | null => {
  const index = indexOf(list, position);
  return index === null ? null : change(index);
};
const asList = (value: unknown): List | null => (value === null ? null : Array.isArray(value) ? value : [value]);
const joined = (lists: List): unknown[] | null => (lists.includes(null) ? null : lists.flatMap((list) => asList(list) ?? []));

/** DMN 1.5 §10.3.4.4 and §10.3.4.9. */
export const listBuiltins = [
  define('list contains(list: list, element: Any)', (list: List, element: unknown) => list.some((item) => same(item, element))),
  define('count(list: list)', (list: List) => list.length),
  define('min(...list)', (list: List) => extreme(list, -1)),
  define('max(...list)', (list: List) => extreme(list, 1)),
  ofNumbers('sum', total),
  ofNumbers('mean', mean),
  ofNumbers('product', (numbers) => fold(numbers, 1, multiply)),
  ofNumbers('median', median),
  ofNumbers('stddev', deviation),
  define('mode(...list)', (list: List) => (list.length === 0 ? [] : isNumbers(list) ? mode(list) : null)),
  define('all(...list)', (list: List) => allOf(list)),
  define('any(...list)', (list: List) => anyOf(list)),
  define('sublist(list: list, start position: number, length?: number)', sublist),
  define('append(list: list, ...item)', (list: List, items: List) => [...list, ...items]),
  define('concatenate(...list)', joined),
  define('insert before(list: list, position: number, newItem: Any)', (list: List, position: number, newItem: unknown) => at(list, position, (index) => [...list.slice(0, index), newItem, ...list.slice(index)])),
  define('remove(list: list, position: number)', (list: List, position: number) => at(list, position, (index) => [...list.slice(0, index), ...list.slice(index + 1)])),
  define('reverse(list: list)', (list: List) => [...list].reverse()),
  define('index of(list: list, match: Any)', (list: List, match: unknown) => list.flatMap((item, index) => (same(item, match) ? [index + 1] : []))),
  define('union(...list)', (lists: List) => { const list = joined(lists); return list && distinct(list); }),
  define('distinct values(list: list)', distinct),
  define('flatten(list: list)', (list: List) => flatten(list)),
  define('list replace(list: list, position: number, newItem: Any)', (list: List, position: number, newItem: unknown) => at(list, position, (index) => [...list.slice(0, index), newItem, ...list.slice(index + 1)])),
  define('list replace(list: list, match: function, newItem: Any)', replaceMatching),
  define('sort(list: list, precedes?: function)', sort),
];
