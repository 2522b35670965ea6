import { parseFeel, type FeelGoal } from '../feel/parse-tree.ts';
import { childrenOf } from '../feel/standard/syntax.ts';
import { canonicalInstant, dateToEpochDay } from '../instant.ts';
import { isFactReference, parseOperator, type BaseOperator, type Comparison, type Condition, type InputType, type OperatorDecorator } from '../index.ts';
import { signs } from '../table/write-feel.ts';
import { literalText, pathText } from './feel-text.ts';
import { renamed } from './renamed.ts';

/** One side of a comparison: its text, and what is known of its type. */
export interface Operand {
  readonly text: string;
  readonly type: InputType;
  /** There for a value that is written into the rule. */
  readonly literal?: { readonly value: unknown };
}

/** What conditions are written with. */
export interface FeelWriting {
  /** Names of facts, and the type of each. */
  readonly facts: ReadonlyMap<string, { readonly name: string; readonly type: InputType }>;
  /** Names of the decisions that stand for named conditions. */
  readonly conditions: ReadonlyMap<string, string>;
  /** Told of every comparison that FEEL has no words for. It is null in the text, so that its rule does not fire. */
  readonly refuse: (why: string) => void;
}

const scalars: ReadonlySet<InputType> = new Set(['number', 'string', 'boolean', 'date', 'dateTime']);
const ordered: ReadonlySet<InputType> = new Set(['number', 'date', 'dateTime']);

/**
 * Conditions as expressions of FEEL by the standard, which are true for the same facts. A comparison of values whose types nobody
 * declared is made two-valued, since FEEL has no answer for values of different types. DMN 1.5 §10.3.
 */
export class ConditionWriter {
  readonly #writing: FeelWriting;
  readonly #names: ReadonlyMap<string, string>;
  #items = 0;

  constructor(writing: FeelWriting) {
    this.#writing = writing;
    this.#names = new Map([...writing.facts].map(([fact, { name }]) => [fact, name]));
  }

  condition(condition: Condition): string {
    if ('all' in condition) return joined(condition.all.map((part) => this.condition(part)), 'and') ?? 'true';
    if ('any' in condition) return joined(condition.any.map((part) => this.condition(part)), 'or') ?? 'false';
    if ('not' in condition) return `not(${this.condition(condition.not)})`;
    if ('condition' in condition) return this.#writing.conditions.get(condition.condition) ?? this.#refused(`the condition ${condition.condition}`);
    return this.comparison(condition);
  }

  /** A comparison, of its own fact or of the given subject in its place. */
  comparison({ fact, path, operator, value }: Comparison, subject: Operand = this.operand(fact, path)): string {
    const { decorators, base } = parseOperator(operator) ?? { decorators: [], base: 'equal' as const };
    if (base === 'satisfies') return satisfies(subject.text, this.renamed(String(value), 'unaryTests'));
    const right = isFactReference(value) ? this.operand(value.fact, value.path) : literalOperand(value, subject.type);
    return this.#decorated(decorators, subject, right, base);
  }

  operand(fact: string, path: string | undefined): Operand {
    const known = this.#writing.facts.get(fact);
    const text = known && pathText(known.name, path);
    if (known === undefined || text === undefined) return { text: this.#refused(`the path ${path ?? '$'} of ${fact}`), type: 'any' };
    return { text, type: path === undefined || path === '$' ? known.type : 'any' };
  }

  /** The declared type of a fact that has its own name in the file. */
  typeOf(fact: string): InputType | undefined {
    const known = this.#writing.facts.get(fact);
    return known?.name === fact ? known.type : undefined;
  }

  /** A text of the rule set with the names that the file has. */
  renamed(text: string, goal: FeelGoal): string {
    return renamed(text, goal, this.#names);
  }

  #refused(what: string): string {
    this.#writing.refuse(what);
    return 'null';
  }

  #decorated([decorator, ...others]: readonly OperatorDecorator[], left: Operand, right: Operand, base: BaseOperator): string {
    switch (decorator) {
      case undefined:
        return this.#compared(base, left, right);
      case 'swap':
        return this.#decorated(others, right, left, base);
      case 'not':
        return `not(${this.#decorated(others, left, right, base)})`;
      default: {
        const isLeft = decorator === 'someFact' || decorator === 'everyFact';
        const list = isLeft ? left : right;
        const item: Operand = { text: this.#itemName(), type: list.literal && scalars.has(list.type) ? list.type : 'any' };
        return `(${decorator.startsWith('some') ? 'some' : 'every'} ${item.text} in ${list.text} satisfies ${isLeft ? this.#decorated(others, item, right, base) : this.#decorated(others, left, item, base)})`;
      }
    }
  }

  #itemName(): string {
    const names = new Set([...this.#writing.facts.values()].map(({ name }) => name));
    do this.#items += 1;
    while (names.has(`item_${this.#items}`));
    return `item_${this.#items}`;
  }

  #compared(base: BaseOperator, left: Operand, right: Operand): string {
    switch (base) {
      case 'equal':
        return this.#equal(left, right);
      case 'notEqual':
        return `not(${this.#equal(left, right)})`;
      case 'in':
        return this.#isIn(left, right);
      case 'notIn':
        return `not(${this.#isIn(left, right)})`;
      case 'contains':
        return this.#contains(left, right);
      case 'doesNotContain':
        return `not(${this.#contains(left, right)})`;
      default:
        return ordering(signs[base] ?? '=', left, right);
    }
  }

  #equal(left: Operand, right: Operand): string {
    if (isNull(left) || isNull(right)) return `${left.text} = ${right.text}`;
    if (left.type === right.type && scalars.has(left.type)) return `${left.text} = ${right.text}`;
    return `(${this.#asJson(left)} = ${this.#asJson(right)}) = true`;
  }

  /** A list of values, or another fact that is one. */
  #isIn(left: Operand, right: Operand): string {
    if (!right.literal || !Array.isArray(right.literal.value) || left.literal) return this.#contains(right, left);
    const members = right.literal.value.filter((member) => member !== null && typeof member !== 'object').map((member) => literalText(member, right.type));
    if (members.length === 0) return 'false';
    return left.type === right.type && scalars.has(left.type) ? `(${left.text} in (${members.join(', ')}))` : `((${this.#asJson(left)} in (${members.join(', ')})) = true)`;
  }

  #contains(list: Operand, item: Operand): string {
    return `list contains(${list.literal ? literalText(list.literal.value) : list.text}, ${this.#asJson(item)})`;
  }

  /** Items of lists are JSON: a declared date among them is a text. */
  #asJson(operand: Operand): string {
    if (operand.literal) return literalText(operand.literal.value);
    if (operand.type === 'date') return `string(${operand.text})`;
    return operand.type === 'dateTime' ? this.#refused(`${operand.text} among values without a type`) : operand.text;
  }
}

function joined(parts: readonly string[], word: 'and' | 'or'): string | undefined {
  if (parts.length < 2) return parts[0];
  return `(${parts.join(` ${word} `)})`;
}

function isNull({ literal }: Operand): boolean {
  return literal !== undefined && literal.value === null;
}

/** A literal takes the declared type of the other side; a list takes it for its members. */
function literalOperand(value: unknown, type: InputType): Operand {
  const isOwn = scalars.has(type);
  const own = isOwn ? type : 'any';
  const text = Array.isArray(value) ? `[${value.map((member) => literalText(member, own)).join(', ')}]` : literalText(value, own);
  return { text, type: own, literal: { value } };
}

function ordering(sign: string, left: Operand, right: Operand): string {
  if (left.type === right.type && ordered.has(left.type)) return `${left.text} ${sign} ${right.text}`;
  const [literal, other] = left.literal ? [left.literal, right] : [right.literal, left];
  if (!literal || typeof literal.value === 'object') return `${moment(left)} ${sign} ${moment(right)}`;
  const type = typeof literal.value === 'number' ? 'number' : typeof literal.value === 'string' && dateToEpochDay(literal.value) !== undefined ? 'date' : typeof literal.value === 'string' && canonicalInstant(literal.value) !== undefined ? 'dateTime' : undefined;
  if (type === undefined) return 'null';
  const written = (side: Operand): string => (side.literal ? literalText(side.literal.value, type) : side.type !== 'any' || type === 'number' ? side.text : `${type === 'date' ? 'date' : 'date and time'}(${other.text})`);
  return `${written(left)} ${sign} ${written(right)}`;
}

/** A value that may be a number, or a date or an instant as text. */
function moment({ text, type }: Operand): string {
  if (type !== 'any') return text;
  return `(if ${text} instance of string then (if date(${text}) != null then date(${text}) else date and time(${text})) else ${text})`;
}

/** Unary tests of a value. A test that has no answer stays without one. DMN 1.5 §7.3.3. */
function satisfies(subject: string, tests: string): string {
  if (/^\s*-?\s*$/.test(tests)) return 'true';
  const children = childrenOf(parseFeel(tests, 'unaryTests'));
  const list = children.find(({ name }) => name === 'PositiveUnaryTests');
  if (children[0]?.name === 'Wildcard' || !list) return 'true';
  const text = `(${subject} in (${tests.slice(list.from, list.to)}))`;
  return children[0]?.name === 'not' ? `not(${text})` : text;
}
