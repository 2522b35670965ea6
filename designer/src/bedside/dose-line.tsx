import type { ReactNode } from 'react';
import { formatTime } from '../i18n/format-date.ts';
import { useText } from '../i18n/use-text.ts';
import { doseWords, drugWords } from '../orders/order-line.ts';
import { UrgencyMark } from '../orders/urgency-mark.tsx';
import { StateMark } from '../status/state-mark.tsx';
import type { Dose } from './due-list.ts';

/** The ordered line: drug bold, each part of the dose whole; it wraps and is never cut. */
export function DoseLine({ dose }: { readonly dose: Dose }): ReactNode {
  const text = useText();
  const { t } = text;
  return (
    <span className="dose-line">
      <strong>{drugWords(dose, text) ?? t('common.noData')}</strong>
      {doseWords(dose, text).map((part) => (
        <span key={part} className="nowrap">
          {part}
        </span>
      ))}
      <UrgencyMark line={dose} />
      {dose.isHighAlert ? <StateMark state="attention">{t('bedside.highAlert')}</StateMark> : null}
      <span className="dose-times">
        {dose.plannedAt === undefined ? null : <span className="nowrap">{t('bedside.planned', { time: formatTime(dose.plannedAt) })}</span>}
        {dose.lastGivenAt === undefined ? null : <span className="nowrap">{t('bedside.lastGiven', { time: text.dateTime(dose.lastGivenAt) })}</span>}
        {dose.earliestAt === undefined ? null : <span className="nowrap">{t('bedside.earliest', { time: text.dateTime(dose.earliestAt) })}</span>}
      </span>
    </span>
  );
}
