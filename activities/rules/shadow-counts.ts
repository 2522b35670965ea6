import { randomUUID } from 'node:crypto';
import type { Database } from '#database';

/** What of a shadow its counts need. */
export interface CountedShadow {
  readonly id: string;
  readonly hourlyLimit: number;
}

/** A decision about which a shadow differs, as it is kept. */
export interface ShadowDifference {
  readonly decision_id: string;
  readonly decided_at: string;
  readonly level_before: string;
  readonly level_after: string;
  readonly found_before: readonly string[];
  readonly found_after: readonly string[];
  readonly failure: string | null;
}

/** What a shadow saw since its counts were written last. */
export interface Counts {
  judged: number;
  differing: number;
  notComparable: number;
  skipped: number;
  readonly differences: ShadowDifference[];
}

interface Batch extends Counts {
  readonly shadow: CountedShadow;
  readonly number: number;
}

/** Counts of one process that wait to be written. */
export interface ShadowCounts {
  of(shadow: CountedShadow): Counts;
  readonly isEmpty: boolean;
  /** Writes all that it can. Rejects when something could not be written: that is kept, and the next call writes it, once. */
  write(): Promise<void>;
  /** Gives up what is not written; how many decisions that were. */
  discard(): number;
}

/** Gathers the counts of shadows for one process. At most two hours' differences of each shadow are held while nothing can be written. */
export function createShadowCounts({ pool }: Pick<Database, 'pool'>): ShadowCounts {
  const writer = randomUUID();
  const open = new Map<string, Counts & { readonly shadow: CountedShadow }>();
  // What was sent and is not known to be written stays as it was sent, so that sending it again counts it once.
  const sent = new Map<string, Batch>();
  let batches = 0;
  return {
    of(shadow) {
      const counts = open.get(shadow.id) ?? { shadow, judged: 0, differing: 0, notComparable: 0, skipped: 0, differences: [] };
      open.set(shadow.id, counts);
      return counts;
    },
    get isEmpty() {
      return open.size === 0 && sent.size === 0;
    },
    async write() {
      const failures: unknown[] = [];
      for (const id of new Set([...sent.keys(), ...open.keys()])) {
        try {
          await send(id);
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
    discard() {
      const lost = [...open.values(), ...sent.values()].reduce((sum, { judged, skipped }) => sum + judged + skipped, 0);
      open.clear();
      sent.clear();
      return lost;
    },
  };

  async function send(id: string): Promise<void> {
    for (let batch = nextOf(id); batch; batch = nextOf(id)) {
      await writeBatch(pool, writer, batch);
      sent.delete(id);
    }
  }

  function nextOf(id: string): Batch | undefined {
    const standing = sent.get(id);
    const counts = open.get(id);
    if (standing || !counts) return standing;
    open.delete(id);
    batches += 1;
    const batch = { ...counts, number: batches };
    sent.set(id, batch);
    return batch;
  }
}

/** Adds to the counters of the hour, and keeps as many differences as it still may, in all processes together. A batch that was written before adds nothing. */
async function writeBatch(pool: Database['pool'], writer: string, { shadow, number, judged, differing, notComparable, skipped, differences }: Batch): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const { rowCount: isNew } = await client.query(
      `insert into rule_shadow_writer as w (shadow_id, writer, batch) values ($1, $2, $3)
       on conflict (shadow_id, writer) do update set batch = excluded.batch where w.batch < excluded.batch`,
      [shadow.id, writer, number],
    );
    if (isNew) {
      const { rows } = await client.query<{ hour: Date; kept: number }>(
        `insert into rule_shadow_hour as h (shadow_id, hour, judged, differing, not_comparable, skipped) values ($1, date_trunc('hour', now()), $2, $3, $4, $5)
         on conflict (shadow_id, hour) do update set judged = h.judged + excluded.judged, differing = h.differing + excluded.differing,
           not_comparable = h.not_comparable + excluded.not_comparable, skipped = h.skipped + excluded.skipped returning hour, kept`,
        [shadow.id, judged, differing, notComparable, skipped],
      );
      const hour = rows[0];
      const room = Math.max(0, shadow.hourlyLimit - (hour?.kept ?? 0));
      if (hour && room > 0 && differences.length > 0) {
        const { rowCount } = await client.query(
          `insert into rule_shadow_difference (shadow_id, decision_id, decided_at, level_before, level_after, found_before, found_after, failure)
           select $1, * from jsonb_to_recordset($2) as kept (decision_id uuid, decided_at timestamptz, level_before text, level_after text, found_before text[], found_after text[], failure text) on conflict do nothing`,
          [shadow.id, JSON.stringify(differences.slice(0, room))],
        );
        await client.query('update rule_shadow_hour set kept = kept + $3 where shadow_id = $1 and hour = $2', [shadow.id, hour.hour, rowCount ?? 0]);
      }
    }
    await client.query('commit');
  } catch (error) {
    broken = error instanceof Error ? error : new Error('Expected the counters of a shadow to be written');
    throw error;
  } finally {
    // A connection within a transaction that failed is not used again.
    client.release(broken);
  }
}
