import { Button } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { useNow } from '../app/clock.ts';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { sendCommand, type CommandResult } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import '../app/styles/patient-access.css';
import { endAccessDocument } from './documents.ts';
import { useOpenAccesses } from './open-accesses.tsx';
import { countdown } from './countdown.ts';

/** Leaves the patient's page and everything that this app remembers of it. */
function leavePatient(): void {
  window.location.replace('/find-patient?ended=1');
}

/** On every page of a patient whom the viewer sees by emergency access: how long yet, and how to end it. */
export function EmergencyBanner({ patientId }: { readonly patientId: string }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const { accesses } = useOpenAccesses();
  const now = useNow(true);
  const access = accesses.find(({ patient }) => patient.patientId === patientId);
  const wasOpen = useRef(false);
  const isOver = access === undefined || access.endsMs <= now;
  const [intention] = useState(() => new Intention());
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<CommandResult<unknown> | undefined>();

  useEffect(() => {
    if (!isOver) wasOpen.current = true;
    else if (wasOpen.current) leavePatient();
  }, [isOver]);

  if (access === undefined) return null;

  async function end(accessId: string): Promise<void> {
    setBusy(true);
    const outcome = await sendCommand(client, endAccessDocument, { input: { accessId, idempotencyKey: intention.keyFor(accessId) } });
    if (outcome.kind === 'accepted') leavePatient();
    else {
      setBusy(false);
      setResult(outcome);
    }
  }

  return (
    <div className="emergency-banner" role="status" data-open-access={access.id}>
      <StateMark state="attention">{t('access.title')}</StateMark>
      <span className="nowrap" role="timer">{t('access.left', { time: countdown(access.endsMs - now) })}</span>
      <span className="small emergency-banner-note">{t('access.onRecord')}</span>
      <Button size="small" loading={busy} onClick={() => void end(access.id)}>
        {t('access.end')}
      </Button>
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} /> : null}
    </div>
  );
}
