import { isPlainPath } from '../json-path.ts';
import { isFactReference, parseOperator, type BaseOperator, type Comparison, type Condition, type FactReference, type InputType } from '../index.ts';

/** How FEEL writes the orderings of json-rules-engine. */
export const signs: Readonly<Partial<Record<BaseOperator, string>>> = { lessThan: '<', lessThanInclusive: '<=', greaterThan: '>', greaterThanInclusive: '>=' };

/**
 * The parts of a rule's `all` on one fact as FEEL unary tests; undefined where cells have no form for them. Whether the text reads back
 * as the same parts is for the caller to see. DMN 1.5 §7.3.3.
 */
export function writeTests(parts: readonly Comparison[], type: InputType): string | undefined {
  const [first, second, third] = parts;
  if (!first || third || parts.some(({ priority, name, params }) => priority !== undefined || name !== undefined || params !== undefined)) return undefined;
  if (second) return writeInterval(first, second, type);
  const { operator, value } = first;
  const operand = (): string | undefined => writeOperand(value, type, operator in signs);
  switch (operator) {
    case 'satisfies':
      return typeof value === 'string' ? value : undefined;
    case 'equal':
      return operand();
    case 'notEqual':
      return around('not(', operand());
    case 'in':
      return isFactReference(value) ? around('list contains(', writeReference(value), ', ?)') : writeMembers(value, type);
    case 'notIn':
      return isFactReference(value) ? around('not(list contains(', writeReference(value), ', ?))') : around('not(', writeMembers(value, type));
    case 'contains':
      return around('list contains(?, ', writeOperand(value, 'any', false));
    case 'doesNotContain':
      return around('not(list contains(?, ', writeOperand(value, 'any', false), '))');
    default: {
      const sign = signs[operator as BaseOperator];
      return sign && around(`${sign} `, operand(), '');
    }
  }
}

function writeInterval(low: Comparison, high: Comparison, type: InputType): string | undefined {
  const open = low.operator === 'greaterThan' ? '(' : low.operator === 'greaterThanInclusive' ? '[' : undefined;
  const close = high.operator === 'lessThan' ? ')' : high.operator === 'lessThanInclusive' ? ']' : undefined;
  const [from, to] = [writeOperand(low.value, type, true), writeOperand(high.value, type, true)];
  return open && close && from && to ? `${open}${from}..${to}${close}` : undefined;
}

function around(before: string, text: string | undefined, after = ')'): string | undefined {
  return text === undefined ? undefined : before + text + after;
}

/** One value of a list would read as the value itself, so it stays a list. */
function writeMembers(value: unknown, type: InputType): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const members = value.map((member) => (Array.isArray(member) ? undefined : writeOperand(member, type, false)));
  if (members.includes(undefined)) return undefined;
  return members.length < 2 ? `[${members.join(', ')}]` : members.join(', ');
}

/** A literal of FEEL, or the name of another fact. `isOrdered` says that a text is a date or an instant. */
export function writeOperand(value: unknown, type: InputType, isOrdered: boolean): string | undefined {
  if (isFactReference(value)) return writeReference(value);
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value !== 'string') return undefined;
  if (type === 'date' || (isOrdered && /^\d{4}-\d{2}-\d{2}$/.test(value))) return `date(${writeString(value)})`;
  return type === 'dateTime' || isOrdered ? `date and time(${writeString(value)})` : writeString(value);
}

/** Digits only: FEEL's grammar has an exponent, but a person who reads a cell should not need one. */
export function writeNumber(value: number): string | undefined {
  const text = String(value);
  return /^-?\d+(\.\d+)?$/.test(text) ? text : undefined;
}

export function writeString(value: string): string {
  return JSON.stringify(value);
}

/** `height`, `order.items[2].dose`: FEEL counts from 1. */
export function writeReference({ fact, path, params }: FactReference): string | undefined {
  if (params !== undefined || (path !== undefined && (!isPlainPath(path) || path === '$'))) return undefined;
  return fact + (path ?? '$').slice(1).replace(/\[(\d+)\]/g, (_whole, index: string) => `[${Number(index) + 1}]`);
}

const loose = 0;
const inOr = 1;
const inAnd = 2;

/** A condition as text to read: FEEL where FEEL has the words, `condition("name")` and `path(fact, "$..dose")` where it has none. */
export function writeCondition(condition: Condition, within = loose): string {
  const wrap = (text: string, level: number): string => (within > level ? `(${text})` : text);
  if ('all' in condition) return condition.all.length === 0 ? 'true' : condition.all.length === 1 ? writeCondition(condition.all[0] as Condition, within) : wrap(condition.all.map((part) => writeCondition(part, inAnd)).join(' and '), inOr);
  if ('any' in condition) return condition.any.length === 1 ? writeCondition(condition.any[0] as Condition, within) : wrap(condition.any.map((part) => writeCondition(part, inOr + 1)).join(' or '), loose);
  if ('not' in condition) return `not(${writeCondition(condition.not)})`;
  if ('condition' in condition) return `condition(${writeString(condition.condition)})`;
  return writeComparison(condition);
}

function writeComparison({ fact, path, operator, value }: Comparison): string {
  const subject = show({ fact, ...(path === undefined ? {} : { path }) });
  const { decorators, base } = parseOperator(operator) ?? { decorators: [], base: 'equal' as const };
  return decorate(decorators, subject, base === 'satisfies' ? String(value) : show(value, base in signs), base, Array.isArray(value) && base !== 'satisfies');
}

function decorate(decorators: readonly string[], left: string, right: string, base: BaseOperator, isLiteralList: boolean): string {
  const [decorator, ...others] = decorators;
  const item = decorators.length > 1 ? `item${decorators.length}` : 'item';
  switch (decorator) {
    case undefined:
      return compared(left, right, base, isLiteralList);
    case 'someFact':
    case 'everyFact':
      return `${decorator.replace('Fact', '')} ${item} in ${left} satisfies ${decorate(others, item, right, base, isLiteralList)}`;
    case 'someValue':
    case 'everyValue':
      return `${decorator.replace('Value', '')} ${item} in ${right} satisfies ${decorate(others, left, item, base, false)}`;
    case 'swap':
      return decorate(others, right, left, base, false);
    default:
      return `not(${decorate(others, left, right, base, isLiteralList)})`;
  }
}

function compared(left: string, right: string, base: BaseOperator, isLiteralList: boolean): string {
  switch (base) {
    case 'equal':
      return `${left} = ${right}`;
    case 'notEqual':
      return `${left} != ${right}`;
    case 'in':
      return isLiteralList ? `${left} in (${right.slice(1, -1) || '[]'})` : `list contains(${right}, ${left})`;
    case 'notIn':
      return isLiteralList ? `not(${left} in (${right.slice(1, -1) || '[]'}))` : `not(list contains(${right}, ${left}))`;
    case 'contains':
      return `list contains(${left}, ${right})`;
    case 'doesNotContain':
      return `not(list contains(${left}, ${right}))`;
    case 'satisfies':
      return `${left} in (${right})`;
    default:
      return `${left} ${signs[base] ?? '='} ${right}`;
  }
}

function show(value: unknown, isOrdered = false): string {
  if (Array.isArray(value)) return `[${value.map((member) => show(member)).join(', ')}]`;
  if (isFactReference(value)) return writeReference(value) ?? `path(${value.fact}, ${writeString(value.path ?? '$')})`;
  return writeOperand(value, 'any', isOrdered) ?? String(value);
}
