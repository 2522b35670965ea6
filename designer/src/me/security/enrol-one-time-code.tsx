import { Input, QRCode } from 'antd';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { Loading } from '../../feedback/feedback.tsx';
import { useText } from '../../i18n/use-text.ts';
import { callAuthDoor, type AuthRefusal } from '../../session/auth-door.ts';
import { BackupCodes } from './backup-codes.tsx';
import { FactorForm } from './factor-form.tsx';

export interface EnrolOneTimeCodeProps {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

interface Begun {
  readonly secret: string;
  readonly uri: string;
}

/** Brings an authenticator in three steps: scan, confirm by a code, keep the backup codes. It counts only after the code. */
export function EnrolOneTimeCode({ onDone, onClose }: EnrolOneTimeCodeProps): ReactNode {
  const { t } = useText();
  const id = useId();
  const [begun, setBegun] = useState<Begun | undefined>();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<AuthRefusal | undefined>();
  const [backupCodes, setBackupCodes] = useState<readonly string[] | undefined>();

  useEffect(() => {
    let isHere = true;
    void callAuthDoor('/one-time-code/begin').then((answer) => {
      if (!isHere) return;
      if (answer.kind === 'refused') setRefusal(answer);
      // The shape of our own door.
      else setBegun(answer.body as Begun);
    });
    return () => {
      isHere = false;
    };
  }, []);

  async function submit(): Promise<void> {
    if (code.trim() === '') return;
    setBusy(true);
    const answer = await callAuthDoor('/one-time-code/confirm', { code: code.trim() });
    setBusy(false);
    if (answer.kind === 'refused') return setRefusal(answer);
    setBackupCodes((answer.body as { readonly backupCodes: readonly string[] }).backupCodes);
  }

  if (backupCodes !== undefined) return <BackupCodes codes={backupCodes} onDone={onDone} />;
  return (
    <FactorForm className="enrol" label={t('otp.enrol')} action={begun === undefined ? undefined : t('otp.confirm')} busy={busy} refusal={refusal} onSubmit={() => void submit()} onClose={onClose}>
      {begun === undefined ? (
        refusal === undefined ? <Loading rows={3} /> : null
      ) : (
        <>
          <ol className="enrol-steps">
            <li>{t('otp.step.app')}</li>
            <li>{t('otp.step.scan')}</li>
            <li>{t('otp.step.code')}</li>
          </ol>
          <div className="enrol-key">
            <figure aria-label={t('otp.picture')}>
              <span aria-hidden="true">
                <QRCode value={begun.uri} type="svg" size={184} color="#000000" bgColor="#ffffff" bordered={false} />
              </span>
            </figure>
            <details>
              <summary>{t('otp.noCamera')}</summary>
              <p className="small">{t('otp.key')}</p>
              <code className="otp-key">{(begun.secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
            </details>
          </div>
          <label className="field" htmlFor={id}>
            <span>{t('factor.code')}</span>
            <Input id={id} size="large" name="code" className="code-input" autoComplete="one-time-code" inputMode="numeric" maxLength={12} value={code} onChange={(event) => setCode(event.target.value)} />
          </label>
        </>
      )}
    </FactorForm>
  );
}
