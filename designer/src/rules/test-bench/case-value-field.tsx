import { AutoComplete, Checkbox, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import type { RuleInput } from '#rules';
import { codeWord, unitWords } from '#rule-words';
import { Segments } from '../../app/segments.tsx';
import { useText, type Text } from '../../i18n/use-text.ts';
import { ageEntry, ageUnits, type CaseField } from './case-draft.ts';
import type { Entry } from './case-fields.ts';

export interface CaseValueFieldProps {
  readonly field: CaseField;
  readonly label: string;
  /** Undefined for a value that no input declares. */
  readonly input: RuleInput | undefined;
  readonly suggestions: readonly string[];
  readonly ageMs: number | undefined;
  readonly onChange: (entry: Entry) => void;
  readonly onAge: (ageMs: number | undefined) => void;
}

/** Whether a value of the input is of use only with an age that is entered beside it. */
export function needsAge(input: RuleInput | undefined): boolean {
  return input?.maxAge !== undefined && input.observedAtInput === undefined;
}

/** One input of a case: its value, or none, and how old it was. */
export function CaseValueField({ field, label, input, suggestions, ageMs, onChange, onAge }: CaseValueFieldProps): ReactNode {
  const text = useText();
  const { t } = text;
  const isMissing = field.entry === '';
  const hasAge = !isMissing && (ageMs !== undefined || needsAge(input));
  return (
    <div className="case-value" data-input={field.name} data-missing={isMissing}>
      <span className="case-value-name">
        {label}
        {input?.required === true ? <span className="muted small"> {t('trials.input.required')}</span> : null}
        {field.isDeclared ? null : <span className="field-error block">{t('trials.input.undeclared')}</span>}
      </span>
      <div className="case-value-entry">
        <ValueEntry field={field} label={label} input={input} suggestions={suggestions} onChange={onChange} />
        {isMissing ? <span className="muted small">{t('trials.input.missing')}</span> : null}
        {field.isInvalid ? <span className="field-error">{t('trials.input.invalid')}</span> : null}
        {hasAge ? <AgeEntry label={t('trials.age.of', { name: label })} ageMs={ageMs} onAge={onAge} /> : null}
        {hasAge && ageMs === undefined ? <span className="field-error">{t('trials.age.unknown')}</span> : null}
      </div>
    </div>
  );
}

function ValueEntry({ field, label, input, suggestions, onChange }: Omit<CaseValueFieldProps, 'ageMs' | 'onAge'>): ReactNode {
  const text = useText();
  const { t } = text;
  const { kind, entry, name } = field;
  const typed = typeof entry === 'string' ? entry : '';
  const options = suggestions.map((value) => ({ value, label: wordOf(name, value, text) }));
  switch (kind) {
    case 'boolean':
      return <Segments label={label} value={typed === '' ? 'none' : typed === 'true' ? 'yes' : 'no'} onChange={(chosen) => onChange(chosen === 'none' ? '' : String(chosen === 'yes'))} options={[{ value: 'none', label: t('common.noData') }, { value: 'yes', label: t('common.yes') }, { value: 'no', label: t('common.no') }]} />;
    case 'list':
      return (
        <>
          <Select mode="tags" aria-label={label} value={typeof entry === 'string' ? [] : [...entry]} tokenSeparators={[',', '，', '、', ' ']} placeholder={t('trials.input.list')} options={options} onChange={(chosen: string[]) => onChange(chosen.length === 0 ? '' : chosen)} />
          {entry.length === 0 ? (
            <Checkbox checked={typeof entry !== 'string'} onChange={(event) => onChange(event.target.checked ? [] : '')}>
              {t('trials.input.emptyList')}
            </Checkbox>
          ) : null}
        </>
      );
    case 'text': {
      const word = typed === '' ? '' : codeWord(name, typed, text);
      return (
        <>
          <AutoComplete aria-label={label} allowClear value={typed} options={options} showSearch={{ filterOption: (words, option) => `${option?.label ?? ''}`.toLowerCase().includes(words.toLowerCase()) }} onChange={(value: string | undefined) => onChange(value ?? '')} />
          {word === '' || word === typed ? null : <span className="muted small">{word}</span>}
        </>
      );
    }
    case 'json':
      return <Input.TextArea aria-label={label} rows={2} spellCheck={false} value={typed} placeholder="{ … }" onChange={(event) => onChange(event.target.value)} />;
    default: {
      const unit = unitWords(input?.unit, text).trim();
      const type = kind === 'date' ? 'date' : kind === 'dateTime' ? 'datetime-local' : 'text';
      return <Input aria-label={label} type={type} {...(kind === 'dateTime' ? { step: 1 } : {})} inputMode={kind === 'number' ? 'decimal' : 'text'} value={typed} onChange={(event) => onChange(event.target.value)} {...(unit === '' ? {} : { suffix: unit })} />;
    }
  }
}

/** `补钾药 (potassium-supplement)`; a code without a text as it stands. */
function wordOf(name: string, code: string, text: Text): string {
  const word = codeWord(name, code, text);
  return word === code ? code : `${word} (${code})`;
}

function AgeEntry({ label, ageMs, onAge }: { readonly label: string; readonly ageMs: number | undefined; readonly onAge: (ageMs: number | undefined) => void }): ReactNode {
  const { t } = useText();
  const { amount, unit } = ageMs === undefined ? { amount: null, unit: 'hour' as const } : ageEntry(ageMs);
  const msOf = (chosen: string): number => ageUnits.find((each) => each.unit === chosen)?.ms ?? 0;
  return (
    <span className="case-age">
      <span className="muted">{t('trials.age')}</span>
      <InputNumber aria-label={label} value={amount} controls={false} onChange={(value) => onAge(typeof value === 'number' ? Math.round(value * msOf(unit)) : undefined)} />
      <Select aria-label={t('trials.age.unit', { name: label })} value={unit} onChange={(chosen) => onAge(amount === null ? undefined : Math.round(amount * msOf(chosen)))} options={ageUnits.map((each) => ({ value: each.unit, label: t(`trials.age.${each.unit}`) }))} />
    </span>
  );
}
