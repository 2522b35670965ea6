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

interface FactRow {
  readonly fact_id: string;
  readonly action: string;
  readonly element_id: string | null;
}

/** Every entry of the instance's batches from `sequence` on, corrections included, in the order of the record. */
export async function factsSince(client: PoolClient, instanceId: string, sequence: number): Promise<readonly RecordedFact[]> {
  const { rows } = await client.query<FactRow>('select fact_id, action, element_id from audit_entry where instance_id = $1 and starts_with(fact_id, $2) order by id', [instanceId, `${instanceId}/`]);
  return rows.flatMap((row) => {
    const match = /\/(\d+)\/(\d+)(?:\/c(\d+))?$/.exec(row.fact_id);
    if (!match || Number(match[1]) < sequence) return [];
    return [{ factId: row.fact_id, sequence: Number(match[1]), index: Number(match[2]), run: Number(match[3] ?? 0), action: row.action, elementId: row.element_id }];
  });
}

/** The fact in force under each first fact id. */
export function latestFacts(facts: readonly RecordedFact[]): ReadonlyMap<string, RecordedFact> {
  const latest = new Map<string, RecordedFact>();
  for (const fact of facts) {
    const instanceId = fact.factId.slice(0, fact.factId.indexOf('/'));
    const name = factIdOf(instanceId, fact.sequence, fact.index);
    const known = latest.get(name);
    if (!known || fact.run > known.run) latest.set(name, fact);
  }
  return latest;
}
