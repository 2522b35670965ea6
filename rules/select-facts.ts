import type { CompiledRuleSet } from './compile-rule-set.ts';
import type { Facts, ObservedAt } from './prepare-facts.ts';

/** Facts for one evaluation, and when they were observed. */
export interface SelectedFacts {
  readonly facts: Facts;
  readonly observedAt?: ObservedAt;
}

/**
 * What a rule set is given by a business-rule task. Named inputs are passed as they are, so that a misspelt one
 * is found. A task that passes one object called `facts`, gathered for several rule sets, gives each the
 * inputs that it declares, with the object's `observedAt` as their ages.
 */
export function selectFacts({ inputsByName }: CompiledRuleSet, given: Facts): SelectedFacts {
  const gathered = given['facts'];
  if (inputsByName.has('facts') || Object.keys(given).length !== 1 || !isRecord(gathered)) return { facts: given };
  const facts: Record<string, unknown> = {};
  for (const name of inputsByName.keys()) if (Object.hasOwn(gathered, name)) facts[name] = gathered[name];
  const { observedAt } = gathered;
  // Ages that are not texts count as unknown when they are read.
  return isRecord(observedAt) ? { facts, observedAt: observedAt as ObservedAt } : { facts };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
