import type { RecordEntry } from '#engine';
import type { DataKey } from './key-store.ts';
import { encryptPayload } from './payload-cipher.ts';

/** What an entry is about, beyond what the engine says. */
export interface EntrySubject {
  readonly factId: string;
  readonly corrects?: string;
  readonly processKey?: string;
  readonly instanceId?: string;
  readonly patientId?: string;
}

/** An entry of the engine, or one of the doors' with an action of their own. */
export type EntryContent = Omit<RecordEntry, 'action'> & { readonly action: string };

/** A row of `audit_entry` as JSON, with the column names; absent columns become null. */
export function entryRow(entry: EntryContent, { factId, corrects, processKey, instanceId, patientId }: EntrySubject, key: DataKey): Record<string, unknown> {
  const { actor, times } = entry;
  return {
    fact_id: factId,
    corrects,
    occurred_at: times?.occurredAt ?? entry.at,
    device_at: times?.deviceAt,
    time_source: times?.timeSource,
    late_entry: times?.lateEntry ?? false,
    actor_id: actor.id,
    actor_kind: actor.kind,
    actor_roles: actor.roles,
    actor_unit: actor.unit,
    on_behalf_of: actor.onBehalfOf,
    action: entry.action,
    process_key: processKey,
    instance_id: instanceId,
    element_id: entry.elementId,
    element_instance_id: entry.elementInstanceId,
    task_id: entry.taskId,
    patient_id: patientId,
    reason: entry.reason,
    rule_set: entry.ruleSet,
    rule_set_version: entry.ruleSetVersion,
    decision_id: entry.decisionId,
    payload: encryptPayload(entry, factId, key),
  };
}

const columns = [
  ['fact_id', 'text'],
  ['corrects', 'text'],
  ['occurred_at', 'timestamptz'],
  ['device_at', 'timestamptz'],
  ['time_source', 'text'],
  ['late_entry', 'boolean'],
  ['actor_id', 'text'],
  ['actor_kind', 'text'],
  ['actor_roles', 'text[]'],
  ['actor_unit', 'text'],
  ['on_behalf_of', 'text'],
  ['action', 'text'],
  ['process_key', 'text'],
  ['instance_id', 'uuid'],
  ['element_id', 'text'],
  ['element_instance_id', 'text'],
  ['task_id', 'text'],
  ['patient_id', 'text'],
  ['reason', 'text'],
  ['rule_set', 'text'],
  ['rule_set_version', 'text'],
  ['decision_id', 'text'],
  ['payload', 'jsonb'],
] as const;

/** The columns that `entryRow` fills, for an INSERT. */
export const entryColumns: string = columns.map(([name]) => name).join(', ');
/** The same with their types, for `json_to_recordset`. */
export const entryRecord: string = columns.map(([name, type]) => `${name} ${type}`).join(', ');
