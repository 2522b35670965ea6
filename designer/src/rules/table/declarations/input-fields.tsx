import { Button, Checkbox, Input, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import type { InputType, LocalizedText, RuleInput } from '#rules';
import type { DeclarationField } from '#rule-table';
import { useText } from '../../../i18n/use-text.ts';
import { emptyInputForm, inputFormOf, readInputForm, type InputForm } from './input-form.ts';

const types: readonly InputType[] = ['number', 'string', 'boolean', 'date', 'dateTime', 'list', 'object', 'any'];
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
  const id = useId();
  const isNew = before === undefined;
  const [form, setForm] = useState(() => (before ? inputFormOf(before) : emptyInputForm));
  const [touched, setTouched] = useState<ReadonlySet<DeclarationField>>(new Set());
  const [isTried, setIsTried] = useState(false);
  const [refused, setRefused] = useState<LocalizedText | undefined>();
  const [withColumn, setWithColumn] = useState(isNew);
  const { input, problems } = readInputForm(form, others, before);
  const clocks = others.filter(({ type }) => type === 'dateTime').map(({ name }) => name);

  function change(field: DeclarationField, changed: Partial<InputForm>): void {
    setForm({ ...form, ...changed });
    setTouched(new Set([...touched, field]));
    setRefused(undefined);
  }

  function wordsOf(field: DeclarationField): string {
    const problem = isTried || touched.has(field) ? problems.find((each) => each.field === field) : undefined;
    return problem === undefined ? '' : t('ruleTable.expected', { expected: of(problem.expected) });
  }

  function described(field: DeclarationField): { readonly 'aria-invalid': boolean; readonly 'aria-describedby': string; readonly status?: 'error' } {
    const isWrong = wordsOf(field) !== '';
    return { 'aria-invalid': isWrong, 'aria-describedby': `${id}-${field}`, ...(isWrong ? { status: 'error' as const } : {}) };
  }

  const field = (name: DeclarationField, label: string, control: ReactNode): ReactNode => (
    <div className="rule-declared-field">
      <span className="label">{label}</span>
      {control}
      <span id={`${id}-${name}`} className="field-error small" role="status">{wordsOf(name)}</span>
    </div>
  );

  return (
    <form
      className="rule-declared-form"
      aria-label={isNew ? t('ruleTable.inputs.add') : t('ruleTable.inputs.change', { name: before.name })}
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (problems.length === 0) setRefused(onSave(input, withColumn));
      }}
    >
      {field('name', t('ruleTable.inputs.name'), <Input aria-label={t('ruleTable.inputs.name')} value={form.name} spellCheck={false} onChange={(event) => change('name', { name: event.target.value })} {...described('name')} />)}
      {field('description', t('ruleTable.inputs.labels'), (
        <>
          <Input aria-label={t('ruleTable.inputs.zh')} placeholder={t('ruleTable.inputs.zh')} value={form.zh} onChange={(event) => change('description', { zh: event.target.value })} {...described('description')} />
          <Input aria-label={t('ruleTable.inputs.en')} placeholder={t('ruleTable.inputs.en')} value={form.en} onChange={(event) => change('description', { en: event.target.value })} {...described('description')} />
        </>
      ))}
      {field('type', t('ruleTable.newColumn.type'), <Select aria-label={t('ruleTable.newColumn.type')} value={form.type} onChange={(type) => change('type', { type, ...(type === 'number' ? {} : { unit: '' }) })} options={types.map((value) => ({ value, label: t(`ruleTable.type.${value}`) }))} />)}
      {form.type === 'number' || form.unit !== '' ? field('unit', t('ruleTable.newColumn.unit'), <Input aria-label={t('ruleTable.newColumn.unit')} value={form.unit} spellCheck={false} onChange={(event) => change('unit', { unit: event.target.value })} {...described('unit')} />) : null}
      {field('allowedValues', t('ruleTable.inputs.allowedValues'), <Input.TextArea aria-label={t('ruleTable.inputs.allowedValues')} autoSize={{ minRows: 1, maxRows: 6 }} value={form.allowedValues} onChange={(event) => change('allowedValues', { allowedValues: event.target.value })} {...described('allowedValues')} />)}
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
