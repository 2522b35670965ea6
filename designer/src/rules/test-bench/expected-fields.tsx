import { Checkbox, Select } from 'antd';
import type { ReactNode } from 'react';
import { levelSchema, type RuleSetDocument } from '#rules';
import { useText } from '../../i18n/use-text.ts';
import { ruleNaming } from '../rule-name.ts';
import type { CaseDraft } from './case-draft.ts';

export interface ExpectedFieldsProps {
  readonly expected: CaseDraft['expected'];
  readonly document: RuleSetDocument;
  readonly isReadOnly: boolean;
  readonly onChange: (expected: CaseDraft['expected']) => void;
}

/** What is to be decided about the case: the level, every rule that is to fire, and outputs where they are compared. */
export function ExpectedFields({ expected, document, isReadOnly, onChange }: ExpectedFieldsProps): ReactNode {
  const text = useText();
  const { t } = text;
  const nameOf = ruleNaming(document, text);
  const ids = [...document.rules.map(({ id }) => id), ...document.inputs.map(({ name }) => `missing:${name}`)];
  const { outputs, ...decided } = expected;
  return (
    <>
      <label className="field">
        <span>{t('trials.expected.level')}</span>
        <Select aria-label={t('trials.expected.level')} disabled={isReadOnly} value={expected.level} onChange={(level) => onChange({ ...expected, level })} options={levelSchema.options.map((level) => ({ value: level, label: text.lookup(`decision.level.${level}`, level) }))} />
      </label>
      <label className="field">
        <span>{t('trials.expected.rules')}</span>
        <Select
          mode="multiple"
          aria-label={t('trials.expected.rules')}
          disabled={isReadOnly}
          value={[...expected.ruleIds]}
          placeholder={t('trials.expected.noRule')}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(ruleIds: string[]) => onChange({ ...expected, ruleIds })}
          options={[...new Set([...ids, ...expected.ruleIds])].map((id) => ({ value: id, label: nameOf(id) }))}
        />
      </label>
      {outputs === undefined ? null : (
        <p>
          <Checkbox checked disabled={isReadOnly} onChange={() => onChange(decided)}>
            {t('trials.expected.outputs')} <code className="hash">{JSON.stringify(outputs)}</code>
          </Checkbox>
        </p>
      )}
    </>
  );
}
