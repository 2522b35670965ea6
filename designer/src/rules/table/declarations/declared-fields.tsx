import { Input, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import type { InputType } from '#rules';
import type { DeclarationField, DeclarationProblem } from '#rule-table';
import { useText } from '../../../i18n/use-text.ts';
import type { DeclaredForm } from './declared-form.ts';

const types: readonly InputType[] = ['number', 'string', 'boolean', 'date', 'dateTime', 'list', 'object', 'any'];

/** What a control needs to name what is wrong with it. */
export interface DescribedControl {
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
  readonly status?: 'error';
}

/** The fields of a form, each with its problem once one typed in it or tried to save. */
export interface DeclaredFields {
  readonly field: (name: DeclarationField, label: string, control: ReactNode) => ReactNode;
  readonly described: (name: DeclarationField) => DescribedControl;
  readonly touch: (name: DeclarationField) => void;
  readonly tryIt: () => void;
}

export function useDeclaredFields(problems: readonly DeclarationProblem[]): DeclaredFields {
  const { t, of } = useText();
  const id = useId();
  const [touched, setTouched] = useState<ReadonlySet<DeclarationField>>(new Set());
  const [isTried, setIsTried] = useState(false);

  function wordsOf(field: DeclarationField): string {
    const problem = isTried || touched.has(field) ? problems.find((each) => each.field === field) : undefined;
    return problem === undefined ? '' : t('ruleTable.expected', { expected: of(problem.expected) });
  }

  return {
    described(field) {
      const isWrong = wordsOf(field) !== '';
      return { 'aria-invalid': isWrong, 'aria-describedby': `${id}-${field}`, ...(isWrong ? { status: 'error' as const } : {}) };
    },
    field: (name, label, control) => (
      <div className="rule-declared-field">
        <span className="label">{label}</span>
        {control}
        <span id={`${id}-${name}`} className="field-error small" role="status">{wordsOf(name)}</span>
      </div>
    ),
    touch: (field) => setTouched(new Set([...touched, field])),
    tryIt: () => setIsTried(true),
  };
}

export interface CommonFieldsProps {
  readonly form: DeclaredForm;
  readonly fields: DeclaredFields;
  /** The label of the field of the name, with an example. */
  readonly nameLabel: string;
  readonly onChange: (field: DeclarationField, changed: Partial<DeclaredForm>) => void;
}

/** Name, labels, type, unit and allowed values: what inputs and results both declare. */
export function CommonFields({ form, fields: { field, described }, nameLabel, onChange }: CommonFieldsProps): ReactNode {
  const { t } = useText();
  return (
    <>
      {field('name', nameLabel, <Input aria-label={nameLabel} value={form.name} spellCheck={false} onChange={(event) => onChange('name', { name: event.target.value })} {...described('name')} />)}
      {field('description', t('ruleTable.inputs.labels'), (
        <>
          <Input aria-label={t('ruleTable.inputs.zh')} placeholder={t('ruleTable.inputs.zh')} value={form.zh} onChange={(event) => onChange('description', { zh: event.target.value })} {...described('description')} />
          <Input aria-label={t('ruleTable.inputs.en')} placeholder={t('ruleTable.inputs.en')} value={form.en} onChange={(event) => onChange('description', { en: event.target.value })} {...described('description')} />
        </>
      ))}
      {field('type', t('ruleTable.newColumn.type'), <Select aria-label={t('ruleTable.newColumn.type')} value={form.type} onChange={(type) => onChange('type', { type, ...(type === 'number' ? {} : { unit: '' }) })} options={types.map((value) => ({ value, label: t(`ruleTable.type.${value}`) }))} />)}
      {form.type === 'number' || form.unit !== '' ? field('unit', t('ruleTable.newColumn.unit'), <Input aria-label={t('ruleTable.newColumn.unit')} value={form.unit} spellCheck={false} onChange={(event) => onChange('unit', { unit: event.target.value })} {...described('unit')} />) : null}
      {field('allowedValues', t('ruleTable.inputs.allowedValues'), <Input.TextArea aria-label={t('ruleTable.inputs.allowedValues')} className="grows-with-content" rows={1} value={form.allowedValues} onChange={(event) => onChange('allowedValues', { allowedValues: event.target.value })} {...described('allowedValues')} />)}
    </>
  );
}
