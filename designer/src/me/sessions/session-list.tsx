import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useNow } from '../../app/clock.ts';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { browserName } from './browser-name.ts';
import type { PersonSession } from './documents.ts';

export interface SessionListProps {
  readonly sessions: readonly PersonSession[];
  /** Absent: they are only shown. */
  readonly onEnd?: (session: PersonSession) => void;
}

/** Sessions, each with where, since when, how signed in, and when last used. */
export function SessionList({ sessions, onEnd }: SessionListProps): ReactNode {
  const text = useText();
  const now = useNow();
  return (
    <ul className="session-list">
      {sessions.map((session) => (
        <li key={session.id} className="card" data-session={session.isCurrent ? 'current' : 'other'}>
          <p className="row-actions">
            <strong>{browserName(session.userAgent) ?? text.t('sessions.unknownDevice')}</strong>
            {session.isCurrent ? <StateMark state="done">{text.t('sessions.current')}</StateMark> : null}
            {session.isSharedDevice ? <span className="muted">{text.t('sessions.shared')}</span> : null}
          </p>
          <dl className="facts">
            <dt>{text.t('sessions.since')}</dt>
            <dd>
              {text.dateTime(session.createdAt)} · {text.lookup(`sessions.method.${session.authenticatedBy}`, session.authenticatedBy)}
            </dd>
            <dt>{text.t('sessions.secondFactor')}</dt>
            <dd>{text.t(session.hasSecondFactor ? 'sessions.secondFactor.shown' : 'sessions.secondFactor.none')}</dd>
            <dt>{text.t('sessions.lastActive')}</dt>
            <dd>{text.relative(session.lastActiveAt, now)}</dd>
            <dt>{text.t('sessions.address')}</dt>
            <dd>{session.address ?? text.t('sessions.unknownAddress')}</dd>
          </dl>
          {onEnd === undefined || session.isCurrent ? null : <Button onClick={() => onEnd(session)}>{text.t('sessions.end')}</Button>}
        </li>
      ))}
    </ul>
  );
}
