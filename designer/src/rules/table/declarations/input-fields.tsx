import { Button, Checkbox, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import type { LocalizedText, RuleInput } from '#rules';
import type { DeclarationField } from '#rule-table';
import { useText } from '../../../i18n/use-text.ts';
import { CommonFields, useDeclaredFields } from './declared-fields.tsx';
import { emptyInputForm, inputFormOf, readInputForm, type InputForm } from './input-form.ts';

const policies = ['stop', 'person', 'branch', 'none'] as const;

export interface InputFieldsProps {
  /** The input that is changed; undefined for a new one. */
  readonly before: RuleInput | undefined;
  /** The other inputs of the rule set. */
  readonly others: readonly RuleInput[];
  /** Gives why the input cannot be declared so. */
  readonly onSave: (input: RuleInput, withColumn: boolean) => LocalizedText | undefined;
  readonly onClose: () => void;
}

/** The fields of one input. What is wrong with a field shows as one types in it, and with all of them once one tried to save. */
export function InputFields({ before, others, onSave, onClose }: InputFieldsProps): ReactNode {
  const { t, of } = useText();
  const isNew = before === undefined;
  const [form, setForm] = useState(() => (before ? inputFormOf(before) : emptyInputForm));
  const [refused, setRefused] = useState<LocalizedText | undefined>();
  const [withColumn, setWithColumn] = useState(isNew);
  const { input, problems } = readInputForm(form, others, before);
  const clocks = others.filter(({ type }) => type === 'dateTime').map(({ name }) => name);

  const fields = useDeclaredFields(problems);
  const { field, described } = fields;

  function change(name: DeclarationField, changed: Partial<InputForm>): void {
    setForm({ ...form, ...changed });
    fields.touch(name);
    setRefused(undefined);
  }

  return (
    <form
      className="rule-declared-form"
      aria-label={isNew ? t('ruleTable.inputs.add') : t('ruleTable.inputs.change', { name: before.name })}
      onSubmit={(event) => {
        event.preventDefault();
        fields.tryIt();
        if (problems.length === 0) setRefused(onSave(input, withColumn));
      }}
    >
      <CommonFields form={form} fields={fields} nameLabel={t('ruleTable.inputs.name')} onChange={change} />
      {field('maxAge', t('ruleTable.inputs.maxAge'), <Input aria-label={t('ruleTable.inputs.maxAge')} value={form.maxAge} onChange={(event) => change('maxAge', { maxAge: event.target.value })} {...described('maxAge')} />)}
      {clocks.length > 0 || form.observedAtInput !== '' ? field('observedAtInput', t('ruleTable.inputs.observedAt'), <Select aria-label={t('ruleTable.inputs.observedAt')} value={form.observedAtInput} onChange={(observedAtInput) => change('observedAtInput', { observedAtInput })} options={[{ value: '', label: t('ruleTable.inputs.observedAt.caller') }, ...clocks.map((value) => ({ value, label: value }))]} />) : null}
      {field('whenMissing', t('ruleTable.inputs.missing'), <Select aria-label={t('ruleTable.inputs.missing')} value={form.missing} onChange={(missing) => change('whenMissing', { missing })} options={policies.map((value) => ({ value, label: t(`ruleTable.inputs.missing.${value}`) }))} />)}
      {form.missing === 'branch' ? field('value', t('ruleTable.inputs.value'), <Input aria-label={t('ruleTable.inputs.value')} value={form.value} onChange={(event) => change('value', { value: event.target.value })} {...described('value')} />) : null}
      <Checkbox checked={form.required} onChange={(event) => setForm({ ...form, required: event.target.checked })}>{t('ruleTable.inputs.required')}</Checkbox>
      {isNew ? <Checkbox checked={withColumn} onChange={(event) => setWithColumn(event.target.checked)}>{t('ruleTable.inputs.withColumn')}</Checkbox> : null}
      <div className="rule-tools">
        <Button type="primary" htmlType="submit">{isNew ? t('ruleTable.inputs.add') : t('ruleTable.inputs.save')}</Button>
        <Button onClick={onClose}>{t('common.keep')}</Button>
      </div>
      <p className="field-error" role="alert">{refused === undefined ? '' : of(refused)}</p>
    </form>
  );
}
