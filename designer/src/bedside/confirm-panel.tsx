import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { DoseLine } from './dose-line.tsx';
import type { Verified } from './scan-machine.ts';

export interface ConfirmPanelProps {
  readonly verified: Verified;
  readonly onConfirm: () => void;
  readonly onNotGiven: () => void;
  readonly onRescan: () => void;
}

/** The ordered line stays in sight while confirming, beside what the pack said of batch and expiry. */
export function ConfirmPanel({ verified, onConfirm, onNotGiven, onRescan }: ConfirmPanelProps): ReactNode {
  const text = useText();
  const { t } = text;
  const { code, dose } = verified;
  return (
    <section className="card confirm" aria-label={t('bedside.confirm')}>
      <p className="label">{t('bedside.orderLine')}</p>
      <DoseLine dose={dose} />
      {code.batch === undefined && code.expiry === undefined ? null : (
        <dl className="facts">
          {code.expiry === undefined ? null : (
            <>
              <dt>{t('bedside.expiry')}</dt>
              <dd>{text.date(code.expiry)}</dd>
            </>
          )}
          {code.batch === undefined ? null : (
            <>
              <dt>{t('bedside.batch')}</dt>
              <dd>{code.batch}</dd>
            </>
          )}
        </dl>
      )}
      <div className="thumb-actions">
        <Button size="large" onClick={onRescan}>
          {t('bedside.rescan')}
        </Button>
        <Button size="large" onClick={onNotGiven}>
          {t('bedside.notGiven')}
        </Button>
        <Button size="large" type="primary" className="confirm-button" onClick={onConfirm}>
          {t('bedside.confirmButton')}
        </Button>
      </div>
    </section>
  );
}
