import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { RuleSetDetail, RuleSetSide } from '../model.ts';
import { sideOf } from '../versions/compare-sides.ts';

/** What can be tried, and what of it is chosen: what is being changed unless something else was picked. */
export interface CandidateChoice {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** `review`, `draft` or `v:` and a version; undefined when nothing can be tried. */
  readonly chosen: string | undefined;
  readonly side: RuleSetSide | undefined;
  readonly pick: (value: string | undefined) => void;
}

/** The documents of a rule set that can be tried now. */
export function useCandidateChoice(ruleSet: RuleSetDetail): CandidateChoice {
  const { t } = useText();
  const [picked, pick] = useState<string | undefined>();
  const options = [
    ...(ruleSet.review === null ? [] : [{ value: 'review', label: t('rules.compare.review', { version: ruleSet.review.version }) }]),
    ...(ruleSet.draft === null || ruleSet.review !== null ? [] : [{ value: 'draft', label: t('rules.compare.draft') }]),
    ...ruleSet.versions.map(({ version, status }) => ({ value: `v:${version}`, label: `${t('rules.version', { version })} · ${t(`rules.status.${status}`)}` })),
  ];
  const chosen = options.some(({ value }) => value === picked) ? picked : options[0]?.value;
  return { options, chosen, side: chosen === undefined ? undefined : sideOf(chosen, ruleSet), pick };
}
