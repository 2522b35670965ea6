import type { StreamHealth } from './connection-state.ts';

/** Opens one subscription and returns how to close it. */
export type OpenStream<Event> = (after: string | undefined, sink: { readonly opened: () => void; readonly next: (event: Event) => void; readonly ended: () => void }) => () => void;

export interface LiveStreamOptions<Event extends { readonly cursor: string }> {
  readonly open: OpenStream<Event>;
  readonly onEvent: (event: Event) => void;
  /** Called after a gap, when the events of the gap may be more than the server still keeps. */
  readonly onResume: () => void;
  readonly onHealth: (health: StreamHealth) => void;
  readonly now: () => number;
  readonly schedule: (run: () => void, delayMs: number) => () => void;
}

const firstDelayMs = 500;
const largestDelayMs = 15_000;

/** The wait before the given attempt to reconnect (from 1): 0.5, 1, 2, … at most 15 s. */
export function reconnectDelayMs(attempt: number): number {
  return Math.min(largestDelayMs, firstDelayMs * 2 ** (attempt - 1));
}

/**
 * Keeps one subscription open for as long as a screen needs it. After a break it resumes behind the last
 * cursor that it saw, so that nothing is missed. Returns how to stop.
 */
export function keepLive<Event extends { readonly cursor: string }>(options: LiveStreamOptions<Event>): () => void {
  let cursor: string | undefined;
  let attempt = 0;
  let stopped = false;
  let failingSinceMs: number | undefined;
  let lastHeardMs: number | undefined;
  let close: () => void = () => undefined;
  let cancelRetry: () => void = () => undefined;

  const heard = (): void => {
    lastHeardMs = options.now();
    attempt = 0;
    failingSinceMs = undefined;
    options.onHealth({ open: true, lastHeardMs, failingSinceMs });
  };

  const connect = (): void => {
    const resuming = failingSinceMs !== undefined;
    let ended = false;
    close = options.open(cursor, {
      opened: () => {
        if (stopped || ended) return;
        heard();
        if (resuming) options.onResume();
      },
      next: (event) => {
        if (stopped || ended) return;
        cursor = event.cursor;
        heard();
        options.onEvent(event);
      },
      ended: () => {
        if (stopped || ended) return;
        ended = true;
        attempt += 1;
        failingSinceMs ??= options.now();
        options.onHealth({ open: false, lastHeardMs, failingSinceMs });
        cancelRetry = options.schedule(connect, reconnectDelayMs(attempt));
      },
    });
  };

  connect();
  return () => {
    stopped = true;
    cancelRetry();
    close();
  };
}
