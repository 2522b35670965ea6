import type { Text } from '../../i18n/use-text.ts';
import type { RuleSetDetail, RuleSetSide } from '../model.ts';

/** The side that a value of the address names; undefined when there is none such now. */
export function sideOf(value: string, ruleSet: Pick<RuleSetDetail, 'versions' | 'draft' | 'review'>): RuleSetSide | undefined {
  if (value === 'draft') return ruleSet.draft === null ? undefined : { draft: true };
  if (value === 'review') return ruleSet.review === null ? undefined : { reviewId: ruleSet.review.id };
  const version = ruleSet.versions.find((each) => `v:${each.version}` === value);
  return version === undefined ? undefined : { version: version.version };
}

/** The documents that there are, as a choice: the draft, the review, the versions. */
export function compareOptions(ruleSet: Pick<RuleSetDetail, 'versions' | 'draft' | 'review'>, { t }: Pick<Text, 't'>): readonly { readonly value: string; readonly label: string }[] {
  return [
    ...(ruleSet.draft === null ? [] : [{ value: 'draft', label: t('rules.compare.draft') }]),
    ...(ruleSet.review === null ? [] : [{ value: 'review', label: t('rules.compare.review', { version: ruleSet.review.version }) }]),
    ...ruleSet.versions.map(({ version, status }) => ({ value: `v:${version}`, label: `${t('rules.version', { version })} · ${t(`rules.status.${status}`)}` })),
  ];
}
