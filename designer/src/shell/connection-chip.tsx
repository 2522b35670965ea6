import { useContext, useSyncExternalStore, type ReactNode } from 'react';
import { useNow } from '../app/clock.ts';
import { useIsNarrow } from '../app/media.ts';
import { useOfflineSince } from '../app/offline.ts';
import { summarize, type ConnectionState, type StreamHealth } from '../graphql/connection-state.ts';
import { ConnectionMonitorContext } from '../graphql/live.tsx';
import { formatTime } from '../i18n/format-date.ts';
import { useText, type Text } from '../i18n/use-text.ts';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';

const none: readonly StreamHealth[] = [];
const marks: Readonly<Record<ConnectionState['kind'], State>> = { connecting: 'waiting', live: 'done', delayed: 'attention', lost: 'failed' };

function words(state: ConnectionState, isNarrow: boolean, { t }: Text): string {
  switch (state.kind) {
    case 'connecting':
      return t('connection.connecting');
    case 'live':
      return t('connection.live');
    case 'delayed':
      return t('connection.delayed', { seconds: state.seconds });
    case 'lost':
      return t(isNarrow ? 'connection.lostShort' : 'connection.lost', { time: formatTime(new Date(state.since).toISOString()) });
  }
}

/** 实时 / 延迟 12 秒 / 已断开: how fresh the screen is. */
export function ConnectionChip(): ReactNode {
  const text = useText();
  const now = useNow(true);
  const monitor = useContext(ConnectionMonitorContext);
  const streams = useSyncExternalStore(monitor?.subscribe ?? (() => () => undefined), monitor?.snapshot ?? (() => none));
  const state = summarize(streams, now, useOfflineSince());
  return (
    <span className="chip" role="status" aria-label={text.t('connection.label')} data-connection={state.kind}>
      <StateMark state={marks[state.kind]}>{words(state, useIsNarrow(), text)}</StateMark>
    </span>
  );
}
