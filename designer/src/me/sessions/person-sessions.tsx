import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClient, useQuery } from 'urql';
import { Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { ReasonDialog } from '../../feedback/reason-dialog.tsx';
import { sendCommand, type CommandResult } from '../../graphql/command.ts';
import { problemOf } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { useViewer } from '../../session/viewer.tsx';
import { endAllSessionsDocument, endSessionDocument, personSessionsDocument, type PersonSession } from './documents.ts';
import { SessionList } from './session-list.tsx';

/**
 * The sessions of somebody else, for administrators: ends one (security administration) or all of them, with a reason. The gateway
 * decides again. `none`: what is said where there are none.
 */
export function PersonSessions({ username, none }: { readonly username: string; readonly none: string }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const mayEndOne = useViewer().roles.includes('security-administrator');
  const [ending, setEnding] = useState<PersonSession | 'all' | undefined>();
  const [result, again] = useQuery({ query: personSessionsDocument, variables: { username }, requestPolicy: 'cache-and-network' });
  const sessions = result.data?.personSessions;
  const read = (): void => again({ requestPolicy: 'network-only' });

  const act = (reason: string): Promise<CommandResult<unknown>> =>
    ending === 'all' || ending === undefined ? sendCommand(client, endAllSessionsDocument, { input: { username, reason } }) : sendCommand(client, endSessionDocument, { input: { sessionId: ending.id, reason } });

  return (
    <>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={read} />}
      {sessions === undefined && result.error === undefined ? <Loading rows={2} /> : null}
      {sessions?.length === 0 ? <p className="muted">{none}</p> : null}
      {sessions === undefined || sessions.length === 0 ? null : (
        <>
          <SessionList sessions={sessions} {...(mayEndOne ? { onEnd: setEnding } : {})} />
          <Button onClick={() => setEnding('all')}>{t('security.sessions.endAll')}</Button>
        </>
      )}
      {ending === undefined ? null : (
        <ReasonDialog
          title={t(ending === 'all' ? 'security.sessions.endAll' : 'sessions.end')}
          effect={t('security.sessions.effect')}
          action={t(ending === 'all' ? 'security.sessions.endAll' : 'sessions.end')}
          onAct={act}
          onClose={(done) => {
            setEnding(undefined);
            if (done) read();
          }}
        />
      )}
    </>
  );
}
