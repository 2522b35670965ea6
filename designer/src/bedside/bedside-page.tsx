import { CameraOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Page } from '../app/page.tsx';
import { useText } from '../i18n/use-text.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { ScannedPatient } from '../patient-access/scanned-patient.tsx';
import { PatientBanner } from '../patient/patient-banner.tsx';
import { readScannerSettings, wedgeSettingsOf } from '../scanner/scanner-settings.ts';
import { ScanTarget } from '../scanner/scan-target.tsx';
import { useScanner } from '../scanner/use-scanner.ts';
import '../app/styles/bedside.css';
import { CameraPanel } from './camera-panel.tsx';
import { ConfirmPanel } from './confirm-panel.tsx';
import { DuePanel } from './due-panel.tsx';
import { ManualEntry } from './manual-entry.tsx';
import { MismatchPanel } from './mismatch-panel.tsx';
import { NotGivenForm } from './not-given.tsx';
import { AnsweredDose } from './answered-dose.tsx';
import { ResultBand } from './result-band.tsx';
import { triesBeforeManual } from './scan-machine.ts';
import { UnsentRecord } from './unsent-record.tsx';
import { useBedside } from './use-bedside.ts';

/** The step whose value may be entered by hand; also while it is being checked, so that nothing entered is lost. */
const manualSteps: Readonly<Record<string, 'patient' | 'drug'>> = { awaitingWristband: 'patient', checkingWristband: 'patient', awaitingDrug: 'drug', checkingDrug: 'drug' };

const instructions: Readonly<Record<string, MessageKey>> = {
  awaitingWristband: 'bedside.scanWristband',
  checkingWristband: 'bedside.checking',
  awaitingDrug: 'bedside.scanDrug',
  checkingDrug: 'bedside.checking',
  submitting: 'task.stage.processing',
  submitted: 'bedside.rescanNext',
};

/** Right patient, right item: three bands, one instruction at a time, no typing in the normal path. */
export function BedsidePage(): ReactNode {
  const [params] = useSearchParams();
  const wanted = params.get('task') ?? undefined;
  return <Bedside key={wanted ?? ''} wantedTaskId={wanted} />;
}

function Bedside({ wantedTaskId }: { readonly wantedTaskId: string | undefined }): ReactNode {
  const { t } = useText();
  const { state, send } = useBedside(wantedTaskId);
  const [scanner] = useState(() => readScannerSettings(window.localStorage));
  const [wedgeSettings] = useState(() => wedgeSettingsOf(scanner));
  const [camera, setCamera] = useState(false);
  const [notGiven, setNotGiven] = useState(false);
  const { context } = state;
  const at = typeof state.value === 'string' ? state.value : '';
  const awaits = at === 'awaitingWristband' || at === 'awaitingDrug';
  const onScan = (code: string): void => {
    setNotGiven(false);
    send({ type: 'scanned', code });
  };
  // Always on: in a state that takes no scan, the scanner's Enter must still not press a button.
  useScanner(true, onScan, wedgeSettings);
  const chosen = context.identified?.doses.find((dose) => dose.task.id === context.chosenTaskId);
  // Also while it is sent again, so that nothing moves under the finger.
  const isUnsent = at === 'unsent' || (at === 'submitting' && context.trouble?.kind === 'problem');
  const asksWhy = notGiven && chosen !== undefined && (at === 'awaitingDrug' || at === 'confirming');
  const instruction = isUnsent || asksWhy ? undefined : instructions[at];
  const manualStep = manualSteps[at];
  const other = at === 'awaitingDrug' && context.trouble?.kind === 'otherWristband' ? context.trouble : undefined;

  if (context.mismatch !== undefined && (at === 'mismatch' || at === 'reporting')) {
    return (
      <Page page="bedside" title="bedside.title" ready hideHeading>
        <MismatchPanel {...context.mismatch} patient={context.identified?.patient} busy={at === 'reporting'} onRescan={() => send({ type: 'rescan' })} onStop={() => send({ type: 'stopAndReport' })} />
      </Page>
    );
  }
  return (
    <Page page="bedside" title="bedside.title" ready hideHeading>
      <div className="bedside" data-step={at}>
        {scanner.mode === 'injection' ? <ScanTarget /> : null}
        {context.identified === undefined ? null : <PatientBanner patient={context.identified.patient} />}
        {instruction === undefined ? null : (
          <section className={`band band-instruction ${awaits ? 'band-awaits' : ''}`} aria-label={t('bedside.instruction')} aria-live="polite">
            <p className="instruction">{t(instruction)}</p>
            {at === 'awaitingWristband' ? <p>{t('bedside.scanWristbandHelp')}</p> : null}
          </section>
        )}
        {asksWhy ? null : <ResultBand at={at} context={context} />}
        {other === undefined ? null : (
          <div className="thumb-actions">
            <Button size="large" type="primary" onClick={() => send({ type: 'switchPatient', wristband: other.wristband })}>
              {t('bedside.switchPatient', { other: other.patient.name })}
            </Button>
          </div>
        )}
        <AnsweredDose at={at} context={context} />
        {at === 'awaitingWristband' && context.trouble?.kind === 'unknownWristband' ? <ScannedPatient key={context.trouble.wristband} wristband={context.trouble.wristband} onOpen={() => context.trouble?.kind === 'unknownWristband' && onScan(context.trouble.wristband)} /> : null}
        {at === 'confirming' && context.verified !== undefined ? <ConfirmPanel verified={context.verified} onConfirm={() => send({ type: 'confirm' })} onNotGiven={() => setNotGiven(true)} onRescan={() => send({ type: 'rescan' })} /> : null}
        {manualStep === undefined || context.unreadable < triesBeforeManual ? null : (
          <ManualEntry
            key={manualStep}
            step={manualStep}
            onEntered={(first, second, reason) => send(manualStep === 'drug' ? { type: 'manualDrug', entered: { drugCode: first, batch: second, reason } } : { type: 'manualPatient', entered: { encounterId: first, name: second, reason } })}
          />
        )}
        {asksWhy ? (
          <NotGivenForm
            dose={chosen}
            onCancel={() => setNotGiven(false)}
            onSubmit={(given) => {
              setNotGiven(false);
              send({ type: 'notGiven', notGiven: given });
            }}
          />
        ) : null}
        {at === 'awaitingDrug' && context.identified !== undefined ? <DuePanel doses={context.identified.doses} chosenTaskId={context.chosenTaskId} onChoose={(taskId) => send({ type: 'choose', taskId })} /> : null}
        {camera && awaits ? <CameraPanel onCode={onScan} onClose={() => setCamera(false)} /> : null}
        <div className="thumb-actions">
          {awaits && !camera ? (
            <Button size="large" icon={<CameraOutlined aria-hidden />} onClick={() => setCamera(true)}>
              {t('bedside.camera')}
            </Button>
          ) : null}
          {awaits && context.unreadable < triesBeforeManual ? (
            <Button size="large" onClick={() => send({ type: 'unreadable' })}>
              {t('bedside.unreadable')}
            </Button>
          ) : null}
          {at === 'awaitingDrug' && chosen !== undefined && !notGiven ? (
            <Button size="large" onClick={() => setNotGiven(true)}>
              {t('bedside.notGiven')}
            </Button>
          ) : null}
          {at === 'refused' ? (
            <Button size="large" onClick={() => send({ type: 'rescan' })}>
              {t('bedside.rescan')}
            </Button>
          ) : null}
          {['awaitingDrug', 'submitted', 'pending', 'stopped', 'refused'].includes(at) ? (
            <Button size="large" type={at === 'awaitingDrug' || at === 'refused' ? 'default' : 'primary'} onClick={() => send({ type: 'otherPatient' })}>
              {t('bedside.otherPatient')}
            </Button>
          ) : null}
        </div>
        {isUnsent ? <UnsentRecord onResend={() => send({ type: 'confirm' })} onAbandon={() => send({ type: 'otherPatient' })} /> : null}
        {at === 'awaitingWristband' ? (
          <p className="bedside-links">
            <Link to="/find-patient">{t('nav.find')}</Link>
            <Link to="/bedside/setup">{t('scanner.title')}</Link>
          </p>
        ) : null}
        {at === 'awaitingDrug' && context.identified !== undefined ? (
          <p className="bedside-links">
            <Link to={`/patients/${context.identified.patient.patientId}`}>{t('bedside.patientPage')}</Link>
          </p>
        ) : null}
      </div>
    </Page>
  );
}
