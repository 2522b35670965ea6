import { Button, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import { useClient, useQuery } from 'urql';
import { Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { RefusalNotice } from '../../feedback/refusal-notice.tsx';
import { sendCommand, type CommandResult } from '../../graphql/command.ts';
import { problemOf } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { isSharedDevice, setSharedDevice } from '../../session/shared-device.ts';
import { endAllSessionsDocument, endSessionDocument, mySessionsDocument, type PersonSession } from './documents.ts';
import { SessionList } from './session-list.tsx';

/** Where I am signed in, and this device. */
export function SessionsSection(): ReactNode {
  const { t } = useText();
  return (
    <section className="card" aria-labelledby="security-sessions">
      <h2 id="security-sessions">{t('sessions.title')}</h2>
      <MySessions />
      <h3>{t('sessions.device')}</h3>
      <SharedDevice />
    </section>
  );
}

/** The person's own sessions; ends one or all others. */
function MySessions(): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [result, again] = useQuery({ query: mySessionsDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const [outcome, setOutcome] = useState<CommandResult<unknown> | undefined>();
  const sessions = result.data?.viewer?.sessions;

  async function end(session: PersonSession | undefined): Promise<void> {
    const ended = session === undefined ? await sendCommand(client, endAllSessionsDocument, { input: {} }) : await sendCommand(client, endSessionDocument, { input: { sessionId: session.id } });
    setOutcome(ended);
    again({ requestPolicy: 'network-only' });
  }

  return (
    <>
      <p className="muted">{t('sessions.lead')}</p>
      {result.error === undefined ? null : <ProblemNotice problem={problemOf(result.error)} onRetry={() => again({ requestPolicy: 'network-only' })} />}
      {outcome?.kind === 'refused' ? <RefusalNotice refusal={outcome.refusal} /> : null}
      {outcome?.kind === 'problem' ? <ProblemNotice problem={outcome.problem} /> : null}
      {sessions === undefined ? (
        result.error === undefined ? <Loading rows={3} /> : null
      ) : (
        <>
          <SessionList sessions={sessions} onEnd={(session) => void end(session)} />
          {sessions.length < 2 ? null : <Button onClick={() => void end(undefined)}>{t('sessions.endOthers')}</Button>}
        </>
      )}
    </>
  );
}

function SharedDevice(): ReactNode {
  const { t } = useText();
  const [isShared, setIsShared] = useState(isSharedDevice);
  return (
    <label className="switch-line">
      <Switch
        checked={isShared}
        onChange={(checked) => {
          setSharedDevice(checked);
          setIsShared(checked);
        }}
      />
      <span>{t('sessions.deviceShared')}</span>
    </label>
  );
}
