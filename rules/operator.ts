import { canonicalInstant, dateToEpochDay } from './instant.ts';
import { parseOperator, type Operator, type OperatorDecorator } from './operator-name.ts';

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

/** Compares two present values as an operator with its decorators does. */
export type Apply = (left: unknown, right: unknown) => Truth;

/** The operator with its decorators as one function; a decorator that wants a list and finds none is unknown. */
export function applierOf(operator: Operator): Apply {
  const parsed = parseOperator(operator);
  const base: Apply = (left, right) => applyOperator(parsed?.base ?? operator, left, right);
  return (parsed?.decorators ?? []).reduceRight(decorate, base);
}

function decorate(next: Apply, decorator: OperatorDecorator): Apply {
  switch (decorator) {
    case 'someFact':
      return (left, right) => (Array.isArray(left) ? some(left, (item) => next(item, right)) : 2);
    case 'everyFact':
      return (left, right) => (Array.isArray(left) ? negate(some(left, (item) => negate(next(item, right)))) : 2);
    case 'someValue':
      return (left, right) => (Array.isArray(right) ? some(right, (item) => next(left, item)) : 2);
    case 'everyValue':
      return (left, right) => (Array.isArray(right) ? negate(some(right, (item) => negate(next(left, item)))) : 2);
    case 'swap':
      return (left, right) => next(right, left);
    case 'not':
      return (left, right) => negate(next(left, right));
  }
}

function some(items: readonly unknown[], test: (item: unknown) => Truth): Truth {
  let truth: Truth = 0;
  for (const item of items) {
    const one = test(item);
    if (one === 1) return 1;
    if (one === 2) truth = 2;
  }
  return truth;
}

/** The opposite; of unknown, unknown. */
export function negate(truth: Truth): Truth {
  return truth === 2 ? 2 : truth === 0 ? 1 : 0;
}

/** json-rules-engine's answer when the fact is undefined and nothing is declared for that. */
export function applyToUndefined(operator: Operator): Truth {
  const { decorators = [], base = operator } = parseOperator(operator) ?? {};
  if (decorators.some((decorator) => decorator !== 'not')) return 0;
  const plain = base === 'notEqual' || base === 'notIn' ? 1 : 0;
  return decorators.length % 2 === 0 ? plain : negate(plain);
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
