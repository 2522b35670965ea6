import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { UploadFailure } from './read-upload.ts';

/** A file that was chosen and not sent; what the page showed before is still there. */
export interface UntakenFile {
  readonly name: string;
  readonly failure: UploadFailure;
}

/** Why a file was not sent, and what to do. */
export function UploadFailureNotice({ name, failure }: UntakenFile): ReactNode {
  const { t, of } = useText();
  return (
    <section className="notice notice-failed" role="alert" data-state={typeof failure === 'string' ? failure : failure.code}>
      <StateMark state="failed" bare />
      <div>
        <p>{typeof failure === 'string' ? t(`check.${failure}`, { name }) : t('check.untaken', { name, why: of(failure.message) })}</p>
        <p className="muted">{t('check.kept')}</p>
      </div>
    </section>
  );
}
