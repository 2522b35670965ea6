import type { Logger } from 'pino';
import { inboxChannel } from '#activities';
import { createListener, type Database } from '#database';
import { type DeliveryResult, type Refusal, settle } from './delivery-result.ts';
import type { Inbox, InboxRow } from './inbox.ts';
import { startPolling } from './poll.ts';

const batchSize = 64;

export interface DispatcherOptions {
  readonly database: Pick<Database, 'pool'>;
  readonly inbox: Inbox;
  readonly deliver: (row: InboxRow) => Promise<DeliveryResult>;
  /** Writes the audit entry of a refusal whose caller has long been told that the command waits. */
  readonly recordRefusal: (refusal: Refusal) => Promise<void>;
  readonly logger: Logger;
  /** How often the inbox is looked through though nothing woke us: NOTIFY alone loses commands. */
  readonly pollMs?: number;
}

/**
 * Re-sends what the inbox still holds until its outcome is known: after a crash, a silent engine, or a
 * message that came before its subscriber. Commands of one instance go in the order in which they came. What instances
 * send wakes it; the poll finds what no notification told.
 */
export function startDispatcher({ database, pollMs = 400, ...options }: DispatcherOptions): { stop(): Promise<void> } {
  const { inbox, logger } = options;
  const stopping = new AbortController();
  const listener = createListener({ database, logger, channel: inboxChannel, signal: stopping.signal });
  listener.start();
  const polling = startPolling({
    pauseMs: pollMs,
    wait: (ms) => listener.wait(ms),
    work: async () => {
      const rows = await inbox.takeDue(batchSize);
      await Promise.all(groupByInstance(rows).map((group) => settleInOrder(group, options)));
      return rows.length === batchSize;
    },
    failed: (error) => logger.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'the inbox could not be read; trying again'),
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.all([polling.stop(), listener.stopped()]);
    },
  };
}

function groupByInstance(rows: readonly InboxRow[]): readonly (readonly InboxRow[])[] {
  const groups = new Map<string, InboxRow[]>();
  for (const row of rows) {
    const key = row.instanceId ?? row.id;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

async function settleInOrder(rows: readonly InboxRow[], { inbox, deliver, recordRefusal, logger }: Omit<DispatcherOptions, 'database'>): Promise<void> {
  for (const row of rows) {
    try {
      const result = await deliver(row);
      if (result.kind === 'rejected') await recordRefusal({ commandId: row.id, kind: row.kind, actor: row.actor, failure: result.failure, ...(row.instanceId ? { instanceId: row.instanceId } : {}) });
      await settle(row, result, inbox);
    } catch (error) {
      logger.error({ commandId: row.id, kind: row.kind, reason: error instanceof Error ? error.name : 'unknown' }, 'a command could not be delivered; it stays in the inbox');
    }
  }
}
