/** What the connection chip says. `since` is when the last word from the server came. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'delayed'; readonly seconds: number }
  | { readonly kind: 'lost'; readonly since: number };

/** One stream's own view: when it was last heard, and whether it is open. */
export interface StreamHealth {
  readonly open: boolean;
  readonly lastHeardMs: number | undefined;
  readonly failingSinceMs: number | undefined;
}

const lostAfterMs = 20_000;

/**
 * Sums up the streams: the worst one counts. A stream that reconnects is late first, and lost after 20 s. A device without
 * network has lost the server at once, before any stream notices.
 */
export function summarize(streams: readonly StreamHealth[], nowMs: number, offlineSinceMs?: number): ConnectionState {
  if (offlineSinceMs !== undefined) return { kind: 'lost', since: offlineSinceMs };
  if (streams.length === 0) return { kind: 'live' };
  const failing = streams.filter((stream) => stream.failingSinceMs !== undefined);
  const since = Math.min(...failing.map((stream) => stream.failingSinceMs ?? nowMs));
  if (failing.length > 0) {
    const lateMs = nowMs - since;
    return lateMs >= lostAfterMs ? { kind: 'lost', since } : { kind: 'delayed', seconds: Math.max(1, Math.round(lateMs / 1000)) };
  }
  return streams.every((stream) => stream.open) ? { kind: 'live' } : { kind: 'connecting' };
}

type Listener = () => void;

/** Gathers the health of all open streams for the chip. */
export class ConnectionMonitor {
  readonly #streams = new Map<number, StreamHealth>();
  readonly #listeners = new Set<Listener>();
  #lastId = 0;
  #snapshot: readonly StreamHealth[] = [];

  register(): number {
    this.#lastId += 1;
    this.report(this.#lastId, { open: false, lastHeardMs: undefined, failingSinceMs: undefined });
    return this.#lastId;
  }

  report(id: number, health: StreamHealth): void {
    this.#streams.set(id, health);
    this.#publish();
  }

  forget(id: number): void {
    this.#streams.delete(id);
    this.#publish();
  }

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): readonly StreamHealth[] => this.#snapshot;

  #publish(): void {
    this.#snapshot = [...this.#streams.values()];
    for (const listener of this.#listeners) listener();
  }
}
