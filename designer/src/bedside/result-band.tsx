import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { Context } from './scan-machine.ts';
import { TroubleNotice } from './trouble-notice.tsx';

/** The third band: what the last scan or the submission gave. Nothing here goes away by itself. */
export function ResultBand({ at, context }: { readonly at: string; readonly context: Context }): ReactNode {
  const { t } = useText();
  return (
    <div role="status" aria-label={t('bedside.result')} data-state={at}>
      {context.trouble !== undefined && at !== 'checkingWristband' && at !== 'checkingDrug' ? <TroubleNotice trouble={context.trouble} current={context.identified?.patient} isUnsent={at === 'unsent' || at === 'submitting'} /> : null}
      {context.unreadable > 0 && context.trouble === undefined && (at === 'awaitingWristband' || at === 'awaitingDrug') ? (
        <div className="band band-attention">
          <StateMark state="attention" bare />
          <p>{t('bedside.unreadableTry', { count: context.unreadable })}</p>
        </div>
      ) : null}
      {at === 'awaitingDrug' && context.trouble === undefined ? <Done>{t('bedside.match.patient')}</Done> : null}
      {at === 'confirming' ? <Done>{t('bedside.match.drug')}</Done> : null}
      {at === 'submitted' ? <Done>{t('bedside.submitted')}</Done> : null}
      {at === 'pending' ? (
        <div className="band band-attention">
          <StateMark state="waiting" bare />
          <p>{t('bedside.pending')}</p>
        </div>
      ) : null}
      {at === 'stopped' ? (
        <div className="band band-attention">
          <StateMark state="attention" bare />
          <p>{t('bedside.stopped')}</p>
        </div>
      ) : null}
    </div>
  );
}

function Done({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className="band band-match">
      <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
        <path d="M5 15l6 6L23 8" fill="none" stroke="currentColor" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <p>{children}</p>
    </div>
  );
}
