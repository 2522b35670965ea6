import { Button, Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { Segments } from '../app/segments.tsx';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import { sendCommand, type CommandResult } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import { useText } from '../i18n/use-text.ts';
import { takeAccessDocument } from './documents.ts';
import { IdentityLine } from './identity-line.tsx';
import { emergencyReasons, type EmergencyReason, type PatientIdentity } from './model.ts';
import { useOpenAccesses } from './open-accesses.tsx';

/** Fewest characters of a reason; the server judges it. */
const fewest = 10;
const most = 500;

export interface EmergencyDialogProps {
  readonly patient: PatientIdentity;
  readonly onTaken: () => void;
  readonly onClose: () => void;
}

/** Asks why, says what follows from it, and opens the patient. A reason that is common comes with its sentence. */
export function EmergencyDialog({ patient, onTaken, onClose }: EmergencyDialogProps): ReactNode {
  const { t } = useText();
  const id = useId();
  const client = useClient();
  const { minutes, refresh } = useOpenAccesses();
  const [code, setCode] = useState<EmergencyReason | undefined>();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [intention] = useState(() => new Intention());
  const [result, setResult] = useState<CommandResult<unknown> | undefined>();
  const isShort = [...reason.trim()].length < fewest;

  function choose(next: EmergencyReason): void {
    // What the person wrote stays; only another reason's sentence is replaced.
    const isOwn = reason.trim() !== '' && !emergencyReasons.some((each) => each !== 'OTHER' && reason === t(`access.sentence.${each}`));
    setCode(next);
    if (!isOwn) setReason(next === 'OTHER' ? '' : t(`access.sentence.${next}`));
  }

  async function take(): Promise<void> {
    setTried(true);
    if (code === undefined || isShort) return;
    setBusy(true);
    const content = { patientId: patient.patientId, reasonCode: code, reason: reason.trim() };
    const outcome = await sendCommand(client, takeAccessDocument, { input: { ...content, idempotencyKey: intention.keyFor(content) } });
    if (outcome.kind !== 'problem') intention.answered();
    setBusy(false);
    if (outcome.kind !== 'accepted') return setResult(outcome);
    refresh();
    onTaken();
  }

  return (
    <Modal
      open
      title={t('access.title')}
      onCancel={onClose}
      footer={
        <div className="row-actions end">
          <Button onClick={onClose}>{t('access.cancel')}</Button>
          <Button type="primary" size="large" loading={busy} onClick={() => void take()}>
            {t('access.take')}
          </Button>
        </div>
      }
    >
      <IdentityLine patient={patient} />
      <p>{t('access.effect', { minutes })}</p>
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} /> : null}
      <div className="emergency-reasons">
        <Segments label={t('access.reason')} value={code} onChange={choose} options={emergencyReasons.map((value) => ({ value, label: t(`access.reason.${value}`) }))} />
      </div>
      {tried && code === undefined ? <p className="field-error" role="alert">{t('access.chooseReason')}</p> : null}
      <label className="field" htmlFor={id}>
        <span>{t('access.reasonWords')}</span>
        <Input.TextArea id={id} rows={3} maxLength={most} value={reason} onChange={(event) => setReason(event.target.value)} aria-invalid={tried && isShort} aria-describedby={`${id}-help`} />
        <span id={`${id}-help`} className={tried && isShort ? 'field-error' : 'muted small'}>
          {t('access.reasonHelp', { fewest })}
        </span>
      </label>
    </Modal>
  );
}
