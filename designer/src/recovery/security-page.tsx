import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClient, useQuery } from 'urql';
import { Page } from '../app/page.tsx';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { ReasonDialog } from '../feedback/reason-dialog.tsx';
import { sendCommand } from '../graphql/command.ts';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { PersonSessions } from '../me/sessions/person-sessions.tsx';
import { signInSecurityDocument, unlockAccountDocument, type LockedAccount, type RefusedSignIns } from './documents.ts';

/** 登录安全: locked accounts, refused sign-ins, and a person's sessions. */
export function SecurityPage(): ReactNode {
  const { t } = useText();
  const [result, again] = useQuery({ query: signInSecurityDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const found = result.data?.signInSecurity;
  const refresh = (): void => again({ requestPolicy: 'network-only' });
  return (
    <Page page="sign-in-security" title="security.title" ready={found !== undefined || result.error !== undefined}>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={refresh} />}
      {found === undefined && result.error === undefined ? <Loading rows={4} /> : null}
      {found === undefined ? null : (
        <>
          <h2>{t('security.locked')}</h2>
          {found.lockedAccounts.length === 0 ? <p className="muted">{t('security.locked.none')}</p> : null}
          {found.lockedAccounts.map((account) => <LockedCard key={`${account.username} ${account.address ?? ''}`} account={account} onChanged={refresh} />)}
          <h2>{t('security.refused')}</h2>
          <RefusedTable hours={found.refusedByHour} />
          <h2>{t('security.sessions')}</h2>
          <SessionsOfPerson />
        </>
      )}
    </Page>
  );
}

function LockedCard({ account, onChanged }: { readonly account: LockedAccount; readonly onChanged: () => void }): ReactNode {
  const text = useText();
  const client = useClient();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <article className="card" data-locked={account.username}>
      <p>
        <strong>{account.person.displayName}</strong> <span className="muted">{account.username}</span>
      </p>
      <p>{text.t(account.address === null ? 'security.locked.everywhere' : 'security.locked.at', { count: account.wrongTries, address: account.address ?? '', since: text.dateTime(account.since), until: text.dateTime(account.until) })}</p>
      <Button onClick={() => setIsAsking(true)}>{text.t('security.unlock')}</Button>
      {isAsking ? (
        <ReasonDialog
          title={text.t('security.unlock')}
          effect={text.t('security.unlock.effect', { name: account.person.displayName })}
          action={text.t('security.unlock')}
          onAct={(reason) => sendCommand(client, unlockAccountDocument, { input: { username: account.username, reason } })}
          onClose={(done) => {
            setIsAsking(false);
            if (done) onChanged();
          }}
        />
      ) : null}
    </article>
  );
}

function RefusedTable({ hours }: { readonly hours: readonly RefusedSignIns[] }): ReactNode {
  const { t, dateTime } = useText();
  if (hours.length === 0) return <p className="muted">{t('security.refused.none')}</p>;
  return (
    <div className="table-frame">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('security.refused.hour')}</th>
            <th scope="col">{t('security.refused.wrong')}</th>
            <th scope="col">{t('security.refused.locked')}</th>
            <th scope="col">{t('security.refused.accounts')}</th>
            <th scope="col">{t('security.refused.addresses')}</th>
          </tr>
        </thead>
        <tbody>
          {hours.map(({ hour, wrong, locked, accounts, addresses }) => (
            <tr key={hour}>
              <th scope="row">{dateTime(hour)}</th>
              <td>{wrong}</td>
              <td>{locked}</td>
              <td>{accounts}</td>
              <td>{addresses}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The sessions of one person, found by user name. */
function SessionsOfPerson(): ReactNode {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const [username, setUsername] = useState('');

  return (
    <section aria-label={t('security.sessions')}>
      <form
        className="row-actions"
        onSubmit={(event) => {
          event.preventDefault();
          setUsername(typed.trim());
        }}
      >
        <label className="inline-field">
          <span>{t('session.username')}</span> <Input name="sessions-of" autoComplete="off" autoCapitalize="none" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <Button htmlType="submit">{t('security.sessions.show')}</Button>
      </form>
      {username === '' ? null : <PersonSessions key={username} username={username} none={t('security.sessions.none')} />}
    </section>
  );
}
