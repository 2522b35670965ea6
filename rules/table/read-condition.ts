import { FeelError } from '../feel/feel-error.ts';
import { parseFeel, type FeelNode } from '../feel/parse-tree.ts';
import { readString } from '../feel/standard/string-literal.ts';
import { childrenOf } from '../feel/standard/syntax.ts';
import type { Comparison, Condition, InputType } from '../index.ts';
import { problem, undeclaredFact } from './cell-problem.ts';
import { readReference, readTests } from './read-tests.ts';
import type { CellProblem } from './table.ts';

/** What conditions are read with: the inputs with their types, and the names of conditions. */
export interface ConditionSurroundings {
  readonly inputs: ReadonlyMap<string, { readonly type: InputType }>;
  readonly named: ReadonlySet<string>;
}

type Read = { readonly parts: readonly Condition[] } | { readonly problem: CellProblem };
type ReadOne = { readonly condition: Condition } | { readonly problem: CellProblem };

const opposite: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=', '!=': '!=' };

/**
 * A FEEL condition as a tree: `and`, `or`, `not(…)`, comparisons of a fact, `in (…)` with unary tests, `list contains`, and
 * `condition("name")`. The parts of its outermost `and` are parts of the rule's `all`.
 */
export function readCondition(text: string, around: ConditionSurroundings): Read {
  const source = text.trim();
  if (source === '' || source === 'true') return { parts: [] };
  try {
    const [node] = childrenOf(parseFeel(source, 'expression'));
    if (!node) return { problem: unreadable };
    const read = new ConditionReader(source, around).read(node);
    if ('problem' in read) return read;
    const { condition } = read;
    return { parts: 'all' in condition ? condition.all : [condition] };
  } catch (error) {
    if (!(error instanceof FeelError)) throw error;
    return { problem: unreadable };
  }
}

const unreadable = problem('FEEL_INVALID', '条件（FEEL）：用 and、or、not( ) 连接的比较，例如 a > 5 or b = "x"', 'a condition in FEEL: comparisons with and, or and not( ), such as a > 5 or b = "x"');

class ConditionReader {
  readonly #source: string;
  readonly #around: ConditionSurroundings;

  constructor(source: string, around: ConditionSurroundings) {
    this.#source = source;
    this.#around = around;
  }

  read(node: FeelNode): ReadOne {
    switch (node.name) {
      case 'ParenthesizedExpression': {
        const inner = childrenOf(node)[1];
        return inner ? this.read(inner) : { problem: unreadable };
      }
      case 'Conjunction':
        return this.#group(node, 'all');
      case 'Disjunction':
        return this.#group(node, 'any');
      case 'FunctionInvocation':
        return this.#call(node);
      case 'Comparison':
        return this.#comparison(node);
      default: {
        const reference = readReference(node, this.#source);
        return reference ? this.#tests(reference, 'true') : { problem: unreadable };
      }
    }
  }

  #text(node: FeelNode | undefined): string {
    return node ? this.#source.slice(node.from, node.to) : '';
  }

  #group(node: FeelNode, kind: 'all' | 'any'): ReadOne {
    const name = kind === 'all' ? 'Conjunction' : 'Disjunction';
    const parts: Condition[] = [];
    for (const child of childrenOf(node).filter(({ name: child }) => child !== 'and' && child !== 'or')) {
      const read = this.read(child);
      if ('problem' in read) return read;
      // The grammar nests `a and b and c`; a group in parentheses stays one.
      if (child.name === name && kind in read.condition) parts.push(...((read.condition as { all?: readonly Condition[]; any?: readonly Condition[] })[kind] ?? []));
      else parts.push(read.condition);
    }
    return { condition: kind === 'all' ? { all: parts } : { any: parts } };
  }

  #call(node: FeelNode): ReadOne {
    const [called, , parameters] = childrenOf(node);
    const given = parameters ? childrenOf(parameters) : [];
    const name = this.#text(called).replace(/\s+/g, ' ');
    const [first, second] = given;
    if (name === 'not' && given.length === 1 && first) {
      const inner = this.read(first);
      return 'problem' in inner ? inner : { condition: negated(inner.condition) };
    }
    if (name === 'condition' && given.length === 1 && first?.name === 'StringLiteral') {
      const wanted = readString(this.#text(first));
      return this.#around.named.has(wanted) ? { condition: { condition: wanted } } : { problem: problem('FACT_UNDECLARED', '已声明的条件', 'the name of a declared condition') };
    }
    if (name !== 'list contains' || given.length !== 2) return { problem: unreadable };
    const list = first && readReference(first, this.#source);
    const isLiteral = second && !readReference(second, this.#source);
    if (list && isLiteral) return this.#tests(list, `list contains(?, ${this.#text(second)})`);
    const item = second && readReference(second, this.#source);
    return item ? this.#tests(item, `list contains(${this.#text(first)}, ?)`) : { problem: unreadable };
  }

  #comparison(node: FeelNode): ReadOne {
    const [left, sign, ...rest] = childrenOf(node);
    if (!left || !sign) return { problem: unreadable };
    if (sign.name === 'CompareOp') {
      const subject = readReference(left, this.#source);
      const right = rest[0];
      if (subject) return this.#tests(subject, `${this.#text(sign)} ${this.#text(right)}`);
      const turned = right && readReference(right, this.#source);
      return turned ? this.#tests(turned, `${opposite[this.#text(sign)] ?? '='} ${this.#text(left)}`) : { problem: unreadable };
    }
    const subject = readReference(left, this.#source);
    if (!subject) return { problem: unreadable };
    const after = this.#source.slice(sign.to, node.to).trim();
    if (sign.name === 'between') return this.#tests(subject, `[${this.#text(rest[0])}..${this.#text(rest.at(-1))}]`);
    return sign.name === 'in' ? this.#tests(subject, after.startsWith('(') && rest.some(({ name }) => name === 'PositiveUnaryTests') ? after.slice(1, -1) : after) : { problem: unreadable };
  }

  #tests({ fact, path }: Pick<Comparison, 'fact' | 'path'>, text: string): ReadOne {
    const input = this.#around.inputs.get(fact);
    if (!input) return { problem: undeclaredFact(fact) };
    const read = readTests(text, { column: { fact, type: path === undefined ? input.type : 'any', ...(path === undefined ? {} : { path }) }, inputs: new Set(this.#around.inputs.keys()) });
    if ('problem' in read) return read;
    const [only, more] = read.parts;
    if (!only) return { problem: unreadable };
    return { condition: more ? { all: read.parts } : only };
  }
}

const opposites: Readonly<Partial<Record<Comparison['operator'], Comparison['operator']>>> = { in: 'notIn', contains: 'doesNotContain' };

/** `not(a in (…))` is one comparison to json-rules-engine. */
function negated(condition: Condition): Condition {
  const operator = 'operator' in condition ? opposites[condition.operator] : undefined;
  return operator && 'operator' in condition ? { ...condition, operator } : { not: condition };
}
