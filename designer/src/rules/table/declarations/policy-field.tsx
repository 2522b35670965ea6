import { Select } from 'antd';
import { memo, useState, type ReactNode } from 'react';
import type { Aggregation, HitPolicyName, LocalizedText } from '#rules';
import type { RuleTable, TableEdit } from '#rule-table';
import { useText } from '../../../i18n/use-text.ts';

const policies: readonly HitPolicyName[] = ['collect', 'unique', 'first', 'priority', 'any', 'ruleOrder', 'outputOrder'];
const aggregations: readonly Aggregation[] = ['sum', 'count', 'min', 'max'];

export interface PolicyFieldProps {
  readonly head: RuleTable['head'];
  readonly isReadOnly: boolean;
  /** Gives why an edit cannot be done. */
  readonly onEdit: (edit: TableEdit) => LocalizedText | undefined;
}

/** 命中方式: how the rows that match become one decision, and what is made of their results. DMN 1.5 §8.2.8. */
export const PolicyField = memo(function PolicyField({ head: { hitPolicy = 'collect', aggregation }, isReadOnly, onEdit }: PolicyFieldProps): ReactNode {
  const { t, of } = useText();
  const [refused, setRefused] = useState<LocalizedText | undefined>();

  function set(policy: HitPolicyName, made: Aggregation | undefined): void {
    setRefused(onEdit({ type: 'setHitPolicy', hitPolicy: policy, ...(made === undefined ? {} : { aggregation: made }) }));
  }

  return (
    <div className="rule-policy">
      <span className="label">{t('rules.field.hitPolicy')}</span>
      <Select size="small" className="rule-fact-pick" aria-label={t('rules.field.hitPolicy')} disabled={isReadOnly} value={hitPolicy} onChange={(chosen) => set(chosen, undefined)} options={policies.map((value) => ({ value, label: t(`ruleTable.policy.${value}`) }))} />
      {hitPolicy === 'collect' ? <Select<Aggregation | 'none'> size="small" className="rule-type-pick" aria-label={t('rules.field.aggregation')} disabled={isReadOnly} value={aggregation ?? 'none'} onChange={(chosen) => set('collect', chosen === 'none' ? undefined : chosen)} options={(['none', ...aggregations] as const).map((value) => ({ value, label: t(`ruleTable.aggregation.${value}`) }))} /> : null}
      <span className="field-error small" role="alert">{refused === undefined ? '' : of(refused)}</span>
    </div>
  );
});
