import type { FeelRange } from 'feelin';
import type { FeelNode } from '../parse-tree.ts';
import { compare, equal, includes, not, type Ternary } from './comparison.ts';
import { kindOf } from './feel-value.ts';
import type { Scope } from './scope.ts';
import { childAt, textOf, type Unit } from './syntax.ts';

/** `left sign right` in three truths. */
export function ordering(sign: string, left: unknown, right: unknown): Ternary {
  if (sign === '=') return equal(left, right);
  if (sign === '!=') return not(equal(left, right));
  const order = compare(left, right);
  if (order === null) return null;
  if (order === 0) return sign.endsWith('=');
  return sign.startsWith('<') ? order < 0 : order > 0;
}

/** A test of a value: a comparison, a range, a list that holds it, a value that it equals, or a condition on `?`. DMN 1.5 §7.3.3. */
export function compileTest(node: FeelNode, unit: Unit): (scope: Scope, value: unknown) => Ternary {
  const inner = node.name === 'ParenthesizedExpression' ? childAt(node, 1) : node;
  if (inner.name === 'SimplePositiveUnaryTest' && childAt(inner, 0).name === 'CompareOp') {
    const sign = textOf(childAt(inner, 0), unit);
    const end = unit.compile(childAt(inner, 1), unit);
    return (scope, value) => ordering(sign, value, end(scope));
  }
  const evaluate = unit.compile(node, unit);
  // A truth that is written down is a value, not a condition that holds: it is no test of a missing value.
  if (inner.name === 'BooleanLiteral') return (scope, value) => equal(value, evaluate(scope));
  const asksItself = mentionsInput(node);
  return (scope, value) => {
    const result = evaluate(scope);
    // A condition on `?` without an answer does not hold; it is no missing value to compare with.
    if (asksItself && (result === null || typeof result === 'boolean')) return result;
    return testAgainst(value, result);
  };
}

function testAgainst(value: unknown, test: unknown): Ternary {
  if (kindOf(test) === 'range') return kindOf(value) === 'range' ? equal(value, test) : includes(test as FeelRange, value);
  if (Array.isArray(test)) {
    if (Array.isArray(value) && equal(value, test) === true) return true;
    return test.some((item) => (kindOf(item) === 'range' && kindOf(value) !== 'range' ? includes(item as FeelRange, value) : equal(value, item)) === true);
  }
  if (test === true && typeof value !== 'boolean') return true;
  return equal(value, test);
}

function mentionsInput(node: FeelNode): boolean {
  let found = false;
  node.cursor().iterate((reference) => {
    if (reference.from >= node.from && reference.to <= node.to && reference.name === '?') found = true;
    return reference.from < node.to;
  });
  return found;
}
