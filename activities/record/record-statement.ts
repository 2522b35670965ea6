import type { QueryConfig } from 'pg';
import type { BatchRows } from './batch-rows.ts';
import { databaseJson } from './database-json.ts';
import { entryColumns, entryRecord } from './entry-row.ts';
import { inboxChannel } from './outbound.ts';
import { signalReceipts } from './outbound-rows.ts';

/** The outbox channel; LISTEN on it only wakes a reader of `outbox_event`. */
export const outboxChannel = 'careloop_outbox';

/**
 * Writes what a batch opens and closes. `recorded` is a row (id, unit, patient_id) of the instance, present
 * when the batch is to be written. Parameters as in `projectionValues`. The ids of closed rows are given as
 * arrays too: the planner takes a function's rows for a hundred and would rather read the whole table.
 */
export const projectionStatements = `
  entries as (
    insert into audit_entry (${entryColumns})
    select ${entryColumns} from (
      select e.* from recorded, json_to_recordset($5::json) as e (n int, ${entryRecord}) order by e.n
    ) ordered
  ),
  upserted_tasks as (
    insert into user_task as t (id, instance_id, task_id, element_id, element_instance_id, status, candidate_roles, unit, assignee, form, due_at, priority, patient_id, input, created_at, ended_at, completed_by, follow_up_at, owner, performed_by, performed_at, performed_data, verify_until)
    select u.id, r.id, u.task_id, u.element_id, u.element_instance_id, u.status, u.candidate_roles, coalesce(u.unit, r.unit), u.assignee, u.form, u.due_at, u.priority, coalesce(u.patient_id, r.patient_id), u.input, u.created_at, u.ended_at, u.completed_by, u.follow_up_at, u.owner, u.performed_by, u.performed_at, u.performed_data, u.verify_until
    from recorded r, json_to_recordset($6::json) as u (id text, task_id text, element_id text, element_instance_id text, status text, candidate_roles text[], unit text, assignee text, form text, due_at timestamptz, priority int, patient_id text, input jsonb, created_at timestamptz, ended_at timestamptz, completed_by text,
      follow_up_at timestamptz, owner text, performed_by text[], performed_at timestamptz, performed_data jsonb, verify_until timestamptz)
    on conflict (id) do update set
      element_id = excluded.element_id, element_instance_id = excluded.element_instance_id, status = excluded.status,
      candidate_roles = excluded.candidate_roles, unit = excluded.unit, assignee = excluded.assignee, form = excluded.form,
      due_at = excluded.due_at, priority = excluded.priority, patient_id = excluded.patient_id, input = excluded.input,
      created_at = excluded.created_at, ended_at = excluded.ended_at, completed_by = excluded.completed_by,
      follow_up_at = excluded.follow_up_at, owner = excluded.owner, performed_by = excluded.performed_by,
      performed_at = excluded.performed_at, performed_data = excluded.performed_data, verify_until = excluded.verify_until
    returning t.id, t.unit
  ),
  closed_tasks as (
    update user_task t set status = c.status, ended_at = c.ended_at, completed_by = c.completed_by
    from recorded, json_to_recordset($7::json) as c (id text, status text, ended_at timestamptz, completed_by text)
    where t.id = c.id and t.id = any($19::text[])
    returning t.id, t.unit
  ),
  opened_subscriptions as (
    insert into message_subscription as s (id, instance_id, subscription_id, element_id, message, correlation_key)
    select o.id, r.id, o.subscription_id, o.element_id, o.message, o.correlation_key
    from recorded r, json_to_recordset($8::json) as o (id text, subscription_id text, element_id text, message text, correlation_key text)
    on conflict (id) do update set element_id = excluded.element_id, message = excluded.message, correlation_key = excluded.correlation_key
  ),
  closed_subscriptions as (
    delete from message_subscription s using recorded where s.id = any($9::text[])
  ),
  raised_incidents as (
    insert into incident as i (id, instance_id, incident_id, element_id, element_instance_id, kind, code, message, allowed, raised_at, resolved_at, resolved_by)
    select n.id, r.id, n.incident_id, n.element_id, n.element_instance_id, n.kind, n.code, n.message, n.allowed, n.raised_at, n.resolved_at, n.resolved_by
    from recorded r, json_to_recordset($10::json) as n (id text, incident_id text, element_id text, element_instance_id text, kind text, code text, message text, allowed text[], raised_at timestamptz, resolved_at timestamptz, resolved_by text)
    on conflict (id) do update set
      element_id = excluded.element_id, element_instance_id = excluded.element_instance_id, kind = excluded.kind, code = excluded.code,
      message = excluded.message, allowed = excluded.allowed, raised_at = excluded.raised_at, resolved_at = excluded.resolved_at, resolved_by = excluded.resolved_by
    returning i.id
  ),
  closed_incidents as (
    update incident i set resolved_at = c.resolved_at, resolved_by = c.resolved_by
    from recorded, json_to_recordset($11::json) as c (id text, resolved_at timestamptz, resolved_by text)
    where i.id = c.id and i.id = any($20::text[])
    returning i.id
  ),
  ledger as (
    insert into ledger_step (loop, item, step, instance_id, element_id, actor_id, at, sequence)
    select l.loop, l.item, l.step, r.id, l.element_id, l.actor_id, l.at, $2::int
    from recorded r, json_to_recordset($12::json) as l (loop text, item text, step text, element_id text, actor_id text, at timestamptz)
    on conflict (loop, item, step) do nothing
  ),
  outbox as (
    insert into outbox_event (topic, instance_id, task_id, unit)
    select 'instance', r.id, null, r.unit from recorded r
    union all select 'task', $1::uuid, t.id, t.unit from upserted_tasks t
    union all select 'task', $1::uuid, t.id, t.unit from closed_tasks t
    union all select 'incident', r.id, null, r.unit from recorded r, raised_incidents
    union all select 'incident', r.id, null, r.unit from recorded r, closed_incidents
  )`;

/** Keeps how the instance has ended, until a correction of the same batch says otherwise. $22. */
export const endStatements = `
  ended as (
    insert into ended_state as e (instance_id, sequence, state)
    select r.id, $2::int, $22::jsonb from recorded r where $22::jsonb is not null
    on conflict (instance_id, sequence) do update set state = excluded.state
  )`;

/** Writes what few batches have: signals that are awaited, what leaves the instance, and another version. $23 to $26. */
export const furtherStatements = `
  opened_signals as (
    insert into signal_subscription as s (id, instance_id, subscription_id, element_id, signal)
    select o.id, r.id, o.subscription_id, o.element_id, o.signal
    from recorded r, json_to_recordset($23::json) as o (id text, subscription_id text, element_id text, signal text)
    on conflict (id) do update set element_id = excluded.element_id, signal = excluded.signal
  ),
  closed_signals as (
    delete from signal_subscription s using recorded where s.id = any($24::text[])
  ),
  sent as (
    select o.* from recorded, json_to_recordset($25::json) as o (n int, id text, kind text, instance_id uuid, sender_id uuid, caller_id text, payload jsonb, payload_digest text, actor jsonb)
  ),
  outbound as (
    insert into inbox_command (id, kind, instance_id, caller_id, payload, payload_digest, actor, created_at)
    select id, kind, instance_id, caller_id, payload, payload_digest, actor, now() + n * interval '1 millisecond' from sent
    on conflict (id) do nothing returning id
  ),
  broadcasts as (
    select sent.* from sent join outbound using (id) where kind = 'signal'
  ),${signalReceipts('broadcasts')}`;

/** How many of the elements that completed last an instance row names: an instance may go round for years. */
export const pathLength = 256;

/** Sets the instance row; $13 to $18 and $21. What it costs does not grow with what the instance has done. */
export const instanceAssignments = `patient_id = coalesce(patient_id, $4::text), sequence = $2::int, status = $13,
      started_at = coalesce($14::timestamptz, started_at), ended_at = $15::timestamptz,
      active_elements = $16::jsonb, path = jsonb_path_query_array(path || $17::jsonb, '$[last - ${pathLength - 1} to last]'),
      completed_elements = completed_elements || coalesce((
        select jsonb_object_agg(c.id, coalesce((completed_elements ->> c.id)::int, 0) + c.times)
        from (select id, count(*)::int as times from jsonb_array_elements_text($17::jsonb) as t (id) group by id) c
      ), '{}'::jsonb),
      variables = $18::jsonb, error_code = $21::text, updated_at = now()`;

/** Puts the instance into the version that the batch names; $26. */
export const versionAssignment = 'bundle_hash = coalesce($26::text, bundle_hash)';

/** Ends a statement that has `furtherStatements`: wakes who reads the outbox, and who delivers what was sent. */
export const furtherNotification = `select pg_notify('${outboxChannel}', ''), (select pg_notify('${inboxChannel}', '') from outbound limit 1) from recorded`;

const notification = `select pg_notify('${outboxChannel}', '') from recorded`;
const recordText = textOf('', '', notification);
const endRecordText = textOf('', `,${endStatements}`, notification);
const furtherRecordText = textOf(`, ${versionAssignment}`, `,${endStatements},${furtherStatements}`, furtherNotification);

function textOf(furtherAssignments: string, furtherStatements: string, notification: string): string {
  return `
with guard as (
    insert into recorded_batch (instance_id, sequence, digest)
    select id, $2::int, $3::text from process_instance where id = $1::uuid and (patient_id is null or patient_id = $4::text)
    on conflict do nothing
    returning instance_id
  ),
  recorded as (
    update process_instance set ${instanceAssignments}${furtherAssignments}
    from guard where id = guard.instance_id
    returning id, unit, patient_id
  ),${projectionStatements}${furtherStatements}
${notification}`;
}

/**
 * The whole batch in one statement: one round trip and, being one statement, one transaction. Returns one
 * row when it was written; none when the batch was there, or the instance is missing or of another patient.
 */
export function recordStatement(rows: BatchRows): QueryConfig {
  // Most batches have nothing further: their statement stays as small as it can be.
  if (hasFurther(rows)) return { name: 'careloop-record-further', text: furtherRecordText, values: [...projectionValues(rows), ...endValues(rows), ...furtherValues(rows)] };
  if (rows.ended) return { name: 'careloop-record-end', text: endRecordText, values: [...projectionValues(rows), ...endValues(rows)] };
  return { name: 'careloop-record', text: recordText, values: projectionValues(rows) };
}

function hasFurther({ batch }: BatchRows): boolean {
  return batch.signals !== undefined || batch.outbound !== undefined || batch.instance.bundleHash !== undefined;
}

/** The parameters of `furtherStatements` and `versionAssignment`. `bundleHash`: of the version to put the instance into. */
export function furtherValues({ batch, signals, closedSignals, outbound }: BatchRows, bundleHash = batch.instance.bundleHash): unknown[] {
  return [databaseJson(signals), closedSignals, databaseJson(outbound), bundleHash ?? null];
}

/** The parameters of `endStatements`. */
export function endValues({ ended }: BatchRows): unknown[] {
  return [ended ? databaseJson(ended) : null];
}

/** The parameters of the statements above. */
export function projectionValues({ batch, digest, patientId, ...rows }: BatchRows): unknown[] {
  const { instance } = batch;
  return [
    batch.instanceId,
    batch.sequence,
    digest,
    patientId ?? null,
    databaseJson(rows.entries),
    databaseJson(rows.tasks),
    databaseJson(rows.closedTasks),
    databaseJson(rows.subscriptions),
    rows.closedSubscriptions,
    databaseJson(rows.incidents),
    databaseJson(rows.closedIncidents),
    databaseJson(rows.ledger),
    instance.status,
    instance.startedAt ?? null,
    instance.endedAt ?? null,
    databaseJson(instance.activeElements),
    databaseJson(instance.completed),
    databaseJson(instance.variables),
    rows.closedTasks.map((row) => row.id),
    rows.closedIncidents.map((row) => row.id),
    instance.errorCode ?? null,
  ];
}
