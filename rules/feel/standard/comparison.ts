import type { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime } from 'feelin';
import { isContext, kindOf } from './feel-value.ts';
import { compareNumbers, isNumber } from './number.ts';
import { dayNumber, daySeconds, durationSize, epochSeconds } from './temporal.ts';

/** What FEEL knows of a truth: null is neither. */
export type Ternary = boolean | null;

/** A value that has an order and is no number, as a number or text to compare; undefined for one without. */
function ordered(value: unknown): number | string | undefined {
  switch (kindOf(value)) {
    case 'string':
      return value as string;
    case 'date':
      return dayNumber(value as FeelDate);
    case 'time':
      return daySeconds(value as FeelTime);
    case 'date and time':
      return epochSeconds(value as FeelDateTime);
    case 'days and time duration':
    case 'years and months duration':
      return durationSize(value as FeelDuration);
    default:
      return undefined;
  }
}

const isLocal = (value: unknown): boolean => (value as { readonly zone?: string | null }).zone === null;

/** Less than zero, zero or more; null when the two have no order between them. DMN 1.5 §10.3.2.13, table 53. */
export function compare(left: unknown, right: unknown): number | null {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (kindOf(left) !== kindOf(right)) return null;
  const [a, b] = [ordered(left), ordered(right)];
  if (a === undefined || b === undefined) return null;
  if ((kindOf(left) === 'time' || kindOf(left) === 'date and time') && isLocal(left) !== isLocal(right)) return null;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `=`: null for values of different types, except that nothing but null equals null. DMN 1.5 §10.3.2.13, table 52. */
export function equal(left: unknown, right: unknown): Ternary {
  const [leftKind, rightKind] = [kindOf(left), kindOf(right)];
  if (leftKind === 'Null' || rightKind === 'Null') return leftKind === rightKind;
  if (leftKind !== rightKind) return null;
  if (leftKind === 'boolean' || leftKind === 'string' || leftKind === 'function') return left === right;
  if (leftKind === 'list') return equalLists(left as readonly unknown[], right as readonly unknown[]);
  if (isContext(left) && isContext(right)) return equalContexts(left, right);
  if (leftKind === 'range') return equalRanges(left as FeelRange, right as FeelRange);
  const order = compare(left, right);
  return order === null ? false : order === 0;
}

function equalLists(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => equal(item, right[index]) === true);
}

function equalContexts(left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key]) === true);
}

function equalRanges(left: FeelRange, right: FeelRange): boolean {
  return left['start included'] === right['start included'] && left['end included'] === right['end included'] && equal(left.start, right.start) === true && equal(left.end, right.end) === true;
}

export function not(value: Ternary): Ternary {
  return value === null ? null : !value;
}

/** True when one is, null when one is unknown, else false. */
export function anyOf(values: readonly unknown[]): Ternary {
  if (values.includes(true)) return true;
  return values.every((value) => value === false) ? false : null;
}

/** False when one is, null when one is unknown, else true. */
export function allOf(values: readonly unknown[]): Ternary {
  if (values.includes(false)) return false;
  return values.every((value) => value === true) ? true : null;
}

/** Whether a value lies in a range; an end that is null is open. DMN 1.5 §10.3.2.13, table 54. */
export function includes(range: FeelRange, value: unknown): Ternary {
  if (value === null || value === undefined) return null;
  const start = range.start === null ? (range.end === null ? null : -1) : compare(range.start, value);
  const end = range.end === null ? (range.start === null ? null : 1) : compare(range.end, value);
  if (start === null || end === null) return null;
  return (start < 0 || (start === 0 && range['start included'])) && (end > 0 || (end === 0 && range['end included']));
}
