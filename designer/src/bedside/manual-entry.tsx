import { Button, Input } from 'antd';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Segments } from '../app/segments.tsx';
import { useText } from '../i18n/use-text.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { ManualReason } from './scan-machine.ts';

const reasons: readonly ManualReason[] = ['damaged', 'missing', 'device', 'emergency', 'other'];

export interface ManualEntryProps {
  readonly step: 'patient' | 'drug';
  readonly onEntered: (first: string, second: string, reason: ManualReason) => void;
}

const labels: Readonly<Record<'patient' | 'drug', readonly [MessageKey, MessageKey]>> = {
  patient: ['bedside.manual.encounter', 'bedside.manual.name'],
  drug: ['bedside.manual.drugCode', 'bedside.manual.batch'],
};

/** Two identifiers and one reason, after two unreadable tries. What is entered is checked like a scan. */
export function ManualEntry({ step, onEntered }: ManualEntryProps): ReactNode {
  const { t } = useText();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [reason, setReason] = useState<ManualReason>();
  const [tried, setTried] = useState(false);
  const missing = first.trim() === '' || second.trim() === '' || reason === undefined;
  const [firstLabel, secondLabel] = labels[step];

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!missing) onEntered(first, second, reason);
  }

  return (
    <form className="card manual" aria-label={t('bedside.manual')} onSubmit={submit}>
      <h2>
        <StateMark state="attention">{t('bedside.manual')}</StateMark>
      </h2>
      <p>{t('bedside.manual.lead')}</p>
      <label className="field">
        <span>{t(firstLabel)}</span>
        <Input value={first} onChange={(event) => setFirst(event.target.value)} autoComplete="off" aria-invalid={tried && first.trim() === ''} />
      </label>
      <label className="field">
        <span>{t(secondLabel)}</span>
        <Input value={second} onChange={(event) => setSecond(event.target.value)} autoComplete="off" aria-invalid={tried && second.trim() === ''} />
      </label>
      <p className="label">{t('common.reason')}</p>
      <Segments label={t('common.reason')} value={reason} onChange={setReason} options={reasons.map((value) => ({ value, label: t(`bedside.manual.reason.${value}`) }))} />
      {tried && missing ? <p className="field-error" role="alert">{t('form.required')}</p> : null}
      <Button type="primary" htmlType="submit" size="large" block>
        {t('bedside.manual.submit')}
      </Button>
    </form>
  );
}
