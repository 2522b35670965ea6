import type pg from 'pg';
import type { Logger } from 'pino';
import type { Database } from './database.ts';

interface ListenerOptions {
  readonly database: Pick<Database, 'pool'>;
  readonly logger: Pick<Logger, 'warn'>;
  /** Null: nothing wakes. */
  readonly channel: string | null;
  readonly signal: AbortSignal;
}

/** Wakes a poller when PostgreSQL notifies. Takes a connection of the pool. A lost one is made again; what it missed the poll finds. */
export function createListener({ database, logger, channel, signal }: ListenerOptions) {
  let running: Promise<void> | undefined;
  let wasWoken = false;
  let wake: () => void = () => undefined;

  const onNotification = () => {
    wasWoken = true;
    wake();
  };

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      wake = done;
    });
  }

  async function listenOnce(): Promise<Error | undefined> {
    let client: pg.PoolClient;
    try {
      client = await database.pool.connect();
    } catch (error) {
      return error instanceof Error ? error : new Error('unknown');
    }
    const ended = new Promise<Error | undefined>((resolve) => {
      client.once('error', resolve);
      if (signal.aborted) resolve(undefined);
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    client.on('notification', onNotification);
    const failure = await client.query(`listen ${channel}`).then(() => ended, (error: Error) => error);
    client.removeListener('notification', onNotification);
    // A connection that listens is not for reuse.
    client.release(failure ?? true);
    return failure;
  }

  return {
    start() {
      if (channel === null) return;
      running ??= (async () => {
        while (!signal.aborted) {
          const failure = await listenOnce();
          if (failure && !signal.aborted) {
            logger.warn({ reason: failure.name, channel }, 'PostgreSQL cannot be listened to; polling, and trying again');
            await new Promise((resolve) => setTimeout(resolve, 1_000));
          }
        }
      })();
    },
    /** Waits for a notification since the last call, at most `pollMs`. */
    async wait(pollMs: number): Promise<void> {
      if (!wasWoken) await pause(pollMs);
      wasWoken = false;
    },
    stopped: () => running ?? Promise.resolve(),
  };
}
