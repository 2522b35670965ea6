import type { Incident, MessageSubscription, SignalSubscription, OpenUserTask } from '#engine';
import { entryRow } from './entry-row.ts';
import type { DataKey } from './key-store.ts';
import type { IncidentClosing, RecordBatch, TaskClosing } from './batch.ts';
import { endedPayload } from './ended-state.ts';
import { outboundRows } from './outbound-rows.ts';
import type { EncryptedPayload } from './payload-cipher.ts';

/** A batch as rows for SQL: each row is written once, also when the batch opens and closes the same thing. */
export interface BatchRows {
  readonly batch: RecordBatch;
  readonly digest: string;
  readonly patientId: string | undefined;
  readonly entries: readonly object[];
  readonly tasks: readonly object[];
  readonly closedTasks: readonly { readonly id: string }[];
  readonly subscriptions: readonly object[];
  readonly closedSubscriptions: readonly string[];
  readonly incidents: readonly object[];
  readonly closedIncidents: readonly { readonly id: string }[];
  readonly ledger: readonly object[];
  readonly signals: readonly object[];
  readonly closedSignals: readonly string[];
  readonly outbound: readonly object[];
  /** How the instance has ended, encrypted. */
  readonly ended: EncryptedPayload | undefined;
}

/** Names of the facts of a batch; a correction gives them a suffix and what they correct. */
export type FactNaming = (index: number) => { readonly factId: string; readonly corrects?: string };

/** `<instanceId>/<sequence>/<n>`, n counting from 0. */
export function factIdOf(instanceId: string, sequence: number, index: number): string {
  return `${instanceId}/${sequence}/${index}`;
}

/** Turns a batch into rows, its entries' payloads encrypted with `key`. */
export function toRows(
  batch: RecordBatch,
  digest: string,
  patientId: string | undefined,
  key: DataKey,
  naming: FactNaming = (index) => ({ factId: factIdOf(batch.instanceId, batch.sequence, index) }),
): BatchRows {
  const { instanceId, processKey, tasks, subscriptions, incidents } = batch;
  const about = { instanceId, processKey, ...(patientId === undefined ? {} : { patientId }) };
  const rowId = (id: string): string => `${instanceId}:${id}`;

  const taskClosings = new Map(tasks.close.map((closing) => [closing.taskId, closing]));
  const upserted = new Map(tasks.upsert.map((task) => [task.id, taskRow(task, rowId(task.id), taskClosings.get(task.id))]));
  const messages = onlyOpen(subscriptions);
  const signals = onlyOpen(batch.signals);
  const incidentClosings = new Map(incidents.close.map((closing) => [closing.incidentId, closing]));
  const raised = new Map(incidents.raise.map((incident) => [incident.id, incidentRow(incident, rowId(incident.id), incidentClosings.get(incident.id))]));

  return {
    batch,
    digest,
    patientId,
    entries: batch.entries.map((entry, index) => ({ n: index, ...entryRow(entry, { ...about, ...naming(index) }, key) })),
    tasks: [...upserted.values()],
    closedTasks: [...taskClosings.values()]
      .filter((closing) => !upserted.has(closing.taskId))
      .map((closing) => ({ id: rowId(closing.taskId), status: closing.outcome, ended_at: closing.at, completed_by: closing.completedBy })),
    subscriptions: messages.open.map((subscription) => subscriptionRow(subscription, rowId(subscription.id))),
    closedSubscriptions: messages.close.map(rowId),
    signals: signals.open.map((subscription) => signalRow(subscription, rowId(subscription.id))),
    closedSignals: signals.close.map(rowId),
    outbound: outboundRows(batch),
    ended: batch.ended && endedPayload(batch.ended, instanceId, batch.sequence, key),
    incidents: [...raised.values()],
    closedIncidents: [...incidentClosings.values()]
      .filter((closing) => !raised.has(closing.incidentId))
      .map((closing) => ({ id: rowId(closing.incidentId), resolved_at: closing.at, resolved_by: closing.by })),
    // One order for all, so that two transactions with the same steps wait for each other instead of dying.
    ledger: batch.ledger
      .map((mark) => ({ loop: mark.loop, item: mark.item, step: mark.step, element_id: mark.elementId, actor_id: mark.actor.id, at: mark.at }))
      .sort((a, b) => compare(a.loop, b.loop) || compare(a.item, b.item) || compare(a.step, b.step)),
  };
}

/** Leaves out what a batch opens and closes again. */
function onlyOpen<Subscription extends { readonly id: string }>({ open, close }: { readonly open: readonly Subscription[]; readonly close: readonly string[] } = { open: [], close: [] }) {
  const closed = new Set(close);
  const opened = new Set(open.map(({ id }) => id));
  return { open: open.filter(({ id }) => !closed.has(id)), close: [...closed].filter((id) => !opened.has(id)) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function taskRow(task: OpenUserTask, id: string, closing: TaskClosing | undefined): object {
  return {
    id,
    task_id: task.id,
    element_id: task.elementId,
    element_instance_id: task.elementInstanceId,
    status: closing?.outcome ?? 'open',
    unit: task.candidateUnit,
    due_at: task.dueAt,
    follow_up_at: task.followUpAt,
    priority: task.priority,
    patient_id: task.subject,
    input: task.input,
    ...workRow(task),
    created_at: task.createdAt,
    ended_at: closing?.at,
    completed_by: closing?.completedBy,
  };
}

/** Whose task it is, and what has been done of it: the columns that a correction brings back. */
export function workRow({ assignee, owner, verifying, candidateRoles, form }: RecordBatch['open']['tasks'][number]): object {
  return {
    assignee,
    owner,
    candidate_roles: candidateRoles,
    form,
    performed_by: verifying?.performers ?? [],
    performed_at: verifying?.performedAt,
    performed_data: verifying?.data,
    verify_until: verifying?.until,
  };
}

/** A row of `message_subscription`. */
export function subscriptionRow(subscription: MessageSubscription, id: string): object {
  return { id, subscription_id: subscription.id, element_id: subscription.elementId, message: subscription.message, correlation_key: subscription.correlationKey };
}

/** A row of `signal_subscription`. */
export function signalRow(subscription: SignalSubscription, id: string): object {
  return { id, subscription_id: subscription.id, element_id: subscription.elementId, signal: subscription.signal };
}

function incidentRow(incident: Incident, id: string, closing: IncidentClosing | undefined): object {
  return {
    id,
    incident_id: incident.id,
    element_id: incident.elementId,
    element_instance_id: incident.elementInstanceId,
    kind: incident.kind,
    code: incident.failure.code,
    message: incident.failure.message,
    allowed: incident.allowed,
    raised_at: incident.raisedAt,
    resolved_at: closing?.at,
    resolved_by: closing?.by,
  };
}
