import { Input } from 'antd';
import type { ReactNode } from 'react';
import { Segments } from '../app/segments.tsx';
import { useText } from '../i18n/use-text.ts';
import { rangeChoices, rangeProblem, type ChosenRange } from './date-range.ts';

export interface DateRangeFieldProps {
  readonly value: ChosenRange;
  readonly onChange: (value: ChosenRange) => void;
  readonly maximumDays?: number;
}

/** The last days, or from one day to another on the reader's calendar. */
export function DateRangeField({ value, onChange, maximumDays }: DateRangeFieldProps): ReactNode {
  const { t } = useText();
  const problem = rangeProblem(value, maximumDays);
  return (
    <div className="date-range">
      <Segments label={t('range')} value={value.choice} onChange={(choice) => onChange({ ...value, choice })} options={rangeChoices.map((choice) => ({ value: choice, label: choice === 'days' ? t('range.days') : t('range.last', { days: choice }) }))} />
      {value.choice === 'days' ? (
        <span className="date-range-days">
          <Input type="date" aria-label={t('range.from')} value={value.from} onChange={(event) => onChange({ ...value, from: event.target.value })} />
          <span aria-hidden="true">–</span>
          <Input type="date" aria-label={t('range.to')} value={value.to} onChange={(event) => onChange({ ...value, to: event.target.value })} />
        </span>
      ) : null}
      {problem === undefined ? null : <span className={problem === 'missing' ? 'muted' : 'field-error'}>{t(`range.${problem}`, { days: maximumDays ?? 0 })}</span>}
    </div>
  );
}
