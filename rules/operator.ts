import { canonicalInstant, dateToEpochDay } from './instant.ts';
import type { Operator } from './condition.ts';

/** 0 false, 1 true, 2 unknown: a value is missing or cannot be compared. */
export type Truth = 0 | 1 | 2;

/** Whether the operator asks which of two values comes first. */
export const isOrdering = (operator: Operator): boolean =>
  operator === 'lessThan' || operator === 'lessThanInclusive' || operator === 'greaterThan' || operator === 'greaterThanInclusive';

/** Applies an operator of json-rules-engine to two present values; unknown where their types cannot be compared. */
export function applyOperator(operator: Operator, left: unknown, right: unknown): Truth {
  switch (operator) {
    case 'equal':
      return left === right ? 1 : 0;
    case 'notEqual':
      return left === right ? 0 : 1;
    case 'in':
      return Array.isArray(right) ? (right.includes(left) ? 1 : 0) : 2;
    case 'notIn':
      return Array.isArray(right) ? (right.includes(left) ? 0 : 1) : 2;
    case 'contains':
      return Array.isArray(left) ? (left.includes(right) ? 1 : 0) : 2;
    case 'doesNotContain':
      return Array.isArray(left) ? (left.includes(right) ? 0 : 1) : 2;
    default:
      return order(operator, left, right);
  }
}

/** json-rules-engine's answer when the fact is undefined and nothing is declared for that. */
export function applyToUndefined(operator: Operator): Truth {
  return operator === 'notEqual' || operator === 'notIn' ? 1 : 0;
}

function order(operator: Operator, left: unknown, right: unknown): Truth {
  if (typeof left === 'number' && typeof right === 'number') return compare(operator, left, right);
  if (typeof left !== 'string' || typeof right !== 'string') return 2;
  const leftForm = sortable(left);
  const rightForm = sortable(right);
  return leftForm === undefined || rightForm === undefined || leftForm.length !== rightForm.length ? 2 : compare(operator, leftForm, rightForm);
}

/** Orders two values of one type. */
export function compare<Value extends number | string>(operator: Operator, left: Value, right: Value): Truth {
  switch (operator) {
    case 'lessThan':
      return left < right ? 1 : 0;
    case 'lessThanInclusive':
      return left <= right ? 1 : 0;
    case 'greaterThan':
      return left > right ? 1 : 0;
    default:
      return left >= right ? 1 : 0;
  }
}

/** A date or an instant in a form that sorts as text. */
function sortable(text: string): string | undefined {
  return dateToEpochDay(text) === undefined ? canonicalInstant(text) : text;
}
