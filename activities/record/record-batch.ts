import { createHash } from 'node:crypto';
import type { Actor, Incident, InstanceStatus, Json, MessageSubscription, RecordEntry, UserTaskState, Variables } from '#engine';
import type { Database } from '#database';
import { toRows } from './batch-rows.ts';
import { correctBatch } from './correct-batch.ts';
import { systemScope, type KeyStore } from './key-store.ts';
import { recordStatement } from './record-statement.ts';

/** Everything that one quiescent point of an instance puts on record. JSON only. */
export interface RecordBatch {
  readonly instanceId: string;
  readonly processKey: string;
  /** Counts the batches of the instance from 1. */
  readonly sequence: number;
  readonly at: string;
  readonly patientId?: string;
  readonly entries: readonly RecordEntry[];
  readonly tasks: { readonly upsert: readonly UserTaskState[]; readonly close: readonly TaskClosing[] };
  readonly subscriptions: { readonly open: readonly MessageSubscription[]; readonly close: readonly string[] };
  readonly incidents: { readonly raise: readonly Incident[]; readonly close: readonly IncidentClosing[] };
  readonly ledger: readonly LedgerMark[];
  readonly instance: {
    readonly status: InstanceStatus;
    readonly startedAt?: string;
    readonly endedAt?: string;
    readonly activeElements: Json;
    /** Element ids completed since the last batch, appended to the path: one for each `element.completed` entry. */
    readonly completed: readonly string[];
    readonly variables: Variables;
  };
  /** What is open after the batch: a correction brings the projections to exactly this. */
  readonly open: {
    readonly tasks: readonly Pick<UserTaskState, 'id' | 'assignee'>[];
    readonly subscriptions: readonly MessageSubscription[];
    readonly incidents: readonly string[];
  };
}

export interface TaskClosing {
  readonly taskId: string;
  readonly outcome: 'completed' | 'cancelled';
  readonly completedBy?: string;
  readonly at: string;
}

export interface IncidentClosing {
  readonly incidentId: string;
  readonly at: string;
  readonly by: string;
}

export interface LedgerMark {
  readonly loop: string;
  readonly step: string;
  readonly item: string;
  readonly elementId: string;
  readonly at: string;
  readonly actor: Actor;
}

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
