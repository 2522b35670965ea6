/** The ten operators of json-rules-engine, and the one whose value is FEEL unary tests. */
export type BaseOperator = 'equal' | 'notEqual' | 'in' | 'notIn' | 'contains' | 'doesNotContain' | 'lessThan' | 'lessThanInclusive' | 'greaterThan' | 'greaterThanInclusive' | 'satisfies';

/** What json-rules-engine 7 puts before an operator: over the items of the fact or of the value, sides swapped, negated. */
export type OperatorDecorator = 'someFact' | 'everyFact' | 'someValue' | 'everyValue' | 'swap' | 'not';

/** An operator as a condition names it: `greaterThan`, `everyFact:not:greaterThan`. */
export type Operator = BaseOperator | `${OperatorDecorator}:${string}`;

/** An operator in its parts, the outermost decorator first. */
export interface ParsedOperator {
  readonly decorators: readonly OperatorDecorator[];
  readonly base: BaseOperator;
}

const bases: ReadonlySet<string> = new Set<BaseOperator>(['equal', 'notEqual', 'in', 'notIn', 'contains', 'doesNotContain', 'lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive', 'satisfies']);
const decorators: ReadonlySet<string> = new Set<OperatorDecorator>(['someFact', 'everyFact', 'someValue', 'everyValue', 'swap', 'not']);
const maximumDecorators = 8;
const undecorated: ReadonlyMap<string, ParsedOperator> = new Map([...bases].map((base) => [base, { decorators: [], base: base as BaseOperator }]));

/** Reads an operator; undefined for one that there is not. */
export function parseOperator(name: string): ParsedOperator | undefined {
  const plain = undecorated.get(name);
  if (plain) return plain;
  const parts = name.split(':');
  const base = parts.pop();
  if (base === undefined || !bases.has(base) || parts.length > maximumDecorators || !parts.every((part) => decorators.has(part))) return undefined;
  if (base === 'satisfies' && parts.length > 0) return undefined;
  // Both sets hold the names of their types.
  return { decorators: parts as OperatorDecorator[], base: base as BaseOperator };
}
