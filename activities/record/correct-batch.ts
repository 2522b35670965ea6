import type { PoolClient } from 'pg';
import { engineActor } from '#engine';
import type { Database } from '#database';
import { factIdOf, signalRow, subscriptionRow, toRows, workRow } from './batch-rows.ts';
import { databaseJson } from './database-json.ts';
import { entryColumns, entryRecord, entryRow } from './entry-row.ts';
import { systemScope, type DataKey, type KeyStore } from './key-store.ts';
import type { RecordBatch } from './batch.ts';
import { RecordError } from './record-error.ts';
import { senderOf } from './outbound-rows.ts';
import { endStatements, endValues, furtherNotification, furtherStatements, furtherValues, instanceAssignments, projectionStatements, projectionValues, versionAssignment } from './record-statement.ts';
import { recordedRuns, runIdOf, withdrawn, type RecordedRuns } from './recorded-runs.ts';

/** `patientChanged`: the instance got its patient meanwhile, or the quick statement assumed another; try again with this one. */
type CorrectionOutcome = { readonly kind: 'repeat' | 'correction' } | { readonly kind: 'patientChanged'; readonly patientId: string | undefined };

const reason = 'Expected the run that recorded this to be confirmed, but another run of the same step took its place';

/**
 * Finds out why the quick statement wrote nothing, and writes the batch as a correction when other content
 * stands under its sequence. A worker that ended between the record and the end of its task runs again: what
 * it recorded from this sequence on is replaced, so every later entry is taken back too (a later batch of the
 * new run is a correction again). Fails: INSTANCE_NOT_FOUND.
 */
export async function correctBatch({ pool }: Pick<Database, 'pool'>, keys: KeyStore, batch: RecordBatch, digest: string): Promise<CorrectionOutcome> {
  // The key is fetched before a connection is held: after a crash there are as many corrections as connections.
  const patientId = (await readPatient(pool, batch.instanceId)) ?? batch.patientId;
  const key = await keys.keyFor(patientId ?? systemScope);
  const client = await pool.connect();
  try {
    await client.query('begin');
    const outcome = await correctWithin(client, batch, digest, patientId, key);
    await client.query('commit');
    client.release();
    return outcome;
  } catch (error) {
    const failed = await client.query('rollback').then(() => undefined, (reason: Error) => reason);
    client.release(failed);
    throw error;
  }
}

async function readPatient(queryable: Pick<PoolClient, 'query'>, instanceId: string, lock = ''): Promise<string | undefined> {
  const { rows } = await queryable.query<{ patient_id: string | null }>(`select patient_id from process_instance where id = $1 ${lock}`, [instanceId]);
  const [instance] = rows;
  if (!instance) throw new RecordError('INSTANCE_NOT_FOUND', `Expected a row of instance ${instanceId}, but there is none`);
  return instance.patient_id ?? undefined;
}

async function correctWithin(client: PoolClient, batch: RecordBatch, digest: string, patientId: string | undefined, key: DataKey): Promise<CorrectionOutcome> {
  const { instanceId, sequence } = batch;
  const patientNow = (await readPatient(client, instanceId, 'for update')) ?? batch.patientId;
  const { facts, batches } = await recordedRuns(client, instanceId, sequence);
  const recorded = batches.get(sequence);
  if (recorded?.digest === digest) return { kind: 'repeat' };
  // Only another patient than assumed makes the quick statement skip a batch that was never recorded.
  if (!recorded || patientNow !== patientId) return { kind: 'patientChanged', patientId: patientNow };

  const rows = toRows(batch, digest, patientId, key, (index) => {
    const name = factIdOf(instanceId, sequence, index);
    const corrected = facts.get(name);
    return { factId: `${name}/c${recorded.run + 1}`, ...(corrected ? { corrects: corrected.factId } : {}) };
  });
  const completedBefore = [...facts.values()].flatMap(({ action, elementId }) => (action === 'element.completed' && elementId !== null ? [elementId] : []));
  const takenBack = takenBackRows(batch, digest, { facts, batches }, patientId, key);

  await client.query('delete from ledger_step where instance_id = $1 and sequence >= $2', [instanceId, sequence]);
  // What the replaced run has sent and nobody has taken yet is not sent.
  await client.query("delete from inbox_command where status = 'received' and caller_id = any($1::text[])", [[...batches.keys()].map((replaced) => senderOf(instanceId, replaced))]);
  await client.query('delete from ended_state where instance_id = $1 and sequence >= $2', [instanceId, sequence]);
  await cutBack(client, instanceId, completedBefore);
  // The replaced run may have put the instance into another version.
  await client.query(correctionText, [...projectionValues(rows), ...endValues(rows), ...furtherValues(rows, batch.open.bundleHash)]);
  await client.query(`insert into audit_entry (${entryColumns}) select ${entryColumns} from json_to_recordset($1::json) as e (n int, ${entryRecord}) order by e.n`, [databaseJson(takenBack)]);
  await reconcileOpen(client, batch);
  return { kind: 'correction' };
}

/** Takes out of the instance row what the replaced run had completed. */
async function cutBack(client: PoolClient, instanceId: string, completed: readonly string[]): Promise<void> {
  await client.query(
    `update process_instance set
       path = (select coalesce(jsonb_agg(id order by n), '[]') from jsonb_array_elements(path) with ordinality as p (id, n) where n <= jsonb_array_length(path) - cardinality($2::text[])),
       completed_elements = (
         select coalesce(jsonb_object_agg(id, left_over), '{}')
         from (select id, times::int - (select count(*) from unnest($2::text[]) as replaced where replaced = id) as left_over from jsonb_each_text(completed_elements) as c (id, times)) counted
         where left_over > 0
       )
     where id = $1`,
    [instanceId, completed],
  );
}

/** The projections as in the quick statement. */
const correctionText = `with recorded as (
    update process_instance set ${instanceAssignments}, ${versionAssignment} where id = $1::uuid and $3::text <> '' returning id, unit, patient_id
  ),${projectionStatements},${endStatements},${furtherStatements}
${furtherNotification}`;

/** Brings what is open in the projections to exactly what is open in the state. */
async function reconcileOpen(client: PoolClient, { instanceId, at, open }: RecordBatch): Promise<void> {
  const rowId = (id: string): string => `${instanceId}:${id}`;
  const tasks = open.tasks.map((task) => ({ id: rowId(task.id), element_id: task.elementId, ...workRow(task) }));
  await client.query(
    `with changed as (
       update user_task set status = 'cancelled', ended_at = $3 where instance_id = $1 and status = 'open' and not id = any($2::text[]) returning id, unit
     ), reopened as (
       update user_task t set status = 'open', ended_at = null, completed_by = null, assignee = o.assignee, owner = o.owner,
         element_id = coalesce(o.element_id, t.element_id), candidate_roles = coalesce(o.candidate_roles, t.candidate_roles), form = coalesce(o.form, t.form),
         performed_by = o.performed_by, performed_at = o.performed_at, performed_data = o.performed_data, verify_until = o.verify_until
       from json_to_recordset($4::json) as o (id text, element_id text, assignee text, owner text, candidate_roles text[], form text, performed_by text[], performed_at timestamptz, performed_data jsonb, verify_until timestamptz)
       where t.id = o.id and (t.status <> 'open' or t.assignee is distinct from o.assignee or t.owner is distinct from o.owner or t.performed_at is distinct from o.performed_at
         or t.element_id <> coalesce(o.element_id, t.element_id) or t.form <> coalesce(o.form, t.form))
       returning t.id, t.unit
     )
     insert into outbox_event (topic, instance_id, task_id, unit)
     select 'task', $1::uuid, id, unit from (select * from changed union all select * from reopened) every_task`,
    [instanceId, tasks.map((task) => task.id), at, databaseJson(tasks)],
  );
  await client.query('delete from message_subscription where instance_id = $1 and not id = any($2::text[])', [instanceId, open.subscriptions.map((subscription) => rowId(subscription.id))]);
  await client.query(
    `insert into message_subscription (id, instance_id, subscription_id, element_id, message, correlation_key)
     select o.id, $1::uuid, o.subscription_id, o.element_id, o.message, o.correlation_key
     from json_to_recordset($2::json) as o (id text, subscription_id text, element_id text, message text, correlation_key text)
     on conflict (id) do update set element_id = excluded.element_id, message = excluded.message, correlation_key = excluded.correlation_key`,
    [instanceId, databaseJson(open.subscriptions.map((subscription) => subscriptionRow(subscription, rowId(subscription.id))))],
  );
  const signals = open.signals ?? [];
  await client.query('delete from signal_subscription where instance_id = $1 and not id = any($2::text[])', [instanceId, signals.map((subscription) => rowId(subscription.id))]);
  await client.query(
    `insert into signal_subscription (id, instance_id, subscription_id, element_id, signal)
     select o.id, $1::uuid, o.subscription_id, o.element_id, o.signal from json_to_recordset($2::json) as o (id text, subscription_id text, element_id text, signal text)
     on conflict (id) do update set element_id = excluded.element_id, signal = excluded.signal`,
    [instanceId, databaseJson(signals.map((subscription) => signalRow(subscription, rowId(subscription.id))))],
  );
  const incidents = open.incidents.map(rowId);
  await client.query('update incident set resolved_at = $3, resolved_by = $4 where instance_id = $1 and resolved_at is null and not id = any($2::text[])', [instanceId, incidents, at, engineActor.id]);
  await client.query('update incident set resolved_at = null, resolved_by = null where id = any($1::text[]) and resolved_at is not null', [incidents]);
}

/** The entries that say which batches and which entries no longer hold. */
function takenBackRows(batch: RecordBatch, digest: string, { facts, batches }: RecordedRuns, patientId: string | undefined, key: DataKey): readonly object[] {
  const { instanceId, processKey, sequence, at } = batch;
  const about = { instanceId, processKey, ...(patientId === undefined ? {} : { patientId }) };
  const content = { at, actor: engineActor, reason };
  const rows: object[] = [];
  for (const [other, { run, digest: known }] of [...batches].sort(([a], [b]) => a - b)) {
    if (other === sequence) rows.push(entryRow({ ...content, action: 'batch.corrected' }, { ...about, factId: runIdOf(instanceId, other, run + 1, digest) }, key));
    else if (known !== withdrawn) rows.push(entryRow({ ...content, action: 'batch.withdrawn' }, { ...about, factId: runIdOf(instanceId, other, run + 1, withdrawn) }, key));
  }
  for (const [name, fact] of facts) {
    const isRepeated = fact.sequence === sequence && fact.index < batch.entries.length;
    if (isRepeated || fact.action === 'entry.withdrawn') continue;
    const run = (batches.get(fact.sequence)?.run ?? 0) + 1;
    const element = fact.elementId === null ? {} : { elementId: fact.elementId };
    rows.push(entryRow({ ...content, ...element, action: 'entry.withdrawn' }, { ...about, factId: `${name}/c${run}`, corrects: fact.factId }, key));
  }
  return rows.map((row, n) => ({ n, ...row }));
}
