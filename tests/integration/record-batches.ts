import { randomUUID } from 'node:crypto';
import type { Actor, RecordEntry, OpenUserTask } from '#engine';
import type { Database } from '#database';
import type { RecordBatch } from '#activities';

export const nurse: Actor = { id: 'nurse-1', kind: 'person', roles: ['nurse'], unit: 'ward-1' };
const engine: Actor = { id: 'careloop', kind: 'engine', roles: [] };
export const at = '2026-11-22T08:00:00.000Z';

/** Adds an instance's row, as the gateway does before a process starts. */
export async function addInstance({ pool }: Database, patientId?: string): Promise<string> {
  const id = randomUUID();
  await pool.query("insert into process_bundle (hash, process_key, version, bytes, forms, published_by) values ('bundle', 'loop', '1', '', '{}', 'test') on conflict do nothing");
  await pool.query("insert into process_instance (id, process_key, business_key, bundle_hash, unit, started_by, patient_id) values ($1, 'loop', $2, 'bundle', 'ward-1', 'test', $3)", [id, id, patientId ?? null]);
  return id;
}

/** An entry by the engine, or by `actor`. */
export function entry(action: RecordEntry['action'], more: Partial<RecordEntry> = {}): RecordEntry {
  return { action, at, actor: engine, ...more };
}

export function task(id: string, more: Partial<OpenUserTask> = {}): OpenUserTask {
  return { id, elementInstanceId: 'e3', elementId: 'give', candidateRoles: ['nurse'], form: 'give-dose', priority: 50, input: { drug: 'aspirin' }, createdAt: at, ...more };
}

/** A first batch: an element completed, a task opened, a message awaited, an incident, a ledger step. */
export function firstBatch(instanceId: string, more: Partial<RecordBatch> = {}): RecordBatch {
  return {
    instanceId,
    processKey: 'loop',
    sequence: 1,
    at,
    patientId: 'patient-1',
    entries: [
      entry('instance.started', { actor: nurse, after: { dose: 100 } }),
      entry('element.completed', { elementId: 'start' }),
      entry('task.created', { elementId: 'give', taskId: 't1', times: { occurredAt: '2026-11-22T07:55:00.000Z', deviceAt: '2026-11-22T07:56:00.000Z', timeSource: 'device:PDA-17', lateEntry: true } }),
    ],
    tasks: { upsert: [task('t1')], close: [] },
    subscriptions: { open: [{ id: 's1', elementInstanceId: 'e4', elementId: 'stop', message: 'orderStopped', correlationKey: 'order-1' }], close: [] },
    incidents: { raise: [{ id: 'i1', elementInstanceId: 'e5', elementId: 'dispense', kind: 'outcomeUnknown', failure: { code: 'SERVICE_OUTCOME_UNKNOWN', message: 'Expected an answer, but got none' }, raisedAt: at, allowed: ['retry', 'confirmDone'] }], close: [] },
    ledger: [{ loop: 'dose', step: 'planned', item: `${instanceId}/dose-1`, elementId: 'plan', at, actor: engine }],
    instance: { status: 'running', startedAt: at, activeElements: [{ elementId: 'give' }], completed: ['start'], variables: { dose: 100 } },
    open: { tasks: [{ id: 't1' }], subscriptions: [{ id: 's1', elementInstanceId: 'e4', elementId: 'stop', message: 'orderStopped', correlationKey: 'order-1' }], incidents: ['i1'] },
    ...more,
  };
}

/** What follows `firstBatch`: the task is done, the message and the incident are over, the instance ends. */
export function lastBatch(instanceId: string, more: Partial<RecordBatch> = {}): RecordBatch {
  return {
    ...firstBatch(instanceId),
    sequence: 2,
    entries: [entry('task.completed', { actor: nurse, elementId: 'give', taskId: 't1', reason: 'given', detail: { scans: ['bag-7'] } }), entry('element.completed', { elementId: 'give' }), entry('instance.completed')],
    tasks: { upsert: [], close: [{ taskId: 't1', outcome: 'completed', completedBy: nurse.id, at }] },
    subscriptions: { open: [], close: ['s1'] },
    incidents: { raise: [], close: [{ incidentId: 'i1', at, by: nurse.id }] },
    ledger: [{ loop: 'dose', step: 'given', item: `${instanceId}/dose-1`, elementId: 'give', at, actor: nurse }],
    instance: { status: 'completed', startedAt: at, endedAt: at, activeElements: [], completed: ['give'], variables: { dose: 100, given: true } },
    open: { tasks: [], subscriptions: [], incidents: [] },
    ...more,
  };
}
