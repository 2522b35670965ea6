import type { Logger } from 'pino';
import { createListener, type Database } from '#database';
import { createOutboxTable, type OutboxEvent, type OutboxFilter } from './outbox-table.ts';
import { createOutboxTail } from './outbox-tail.ts';

/** One subscriber's place in the outbox. */
export interface OutboxReader {
  /** The next event; undefined when there was none for `timeoutMs`, or the reader was closed. */
  next(timeoutMs: number): Promise<OutboxEvent | undefined>;
  readonly isClosed: boolean;
  close(): void;
}

/** The outbox as a resumable stream. An event may come twice, after a resume; none is lost. */
export interface Outbox {
  /** Begins after the event `after`, or with what happens from now on. */
  open(filter: OutboxFilter, after?: bigint): Promise<OutboxReader>;
  close(): Promise<void>;
}

export interface OutboxOptions {
  readonly database: Pick<Database, 'pool'>;
  readonly logger: Pick<Logger, 'warn'>;
  /** Channel that wakes the reader; null polls only. */
  readonly channel?: string | null;
  /** How often the table is read though nothing woke us: NOTIFY alone loses events. */
  readonly pollMs?: number;
  /** For how long a skipped id is waited for; longer than any transaction that writes events. */
  readonly lagMs?: number;
}

/** Events that a slow subscriber may have waiting; beyond that it reads the table again. */
const maximumWaiting = 1_000;
/** How many given ids a subscriber remembers, to leave out those that come by both ways. */
const maximumRemembered = 20_000;
/** Notifications come in bursts: one reading answers all of this time. */
const settleMs = 20;

interface Subscriber {
  readonly filter: OutboxFilter;
  /** Undefined once it has fallen behind. */
  waiting: OutboxEvent[] | undefined;
  wake: () => void;
}

/** One reader of `outbox_event` a process, for all its subscribers. */
export function createOutbox({ database, logger, channel = 'careloop_outbox', pollMs = 1_000, lagMs = 5_000 }: OutboxOptions): Outbox {
  const table = createOutboxTable(database);
  const subscribers = new Set<Subscriber>();
  const closed = new AbortController();
  const listener = createListener({ database, logger, channel, signal: closed.signal });
  let following: Promise<void> | undefined;
  let ready: Promise<void> | undefined;

  async function follow(from: bigint): Promise<void> {
    const tail = createOutboxTail(table, from, lagMs);
    while (!closed.signal.aborted) {
      try {
        const { events, isFull } = await tail.advance();
        for (const event of events) for (const subscriber of subscribers) offer(subscriber, event);
        if (isFull) continue;
      } catch (error) {
        if (!closed.signal.aborted) logger.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'the outbox could not be read; trying again');
      }
      await listener.wait(pollMs);
      await new Promise((resolve) => setTimeout(resolve, settleMs));
    }
  }

  async function start(): Promise<void> {
    const from = await table.settledBefore(undefined, lagMs);
    listener.start();
    following = follow(from);
  }

  /** What the table holds after `cursor`, beginning a little earlier for ids that were committed late. */
  async function* backlog(filter: OutboxFilter, cursor: bigint): AsyncGenerator<OutboxEvent, void> {
    let from = await table.settledBefore(cursor, lagMs);
    for (;;) {
      const { events, isFull } = await table.readPast(from, filter);
      yield* events;
      const last = events.at(-1);
      if (!isFull || !last) return;
      from = last.id;
    }
  }

  return {
    async open(filter, after) {
      ready ??= start();
      await ready.catch((error: unknown) => {
        ready = undefined;
        throw error;
      });
      // From here on nothing is missed; what is in the table comes first.
      const subscriber: Subscriber = { filter, waiting: [], wake: () => undefined };
      subscribers.add(subscriber);
      let isClosed = false;
      let cursor = after ?? (await table.settledBefore(undefined, lagMs));
      let past = after === undefined ? undefined : backlog(filter, after);
      let given = new Set<bigint>();
      const isOver = () => isClosed || closed.signal.aborted;

      async function take(): Promise<OutboxEvent | undefined> {
        if (subscriber.waiting === undefined) {
          subscriber.waiting = [];
          past = backlog(filter, cursor);
        }
        while (past) {
          const step = await past.next();
          if (step.done) past = undefined;
          else if (!given.has(step.value.id)) return step.value;
        }
        let event = subscriber.waiting.shift();
        while (event && given.has(event.id)) event = subscriber.waiting.shift();
        return event;
      }

      function woken(timeoutMs: number): Promise<void> {
        return new Promise((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          subscriber.wake = () => {
            clearTimeout(timer);
            resolve();
          };
          if (isOver() || subscriber.waiting === undefined || subscriber.waiting.length > 0) subscriber.wake();
        });
      }

      return {
        get isClosed() {
          return isOver();
        },
        async next(timeoutMs) {
          const deadline = Date.now() + timeoutMs;
          while (!isOver()) {
            const event = await take();
            if (event) {
              if (event.id > cursor) cursor = event.id;
              given.add(event.id);
              if (given.size > maximumRemembered) given = new Set([...given].slice(maximumRemembered / 2));
              return event;
            }
            const left = deadline - Date.now();
            if (left <= 0) return undefined;
            await woken(left);
          }
          return undefined;
        },
        close() {
          isClosed = true;
          subscribers.delete(subscriber);
          subscriber.wake();
        },
      };
    },
    async close() {
      closed.abort();
      for (const subscriber of subscribers) subscriber.wake();
      await Promise.all([following, listener.stopped()]);
    },
  };
}

function offer(subscriber: Subscriber, event: OutboxEvent): void {
  const { topics, instanceId } = subscriber.filter;
  if (!topics.includes(event.topic) || (instanceId !== undefined && event.instanceId !== instanceId)) return;
  if (subscriber.waiting && subscriber.waiting.length < maximumWaiting) subscriber.waiting.push(event);
  else subscriber.waiting = undefined;
  subscriber.wake();
}
