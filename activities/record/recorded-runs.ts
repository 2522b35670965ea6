import type { PoolClient } from 'pg';
import { factIdOf } from './batch-rows.ts';

/** An entry that a batch of an instance has written. */
export interface RecordedFact {
  readonly factId: string;
  readonly sequence: number;
  readonly index: number;
  /** 0 for the first content of a batch, k for its k-th correction. */
  readonly run: number;
  readonly action: string;
  readonly elementId: string | null;
}

/** What stands in the record under the sequences from one on. */
export interface RecordedRuns {
  /** The fact in force under each `<instanceId>/<sequence>/<n>`. */
  readonly facts: ReadonlyMap<string, RecordedFact>;
  /** By sequence: the number of its last run and the digest of its content, or `withdrawn`. */
  readonly batches: ReadonlyMap<number, { readonly run: number; readonly digest: string }>;
}

/** Stands for the digest of a batch that an earlier correction took back. */
export const withdrawn = 'withdrawn';

/** Name of the entry that says that the k-th correction of a batch has this content. */
export function runIdOf(instanceId: string, sequence: number, run: number, digest: string): string {
  return `${instanceId}/${sequence}/run${run}/${digest}`;
}

/**
 * Reads the instance's batches from `sequence` on, and of its entries those that were written since: a long-lived
 * instance has very many. The repeat guard is append-only like the entries, so that the content in force is what the
 * last run's entry says, or else the guard.
 */
export async function recordedRuns(client: PoolClient, instanceId: string, sequence: number): Promise<RecordedRuns> {
  const { rows: guards } = await client.query<{ sequence: number; digest: string }>('select sequence, digest from recorded_batch where instance_id = $1 and sequence >= $2', [instanceId, sequence]);
  const { rows: entries } = await client.query<{ fact_id: string; action: string; element_id: string | null }>(
    `select fact_id, action, element_id from audit_entry
     where instance_id = $1 and starts_with(fact_id, $2) and id >= coalesce((select id from audit_entry where fact_id = $3), 0) order by id`,
    [instanceId, `${instanceId}/`, factIdOf(instanceId, sequence, 0)],
  );
  const facts = new Map<string, RecordedFact>();
  const batches = new Map(guards.map((guard) => [guard.sequence, { run: 0, digest: guard.digest }]));
  for (const entry of entries) {
    const names = entry.fact_id.split('/');
    const at = Number(names[1]);
    if (!(at >= sequence)) continue;
    const run = /^run(\d+)$/.exec(names[2] ?? '');
    if (run) {
      batches.set(at, { run: Number(run[1]), digest: names[3] ?? '' });
    } else {
      const index = Number(names[2]);
      facts.set(factIdOf(instanceId, at, index), { factId: entry.fact_id, sequence: at, index, run: Number(names[3]?.slice(1) ?? 0), action: entry.action, elementId: entry.element_id });
    }
  }
  return { facts, batches };
}
