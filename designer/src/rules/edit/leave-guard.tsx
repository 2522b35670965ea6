import { Button, Modal } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useBlocker } from 'react-router';
import { useText } from '../../i18n/use-text.ts';

export interface LeaveGuardProps {
  readonly isDirty: boolean;
  /** True when everything is saved. */
  readonly onSave: () => Promise<boolean>;
  readonly onDiscard: () => void;
}

/** Asks before unsaved edits are left behind, inside the app and when the window is closed. */
export function LeaveGuard({ isDirty, onSave, onDiscard }: LeaveGuardProps): ReactNode {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  // A session that ends must not be held up; the edits are kept on the device.
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isDirty && nextLocation.pathname !== currentLocation.pathname && nextLocation.pathname !== '/login');
  useEffect(() => {
    if (!isDirty) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isDirty]);
  if (blocker.state !== 'blocked') return null;
  const save = async (): Promise<void> => {
    setBusy(true);
    const isSaved = await onSave();
    setBusy(false);
    if (isSaved) blocker.proceed();
    else blocker.reset();
  };
  return (
    <Modal
      open
      title={t('rules.leave.title')}
      onCancel={() => blocker.reset()}
      footer={
        <div className="row-actions end">
          <Button
            onClick={() => {
              onDiscard();
              blocker.proceed();
            }}
          >
            {t('rules.leave.discard')}
          </Button>
          <Button onClick={() => blocker.reset()}>{t('rules.leave.stay')}</Button>
          <Button type="primary" loading={busy} onClick={() => void save()}>
            {t('rules.leave.save')}
          </Button>
        </div>
      }
    >
      <p>{t('rules.leave.effect')}</p>
    </Modal>
  );
}
