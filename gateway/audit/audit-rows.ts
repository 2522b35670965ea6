import type { AuditRecord } from '#audit';

/** The columns of an entry, as `toAuditRecord` takes them. */
export const auditColumns = `e.id, e.fact_id, e.recorded_at, e.occurred_at, e.device_at, e.time_source, e.late_entry, e.actor_id, e.actor_kind, e.actor_roles,
  e.actor_unit, e.on_behalf_of, e.action, e.process_key, e.instance_id, e.element_id, e.element_instance_id, e.task_id, e.patient_id, e.reason,
  e.rule_set, e.rule_set_version, e.decision_id, e.corrects, e.payload`;

/** A row of `audit_entry` as the driver reads it. */
export interface AuditRow {
  readonly id: string;
  readonly fact_id: string;
  readonly recorded_at: Date;
  readonly occurred_at: Date;
  readonly device_at: Date | null;
  readonly time_source: string | null;
  readonly late_entry: boolean;
  readonly actor_id: string;
  readonly actor_kind: string;
  readonly actor_roles: readonly string[];
  readonly actor_unit: string | null;
  readonly on_behalf_of: string | null;
  readonly action: string;
  readonly process_key: string | null;
  readonly instance_id: string | null;
  readonly element_id: string | null;
  readonly element_instance_id: string | null;
  readonly task_id: string | null;
  readonly patient_id: string | null;
  readonly reason: string | null;
  readonly rule_set: string | null;
  readonly rule_set_version: string | null;
  readonly decision_id: string | null;
  readonly corrects: string | null;
  readonly payload: AuditRecord['payload'] | null;
}

/** The entry in its final form. The order of members is the one that an export shows. */
export function toAuditRecord(row: AuditRow): AuditRecord {
  return {
    sequence: Number(row.id),
    factId: row.fact_id,
    recordedAt: row.recorded_at.toISOString(),
    occurredAt: row.occurred_at.toISOString(),
    ...(row.device_at === null ? {} : { deviceAt: row.device_at.toISOString() }),
    ...present('timeSource', row.time_source),
    lateEntry: row.late_entry,
    actorId: row.actor_id,
    actorKind: row.actor_kind,
    actorRoles: row.actor_roles,
    ...present('actorUnit', row.actor_unit),
    ...present('onBehalfOf', row.on_behalf_of),
    action: row.action,
    ...present('processKey', row.process_key),
    ...present('instanceId', row.instance_id),
    ...present('elementId', row.element_id),
    ...present('elementInstanceId', row.element_instance_id),
    ...present('taskId', row.task_id),
    ...present('patientId', row.patient_id),
    ...present('reason', row.reason),
    ...present('ruleSet', row.rule_set),
    ...present('ruleSetVersion', row.rule_set_version),
    ...present('decisionId', row.decision_id),
    ...present('corrects', row.corrects),
    ...(row.payload === null || row.payload === undefined ? {} : { payload: row.payload }),
  };
}

function present<Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> {
  // A computed member widens to an index signature; this is its exact type.
  return value === null ? {} : ({ [name]: value } as Record<Name, string>);
}
