import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { Compared } from '../difference/compared.tsx';
import type { RuleSetDetail } from '../model.ts';
import { compareOptions, sideOf } from './compare-sides.ts';

export interface ComparePanelProps {
  readonly ruleSet: RuleSetDetail;
  /** As the address has them: a version's name after `v:`, `draft`, or `review`. */
  readonly from: string;
  readonly to: string;
  readonly onChange: (from: string, to: string) => void;
}

/** Two documents of the rule set side by side in words: published versions, the draft, the review. */
export function ComparePanel({ ruleSet, from, to, onChange }: ComparePanelProps): ReactNode {
  const text = useText();
  const { t } = text;
  const options = [...compareOptions(ruleSet, text)];
  const [left, right] = [sideOf(from, ruleSet), sideOf(to, ruleSet)];
  const pick = (label: string, value: string, change: (value: string) => void): ReactNode => (
    <label className="field">
      <span>{label}</span>
      <Select aria-label={label} value={value === '' ? null : value} placeholder={t('rules.compare.choose')} onChange={(chosen: string | null) => change(chosen ?? '')} options={options} />
    </label>
  );
  return (
    <>
      <div className="compare-picks">
        {pick(t('rules.compare.from'), left === undefined ? '' : from, (value) => onChange(value, to))}
        {pick(t('rules.compare.to'), right === undefined ? '' : to, (value) => onChange(from, value))}
      </div>
      {left === undefined || right === undefined ? <p className="muted">{t('rules.compare.help')}</p> : <Compared key={`${from} ${to}`} ruleSet={ruleSet.key} from={left} to={right} />}
    </>
  );
}
