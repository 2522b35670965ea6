import { FeelDate, type FeelRange } from 'feelin';
import { normalName } from '../free-names.ts';
import type { FeelNode } from '../parse-tree.ts';
import { allOf, anyOf } from './comparison.ts';
import { childAt, childrenOf, nameOf, textOf, type Unit } from './syntax.ts';
import { compileTest } from './unary-test.ts';
import { isContext, kindOf } from './feel-value.ts';
import { isNumber } from './number.ts';
import { movedDate } from './far-date.ts';
import type { Evaluate, Run, Scope } from './scope.ts';
import { dayNumber } from './temporal.ts';

/** Visits a scope for each combination of the iteration variables; false ends it. */
type Visit = (scope: Scope) => boolean;
type Iterate = (scope: Scope, visit: Visit) => boolean | null;

/** The items of a domain of iteration; null when it has none. DMN 1.5 §10.3.2.14. */
export function itemsOf(value: unknown, run: Run): readonly unknown[] | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    run.spend(value.length);
    return value;
  }
  if (kindOf(value) !== 'range') return [value];
  const range = value as FeelRange;
  if (range.start === null || range.end === null) return null;
  const items = span(range.start, range.end, run);
  if (!items) return null;
  return items.slice(range['start included'] ? 0 : 1, range['end included'] || items.length === 0 ? undefined : -1);
}

/** All whole steps from one end to the other, up or down: numbers or days. */
export function span(start: unknown, end: unknown, run: Run): unknown[] | null {
  if (typeof start === 'number' && typeof end === 'number' && Number.isInteger(start) && Number.isInteger(end)) {
    run.spend(Math.abs(end - start) + 1);
    const step = start <= end ? 1 : -1;
    return Array.from({ length: Math.abs(end - start) + 1 }, (_, index) => start + index * step);
  }
  if (start instanceof FeelDate && end instanceof FeelDate) {
    const days = dayNumber(end) - dayNumber(start);
    run.spend(Math.abs(days) + 1);
    return Array.from({ length: Math.abs(days) + 1 }, (_, index) => new FeelDate(movedDate(start.unwrap(), { seconds: (days < 0 ? -index : index) * 86_400, nanoseconds: 0 })));
  }
  return null;
}

function compileDomains(node: FeelNode, unit: Unit): Iterate {
  const steps = (node.getChild('InExpressions')?.getChildren('InExpression') ?? []).map((entry) => ({ name: normalName(nameOf(childAt(entry, 0), unit)), domain: compileDomain(childAt(entry, 2), unit) }));
  return steps.reduceRight<Iterate>(
    (next, { name, domain }) => (scope, visit) => {
      const items = domain(scope);
      if (items === null) {
        scope.run.warn('INVALID_TYPE', 'Expected a list or range to go through, but found neither', { from: node.from, to: node.to });
        return null;
      }
      for (const item of items) {
        scope.run.spend();
        const goesOn = next(scope.inner(new Map([[name, item]])), visit);
        if (goesOn !== true) return goesOn;
      }
      return true;
    },
    (scope, visit) => visit(scope),
  );
}

function compileDomain(node: FeelNode, unit: Unit): (scope: Scope) => readonly unknown[] | null {
  const children = childrenOf(node);
  if (children[1]?.name === '..') {
    const [start, end] = [unit.compile(childAt(node, 0), unit), unit.compile(childAt(node, 2), unit)];
    return (scope) => span(start(scope), end(scope), scope.run);
  }
  const list = unit.compile(childAt(node, 0), unit);
  return (scope) => itemsOf(list(scope), scope.run);
}

/** `for … return …`; `partial` holds the results so far. DMN 1.5 §10.3.2.14. */
export function compileFor(node: FeelNode, unit: Unit): Evaluate {
  const iterate = compileDomains(node, unit);
  const body = unit.compile(childAt(node, -1), unit);
  const readsPartial = textOf(node, unit).includes('partial');
  return (scope) => {
    const results: unknown[] = [];
    const complete = iterate(scope, (inner) => {
      if (readsPartial) inner.run.spend(Math.ceil(results.length / 10));
      // The results so far are a list of their own: a later result is not in it.
      results.push(body(readsPartial ? inner.inner(new Map([['partial', [...results]]])) : inner));
      return true;
    });
    return complete === null ? null : results;
  };
}

/** `some` and `every`, in three truths. DMN 1.5 §10.3.2.13, table 51. */
export function compileQuantified(node: FeelNode, unit: Unit): Evaluate {
  const isSome = childAt(node, 0).name === 'some';
  const iterate = compileDomains(node, unit);
  const body = unit.compile(childAt(node, -1), unit);
  return (scope) => {
    const truths: unknown[] = [];
    const complete = iterate(scope, (inner) => {
      const truth = body(inner);
      truths.push(truth);
      return truth !== isSome;
    });
    if (complete === null) return null;
    return isSome ? anyOf(truths) : allOf(truths);
  };
}

/** `list[index]` and `list[condition]`; a value that is no list is a list of one. DMN 1.5 §10.3.2.5. */
export function compileFilter(node: FeelNode, unit: Unit): Evaluate {
  const target = unit.compile(childAt(node, 0), unit);
  const filter = childAt(node, 2);
  const test = filter.name === 'SimplePositiveUnaryTest' ? compileTest(filter, unit) : undefined;
  const select: Evaluate = test ? (scope) => test(scope, scope.get('item') ?? null) : unit.compile(filter, unit);
  const position = { from: node.from, to: node.to };
  return (scope) => filterItems(target(scope), select, scope, position);
}

/** The items for which `select` holds, or the one at the index that it gives. DMN 1.5 §10.3.2.5 and §10.5.1. */
export function filterItems(value: unknown, select: Evaluate, scope: Scope, position?: { readonly from: number; readonly to: number }): unknown {
  const list = Array.isArray(value) ? value : value === null ? [] : [value];
  scope.run.spend(list.length);
  const results: unknown[] = [];
  for (const item of list) {
    const chosen = select(scope.inner(new Map([['item', item]]), isContext(item) ? item : undefined));
    if (isNumber(chosen)) return itemAt(list, select(scope));
    if (chosen !== null && typeof chosen !== 'boolean') {
      scope.run.warn('INVALID_TYPE', `Expected an index or a condition as filter, but found ${kindOf(chosen)}`, position);
      return null;
    }
    if (chosen === true) results.push(item);
  }
  if (list.length > 0) return results;
  const index = quietly(select, scope);
  return isNumber(index) ? null : results;
}

/** Evaluates without an item, only to see what kind of filter it is. */
function quietly(select: Evaluate, scope: Scope): unknown {
  const before = scope.run.warnings.length;
  const result = select(scope.inner(new Map([['item', null]])));
  scope.run.warnings.splice(before);
  return result;
}

function itemAt(list: readonly unknown[], index: unknown): unknown {
  if (typeof index !== 'number' || !Number.isInteger(index)) return null;
  return (index > 0 ? list[index - 1] : index < 0 ? list[list.length + index] : null) ?? null;
}
