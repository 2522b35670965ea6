import { Button, Modal } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useBlocker } from 'react-router';
import { useText } from '../i18n/use-text.ts';

export interface UnsentRecordProps {
  readonly onResend: () => void;
  /** The person has it on paper and lets it go. */
  readonly onAbandon: () => void;
}

/** What can be done about a record that has not reached the server: send it again, or put it on paper before leaving it. */
export function UnsentRecord({ onResend, onAbandon }: UnsentRecordProps): ReactNode {
  const { t } = useText();
  const [isAbandoning, setAbandoning] = useState(false);
  // A session that ends is not held up: whoever signs in again finds the page as it was.
  const blocker = useBlocker(({ currentLocation, nextLocation }) => nextLocation.pathname !== currentLocation.pathname && nextLocation.pathname !== '/login');
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
  const isLeaving = blocker.state === 'blocked';
  const stay = (): void => {
    setAbandoning(false);
    if (isLeaving) blocker.reset();
  };
  const abandon = (): void => {
    onAbandon();
    if (isLeaving) blocker.proceed();
  };
  return (
    <>
      <div className="thumb-actions">
        <Button size="large" type="primary" className="confirm-button" onClick={onResend}>
          {t('bedside.retry')}
        </Button>
        <Button size="large" onClick={() => setAbandoning(true)}>
          {t('bedside.unsent.abandon')}
        </Button>
      </div>
      {isAbandoning || isLeaving ? (
        <Modal
          open
          title={t('bedside.unsent.title')}
          onCancel={stay}
          footer={
            <div className="row-actions end">
              <Button size="large" onClick={abandon}>
                {t('bedside.unsent.onPaper')}
              </Button>
              <Button size="large" type="primary" onClick={stay}>
                {t('bedside.unsent.stay')}
              </Button>
            </div>
          }
        >
          <p>{t('bedside.unsent.effect')}</p>
        </Modal>
      ) : null}
    </>
  );
}
