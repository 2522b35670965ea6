import type { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime } from 'feelin';
import { isContext, kindOf } from './feel-value.ts';
import { compareNumbers, isNumber } from './number.ts';
import { compareMoments, dayNumber, momentOf, momentOfTime, totalMonths, wholeSeconds } from './temporal.ts';

/** What FEEL knows of a truth: null is neither. */
export type Ternary = boolean | null;

const isLocal = (value: unknown): boolean => (value as { readonly zone?: string | null }).zone === null;
const sign = (difference: number): number => (difference < 0 ? -1 : difference > 0 ? 1 : 0);

/** Less than zero, zero or more; null when the two have no order between them. DMN 1.5 §10.3.2.13, table 53. */
export function compare(left: unknown, right: unknown): number | null {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  const kind = kindOf(left);
  if (kind !== kindOf(right)) return null;
  switch (kind) {
    case 'string':
      return (left as string) < (right as string) ? -1 : left === right ? 0 : 1;
    case 'date':
      return sign(dayNumber(left as FeelDate) - dayNumber(right as FeelDate));
    case 'time':
      return isLocal(left) === isLocal(right) ? sign(compareMoments(momentOfTime(left as FeelTime), momentOfTime(right as FeelTime))) : null;
    case 'date and time':
      return isLocal(left) === isLocal(right) ? sign(compareMoments(momentOf(left as FeelDateTime), momentOf(right as FeelDateTime))) : null;
    case 'days and time duration':
      return sign(compareDurations(left as FeelDuration, right as FeelDuration));
    case 'years and months duration':
      return sign(totalMonths(left as FeelDuration) - totalMonths(right as FeelDuration));
    default:
      return null;
  }
}

function compareDurations(left: FeelDuration, right: FeelDuration): number {
  const [first, second] = [wholeSeconds(left), wholeSeconds(right)];
  return first.seconds - second.seconds || first.nanoseconds - second.nanoseconds;
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
