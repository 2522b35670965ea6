import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { CandidateChoice } from './use-candidate-choice.ts';

/** Which document is to be tried. */
export function CandidateField({ choice: { options, chosen, pick } }: { readonly choice: CandidateChoice }): ReactNode {
  const { t } = useText();
  return (
    <label className="field">
      <span>{t('backtest.candidate')}</span>
      <Select aria-label={t('backtest.candidate')} value={chosen ?? null} onChange={(value: string | null) => pick(value ?? undefined)} options={[...options]} />
    </label>
  );
}
