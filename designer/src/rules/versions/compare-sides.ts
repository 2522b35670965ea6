import type { RuleSetDetail, RuleSetSide } from '../model.ts';

/** The side that a value of the address names; undefined when there is none such now. */
export function sideOf(value: string, ruleSet: Pick<RuleSetDetail, 'versions' | 'draft' | 'review'>): RuleSetSide | undefined {
  if (value === 'draft') return ruleSet.draft === null ? undefined : { draft: true };
  if (value === 'review') return ruleSet.review === null ? undefined : { reviewId: ruleSet.review.id };
  const version = ruleSet.versions.find((each) => `v:${each.version}` === value);
  return version === undefined ? undefined : { version: version.version };
}
