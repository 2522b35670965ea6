import { Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { useText } from '../i18n/use-text.ts';
import { useCommand } from '../rules/use-command.ts';
import { revokeClientDocument, revokeCredentialDocument } from './documents.ts';
import type { ClientCredential } from './model.ts';

type End = 'tomorrow' | 'now' | 'leaked';
const ends: readonly End[] = ['now', 'tomorrow', 'leaked'];
const dayMs = 86_400_000;

/** Ends one credential: now, in a day, or now with the tokens that were given for it. */
export function RevokeCredential({ credential, isLast, onClose }: { readonly credential: ClientCredential; readonly isLast: boolean; readonly onClose: (isDone: boolean) => void }): ReactNode {
  const { t } = useText();
  const revoke = useCommand(revokeCredentialDocument);
  const [end, setEnd] = useState<End>('now');
  // The same in a repeat after silence.
  const [tomorrow] = useState(() => new Date(Date.now() + dayMs).toISOString());
  return (
    <ReasonDialog
      title={t('clients.end')}
      action={t('clients.end')}
      effect={t(isLast ? 'clients.endLast' : 'clients.endEffect')}
      onAct={(reason) => revoke({ credentialId: credential.id, reason, ...(end === 'tomorrow' ? { endsAt: tomorrow } : {}), ...(end === 'leaked' ? { endTokens: true } : {}) })}
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
  const revoke = useCommand(revokeClientDocument);
  return <ReasonDialog title={t('clients.revoke')} action={t('clients.revoke')} effect={t('clients.revokeEffect')} onAct={(reason) => revoke({ clientId, reason })} onClose={onClose} />;
}
