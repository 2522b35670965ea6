import { FeelFunction } from 'feelin';
import { FeelError } from './feel-error.ts';
import type { FeelNode } from './parse-tree.ts';

/** Items that one evaluation may go through in `for`, `some`, `every` and filters: well under 200 ms of work. */
export const maximumIterations = 20_000;

const itemsName = '__items';
const spanName = '__span';

/** Text put into the source, at its place in the original. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** A source whose iterations are counted, and how to find a place of it in the original. */
export interface CountedSource {
  readonly source: string;
  readonly originalOffset: (offset: number) => number;
}

/**
 * Wraps what an expression iterates over in functions that count, since feelin builds every list and every combination
 * before it looks at the first: a list or the target of a filter is counted by its length, a range by its span.
 */
export function countIterations(source: string, root: FeelNode): CountedSource {
  const insertions: Insertion[] = [];
  root.cursor().iterate((reference) => {
    const { node } = reference;
    if (node.name === 'IterationContext') insertions.push(...aroundIteration(source, node));
    const target = node.name === 'FilterExpression' ? node.firstChild : null;
    if (target) insertions.push({ at: target.from, text: `${itemsName}(` }, { at: target.to, text: ')' });
  });
  return insertions.length === 0 ? { source, originalOffset: (offset) => offset } : insert(source, insertions);
}

function aroundIteration(source: string, node: FeelNode): Insertion[] {
  const [first, dots, last] = [node.firstChild, node.getChild('..'), node.lastChild];
  if (!first || !last) return [];
  if (!dots) return [{ at: first.from, text: `${itemsName}(` }, { at: first.to, text: ')' }];
  return [{ at: last.from, text: `${spanName}(${source.slice(first.from, first.to)}, ` }, { at: last.to, text: ')' }];
}

function insert(source: string, insertions: readonly Insertion[]): CountedSource {
  // At the same place, what closes comes before what opens; of two that open, the outer one is listed first.
  const sorted = insertions.map((insertion, order) => ({ ...insertion, order })).sort((left, right) => left.at - right.at || Number(right.text === ')') - Number(left.text === ')') || left.order - right.order);
  let text = '';
  let from = 0;
  const shifts: { readonly from: number; readonly by: number }[] = [];
  for (const { at, text: inserted } of sorted) {
    text += source.slice(from, at) + inserted;
    from = at;
    shifts.push({ from: text.length, by: text.length - at });
  }
  text += source.slice(from);
  return { source: text, originalOffset: (offset) => offset - (shifts.findLast((shift) => shift.from <= offset)?.by ?? 0) };
}

/** The counting functions, and how to begin anew. Fails: FEEL_BUDGET. */
export function iterationCounter(): { readonly functions: Readonly<Record<string, FeelFunction>>; reset(): void } {
  let left = maximumIterations;
  const count = (items: number): void => {
    left -= items;
    if (left < 0) throw new FeelError('FEEL_BUDGET', `Expected at most ${maximumIterations} iterations, but the expression needs more`);
  };
  const items = (list: unknown): unknown => {
    if (Array.isArray(list)) count(list.length);
    return list;
  };
  const span = (start: unknown, end: unknown): unknown => {
    if (typeof start === 'number' && typeof end === 'number') count(Math.abs(end - start) + 1);
    return end;
  };
  return {
    functions: { [itemsName]: new FeelFunction(items, ['list']), [spanName]: new FeelFunction(span, ['start', 'end']) },
    reset: () => {
      left = maximumIterations;
    },
  };
}
