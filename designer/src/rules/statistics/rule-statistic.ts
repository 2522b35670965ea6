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
  readonly reviews: ReviewCounts;
}

/** What pharmacists decided about the orders that the rule put before them. */
export interface ReviewCounts {
  readonly approved: number;
  readonly returned: number;
  readonly rechecked: number;
  readonly notDecided: number;
  readonly unknown: number;
  /** Null for a viewer who does not see all wards. */
  readonly approvalReasons: readonly { readonly text: string; readonly count: number }[] | null;
}

/** The reviews in which a pharmacist decided, and the share of them that let the order pass, from 0 to 1; undefined for none. */
export function reviewShare({ approved, returned, rechecked }: Pick<ReviewCounts, 'approved' | 'returned' | 'rechecked'>): { readonly decided: number; readonly share: number } | undefined {
  const decided = approved + returned + rechecked;
  return decided === 0 ? undefined : { decided, share: approved / decided };
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
