import { FeelError } from '../feel-error.ts';
import { parseFeel, parseFeelOnce, type FeelGoal, type FeelNode, type KnownNames } from '../parse-tree.ts';
import { compileNode } from './compile-node.ts';
import { childAt, childrenOf, type Unit } from './syntax.ts';
import { compileTest } from './unary-test.ts';
import type { FeelType } from './feel-value.ts';
import type { Evaluate, Scope } from './scope.ts';
import { not, type Ternary } from './comparison.ts';

/** What an expression of a decision model is read with. */
export interface StandardFeelOptions {
  /** Names in scope, so that `Re-payment` and `Loan and fees` are read as one name. */
  readonly known?: KnownNames;
  /** The type of an item definition by its name. */
  readonly typeOf?: (name: string) => FeelType | undefined;
}

const maximumSourceLength = 100_000;
const noType = (): undefined => undefined;

/**
 * An expression with the standard's own semantics, where those of feelin differ. Fails: FEEL_SYNTAX, FEEL_BUDGET for a text that
 * is too long or too deep. DMN 1.5 §10.3.
 */
export function compileStandardExpression(source: string, options: StandardFeelOptions = {}): Evaluate {
  const { root, unit } = parse(source, 'expression', options);
  return compileNode(root, unit);
}

/** A test of a value in a scope. */
export type ValueTest = (scope: Scope, value: unknown) => Ternary;

/** The unary tests of a cell or of allowed values: whether they hold for a value. Fails as `compileStandardExpression`. DMN 1.5 §7.3.3. */
export function compileStandardTests(source: string, options: StandardFeelOptions = {}): ValueTest {
  const { tests, isNegated } = compileTestList(source, options);
  if (tests.length === 0) return () => true;
  return (scope, value) => {
    const holds = tests.some((test) => test(scope, value) === true);
    return isNegated ? not(holds) : holds;
  };
}

/** The single tests of unary tests, in their order, which is that of priority among output values. None stands for any value. */
export function compileTestList(source: string, options: StandardFeelOptions = {}): { readonly tests: readonly ValueTest[]; readonly isNegated: boolean } {
  const any = { tests: [], isNegated: false };
  if (/^\s*-?\s*$/.test(source)) return any;
  const { root, unit } = parse(source, 'unaryTests', options);
  const children = childrenOf(root);
  if (children[0]?.name === 'Wildcard') return any;
  const list = children.find(({ name }) => name === 'PositiveUnaryTests');
  const tests = (list ? childrenOf(list) : []).map((entry): ValueTest => {
    const test = compileTest(childAt(entry, 0), unit);
    return (scope, value) => test(scope.inner(new Map([['?', value]])), value);
  });
  return { tests, isNegated: children[0]?.name === 'not' };
}

function parse(text: string, goal: FeelGoal, { known = {}, typeOf = noType }: StandardFeelOptions): { readonly root: FeelNode; readonly unit: Unit } {
  if (text.length > maximumSourceLength) throw new FeelError('FEEL_BUDGET', `Expected an expression of at most ${maximumSourceLength} characters, but it is longer`);
  const ranges = new Set<number>();
  // feelin's grammar has no `range<…>`: it is read as a list in the same place.
  const source = text.replace(/\brange(\s*)</g, (_whole, space: string, offset: number) => {
    ranges.add(offset);
    return `list ${space}<`;
  });
  const root = Object.keys(known).length === 0 ? parseFeelOnce(source, goal) : parseFeel(source, goal, known);
  return { root, unit: { source, typeOf, ranges, depth: 0, compile: compileNode } };
}

export { standardClock } from './clock.ts';
export { Run, Scope } from './scope.ts';
export type { Evaluate } from './scope.ts';
export { allOf, anyOf, equal, not } from './comparison.ts';
export { filterItems, itemsOf } from './compile-iteration.ts';
export { convert, ownType, shapeOf } from './feel-type.ts';
export { anyType, entryOf, FunctionValue, isContext, kindOf, setEntry, type FeelParameter, type FeelType } from './feel-value.ts';
export { invoke, invokeAny } from './invoke.ts';
export { overloadsOf } from './builtins/index.ts';
export { feelText, temporalLiteral } from './builtins/conversion.ts';
export { isNumber, toPlainNumber, type FeelNumber } from './number.ts';
export { readString } from './string-literal.ts';
export { parseDateText, parseDateTimeText, parseDurationText, parseTimeText } from './temporal.ts';
export { extreme, total } from './builtins/list.ts';
