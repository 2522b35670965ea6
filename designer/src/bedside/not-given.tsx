import { Button, Input } from 'antd';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { Segments } from '../app/segments.tsx';
import { useText } from '../i18n/use-text.ts';
import { taskDocument } from '../tasks/documents.ts';
import { DoseLine } from './dose-line.tsx';
import type { Dose } from './due-list.ts';
import { outcomeOfReason, reasonCodesOf } from './reason-codes.ts';
import type { NotGiven } from './scan-machine.ts';

export interface NotGivenFormProps {
  readonly dose: Dose;
  readonly onSubmit: (notGiven: NotGiven) => void;
  readonly onCancel: () => void;
}

/** 没有给: refused or not done. One tap for the reason, which says the outcome as well; words are needed only for 其他. Needs no drug scan. */
export function NotGivenForm({ dose, onSubmit, onCancel }: NotGivenFormProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [result] = useQuery({ query: taskDocument, variables: { id: dose.task.id } });
  const [outcome, setOutcome] = useState<NotGiven['outcome'] | undefined>();
  const [reasonCode, setReasonCode] = useState('');
  const [comment, setComment] = useState('');
  const [tried, setTried] = useState(false);
  const codes = reasonCodesOf(result.data?.task?.form);
  const chosen = codes.find(({ code }) => code === reasonCode);
  const words = [chosen === undefined || chosen.code === 'other' ? '' : text.of(chosen.title), comment.trim()].filter((part) => part !== '').join(' ');

  function choose(code: string): void {
    setReasonCode(code);
    setOutcome(outcomeOfReason(code, outcome));
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (words !== '' && outcome !== undefined) onSubmit({ outcome, reason: words, ...(chosen === undefined ? {} : { reasonCode: chosen.code }) });
  }

  return (
    <form className="card manual" aria-label={t('bedside.notGiven')} onSubmit={submit}>
      <h2>{t('bedside.notGiven.lead')}</h2>
      <p>
        <DoseLine dose={dose} />
      </p>
      {codes.length === 0 ? null : <Segments label={t('common.reason')} value={reasonCode} onChange={choose} options={codes.map(({ code, title }) => ({ value: code, label: text.of(title) }))} />}
      <p className="label">{t('bedside.notGiven.recordAs')}</p>
      <Segments
        label={t('bedside.notGiven.recordAs')}
        value={outcome}
        onChange={setOutcome}
        options={[
          { value: 'refused', label: t('bedside.notGiven.refused') },
          { value: 'not-done', label: t('bedside.notGiven.notDone') },
        ]}
      />
      {tried && outcome === undefined ? <p className="field-error" role="alert">{t('bedside.notGiven.chooseOutcome')}</p> : null}
      <label className="field">
        <span>{chosen === undefined || chosen.code === 'other' ? t('common.reason') : `${t('common.reason')} (${t('common.optional')})`}</span>
        <Input.TextArea rows={2} value={comment} maxLength={300} onChange={(event) => setComment(event.target.value)} aria-invalid={tried && words === ''} />
      </label>
      {tried && words === '' ? <p className="field-error" role="alert">{t('common.reasonRequired')}</p> : null}
      <div className="row-actions">
        <Button onClick={onCancel}>{t('common.back')}</Button>
        <Button type="primary" htmlType="submit" size="large">
          {t('bedside.notGiven.submit')}
        </Button>
      </div>
    </form>
  );
}
