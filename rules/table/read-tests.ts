import { FeelError } from '../feel/feel-error.ts';
import { parseFeel, type FeelNode } from '../feel/parse-tree.ts';
import { readString } from '../feel/standard/string-literal.ts';
import { childrenOf } from '../feel/standard/syntax.ts';
import { compileFeelTests, unknownNames } from '../feel-in-rules.ts';
import { normalValue } from '../input-value.ts';
import type { Comparison, FactReference, InputType } from '../index.ts';
import { expectedType, problem, undeclaredFact } from './cell-problem.ts';
import type { CellProblem, InputColumn } from './table.ts';

type Value = Comparison['value'];
type Scalar = string | number | boolean | null;
/** What a test compares with: a literal, which may be a date or an instant, or another fact. */
type Operand = { readonly literal: Scalar; readonly type: InputType | 'null' } | { readonly reference: FactReference };

/** What a text is read with: the fact that it tests, and the names of all inputs. */
export interface TestSubject {
  readonly column: Pick<InputColumn, 'fact' | 'path' | 'type'>;
  readonly inputs: ReadonlySet<string>;
}

type Read = { readonly parts: readonly Comparison[] } | { readonly problem: CellProblem };

const operators: Readonly<Record<string, Comparison['operator']>> = { '=': 'equal', '!=': 'notEqual', '<': 'lessThan', '<=': 'lessThanInclusive', '>': 'greaterThan', '>=': 'greaterThanInclusive' };

/**
 * FEEL unary tests as comparisons of json-rules-engine: none for `-`, two for a range. What its operators cannot say is one
 * `satisfies` with the text as it is. DMN 1.5 §7.3.3.
 */
export function readTests(text: string, subject: TestSubject): Read {
  const source = text.trim();
  if (source === '' || source === '-') return { parts: [] };
  let root: FeelNode;
  try {
    root = parseFeel(source, 'unaryTests');
    compileFeelTests(source, new Map());
  } catch (error) {
    if (!(error instanceof FeelError)) throw error;
    return { problem: problem('FEEL_INVALID', '条件，例如 > 5、[5..10)、"a", "b"、not("a") 或 -', 'a test such as > 5, [5..10), "a", "b", not("a") or -') };
  }
  const children = childrenOf(root);
  const isNegated = children[0]?.name === 'not';
  const list = children.find(({ name }) => name === 'PositiveUnaryTests');
  const tests = (list ? childrenOf(list) : []).map((test) => childrenOf(test)[0]).filter((test) => test !== undefined);
  const reader = new TestReader(source, subject);
  const wrong = tests.map((test) => reader.typeProblem(test)).find((found) => found !== undefined);
  if (wrong) return { problem: wrong };
  const parts = isNegated ? reader.negated(tests) : reader.positive(tests);
  if (parts) return { parts };
  const [unknown] = unknownNames(source, 'unaryTests', subject.inputs);
  if (unknown !== undefined) return { problem: undeclaredFact(unknown) };
  return { parts: [reader.comparison('satisfies', source)] };
}

/** An operand of a comparison; undefined for an expression that is more. */
export function readOperand(node: FeelNode, source: string, inputs: ReadonlySet<string>): Operand | undefined {
  const text = source.slice(node.from, node.to);
  switch (node.name) {
    case 'NumericLiteral':
      return { literal: Number(text.replace(/\s/g, '')), type: 'number' };
    case 'StringLiteral':
      return { literal: readString(text), type: 'string' };
    case 'BooleanLiteral':
      return { literal: text === 'true', type: 'boolean' };
    case 'null':
      return { literal: null, type: 'null' };
    case 'DateTimeLiteral': {
      const match = /^(?:(date|date\s+and\s+time)\s*\(\s*|@)("[^"\\]*")\s*\)?$/.exec(text);
      const inner = match?.[2] === undefined ? undefined : readString(match[2]);
      if (inner === undefined) return undefined;
      const type: InputType = normalValue('date', inner) === undefined ? 'dateTime' : 'date';
      return normalValue(type, inner) === undefined || (match?.[1] !== undefined && (match[1] === 'date') !== (type === 'date')) ? undefined : { literal: inner, type };
    }
    default: {
      const reference = readReference(node, source);
      return reference && inputs.has(reference.fact) ? { reference } : undefined;
    }
  }
}

/** `order.items[2].dose` as a fact with a path. */
export function readReference(node: FeelNode, source: string): FactReference | undefined {
  if (node.name !== 'VariableName' && node.name !== 'PathExpression' && node.name !== 'FilterExpression') return undefined;
  const match = /^([A-Za-z_][A-Za-z0-9_]*)((?:\.[A-Za-z_][A-Za-z0-9_]*|\[[1-9]\d{0,5}\])*)$/.exec(source.slice(node.from, node.to));
  if (!match) return undefined;
  const [, fact = '', rest = ''] = match;
  return rest === '' ? { fact } : { fact, path: `$${rest.replace(/\[(\d+)\]/g, (_whole, index: string) => `[${Number(index) - 1}]`)}` };
}

class TestReader {
  readonly #source: string;
  readonly #subject: TestSubject;

  constructor(source: string, subject: TestSubject) {
    this.#source = source;
    this.#subject = subject;
  }

  comparison(operator: Comparison['operator'], value: Value): Comparison {
    const { fact, path } = this.#subject.column;
    return { fact, ...(path === undefined ? {} : { path }), operator, value };
  }

  positive(tests: readonly FeelNode[]): readonly Comparison[] | undefined {
    const [only] = tests;
    if (tests.length > 1) return this.#members(tests, 'in');
    if (!only) return undefined;
    const value = this.#value(only);
    if (value !== undefined) return [this.comparison('equal', value)];
    if (only.name === 'SimplePositiveUnaryTest') return this.#simple(only);
    return this.#listTest(only, 'contains', 'in');
  }

  negated(tests: readonly FeelNode[]): readonly Comparison[] | undefined {
    const [only] = tests;
    if (tests.length > 1) return this.#members(tests, 'notIn');
    if (!only) return undefined;
    const value = this.#value(only);
    return value === undefined ? this.#listTest(only, 'doesNotContain', 'notIn') : [this.comparison('notEqual', value)];
  }

  /** A literal that the column's type cannot be compared with. */
  typeProblem(test: FeelNode): CellProblem | undefined {
    const parts = test.name === 'SimplePositiveUnaryTest' ? childrenOf(test).flatMap((child) => (child.name === 'Interval' ? childrenOf(child) : [child])) : test.name === 'List' ? childrenOf(test) : [test];
    const isOrdered = test.name === 'SimplePositiveUnaryTest' && !['=', '!='].includes(this.#text(childrenOf(test)[0]));
    const { type } = this.#subject.column;
    for (const part of parts) {
      const operand = this.#operand(part);
      if (!operand || 'reference' in operand) continue;
      if (isOrdered && type !== 'any' && !['number', 'date', 'dateTime'].includes(type)) return problem('TYPE_MISMATCH', `相等或属于若干值的比较，因为 ${type} 没有大小之分`, `a comparison for equality, since a ${type} has no order`);
      if (isOrdered && (operand.type === 'null' || operand.type === 'boolean' || operand.type === 'string')) return expectedType(type === 'any' ? 'number' : type);
      if (type === 'any' || operand.type === 'null') continue;
      if (type === 'list' || type === 'object') return problem('TYPE_MISMATCH', '对列表的比较，例如 list contains(?, "a")', 'a test of a list such as list contains(?, "a")');
      if (operand.type !== type) return expectedType(type);
    }
    return undefined;
  }

  #operand(node: FeelNode | undefined): Operand | undefined {
    return node && readOperand(node, this.#source, this.#subject.inputs);
  }

  #text(node: FeelNode | undefined): string {
    return node ? this.#source.slice(node.from, node.to) : '';
  }

  #value(node: FeelNode | undefined): Value | undefined {
    const operand = this.#operand(node);
    return operand && ('reference' in operand ? operand.reference : operand.literal);
  }

  #members(nodes: readonly FeelNode[], operator: 'in' | 'notIn'): readonly Comparison[] | undefined {
    const values: Scalar[] = [];
    for (const node of nodes) {
      const operand = this.#operand(node);
      if (!operand || 'reference' in operand) return undefined;
      values.push(operand.literal);
    }
    return [this.comparison(operator, values)];
  }

  #simple(test: FeelNode): readonly Comparison[] | undefined {
    const [first, second] = childrenOf(test);
    if (first?.name === 'Interval') return this.#interval(first);
    const operator = operators[this.#text(first)];
    const value = this.#value(second);
    return operator === undefined || value === undefined ? undefined : [this.comparison(operator, value)];
  }

  #interval(node: FeelNode): readonly Comparison[] | undefined {
    const parts = childrenOf(node).filter(({ name }) => name !== '..');
    const [low, high] = [this.#value(parts[1]), this.#value(parts[2])];
    if (low === undefined || high === undefined || parts.length !== 4) return undefined;
    return [this.comparison(parts[0]?.name === '[' ? 'greaterThanInclusive' : 'greaterThan', low), this.comparison(parts[3]?.name === ']' ? 'lessThanInclusive' : 'lessThan', high)];
  }

  /** A list of values, or `list contains` with the tested value on one side. */
  #listTest(node: FeelNode, holds: 'contains' | 'doesNotContain', isIn: 'in' | 'notIn'): readonly Comparison[] | undefined {
    if (node.name === 'List') return this.#subject.column.type === 'list' ? undefined : this.#members(childrenOf(node).filter(({ name }) => name !== '[' && name !== ']'), isIn);
    const [called, , parameters] = childrenOf(node);
    if (node.name !== 'FunctionInvocation' || this.#text(called).replace(/\s+/g, ' ') !== 'list contains' || parameters?.name !== 'PositionalParameters') return undefined;
    const [left, right, more] = childrenOf(parameters);
    if (more) return undefined;
    if (left?.name === '?') {
      const value = this.#value(right);
      return value === undefined || !['list', 'any'].includes(this.#subject.column.type) ? undefined : [this.comparison(holds, value)];
    }
    const list = this.#operand(left);
    return right?.name === '?' && list && 'reference' in list ? [this.comparison(isIn, list.reference)] : undefined;
  }
}
