import { createHash } from 'node:crypto';
import type { Database } from '#database';
import type { RecordBatch } from './batch.ts';
import { toRows } from './batch-rows.ts';
import { correctBatch } from './correct-batch.ts';
import { systemScope, type KeyStore } from './key-store.ts';
import { recordStatement } from './record-statement.ts';

export type { RecordBatch };

/** `repeat`: this very batch was there already. `correction`: another content was, and both are on record now. */
export interface RecordOutcome {
  readonly recorded: 'new' | 'repeat' | 'correction';
}

/**
 * Writes a batch in one transaction: audit entries, projections, ledger, outbox and the repeat guard.
 * Idempotent by (instanceId, sequence); other content under the same sequence is appended as a correction,
 * and the projections follow it. Fails: INSTANCE_NOT_FOUND, KEY_DESTROYED.
 */
export async function recordBatch(database: Pick<Database, 'pool'>, keys: KeyStore, batch: RecordBatch): Promise<RecordOutcome> {
  const digest = createHash('sha256').update(JSON.stringify(batch)).digest('hex');
  let patientId = knownPatient(database, batch.instanceId) ?? batch.patientId;
  for (;;) {
    const key = await keys.keyFor(patientId ?? systemScope);
    const { rowCount } = await database.pool.query(recordStatement(toRows(batch, digest, patientId, key)));
    if (rowCount === 1) {
      if (patientId !== undefined) rememberPatient(database, batch.instanceId, patientId);
      return { recorded: 'new' };
    }
    const outcome = await correctBatch(database, keys, batch, digest);
    if (outcome.kind !== 'patientChanged') return { recorded: outcome.kind };
    patientId = outcome.patientId;
  }
}

/** Patients by instance, of one process: a batch that does not name the patient costs no extra query. */
const patients = new WeakMap<object, Map<string, string>>();
const maximumRememberedPatients = 20_000;

function knownPatient({ pool }: Pick<Database, 'pool'>, instanceId: string): string | undefined {
  return patients.get(pool)?.get(instanceId);
}

function rememberPatient({ pool }: Pick<Database, 'pool'>, instanceId: string, patientId: string): void {
  const known = patients.get(pool) ?? new Map<string, string>();
  if (known.size >= maximumRememberedPatients) known.clear();
  known.set(instanceId, patientId);
  patients.set(pool, known);
}
