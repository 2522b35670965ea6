import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import '../app/styles/clients.css';
import { Empty, Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { roleNames } from '../session/role-names.ts';
import { CredentialCard } from './credential-card.tsx';
import { CredentialDialog } from './credential-dialog.tsx';
import { systemClientDocument } from './documents.ts';
import { isLive, rotationStep, type ClientCredential, type MadeCredential } from './model.ts';
import { RevokeClient, RevokeCredential } from './revoke-dialogs.tsx';
import { SecretOnce } from './secret-once.tsx';

type Opened = { readonly kind: 'add' } | { readonly kind: 'revokeClient' } | { readonly kind: 'revokeCredential'; readonly credential: ClientCredential };

/** One system: its credentials, and how it changes from one to the next without a pause. */
export function ClientPage(): ReactNode {
  const text = useText();
  const { t } = text;
  const { id = '' } = useParams();
  const [result, again] = useQuery({ query: systemClientDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const [opened, setOpened] = useState<Opened | undefined>();
  const [made, setMade] = useState<MadeCredential | undefined>();
  const client = result.data?.systemClient;
  const reload = () => again({ requestPolicy: 'network-only' });
  const close = (isDone: boolean) => {
    setOpened(undefined);
    if (isDone) reload();
  };
  const isOpen = client !== undefined && client !== null && client.revokedAt === null;
  return (
    <Page page="client" title="clients.one" ready={client !== undefined || result.error !== undefined} heading={client?.name}>
      <p>
        <Link className="back-link" to="/admin/clients">
          {t('clients.back')}
        </Link>
      </p>
      {made === undefined ? null : <SecretOnce made={made} onClose={() => setMade(undefined)} />}
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={reload} />}
      {client === undefined && result.error === undefined ? <Loading rows={4} /> : null}
      {client === null ? <Empty>{t('clients.unknown')}</Empty> : null}
      {client === undefined || client === null ? null : (
        <>
          <section className="card">
            <dl className="facts">
              <dt>client_id</dt>
              <dd>
                <code>{client.id}</code>
              </dd>
              <dt>{t('clients.roles')}</dt>
              <dd>{roleNames(client.roles, text)}</dd>
              <dt>{t('clients.createdAt')}</dt>
              <dd>{text.dateTime(client.createdAt)}</dd>
              {client.revokedAt === null ? null : (
                <>
                  <dt>{t('clients.revokedAt')}</dt>
                  <dd>{text.dateTime(client.revokedAt)}</dd>
                </>
              )}
            </dl>
            {isOpen ? (
              <p className="row-actions">
                <Button type="primary" onClick={() => setOpened({ kind: 'add' })}>
                  {t('clients.add')}
                </Button>
                <Button danger onClick={() => setOpened({ kind: 'revokeClient' })}>
                  {t('clients.revoke')}
                </Button>
              </p>
            ) : null}
          </section>
          {isOpen ? <RotationGuide credentials={client.credentials} /> : null}
          <h2 className="client-heading">{t('clients.credentials')}</h2>
          <ul className="client-credentials" aria-label={t('clients.credentials')}>
            {client.credentials.map((credential) => (
              <CredentialCard key={credential.id} credential={credential} {...(isOpen && isLive(credential) ? { onRevoke: () => setOpened({ kind: 'revokeCredential', credential }) } : {})} />
            ))}
          </ul>
        </>
      )}
      {opened?.kind === 'add' ? (
        <CredentialDialog
          clientId={id}
          onClose={() => close(false)}
          onMade={(next) => {
            setMade(next);
            close(true);
          }}
        />
      ) : null}
      {opened?.kind === 'revokeClient' ? <RevokeClient clientId={id} onClose={close} /> : null}
      {opened?.kind === 'revokeCredential' ? <RevokeCredential credential={opened.credential} isLast={client?.credentials.filter(isLive).length === 1} onClose={close} /> : null}
    </Page>
  );
}

/** Which of the two steps comes next. */
function RotationGuide({ credentials }: { readonly credentials: readonly ClientCredential[] }): ReactNode {
  const { t } = useText();
  const step = rotationStep(credentials);
  return (
    <section className="card">
      <h2>{t('clients.rotation')}</h2>
      <ol className="client-steps">
        <li aria-current={step === 'single' ? 'step' : undefined}>{t('clients.rotation.add')}</li>
        <li aria-current={step === 'switch' ? 'step' : undefined}>{t('clients.rotation.switch')}</li>
        <li aria-current={step === 'end' ? 'step' : undefined}>{t('clients.rotation.end')}</li>
      </ol>
    </section>
  );
}
