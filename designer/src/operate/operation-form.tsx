import { Button, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useClient, type TypedDocumentNode } from 'urql';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import { sendCommand } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import type { InstanceDetail } from '../instances/documents.ts';
import { useText } from '../i18n/use-text.ts';
import { OperationStages } from './operation-stages.tsx';
import { afterAnswer, afterReading, isEditable, type Stage } from './stage.ts';

export interface OperationFormProps<Input extends Record<string, unknown>> {
  readonly instance: Pick<InstanceDetail, 'id'>;
  /** Left out where a heading stands above it. */
  readonly title?: string;
  /** What will happen, in plain words. */
  readonly effect: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  readonly isDanger?: boolean;
  readonly document: TypedDocumentNode<Record<string, unknown>, { input: Input & CommandFields }>;
  /** What is sent beside the case, the reason and the key; undefined while a field is wrong. */
  readonly input: Input | undefined;
  /** What the fields still lack, as a sentence. */
  readonly missing?: string | undefined;
  /** Why this can no longer be done, while the person writes. What was written stays. */
  readonly overtaken?: string | undefined;
  /** Whether the case shows the effect; asked when the answer was only that it is in the inbox. */
  readonly hasTakenEffect: boolean;
  readonly outcome: string;
  readonly children?: (isEditable: boolean) => ReactNode;
  readonly onChanged: () => void;
  readonly onSend?: () => void;
  readonly onAccepted?: () => void;
  readonly onClose: () => void;
}

interface CommandFields {
  readonly instanceId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** One operation: what it does, its fields, the reason for the record, how far it is and how it ended. */
export function OperationForm<Input extends Record<string, unknown>>({ instance, title, effect, action, isDanger = false, document, input, missing, overtaken, hasTakenEffect, outcome, children, onChanged, onSend, onAccepted, onClose }: OperationFormProps<Input>): ReactNode {
  const { t } = useText();
  const client = useClient();
  const id = useId();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [answered, setAnswered] = useState<Stage>({ stage: 'editing' });
  const [intention] = useState(() => new Intention());
  const stage = afterReading(answered, hasTakenEffect);
  const editable = isEditable(stage);
  const lacksReason = tried && reason.trim() === '';

  async function act(): Promise<void> {
    setTried(true);
    if (reason.trim() === '' || missing !== undefined || input === undefined || overtaken !== undefined) return;
    onSend?.();
    setAnswered({ stage: 'submitted' });
    const content = { ...input, instanceId: instance.id, reason: reason.trim() };
    const result = await sendCommand<{ readonly pending: boolean }, { input: Input & CommandFields }>(client, document, { input: { ...content, idempotencyKey: intention.keyFor(content) } });
    if (result.kind !== 'problem') intention.answered();
    if (result.kind === 'accepted') onAccepted?.();
    setAnswered(afterAnswer(result));
    onChanged();
  }

  return (
    <section className="operation" aria-label={title ?? action} data-stage={stage.stage}>
      {title === undefined ? null : <h3>{title}</h3>}
      {editable ? <div className="operation-effect">{effect}</div> : null}
      {children?.(editable)}
      {editable ? (
        <>
          {tried && missing !== undefined ? <p className="field-error" role="alert">{missing}</p> : null}
          <label className="field" htmlFor={id}>
            <span>{t('common.reason')}</span>
            <Input.TextArea id={id} rows={3} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} {...(lacksReason ? { status: 'error' as const } : {})} aria-required="true" aria-invalid={lacksReason} aria-describedby={`${id}-help`} />
            <span id={`${id}-help`} className={lacksReason ? 'field-error' : 'muted small'}>
              {t('common.reasonRequired')}
            </span>
          </label>
          {stage.stage === 'refused' ? <RefusalNotice refusal={stage.refusal} /> : null}
          {stage.stage === 'problem' ? <ProblemNotice problem={stage.problem} /> : null}
          {overtaken === undefined ? null : <p className="notice notice-attention" role="status">{overtaken}</p>}
          <div className="row-actions end">
            <Button onClick={onClose}>{t('common.keep')}</Button>
            <Button type="primary" danger={isDanger} disabled={overtaken !== undefined} onClick={() => void act()}>
              {action}
            </Button>
          </div>
        </>
      ) : (
        <>
          <OperationStages stage={stage} outcome={outcome} reason={reason.trim()} />
          {stage.stage === 'submitted' ? null : <Button onClick={onClose}>{t('operate.back')}</Button>}
        </>
      )}
    </section>
  );
}
