import { createClient } from 'graphql-sse';
import { createContext, useContext, useEffect, useEffectEvent } from 'react';
import { SessionGateContext, type SessionGate } from '../session/session-gate.ts';
import { requestHeaders } from './client.ts';
import type { ConnectionMonitor } from './connection-state.ts';
import { keepLive, type OpenStream } from './live-stream.ts';
import { trustedFetch } from './trusted-fetch.ts';

/** The monitor that all streams of the app report to. */
export const ConnectionMonitorContext = createContext<ConnectionMonitor | undefined>(undefined);

/** Opens one subscription as a distinct connection (graphql-sse protocol, over POST). Reconnecting is left to `keepLive`. */
export function openSse<Event>(query: string, variables: Readonly<Record<string, unknown>>, field: string, gate?: SessionGate): OpenStream<Event> {
  return (after, sink) => {
    const client = createClient({ url: '/graphql', credentials: 'same-origin', headers: () => requestHeaders(), fetchFn: gate?.fetch ?? trustedFetch((input, init) => fetch(input, init)), retryAttempts: 0, on: { connected: () => sink.opened() } });
    const unsubscribe = client.subscribe<Record<string, Event>>(
      { query, variables: { ...variables, ...(after === undefined ? {} : { after }) } },
      {
        next: (result) => {
          const event = result.data?.[field];
          if (event !== undefined && event !== null) sink.next(event);
        },
        error: () => sink.ended(),
        complete: () => sink.ended(),
      },
    );
    return () => {
      unsubscribe();
      client.dispose();
    };
  };
}

export interface LiveQuery {
  readonly query: string;
  /** The subscription's root field. */
  readonly field: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Runs `onEvent` for every event of a subscription while the component is mounted, and after every gap. */
export function useLive<Event extends { readonly cursor: string }>(live: LiveQuery | undefined, onEvent: (event: Event | undefined) => void): void {
  const monitor = useContext(ConnectionMonitorContext);
  const gate = useContext(SessionGateContext);
  const handle = useEffectEvent(onEvent);
  const { query, field } = live ?? { query: '', field: '' };
  const variables = JSON.stringify(live?.variables ?? {});
  useEffect(() => {
    if (query === '' || monitor === undefined) return undefined;
    const id = monitor.register();
    const stop = keepLive<Event>({
      open: openSse(query, JSON.parse(variables) as Record<string, unknown>, field, gate),
      onEvent: (event) => handle(event),
      onResume: () => handle(undefined),
      onHealth: (health) => monitor.report(id, health),
      now: () => Date.now(),
      schedule: (run, delayMs) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    });
    return () => {
      stop();
      monitor.forget(id);
    };
  }, [query, field, variables, monitor, gate]);
}
