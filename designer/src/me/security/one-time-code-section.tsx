import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { callAuthDoor, type AuthRefusal } from '../../session/auth-door.ts';
import { AuthRefusalNotice } from '../../session/auth-refusal-notice.tsx';
import { BackupCodes } from './backup-codes.tsx';
import { EnrolOneTimeCode } from './enrol-one-time-code.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { useOpenForm, type SecuritySectionProps } from './section.ts';

/** The authenticator for one-time codes, and the codes on paper that stand in for it. */
export function OneTimeCodeSection({ overview: { oneTimeCode, backupCodesLeft }, onChange }: SecuritySectionProps): ReactNode {
  const { t, dateTime } = useText();
  const { isOpen, open, close, done } = useOpenForm(onChange);
  const [fresh, setFresh] = useState<readonly string[] | undefined>();
  const [refusal, setRefusal] = useState<AuthRefusal | undefined>();
  const [isRemoving, setRemoving] = useState(false);

  async function renew(): Promise<void> {
    const answer = await callAuthDoor('/backup-codes/renew');
    if (answer.kind === 'refused') return setRefusal(answer);
    setRefusal(undefined);
    // The shape of our own door.
    setFresh((answer.body as { readonly backupCodes: readonly string[] }).backupCodes);
  }

  function kept(): void {
    setFresh(undefined);
    void onChange();
  }

  return (
    <section className="card" aria-labelledby="security-otp">
      <h2 id="security-otp">{t('otp.title')}</h2>
      <AuthRefusalNotice refusal={refusal} />
      {fresh === undefined ? null : <BackupCodes codes={fresh} onDone={kept} />}
      {oneTimeCode === null && !isOpen ? (
        <>
          <p>{t('otp.none')}</p>
          <Button type="primary" onClick={open}>{t('otp.enrol')}</Button>
        </>
      ) : null}
      {isOpen ? <EnrolOneTimeCode onDone={done} onClose={close} /> : null}
      {oneTimeCode !== null && !isOpen && fresh === undefined ? (
        <>
          <p>{t('otp.since', { time: dateTime(oneTimeCode.confirmedAt) })}</p>
          <p>{t(backupCodesLeft === 0 ? 'backup.none' : 'backup.left', { count: backupCodesLeft })}</p>
          <p className="row-actions">
            <Button onClick={() => void renew()}>{t('backup.renew')}</Button>
            <Button danger onClick={() => setRemoving(true)}>{t('otp.remove')}</Button>
          </p>
        </>
      ) : null}
      {isRemoving ? (
        <RemoveDialog
          title={t('otp.remove')}
          effect={t('otp.remove.effect')}
          path="/one-time-code/remove"
          body={{}}
          onClose={(isRemoved) => {
            setRemoving(false);
            if (isRemoved) void onChange();
          }}
        />
      ) : null}
    </section>
  );
}
