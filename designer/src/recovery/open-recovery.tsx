import { Checkbox, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { sendCommand } from '../graphql/command.ts';
import { useText } from '../i18n/use-text.ts';
import { openRecoveryDocument } from './documents.ts';

/** The first administrator's part. `onClose` gets the code for the person, once there is one. */
export function OpenRecovery({ onClose }: { readonly onClose: (code: string | undefined) => void }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [username, setUsername] = useState('');
  const [identityCheck, setIdentityCheck] = useState('');
  const [removesFactors, setRemovesFactors] = useState(false);
  const [code, setCode] = useState<string | undefined>();

  return (
    <ReasonDialog
      title={t('recovery.open')}
      effect={t('recovery.open.effect')}
      action={t('recovery.open.act')}
      label={t('recovery.reason')}
      missing={username.trim() === '' || identityCheck.trim() === '' ? t('recovery.open.missing') : undefined}
      onAct={async (reason) => {
        const result = await sendCommand<{ readonly recoveryCode: string }, { input: { username: string; reason: string; identityCheck: string; removesFactors: boolean } }>(client, openRecoveryDocument, { input: { username: username.trim(), reason, identityCheck: identityCheck.trim(), removesFactors } });
        if (result.kind === 'accepted') {
          setCode(result.payload.recoveryCode);
          onClose(result.payload.recoveryCode);
        }
        return result;
      }}
      onClose={() => onClose(code)}
    >
      <label className="field">
        <span>{t('session.username')}</span>
        <Input name="recovery-username" autoComplete="off" autoCapitalize="none" spellCheck={false} value={username} onChange={(event) => setUsername(event.target.value)} />
      </label>
      <label className="field">
        <span>{t('recovery.identityCheck')}</span>
        <Input.TextArea name="recovery-identity" rows={2} maxLength={500} value={identityCheck} placeholder={t('recovery.identityCheck.example')} onChange={(event) => setIdentityCheck(event.target.value)} />
      </label>
      <p>
        <Checkbox checked={removesFactors} onChange={(event) => setRemovesFactors(event.target.checked)}>
          {t('recovery.factors.remove')}
        </Checkbox>
      </p>
    </ReasonDialog>
  );
}
