import type { Logger } from 'pino';
import type { DeliveryResult } from './delivery.ts';
import type { Inbox, InboxRow } from './inbox.ts';

const pollMs = 400;
const batchSize = 64;

/**
 * Re-sends what the inbox still holds until its outcome is known: after a crash, a silent engine, or a
 * message that came before its subscriber. Commands of one instance go in the order in which they came.
 */
export function startDispatcher({ inbox, deliver, logger }: { readonly inbox: Inbox; readonly deliver: (row: InboxRow) => Promise<DeliveryResult>; readonly logger: Logger }): { stop(): Promise<void> } {
  let isStopping = false;
  let wake: () => void = () => undefined;

  const running = (async () => {
    while (!isStopping) {
      let taken = 0;
      try {
        const rows = await inbox.takeDue(batchSize);
        taken = rows.length;
        await Promise.all(groupByInstance(rows).map((group) => settleInOrder(group, inbox, deliver, logger)));
      } catch (error) {
        logger.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'the inbox could not be read; trying again');
      }
      if (taken < batchSize && !isStopping) await pause();
    }
  })();

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    async stop() {
      isStopping = true;
      wake();
      await running;
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

async function settleInOrder(rows: readonly InboxRow[], inbox: Inbox, deliver: (row: InboxRow) => Promise<DeliveryResult>, logger: Logger): Promise<void> {
  for (const row of rows) {
    try {
      await settle(row, await deliver(row), inbox);
    } catch (error) {
      logger.error({ commandId: row.id, kind: row.kind, reason: error instanceof Error ? error.name : 'unknown' }, 'a command could not be delivered; it stays in the inbox');
    }
  }
}

/** Writes what became of a delivery. A message past its time goes to the desk of unmatched messages. */
export async function settle(row: InboxRow, result: DeliveryResult, inbox: Inbox): Promise<void> {
  if (result.kind === 'delivered') await inbox.settle(row.id, 'delivered', result.outcome);
  else if (result.kind === 'rejected') await inbox.settle(row.id, 'rejected', { failure: result.failure });
  else if (row.expiresAt && row.expiresAt.getTime() < Date.now()) await inbox.settle(row.id, 'unmatched', {});
  else if (row.attempts === 0) await inbox.handOver(row.id);
}
