import type { Json } from '../../json.ts';
import type { Bound } from './formula.ts';

/** Where a number can lie after what was decided about it. */
interface Range {
  readonly from: number;
  readonly to: number;
  /** Whether the ends belong to it. */
  readonly withFrom: boolean;
  readonly withTo: boolean;
}

/** The answer to a comparison that follows from those decided before; undefined when both are possible. */
export function impliedBy(decided: readonly { readonly bound: Bound; readonly answer: boolean }[], { operator, value }: Bound): boolean | undefined {
  const range = decided.reduce(narrow, { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, withFrom: false, withTo: false });
  const isBelow = operator === '<' || operator === '<=';
  const includes = operator === '<=' || operator === '>=';
  // Of "below", all of the range has to be below for yes, all of it above for no.
  const allBelow = range.to < value || (range.to === value && (!range.withTo || (isBelow ? includes : !includes)));
  const allAbove = range.from > value || (range.from === value && (!range.withFrom || (isBelow ? !includes : includes)));
  if (allBelow) return isBelow;
  return allAbove ? !isBelow : undefined;
}

function narrow(range: Range, { bound, answer }: { readonly bound: Bound; readonly answer: boolean }): Range {
  const { operator, value } = bound;
  const isUpper = (operator === '<' || operator === '<=') === answer;
  const includes = (operator === '<=' || operator === '>=') === answer;
  if (isUpper) return value < range.to || (value === range.to && !includes) ? { ...range, to: value, withTo: includes } : range;
  return value > range.from || (value === range.from && !includes) ? { ...range, from: value, withFrom: includes } : range;
}

/** The comparisons with numbers among the facts about one part. */
export function boundsAbout(facts: ReadonlyMap<string, Json>, part: string): { readonly bound: Bound; readonly answer: boolean }[] {
  const prefix = `bound ${part} `;
  return [...facts].flatMap(([key, answer]) => {
    if (!key.startsWith(prefix) || typeof answer !== 'boolean') return [];
    const [operator, value] = key.slice(prefix.length).split(' ');
    // Only `boundKey` writes such facts.
    return [{ bound: { operator: operator as Bound['operator'], value: Number(value) }, answer }];
  });
}

/** The fact that a comparison was decided. */
export function boundKey(part: string, { operator, value }: Bound): string {
  return `bound ${part} ${operator} ${value}`;
}
