import { Button } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Refusal } from '../graphql/command.ts';
import type { Patient } from '../graphql/model.ts';
import { useText } from '../i18n/use-text.ts';
import { wholeAmounts } from '../i18n/whole-amounts.ts';
import { Masked } from '../policy/masked.tsx';
import type { Dose } from './due-list.ts';
import { DoseLine } from './dose-line.tsx';

export interface MismatchPanelProps {
  readonly step: 'patient' | 'drug';
  readonly refusal: Refusal;
  readonly dose: Dose | undefined;
  readonly scannedAs?: Patient | undefined;
  readonly patient: Patient | undefined;
  readonly busy: boolean;
  readonly onRescan: () => void;
  readonly onStop: () => void;
}

/** Blocks everything else: both identities side by side, and only two ways on. */
export function MismatchPanel({ step, refusal, dose, scannedAs, patient, busy, onRescan, onStop }: MismatchPanelProps): ReactNode {
  const { t, of } = useText();
  const panel = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    // Modal, so that nothing behind it can be reached; Escape does not leave it.
    if (panel.current?.open === false) panel.current.showModal();
    // The heading, not a button: whatever comes next must be meant.
    panel.current?.querySelector('h2')?.focus();
  }, []);
  const isPatient = refusal.checkCode === undefined ? step === 'patient' : /PATIENT|WRISTBAND/.test(refusal.checkCode);
  const isDrug = refusal.checkCode === undefined ? step === 'drug' : /DRUG|BARCODE|MEDICATION/.test(refusal.checkCode);
  const lead = t(isPatient ? 'bedside.mismatch.patient' : isDrug ? 'bedside.mismatch.drug' : 'bedside.mismatch.other');
  const who = dose?.task.patient ?? patient;
  return (
    <dialog className="mismatch" role="alertdialog" aria-label={t('bedside.mismatch')} aria-describedby="mismatch-lead" ref={panel} onCancel={(event) => event.preventDefault()} data-state="mismatch" data-check={refusal.checkCode}>
      <header>
        <svg width="64" height="64" viewBox="0 0 64 64" aria-hidden="true">
          <path d="M20 3h24l17 17v24L44 61H20L3 44V20z" fill="currentColor" />
          <path d="M14 32h36" stroke="var(--surface)" strokeWidth="8" strokeLinecap="round" />
        </svg>
        <h2 tabIndex={-1}>{t('bedside.mismatch')}</h2>
        <p id="mismatch-lead">{lead}</p>
      </header>
      <div className="mismatch-pair">
        <div>
          <h3>{t('bedside.expected')}</h3>
          {isDrug && dose !== undefined ? <DoseLine dose={dose} /> : null}
          {isPatient && who !== undefined ? (
            <Identity patient={who} />
          ) : null}
          {refusal.expected === undefined ? null : <p className="scan-code">{shown(refusal.expected)}</p>}
        </div>
        <div>
          <h3>{t('bedside.scanned')}</h3>
          {scannedAs === undefined ? null : <Identity patient={scannedAs} />}
          {refusal.scannedProduct === undefined ? null : <strong>{wholeAmounts(of(refusal.scannedProduct))}</strong>}
          <p className="scan-code">{refusal.scanned === undefined ? t('common.noData') : shown(refusal.scanned)}</p>
        </div>
      </div>
      <p>{refusal.message}</p>
      <p className="muted small">{t('bedside.mismatch.recorded')}</p>
      <footer>
        <Button size="large" block onClick={onStop} loading={busy}>
          {t('bedside.stopAndReport')}
        </Button>
        <Button size="large" block type="primary" onClick={onRescan} disabled={busy}>
          {t('bedside.rescan')}
        </Button>
      </footer>
    </dialog>
  );
}

/** Two identifiers; never bed or room. */
function Identity({ patient }: { readonly patient: Patient }): ReactNode {
  const text = useText();
  return (
    <p>
      <strong>{patient.name}</strong> {patient.encounter?.id} <span className="nowrap">{patient.birthDate === null ? <Masked /> : text.date(patient.birthDate)}</span>
    </p>
  );
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
