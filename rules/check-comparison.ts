import { isFactReference, type Comparison } from './condition.ts';
import { FeelError } from './feel/feel-error.ts';
import { compileFeelTests, unknownNames } from './feel-in-rules.ts';
import { normalValue } from './input-value.ts';
import { isOrdering } from './operator.ts';
import { parseOperator, type BaseOperator, type OperatorDecorator } from './operator-name.ts';
import type { InputType, RuleInput } from './rule-set.ts';
import type { RuleSetFinding } from './rule-set-error.ts';

type Inputs = ReadonlyMap<string, RuleInput>;
const orderedTypes = new Set<InputType>(['number', 'date', 'dateTime']);

/** What is wrong with one comparison: facts that no input declares, types that cannot be compared, FEEL that cannot be read. */
export function checkComparison(comparison: Comparison, inputs: Inputs, path: string): readonly RuleSetFinding[] {
  const left = operandType(comparison.fact, comparison.path, inputs, path);
  if (left.finding) return [left.finding];
  const { value, operator } = comparison;
  const { decorators, base } = parseOperator(operator) ?? { decorators: [], base: 'equal' };
  if (base === 'satisfies') return checkTests(value, inputs, `${path}.value`);
  if (isFactReference(value)) {
    const right = operandType(value.fact, value.path, inputs, `${path}.value`);
    if (right.finding) return [right.finding];
    const sides = decorated(decorators, { type: left.type }, { type: right.type });
    return 'message' in sides ? [{ code: 'TYPE_MISMATCH', message: sides.message, path: `${path}.value` }] : mismatch(base, sides.left.type, 'type' in sides.right ? sides.right.type : undefined, `${path}.value`);
  }
  const sides = decorated(decorators, { type: left.type }, { literal: value });
  const message = 'message' in sides ? sides.message : 'literal' in sides.right ? literalMismatch(base, sides.left.type, sides.right.literal) : undefined;
  return message ? [{ code: 'TYPE_MISMATCH', message, path: `${path}.value` }] : [];
}

/** One side of a comparison: a literal, or a value of a type, which may be unknown. */
type Side = { readonly type: InputType | undefined } | { readonly literal: unknown };

/** The sides that an operator compares after its decorators, or why these cannot be applied. What only the items decide is unknown. */
function decorated(decorators: readonly OperatorDecorator[], left: Side, right: Side): { readonly left: { readonly type: InputType | undefined }; readonly right: Side } | { readonly message: string } {
  for (const decorator of decorators) {
    if (decorator === 'swap') [left, right] = [right, left];
    else if (decorator !== 'not') {
      const side = decorator === 'someFact' || decorator === 'everyFact' ? left : right;
      const isList = 'literal' in side ? Array.isArray(side.literal) : side.type === undefined || side.type === 'list';
      if (!isList) return { message: `Expected a list for ${decorator}, but found ${'literal' in side ? 'one value' : `a ${side.type ?? 'value'}`}` };
      if (side === left) left = { type: undefined };
      else right = { type: undefined };
    }
  }
  return 'literal' in left ? { left: { type: undefined }, right: { type: undefined } } : { left, right };
}

function checkTests(value: Comparison['value'], inputs: Inputs, path: string): readonly RuleSetFinding[] {
  if (typeof value !== 'string') return [{ code: 'TYPE_MISMATCH', message: 'Expected FEEL unary tests as text for satisfies, but found another value', path }];
  try {
    compileFeelTests(value, new Map());
    return undeclaredNames(unknownNames(value, 'unaryTests', new Set(inputs.keys())), path);
  } catch (error) {
    return [feelFinding(error, path)];
  }
}

/** Names in FEEL that are no input. */
export function undeclaredNames(names: readonly string[], path: string): readonly RuleSetFinding[] {
  return names.map((name) => ({ code: 'FACT_UNDECLARED', message: `Expected a declared input or a function of FEEL, but ${name} is none`, path }));
}

/** Text that FEEL cannot read as a finding; any other error is thrown on. */
export function feelFinding(error: unknown, path: string): RuleSetFinding {
  if (!(error instanceof FeelError)) throw error;
  return { code: 'FEEL_INVALID', message: error.message, path };
}

/** The type of a fact, undefined where a path leads to a value of unknown type. */
function operandType(fact: string, factPath: string | undefined, inputs: Inputs, path: string): { readonly type?: InputType; readonly finding?: RuleSetFinding } {
  const input = inputs.get(fact);
  if (!input) return { finding: { code: 'FACT_UNDECLARED', message: `Expected a declared input, but ${fact} is none`, path: `${path}.fact` } };
  if (input.type === 'any') return {};
  if (factPath === undefined || factPath === '$') return { type: input.type };
  if (input.type === 'object' || input.type === 'list') return {};
  return { finding: { code: 'PATH_ON_SCALAR', message: `Expected a path on an object or list, but ${fact} is a ${input.type}`, path: `${path}.path` } };
}

function literalMismatch(operator: BaseOperator, left: InputType | undefined, value: unknown): string | undefined {
  if (isOrdering(operator)) {
    if (left !== undefined && !orderedTypes.has(left)) return `Expected a number, date or dateTime to compare with ${operator}, but the input is a ${left}`;
    return left === undefined ? (isOrderedLiteral(value) ? undefined : `Expected a number, date or dateTime for ${operator}`) : typeMismatch(left, value);
  }
  if (operator === 'contains' || operator === 'doesNotContain') {
    if (left !== undefined && left !== 'list') return `Expected a list for ${operator}, but the input is a ${left}`;
    return Array.isArray(value) ? `Expected one value for ${operator}, but found a list` : undefined;
  }
  if (operator === 'in' || operator === 'notIn') {
    if (!Array.isArray(value)) return `Expected a list of values for ${operator}, but found one value`;
    return left === undefined ? undefined : value.map((element) => typeMismatch(left, element)).find((message) => message !== undefined);
  }
  if (value === null) return undefined;
  if (Array.isArray(value)) return `Expected one value for ${operator}, but found a list`;
  return left === undefined ? undefined : typeMismatch(left, value);
}

function typeMismatch(type: InputType, value: unknown): string | undefined {
  if (type === 'list' || type === 'object') return `Expected a path to compare within, but the input is a ${type}`;
  return normalValue(type, value) === undefined ? `Expected a ${type}, but found ${value === null ? 'null' : `the ${typeof value} ${JSON.stringify(value)}`}` : undefined;
}

function isOrderedLiteral(value: unknown): boolean {
  return typeof value === 'number' || normalValue('date', value) !== undefined || normalValue('dateTime', value) !== undefined;
}

function mismatch(operator: BaseOperator, left: InputType | undefined, right: InputType | undefined, path: string): readonly RuleSetFinding[] {
  const at = (message: string): readonly RuleSetFinding[] => [{ code: 'TYPE_MISMATCH', message, path }];
  if (operator === 'in' || operator === 'notIn') return right === undefined || right === 'list' ? [] : at(`Expected a list for ${operator}, but the fact is a ${right}`);
  if (operator === 'contains' || operator === 'doesNotContain') return left === undefined || left === 'list' ? [] : at(`Expected a list for ${operator}, but the input is a ${left}`);
  if ((left === 'list' || left === 'object') && right !== undefined) return at(`Expected a path to compare within, but the input is a ${left}`);
  if (isOrdering(operator)) {
    const wrong = [left, right].find((type) => type !== undefined && !orderedTypes.has(type));
    if (wrong) return at(`Expected a number, date or dateTime to compare with ${operator}, but found a ${wrong}`);
  }
  return left !== undefined && right !== undefined && left !== right ? at(`Expected two facts of one type, but found ${left} and ${right}`) : [];
}
