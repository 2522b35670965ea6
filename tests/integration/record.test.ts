import pg from 'pg';
import { createKeyStore, decryptPayload, recordBatch, recordFact, type KeyStore } from '#activities';
import type { Database } from '#database';
import { openRecord, type OpenRecord } from './open-record.ts';
import { addInstance, entry, firstBatch, lastBatch, nurse } from './record-batches.ts';

let record: OpenRecord;
let database: Database;
let keys: KeyStore;
const entriesOf = (instanceId: string) => record.entriesOf(instanceId);
const projectionsOf = (instanceId: string) => record.projectionsOf(instanceId);

beforeAll(async () => {
  record = await openRecord();
  ({ database, keys } = record);
}, 300_000);
afterAll(() => record.close());

describe('recordBatch', () => {
  it('writes entries, projections, ledger, outbox and the patient in one go', async () => {
    const instanceId = await addInstance(database);

    const outcome = await recordBatch(database, keys, firstBatch(instanceId));

    expect(outcome).toEqual({ recorded: 'new' });
    expect(await projectionsOf(instanceId)).toEqual({
      status: 'running', patientId: 'patient-1', sequence: 1, path: ['start'], completed: { start: 1 }, variables: { dose: 100 }, endedAt: null,
      tasks: [['t1', 'open', null, null]], subscriptions: ['s1'], incidents: [['i1', null]], ledger: ['planned'],
    });
    const entries = await entriesOf(instanceId);
    expect(entries.map((row) => [row.factId, row.action, row.actorId, row.patientId])).toEqual([
      [`${instanceId}/1/0`, 'instance.started', 'nurse-1', 'patient-1'],
      [`${instanceId}/1/1`, 'element.completed', 'careloop', 'patient-1'],
      [`${instanceId}/1/2`, 'task.created', 'careloop', 'patient-1'],
    ]);
    expect(entries[2]).toMatchObject({ occurredAt: new Date('2026-11-22T07:55:00.000Z'), deviceAt: new Date('2026-11-22T07:56:00.000Z'), timeSource: 'device:PDA-17', lateEntry: true });
    expect(entries[0]).toMatchObject({ occurredAt: new Date('2026-11-22T08:00:00.000Z'), lateEntry: false, actorRoles: ['nurse'], actorUnit: 'ward-1' });
    const outbox = await database.prisma.outboxEvent.findMany({ where: { instanceId }, orderBy: { id: 'asc' } });
    expect(outbox.map((row) => [row.topic, row.taskId, row.unit])).toEqual([['instance', null, 'ward-1'], ['task', `${instanceId}:t1`, 'ward-1'], ['incident', null, 'ward-1']]);
  });

  it('encrypts values with the key of the patient, bound to their entry', async () => {
    const instanceId = await addInstance(database, 'patient-secret');

    await recordBatch(database, keys, firstBatch(instanceId, { patientId: 'patient-secret' }));

    const [started] = await entriesOf(instanceId);
    const payload = started?.payload as { keyId: string; iv: string; ciphertext: string; tag: string };
    const key = await createKeyStore(database, record.masterKey).byId(payload.keyId);
    expect(key.scope).toBe('patient-secret');
    expect(JSON.stringify(started?.payload)).not.toContain('100');
    expect(decryptPayload(payload, `${instanceId}/1/0`, key)).toEqual({ after: { dose: 100 } });
    expect(() => decryptPayload(payload, `${instanceId}/1/1`, key)).toThrow(expect.objectContaining({ code: 'PAYLOAD_DAMAGED' }));
  });

  it('uses the patient of the instance row when the batch does not name one', async () => {
    const instanceId = await addInstance(database, 'patient-of-row');
    const { patientId: _patientId, ...batch } = firstBatch(instanceId);

    await recordBatch(database, keys, batch);

    const [started] = await entriesOf(instanceId);
    expect(started?.patientId).toBe('patient-of-row');
    expect((await keys.byId((started?.payload as { keyId: string }).keyId)).scope).toBe('patient-of-row');
  });

  it('closes what the second batch ends', async () => {
    const instanceId = await addInstance(database);

    await recordBatch(database, keys, firstBatch(instanceId));
    await recordBatch(database, keys, lastBatch(instanceId));

    expect(await projectionsOf(instanceId)).toEqual({
      status: 'completed', patientId: 'patient-1', sequence: 2, path: ['start', 'give'], completed: { start: 1, give: 1 }, variables: { dose: 100, given: true }, endedAt: '2026-11-22T08:00:00.000Z',
      tasks: [['t1', 'completed', null, 'nurse-1']], subscriptions: [], incidents: [['i1', 'nurse-1']], ledger: ['planned', 'given'],
    });
  });

  it('keeps what one batch both opens and closes as closed', async () => {
    const instanceId = await addInstance(database);
    const batch = firstBatch(instanceId);

    await recordBatch(database, keys, {
      ...batch,
      tasks: { upsert: batch.tasks.upsert, close: [{ taskId: 't1', outcome: 'cancelled', at: batch.at }] },
      subscriptions: { open: batch.subscriptions.open, close: ['s1'] },
      incidents: { raise: batch.incidents.raise, close: [{ incidentId: 'i1', at: batch.at, by: 'nurse-1' }] },
    });

    expect(await projectionsOf(instanceId)).toMatchObject({ tasks: [['t1', 'cancelled', null, null]], subscriptions: [], incidents: [['i1', 'nurse-1']] });
  });

  it('does nothing for a repeat, also of the same batch ten times at once', async () => {
    const instanceId = await addInstance(database);

    const outcomes = await Promise.all(Array.from({ length: 10 }, () => recordBatch(database, keys, firstBatch(instanceId))));

    expect(outcomes.map((outcome) => outcome.recorded).sort()).toEqual(['new', ...Array.from({ length: 9 }, () => 'repeat')]);
    expect(await entriesOf(instanceId)).toHaveLength(3);
    expect(await database.prisma.outboxEvent.count({ where: { instanceId } })).toBe(3);
  });

  it('records a NUL and a lone surrogate that a scanner sent', async () => {
    const instanceId = await addInstance(database);
    const batch = firstBatch(instanceId, { entries: [entry('task.created', { reason: 'a\u0000b', detail: { scan: '\ud800\u0000' } })] });

    await recordBatch(database, keys, { ...batch, instance: { ...batch.instance, variables: { 'na\u0000me': 'x\ud800\u0001\\u0000' } } });

    const [row] = await entriesOf(instanceId);
    expect(row?.reason).toBe('a\uFFFDb');
    const payload = row?.payload as { keyId: string; iv: string; ciphertext: string; tag: string };
    expect(decryptPayload(payload, `${instanceId}/1/0`, await keys.byId(payload.keyId))).toEqual({ detail: { scan: '\ud800\u0000' } });
    expect((await projectionsOf(instanceId)).variables).toEqual({ 'na\uFFFDme': 'x\uFFFD\u0001\\u0000' });
  });

  it('names the elements that completed last and counts all, however often the instance goes round', async () => {
    const instanceId = await addInstance(database);
    const { instance } = firstBatch(instanceId);
    const round = (sequence: number, completed: readonly string[]) => recordBatch(database, keys, { ...firstBatch(instanceId), sequence, entries: completed.map((elementId) => entry('element.completed', { elementId })), instance: { ...instance, completed } });

    await round(1, ['start', ...Array.from({ length: 299 }, (_, index) => (index % 2 === 0 ? 'act' : 'again'))]);
    await round(2, ['act', 'act', 'end']);
    const went = await projectionsOf(instanceId);
    await round(2, ['again']);
    const corrected = await projectionsOf(instanceId);

    expect(went.completed).toEqual({ start: 1, act: 152, again: 149, end: 1 });
    expect(went.path).toHaveLength(256);
    expect((went.path as string[]).slice(-5)).toEqual(['again', 'act', 'act', 'act', 'end']);
    expect(corrected.completed).toEqual({ start: 1, act: 150, again: 150 });
    expect((corrected.path as string[]).slice(-3)).toEqual(['again', 'act', 'again']);
  });

  it('refuses an instance that has no row', async () => {
    await expect(recordBatch(database, keys, firstBatch('00000000-0000-4000-8000-000000000000'))).rejects.toMatchObject({ code: 'INSTANCE_NOT_FOUND' });
  });

  it('writes batches of many instances at once, each completely and in order', async () => {
    const instances = await Promise.all(Array.from({ length: 60 }, () => addInstance(database)));

    await Promise.all(instances.map(async (instanceId) => {
      await recordBatch(database, keys, firstBatch(instanceId));
      await recordBatch(database, keys, lastBatch(instanceId));
    }));

    for (const instanceId of instances) {
      expect((await entriesOf(instanceId)).map((row) => row.factId)).toEqual([1, 2].flatMap((sequence) => [0, 1, 2].map((n) => `${instanceId}/${sequence}/${n}`)));
      expect((await projectionsOf(instanceId)).path).toEqual(['start', 'give']);
    }
  });
});

describe('recordFact', () => {
  it('records a fact once by its id', async () => {
    const fact = { factId: 'refusal/1', action: 'access.refused', at: '2026-11-22T08:00:00.000Z', actor: nurse, reason: 'ROLE_MISSING', detail: { field: 'auditTrail' } };

    const first = await recordFact(database, keys, fact);
    const second = await recordFact(database, keys, fact);

    expect([first.recorded, second.recorded]).toEqual(['new', 'repeat']);
    const row = await database.prisma.auditEntry.findUniqueOrThrow({ where: { factId: 'refusal/1' } });
    expect(row).toMatchObject({ action: 'access.refused', reason: 'ROLE_MISSING', instanceId: null });
    expect((await keys.byId((row.payload as { keyId: string }).keyId)).scope).toBe('system');
  });
});

describe('the record', () => {
  it.each(['audit_entry', 'audit_leaf', 'audit_tree_head', 'recorded_batch'])('refuses to change or remove rows of %s, also for the owner', async (table) => {
    const owner = new pg.Client({ connectionString: record.server.ownerUrl });
    await owner.connect();
    try {
      const column = { audit_entry: 'reason', audit_leaf: 'leaf_hash', audit_tree_head: 'root_hash', recorded_batch: 'digest' }[table];
      await expect(owner.query(`update ${table} set ${column} = 'x'`)).rejects.toThrow('Expected only new rows');
      await expect(owner.query(`delete from ${table}`)).rejects.toThrow('Expected only new rows');
      await expect(owner.query(`truncate ${table} cascade`)).rejects.toThrow('Expected only new rows');
      await expect(database.pool.query(`update ${table} set ${column} = 'x'`)).rejects.toThrow('permission denied');
      await expect(database.pool.query(`delete from ${table}`)).rejects.toThrow('permission denied');
    } finally {
      await owner.end();
    }
  });
});
