import { Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClient } from 'urql';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { sendCommand } from '../graphql/command.ts';
import { useText } from '../i18n/use-text.ts';
import { revokeClientDocument, revokeCredentialDocument } from './documents.ts';
import type { ClientCredential } from './model.ts';

type End = 'tomorrow' | 'now' | 'leaked';
const ends: readonly End[] = ['now', 'tomorrow', 'leaked'];
const dayMs = 86_400_000;

/** Ends one credential: now, in a day, or now with the tokens that were given for it. */
export function RevokeCredential({ credential, isLast, onClose }: { readonly credential: ClientCredential; readonly isLast: boolean; readonly onClose: (isDone: boolean) => void }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [end, setEnd] = useState<End>('now');
  return (
    <ReasonDialog
      title={t('clients.end')}
      action={t('clients.end')}
      effect={t(isLast ? 'clients.endLast' : 'clients.endEffect')}
      onAct={(reason) =>
        sendCommand(client, revokeCredentialDocument, { input: { credentialId: credential.id, reason, ...(end === 'tomorrow' ? { endsAt: new Date(Date.now() + dayMs).toISOString() } : {}), ...(end === 'leaked' ? { endTokens: true } : {}) } })
      }
      onClose={onClose}
    >
      <fieldset className="field client-kinds">
        <legend>{t('clients.endWhen')}</legend>
        <Radio.Group value={end} onChange={({ target }) => setEnd(target.value as End)}>
          {ends.map((each) => (
            <Radio key={each} value={each}>
              {t(`clients.endWhen.${each}`)}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
    </ReasonDialog>
  );
}

/** Ends the access of a whole system. */
export function RevokeClient({ clientId, onClose }: { readonly clientId: string; readonly onClose: (isDone: boolean) => void }): ReactNode {
  const { t } = useText();
  const client = useClient();
  return <ReasonDialog title={t('clients.revoke')} action={t('clients.revoke')} effect={t('clients.revokeEffect')} onAct={(reason) => sendCommand(client, revokeClientDocument, { input: { clientId, reason } })} onClose={onClose} />;
}
