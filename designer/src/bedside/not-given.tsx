import { Button, Input } from 'antd';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Segments } from '../app/segments.tsx';
import { useText } from '../i18n/use-text.ts';
import type { NotGiven } from './scan-machine.ts';

/** 没有给: refused or not done, with the reason. Needs no drug scan. */
export function NotGivenForm({ onSubmit, onCancel }: { readonly onSubmit: (notGiven: NotGiven) => void; readonly onCancel: () => void }): ReactNode {
  const { t } = useText();
  const [outcome, setOutcome] = useState<NotGiven['outcome']>('refused');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim() === '';

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!missing) onSubmit({ outcome, reason: reason.trim() });
  }

  return (
    <form className="card manual" aria-label={t('bedside.notGiven')} onSubmit={submit}>
      <h2>{t('bedside.notGiven.lead')}</h2>
      <Segments
        label={t('bedside.notGiven.lead')}
        value={outcome}
        onChange={setOutcome}
        options={[
          { value: 'refused', label: t('bedside.notGiven.refused') },
          { value: 'not-done', label: t('bedside.notGiven.notDone') },
        ]}
      />
      <label className="field">
        <span>{t('common.reason')}</span>
        <Input.TextArea rows={2} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} aria-invalid={tried && missing} />
      </label>
      {tried && missing ? <p className="field-error" role="alert">{t('common.reasonRequired')}</p> : null}
      <div className="row-actions">
        <Button onClick={onCancel}>{t('common.back')}</Button>
        <Button type="primary" htmlType="submit" size="large">
          {t('bedside.notGiven.submit')}
        </Button>
      </div>
    </form>
  );
}
