import { randomBytes } from 'node:crypto';
import type { OpenUserTask } from '#engine';
import { toRows } from './batch-rows.ts';
import { databaseJson } from './database-json.ts';
import type { RecordBatch } from './batch.ts';

const at = '2026-11-22T08:00:00.000Z';
const actor = { id: 'nurse-1', kind: 'person', roles: ['nurse'] } as const;
const key = { keyId: 'dk-1', scope: 'system', key: randomBytes(32) };
const task = (id: string, assignee?: string): OpenUserTask => ({ id, elementInstanceId: 'e1', elementId: 'give', candidateRoles: ['nurse'], form: 'f', priority: 50, input: {}, createdAt: at, ...(assignee ? { assignee } : {}) });
const batch: RecordBatch = {
  instanceId: 'i', processKey: 'loop', sequence: 3, at,
  entries: [{ action: 'element.completed', at, actor, elementId: 'a' }, { action: 'task.created', at, actor, times: { occurredAt: '2026-11-22T07:00:00.000Z', lateEntry: true }, after: { dose: 5 } }],
  tasks: { upsert: [task('t1'), task('t1', 'nurse-2'), task('t2')], close: [{ taskId: 't2', outcome: 'cancelled', at }, { taskId: 't0', outcome: 'completed', completedBy: 'nurse-1', at }] },
  subscriptions: { open: [{ id: 's1', elementInstanceId: 'e1', elementId: 'm', message: 'x', correlationKey: 'k' }, { id: 's2', elementInstanceId: 'e1', elementId: 'm', message: 'x', correlationKey: 'k' }], close: ['s2', 's0'] },
  incidents: { raise: [], close: [{ incidentId: 'i0', at, by: 'nurse-1' }] },
  ledger: ['planned', 'given'].map((step) => ({ loop: 'dose', step, item: 'd1', elementId: 'a', at, actor })),
  instance: { status: 'running', activeElements: [], completed: [], variables: {} },
  open: { tasks: [], subscriptions: [], incidents: [] },
};

describe('toRows', () => {
  it('names facts by instance, sequence and place, with the clinical time where there is one', () => {
    const { entries } = toRows(batch, 'digest', undefined, key);

    expect(entries).toMatchObject([
      { n: 0, fact_id: 'i/3/0', occurred_at: at, late_entry: false, payload: undefined },
      { n: 1, fact_id: 'i/3/1', occurred_at: '2026-11-22T07:00:00.000Z', late_entry: true, payload: { keyId: 'dk-1' } },
    ]);
  });

  it('writes each row once: the last form of a task, closed when the batch closes it', () => {
    const { tasks, closedTasks, subscriptions, closedSubscriptions, closedIncidents } = toRows(batch, 'digest', undefined, key);

    expect(tasks).toMatchObject([{ id: 'i:t1', status: 'open', assignee: 'nurse-2' }, { id: 'i:t2', status: 'cancelled', ended_at: at }]);
    expect(closedTasks).toEqual([{ id: 'i:t0', status: 'completed', ended_at: at, completed_by: 'nurse-1' }]);
    expect(subscriptions).toMatchObject([{ id: 'i:s1' }]);
    expect(closedSubscriptions).toEqual(['i:s0']);
    expect(closedIncidents).toEqual([{ id: 'i:i0', resolved_at: at, resolved_by: 'nurse-1' }]);
  });

  it('writes ledger steps in one order for all, so that two batches cannot wait for each other', () => {
    expect(toRows(batch, 'digest', undefined, key).ledger).toMatchObject([{ step: 'given' }, { step: 'planned' }]);
  });
});

describe('databaseJson', () => {
  it('replaces what PostgreSQL refuses, and nothing else', () => {
    expect(databaseJson({ a: 'x\u0000y', 'k\u0000': ['\ud800', '\udc00z', '😀', '\u0001', '\\u0000'] })).toBe(JSON.stringify({ a: 'x\ufffdy', 'k\ufffd': ['\ufffd', '\ufffdz', '😀', '\u0001', '\\u0000'] }));
  });
});
