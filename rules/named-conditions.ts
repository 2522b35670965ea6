import { conditionNamed, type Condition, type NamedConditions } from './condition.ts';

/** Comparisons that a rule set may have once every reference stands for what it names. */
export const maximumComparisons = 500_000;
/** Groups in groups, those of named conditions included: what walks through them has a stack that ends. */
export const maximumDepth = 100;

/** Whether the references of a named condition lead back to it. */
export function isCircular(start: string, named: NamedConditions): boolean {
  const seen = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const target = conditionNamed(name, named);
    for (const next of target ? referencesIn(target) : []) {
      if (next === start) return true;
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
    }
  }
  return false;
}

/** What conditions are with every reference replaced by what it names. */
export interface Expansion {
  readonly comparisons: number;
  /** Groups around the innermost comparison; Infinity for more than may be. */
  readonly depth: number;
}

/**
 * Measures conditions with every reference replaced by what it names: those that each name another twice, or that follow each other in a
 * long chain, grow without bound in a short document. References that lead nowhere or in a circle count as nothing.
 */
export function expansionOf(conditions: readonly Condition[], named: NamedConditions): Expansion {
  const known = new Map<string, Expansion>();
  const measure = (condition: Condition, left: number): Expansion => {
    if (left === 0) return { comparisons: 0, depth: Infinity };
    if ('all' in condition) return together(condition.all, left);
    if ('any' in condition) return together(condition.any, left);
    if ('not' in condition) return together([condition.not], left);
    if (!('condition' in condition)) return { comparisons: 1, depth: 0 };
    const before = known.get(condition.condition);
    if (before) return before;
    known.set(condition.condition, { comparisons: 0, depth: 0 });
    const target = conditionNamed(condition.condition, named);
    const found = target ? measure(target, left - 1) : { comparisons: 0, depth: 0 };
    known.set(condition.condition, found);
    return found;
  };
  const together = (parts: readonly Condition[], left: number): Expansion => {
    let [comparisons, depth] = [0, 0];
    for (const part of parts) {
      const inner = measure(part, left - 1);
      comparisons += inner.comparisons;
      depth = Math.max(depth, inner.depth);
    }
    return { comparisons, depth: depth + 1 };
  };
  const whole = together(conditions, maximumDepth + 2);
  return { comparisons: whole.comparisons, depth: whole.depth - 1 };
}

/** The names that a condition itself refers to. */
export function referencesIn(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(referencesIn);
  if ('any' in condition) return condition.any.flatMap(referencesIn);
  if ('not' in condition) return referencesIn(condition.not);
  return 'condition' in condition ? [condition.condition] : [];
}
