import type { OutboxEvent, OutboxTable } from './outbox-table.ts';

/** More missing ids than this at once are no race but a sequence that was set: they are not waited for. */
const maximumGap = 2_000n;

/**
 * Follows the table, each event once. Sequence numbers become visible in the order of commits, not of
 * numbers: an id that was skipped is asked for again for `lagMs`.
 */
export function createOutboxTail(table: Pick<OutboxTable, 'readNew'>, from: bigint, lagMs: number) {
  let newest = from;
  const gaps = new Map<bigint, number>();

  return {
    /** The events that appeared since the last reading. */
    async advance(now = Date.now()): Promise<{ readonly events: readonly OutboxEvent[]; readonly isFull: boolean }> {
      const page = await table.readNew(newest, [...gaps.keys()]);
      for (const { id } of page.events) {
        gaps.delete(id);
        if (id <= newest) continue;
        if (id - newest <= maximumGap) for (let missing = newest + 1n; missing < id; missing += 1n) gaps.set(missing, now);
        newest = id;
      }
      for (const [id, noticedAt] of gaps) if (now - noticedAt > lagMs) gaps.delete(id);
      return page;
    },
  };
}
