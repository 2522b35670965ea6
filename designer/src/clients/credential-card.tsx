import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useNow } from '../app/clock.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import { credentialStates, type ClientCredential } from './model.ts';

/** One credential: what it is, until when it works, and when it was last used. */
export function CredentialCard({ credential, onRevoke }: { readonly credential: ClientCredential; readonly onRevoke?: () => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const { kind, identifier, status, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt } = credential;
  return (
    <li className="card" data-credential={credential.id}>
      <p className="row-actions">
        <strong>{t(`clients.kind.${kind}`)}</strong>
        <StateMark state={credentialStates[status]}>{t(`clients.status.${status}`)}</StateMark>
        {onRevoke === undefined ? null : (
          <Button size="small" onClick={onRevoke}>
            {t('clients.end')}
          </Button>
        )}
      </p>
      <dl className="facts">
        {identifier === null ? null : (
          <>
            <dt>{t(`clients.identifier.${kind === 'SECRET' ? 'JWK' : kind}`)}</dt>
            <dd>
              <code>{identifier}</code>
            </dd>
          </>
        )}
        <dt>{t('clients.lastUse')}</dt>
        <dd>{lastUsedAt === null ? t('clients.neverUsed') : text.relative(lastUsedAt, now)}</dd>
        <dt>{t('clients.createdAt')}</dt>
        <dd>
          {text.dateTime(createdAt)} {createdBy === null ? null : <span className="muted">{createdBy.displayName}</span>}
        </dd>
        {revokedAt === null ? (
          <>
            <dt>{t('clients.expiresAt')}</dt>
            <dd>{expiresAt === null ? t('clients.noEnd') : text.dateTime(expiresAt)}</dd>
          </>
        ) : (
          <>
            <dt>{t('clients.revokedAt')}</dt>
            <dd>{text.dateTime(revokedAt)}</dd>
          </>
        )}
      </dl>
    </li>
  );
}
