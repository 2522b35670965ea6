import { Button } from 'antd';
import type { ReactNode } from 'react';
import { CopyButton } from '../feedback/copy-button.tsx';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { MadeCredential } from './model.ts';

/** What was just made: the client's id, and a secret this once. */
export function SecretOnce({ made, onClose }: { readonly made: MadeCredential; readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  return (
    <section className="notice notice-done" role="status" data-made={made.credentialId}>
      <StateMark state="done" bare />
      <div>
        <p>{t(made.secret !== null ? 'clients.madeSecret' : made.isRepeat ? 'clients.madeBefore' : 'clients.madeKey')}</p>
        <dl className="facts">
          <dt>client_id</dt>
          <dd>
            <Copied value={made.client.id} />
          </dd>
          {made.secret === null ? null : (
            <>
              <dt>client_secret</dt>
              <dd>
                <Copied value={made.secret} />
              </dd>
            </>
          )}
        </dl>
        <p className="notice-actions">
          <Button onClick={onClose}>{made.secret === null ? t('clients.close') : t('clients.kept')}</Button>
        </p>
      </div>
    </section>
  );
}

function Copied({ value }: { readonly value: string }): ReactNode {
  const { t } = useText();
  return (
    <span className="row-actions">
      <code>{value}</code>
      <CopyButton size="small" text={() => value} label={t('clients.copy')} />
    </span>
  );
}
