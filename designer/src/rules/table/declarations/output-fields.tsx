import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { LocalizedText, RuleOutput } from '#rules';
import type { DeclarationField } from '#rule-table';
import { useText } from '../../../i18n/use-text.ts';
import { CommonFields, useDeclaredFields } from './declared-fields.tsx';
import { emptyOutputForm, outputFormOf, readOutputForm, type OutputForm } from './output-form.ts';

export interface OutputFieldsProps {
  /** The result that is changed; undefined for a new one. */
  readonly before: RuleOutput | undefined;
  /** The other results of the rule set. */
  readonly others: readonly RuleOutput[];
  /** Gives why the result cannot be declared so. */
  readonly onSave: (output: RuleOutput) => LocalizedText | undefined;
  readonly onClose: () => void;
}

/** The fields of one result. What is wrong with a field shows as one types in it, and with all of them once one tried to save. */
export function OutputFields({ before, others, onSave, onClose }: OutputFieldsProps): ReactNode {
  const { t, of } = useText();
  const isNew = before === undefined;
  const [form, setForm] = useState(() => (before ? outputFormOf(before) : emptyOutputForm));
  const [refused, setRefused] = useState<LocalizedText | undefined>();
  const { output, problems } = readOutputForm(form, others, before);
  const fields = useDeclaredFields(problems);

  function change(field: DeclarationField, changed: Partial<OutputForm>): void {
    setForm({ ...form, ...changed });
    fields.touch(field);
    setRefused(undefined);
  }

  return (
    <form
      className="rule-declared-form"
      aria-label={isNew ? t('ruleTable.outputs.add') : t('ruleTable.outputs.change', { name: before.name })}
      onSubmit={(event) => {
        event.preventDefault();
        fields.tryIt();
        if (problems.length === 0) setRefused(onSave(output));
      }}
    >
      <CommonFields form={form} fields={fields} nameLabel={t('ruleTable.newColumn.outputName')} onChange={change} />
      {fields.field('default', t('ruleTable.outputs.default'), <Input aria-label={t('ruleTable.outputs.default')} value={form.default} onChange={(event) => change('default', { default: event.target.value })} {...fields.described('default')} />)}
      <p className="small muted rule-declared-lead">{t(isNew ? 'ruleTable.outputs.addLead' : 'ruleTable.outputs.changeLead')}</p>
      <div className="rule-tools">
        <Button type="primary" htmlType="submit">{t(isNew ? 'ruleTable.outputs.add' : 'ruleTable.outputs.save')}</Button>
        <Button onClick={onClose}>{t('common.keep')}</Button>
      </div>
      <p className="field-error" role="alert">{refused === undefined ? '' : of(refused)}</p>
    </form>
  );
}
