import type { Database } from '#database';
import { databaseJson } from './database-json.ts';
import { entryColumns, entryRecord, entryRow, type EntryContent, type EntrySubject } from './entry-row.ts';
import { systemScope, type DataKey, type KeyStore } from './key-store.ts';

/**
 * Something that happened outside an instance's own history: a refusal at a door, a sign-in, a read of patient
 * data. `action` is past tense, dotted: `access.refused`, `task.refused`, `order.refused`, `patient.read`, …
 */
export type RecordFact = EntryContent & EntrySubject;

/**
 * Writes one audit entry. The same `factId` is recorded once: `repeat` says that it was there.
 * Fails: KEY_DESTROYED.
 */
export async function recordFact(database: Pick<Database, 'pool'>, keys: KeyStore, fact: RecordFact): Promise<{ readonly recorded: 'new' | 'repeat' }> {
  const key = await keys.keyFor(fact.patientId ?? systemScope);
  const { rowCount } = await database.pool.query({ name: 'careloop-record-fact', ...factStatement(fact, key) });
  return { recorded: rowCount === 1 ? 'new' : 'repeat' };
}

/** The statement that writes the entry, for who records an act in the same transaction as the act. `key`: of the patient, else of the system. */
export function factStatement(fact: RecordFact, key: DataKey): { readonly text: string; readonly values: [string] } {
  return {
    text: `insert into audit_entry (${entryColumns}) select ${entryColumns} from json_to_recordset($1::json) as e (${entryRecord}) on conflict (fact_id) do nothing`,
    values: [databaseJson([entryRow(fact, fact, key)])],
  };
}
