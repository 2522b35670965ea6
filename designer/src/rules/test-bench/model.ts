import type { CaseDifference, Level, RuleCase } from '#rules';
import type { JsonObject } from '../../graphql/model.ts';
import type { Person } from '../person.ts';

/** A saved case, as the gateway gives it. */
export interface SavedCase {
  readonly id: string;
  readonly revision: number;
  readonly name: string;
  /** By input name. */
  readonly facts: JsonObject;
  /** ISO 8601 instants by input name. */
  readonly observedAt: Readonly<Record<string, string>>;
  /** The instant of the decision: ages are counted to it. */
  readonly at: string;
  readonly expected: { readonly level: Level; readonly ruleIds: readonly string[]; readonly outputs: unknown };
  readonly tags: readonly string[];
  readonly savedAt: string;
  readonly savedBy: Person;
  /** Null for one that was written by hand, and for a viewer who may not see the decision. */
  readonly fromDecision: { readonly decisionId: string } | null;
}

/** A saved case as rules run it: outputs that are not given are not compared. */
export function runnableCase({ id, name, facts, observedAt, at, expected }: SavedCase): RuleCase {
  const { level, ruleIds, outputs } = expected;
  return { id, name, facts, observedAt, at, expected: { level, ruleIds: [...ruleIds], ...(outputs === null || outputs === undefined ? {} : { outputs: outputs as never }) } };
}

export type { CaseDifference };
