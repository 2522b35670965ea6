import type { LocalizedText } from '../../i18n/localized-text.ts';

/** How one rule fared. Without a name: a rule of an earlier version, or `missing:<fact>`. */
export interface RuleStatistic {
  readonly ruleId: string;
  readonly name: LocalizedText | null;
  readonly fired: number;
  /** Cards with it that a clinical system was given; those without an answer are neither accepted nor overridden. */
  readonly cards: number;
  readonly accepted: number;
  readonly overridden: number;
  readonly overrideReasons: readonly { readonly code: string; readonly name: LocalizedText | null; readonly count: number }[];
}

/** The share of the answered cards that were overridden, from 0 to 1; undefined while none was answered. */
export function overrideRate({ accepted, overridden }: Pick<RuleStatistic, 'accepted' | 'overridden'>): number | undefined {
  const answered = accepted + overridden;
  return answered === 0 ? undefined : overridden / answered;
}

/** Those overridden most first, then those with the higher rate, then those that fired more. */
export function mostOverriddenFirst(rules: readonly RuleStatistic[]): readonly RuleStatistic[] {
  return [...rules].sort((a, b) => b.overridden - a.overridden || (overrideRate(b) ?? 0) - (overrideRate(a) ?? 0) || b.fired - a.fired || (a.ruleId < b.ruleId ? -1 : 1));
}
