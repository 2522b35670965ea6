import { conditionNamed, type Condition, type NamedConditions } from './condition.ts';

/** Comparisons that a rule set may have once every reference stands for what it names. */
export const maximumComparisons = 500_000;

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

/**
 * How many comparisons conditions have with every reference replaced by what it names: conditions that each name another twice
 * grow without bound in a short document. References that lead nowhere or in a circle count as none.
 */
export function countComparisons(conditions: readonly Condition[], named: NamedConditions): number {
  const known = new Map<string, number>();
  const count = (condition: Condition): number => {
    if ('all' in condition) return sum(condition.all);
    if ('any' in condition) return sum(condition.any);
    if ('not' in condition) return count(condition.not);
    if (!('condition' in condition)) return 1;
    const before = known.get(condition.condition);
    if (before !== undefined) return before;
    known.set(condition.condition, 0);
    const target = conditionNamed(condition.condition, named);
    const found = target ? count(target) : 0;
    known.set(condition.condition, found);
    return found;
  };
  const sum = (parts: readonly Condition[]): number => parts.reduce((total, part) => total + count(part), 0);
  return sum(conditions);
}

/** The names that a condition itself refers to. */
export function referencesIn(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(referencesIn);
  if ('any' in condition) return condition.any.flatMap(referencesIn);
  if ('not' in condition) return referencesIn(condition.not);
  return 'condition' in condition ? [condition.condition] : [];
}
