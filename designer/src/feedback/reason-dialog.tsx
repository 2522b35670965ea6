import { Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import type { CommandResult } from '../graphql/command.ts';
import { useText } from '../i18n/use-text.ts';
import { ActDialog, type ActDialogProps } from './act-dialog.tsx';
import { ProblemNotice } from './feedback.tsx';
import { RefusalNotice } from './refusal-notice.tsx';

export interface ReasonDialogProps extends Pick<ActDialogProps, 'title' | 'effect' | 'action'> {
  readonly label?: string;
  /** Further fields, before the reason. */
  readonly children?: ReactNode;
  /** What these fields still lack, as a sentence. */
  readonly missing?: string | undefined;
  readonly onAct: (reason: string) => Promise<CommandResult<unknown>>;
  readonly onClose: (done: boolean) => void;
}

/** Previews an action's effect, asks for the reason that goes on record, and shows how it ended. */
export function ReasonDialog({ title, effect, action, label, children, missing, onAct, onClose }: ReasonDialogProps): ReactNode {
  const { t } = useText();
  const id = useId();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<CommandResult<unknown> | undefined>();
  const lacksReason = tried && reason.trim() === '';

  async function act(): Promise<void> {
    setTried(true);
    if (reason.trim() === '' || missing !== undefined) return;
    setBusy(true);
    const outcome = await onAct(reason.trim());
    setBusy(false);
    if (outcome.kind === 'accepted') onClose(true);
    else setResult(outcome);
  }

  return (
    <ActDialog title={title} effect={effect} action={action} busy={busy} onAct={() => void act()} onClose={() => onClose(false)}>
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} /> : null}
      {children}
      {tried && missing !== undefined ? <p className="field-error">{missing}</p> : null}
      <label className="field" htmlFor={id}>
        <span>{label ?? t('common.reason')}</span>
        <Input.TextArea id={id} rows={3} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} {...(lacksReason ? { status: 'error' as const } : {})} aria-invalid={lacksReason} aria-describedby={`${id}-help`} />
        <span id={`${id}-help`} className={lacksReason ? 'field-error' : 'visually-hidden'}>
          {t('common.reasonRequired')}
        </span>
      </label>
    </ActDialog>
  );
}
