import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useNow } from '../app/clock.ts';
import { Page } from '../app/page.tsx';
import '../app/styles/clients.css';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { roleNames } from '../session/role-names.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { State } from '../status/state.ts';
import { CredentialDialog } from './credential-dialog.tsx';
import { systemClientsDocument } from './documents.ts';
import { clientStanding, type MadeCredential, type SystemClient } from './model.ts';
import { SecretOnce } from './secret-once.tsx';

const states: Readonly<Record<ReturnType<typeof clientStanding>, State>> = { active: 'done', expiresSoon: 'attention', locked: 'failed', revoked: 'cancelled' };

function ClientRow({ client }: { readonly client: SystemClient }): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const standing = clientStanding(client);
  return (
    <li>
      <Link to={`/admin/clients/${client.id}`}>
        <strong>{client.name}</strong>
        <span className="muted">{roleNames(client.roles, text)}</span>
        <StateMark state={states[standing]}>{t(`clients.standing.${standing}`)}</StateMark>
        <span className="muted">{client.lastUsedAt === null ? t('clients.neverUsed') : t('clients.lastUsed', { time: text.relative(client.lastUsedAt, now) })}</span>
      </Link>
    </li>
  );
}

/** Systems that connect, with what needs attention. */
export function ClientsPage(): ReactNode {
  const { t } = useText();
  const [result, again] = useQuery({ query: systemClientsDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<MadeCredential | undefined>();
  const clients = result.data?.systemClients;
  return (
    <Page
      page="clients"
      title="clients.title"
      ready={result.data !== undefined || result.error !== undefined}
      aside={
        result.error !== undefined ? undefined : (
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('clients.create')}
          </Button>
        )
      }
    >
      {made === undefined ? null : <SecretOnce made={made} onClose={() => setMade(undefined)} />}
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {clients === undefined && result.error === undefined ? <Loading rows={4} /> : null}
      <ul className="client-rows" aria-label={t('clients.title')}>
        {(clients ?? []).map((client) => (
          <ClientRow key={client.id} client={client} />
        ))}
      </ul>
      {isOpen ? (
        <CredentialDialog
          onClose={() => setOpen(false)}
          onMade={(next) => {
            setOpen(false);
            setMade(next);
            again({ requestPolicy: 'network-only' });
          }}
        />
      ) : null}
    </Page>
  );
}
