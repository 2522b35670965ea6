import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createKeyStore, decryptPayload, readEndedInstance, recordBatch, recordFact, type KeyStore, type RecordBatch } from '#activities';
import { createDatabase, type Database } from '#database';
import type { ProcessState } from '#engine';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';
import { addInstance, entry, firstBatch, lastBatch, nurse, task } from './record-batches.ts';

let server: TestDatabase;
let database: Database;
let keys: KeyStore;
const masterKey = randomBytes(32);

beforeAll(async () => {
  server = await startTestDatabase();
  database = createDatabase(server.url);
  keys = createKeyStore(database, masterKey);
}, 300_000);
afterAll(async () => {
  await database.close();
  await server.stop();
});

const sentBy = (instanceId: string) => database.prisma.inboxCommand.findMany({ where: { callerId: { startsWith: `instance:${instanceId}:` } }, orderBy: { kind: 'asc' } });
const entriesOf = (instanceId: string) => database.prisma.auditEntry.findMany({ where: { instanceId }, orderBy: { id: 'asc' } });
const projectionsOf = async (instanceId: string) => {
  const instance = await database.prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId }, include: { tasks: { orderBy: { id: 'asc' } }, incidents: true, subscriptions: true } });
  const ledger = await database.prisma.ledgerStep.findMany({ where: { instanceId }, orderBy: { id: 'asc' } });
  return {
    status: instance.status,
    patientId: instance.patientId,
    sequence: instance.sequence,
    path: instance.path,
    completed: instance.completedElements,
    variables: instance.variables,
    endedAt: instance.endedAt?.toISOString() ?? null,
    tasks: instance.tasks.map((row) => [row.taskId, row.status, row.assignee, row.completedBy]),
    subscriptions: instance.subscriptions.map((row) => row.subscriptionId),
    incidents: instance.incidents.map((row) => [row.incidentId, row.resolvedBy]),
    ledger: ledger.map((row) => row.step),
  };
};

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
    const key = await createKeyStore(database, masterKey).byId(payload.keyId);
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

describe('a differing repeat', () => {
  const otherRun = (instanceId: string): RecordBatch =>
    firstBatch(instanceId, {
      entries: [entry('instance.started', { actor: nurse, after: { dose: 200 } }), entry('element.completed', { elementId: 'otherStart' })],
      tasks: { upsert: [task('t2', { assignee: 'nurse-2' })], close: [] },
      subscriptions: { open: [], close: [] },
      incidents: { raise: [], close: [] },
      ledger: [],
      instance: { status: 'running', startedAt: '2026-11-22T08:00:00.000Z', activeElements: [], completed: ['otherStart'], variables: { dose: 200 } },
      open: { tasks: [{ id: 't2', assignee: 'nurse-2' }], subscriptions: [], incidents: [] },
    });

  it('is appended as a correction, and the projections follow it', async () => {
    const instanceId = await addInstance(database);
    await recordBatch(database, keys, firstBatch(instanceId));

    const outcome = await recordBatch(database, keys, otherRun(instanceId));

    expect(outcome).toEqual({ recorded: 'correction' });
    expect((await entriesOf(instanceId)).slice(3).map((row) => [row.factId.replace(/run1\/\w+/, 'run1/…'), row.action, row.corrects])).toEqual([
      [`${instanceId}/1/0/c1`, 'instance.started', `${instanceId}/1/0`],
      [`${instanceId}/1/1/c1`, 'element.completed', `${instanceId}/1/1`],
      [`${instanceId}/1/run1/…`, 'batch.corrected', null],
      [`${instanceId}/1/2/c1`, 'entry.withdrawn', `${instanceId}/1/2`],
    ]);
    expect(await projectionsOf(instanceId)).toEqual({
      status: 'running', patientId: 'patient-1', sequence: 1, path: ['otherStart'], completed: { otherStart: 1 }, variables: { dose: 200 }, endedAt: null,
      tasks: [['t1', 'cancelled', null, null], ['t2', 'open', 'nurse-2', null]], subscriptions: [], incidents: [['i1', 'careloop']], ledger: [],
    });
  });

  it('is a repeat the second time, and a further correction when it changes again', async () => {
    const instanceId = await addInstance(database);
    await recordBatch(database, keys, firstBatch(instanceId));
    await recordBatch(database, keys, otherRun(instanceId));

    const again = await recordBatch(database, keys, otherRun(instanceId));
    const back = await recordBatch(database, keys, firstBatch(instanceId));

    expect([again.recorded, back.recorded]).toEqual(['repeat', 'correction']);
    expect((await entriesOf(instanceId)).slice(-4).map((row) => [row.action, row.corrects])).toEqual([
      ['instance.started', `${instanceId}/1/0/c1`],
      ['element.completed', `${instanceId}/1/1/c1`],
      ['task.created', `${instanceId}/1/2/c1`],
      ['batch.corrected', null],
    ]);
    expect(await projectionsOf(instanceId)).toMatchObject({
      path: ['start'], completed: { start: 1 }, variables: { dose: 100 }, tasks: [['t1', 'open', null, null], ['t2', 'cancelled', 'nurse-2', null]], subscriptions: ['s1'], incidents: [['i1', null]], ledger: ['planned'],
    });
  });

  it('takes back what was sent and nobody has taken, and awaits the signals of the new run only', async () => {
    const [instanceId, waiting] = [await addInstance(database), await addInstance(database)];
    const signal = (id: string, name: string) => ({ id, elementInstanceId: 'e9', elementId: 'hear', signal: name });
    const open = firstBatch(instanceId).open;
    await recordBatch(database, keys, { ...firstBatch(waiting), signals: { open: [signal('g1', 'alarm'), signal('g12', 'alarm')], close: [] } });
    await recordBatch(database, keys, { ...firstBatch(instanceId), signals: { open: [signal('g1', 'quiet')], close: [] }, outbound: [{ kind: 'signal', key: 'e7/alarm', signal: 'alarm', payload: { floor: 3 } }], instance: { ...firstBatch(instanceId).instance, status: 'failed', errorCode: 'NO_BED' } });
    const sent = await sentBy(instanceId);

    await recordBatch(database, keys, { ...firstBatch(instanceId), signals: { open: [signal('g2', 'loud')], close: [] }, open: { ...open, signals: [signal('g2', 'loud')] } });

    expect(sent.map(({ kind, instanceId: to, payload }) => ({ kind, to, payload }))).toEqual([
      { kind: 'receiveSignal', to: waiting, payload: { signal: 'alarm', payload: { floor: 3 }, subscriptionId: 'g12' } },
      { kind: 'signal', to: null, payload: { signal: 'alarm', payload: { floor: 3 } } },
    ]);
    expect(await sentBy(instanceId)).toEqual([]);
    expect(await database.prisma.signalSubscription.findMany({ where: { instanceId }, select: { subscriptionId: true, signal: true } })).toEqual([{ subscriptionId: 'g2', signal: 'loud' }]);
    expect(await database.prisma.processInstance.findUnique({ where: { id: instanceId }, select: { status: true, errorCode: true } })).toEqual({ status: 'running', errorCode: null });
  });

  it('gives a task back to whom it belongs, and takes back that it was done', async () => {
    const instanceId = await addInstance(database);
    const verifying = { data: { rate: 40 }, performers: ['nurse-1'], performedAt: '2026-11-22T08:00:00.000Z', until: '2026-11-22T08:10:00.000Z' };
    const row = () => database.prisma.userTask.findUniqueOrThrow({ where: { id: `${instanceId}:t1` }, select: { assignee: true, owner: true, candidateRoles: true, form: true, performedBy: true, performedAt: true, performedData: true, verifyUntil: true } });
    const { open } = firstBatch(instanceId);
    await recordBatch(database, keys, firstBatch(instanceId));
    await recordBatch(database, keys, { ...firstBatch(instanceId), sequence: 2, entries: [], tasks: { upsert: [task('t1', { candidateRoles: ['doctor'], form: 'confirm', verifying })], close: [] } });
    const before = await row();

    await recordBatch(database, keys, { ...firstBatch(instanceId), sequence: 2, entries: [], tasks: { upsert: [], close: [] }, open: { ...open, tasks: [{ id: 't1', assignee: 'nurse-2', owner: 'nurse-1', candidateRoles: ['nurse'], form: 'give-dose' }] } });

    expect(before).toEqual({ assignee: null, owner: null, candidateRoles: ['doctor'], form: 'confirm', performedBy: ['nurse-1'], performedAt: new Date(verifying.performedAt), performedData: { rate: 40 }, verifyUntil: new Date(verifying.until) });
    expect(await row()).toEqual({ assignee: 'nurse-2', owner: 'nurse-1', candidateRoles: ['nurse'], form: 'give-dose', performedBy: [], performedAt: null, performedData: null, verifyUntil: null });
  });

  it('brings back the version that the replaced run has left, and its task as that version offers it', async () => {
    const instanceId = await addInstance(database);
    await database.pool.query("insert into process_bundle (hash, process_key, version, bytes, forms, published_by) values ('bundle-2', 'loop', '2', '', '{}', 'test') on conflict do nothing");
    const open = firstBatch(instanceId).open;
    await recordBatch(database, keys, firstBatch(instanceId));
    const migrated = firstBatch(instanceId, { sequence: 2, tasks: { upsert: [task('t1', { elementId: 'hand', form: 'hand-over' })], close: [] } });
    await recordBatch(database, keys, { ...migrated, instance: { ...migrated.instance, bundleHash: 'bundle-2' }, open: { ...open, bundleHash: 'bundle-2' } });
    const read = async () => ({
      ...(await database.prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId }, select: { bundleHash: true } })),
      ...(await database.prisma.userTask.findFirstOrThrow({ where: { instanceId }, select: { elementId: true, form: true } })),
    });
    expect(await read()).toEqual({ bundleHash: 'bundle-2', elementId: 'hand', form: 'hand-over' });

    const replaced = firstBatch(instanceId, { sequence: 2, tasks: { upsert: [], close: [] }, open: { ...open, bundleHash: 'bundle', tasks: [{ id: 't1', elementId: 'give', form: 'give-dose', candidateRoles: ['nurse'] }] } });
    expect(await recordBatch(database, keys, replaced)).toEqual({ recorded: 'correction' });

    expect(await read()).toEqual({ bundleHash: 'bundle', elementId: 'give', form: 'give-dose' });
  });

  it('forgets how the instance would have ended in the run that it replaces', async () => {
    const instanceId = await addInstance(database);
    await recordBatch(database, keys, firstBatch(instanceId));
    // Any state will do: nothing looks into it.
    const ended = { state: { lastId: 7 } as unknown as ProcessState, accepted: ['command-1'] };
    await recordBatch(database, keys, lastBatch(instanceId, { ended }));
    expect(await readEndedInstance(database, keys, instanceId, 2)).toEqual(ended);
    expect(await readEndedInstance(database, keys, instanceId, 1)).toBeUndefined();

    await recordBatch(database, keys, firstBatch(instanceId, { sequence: 2 }));

    expect(await readEndedInstance(database, keys, instanceId, 2)).toBeUndefined();
  });

  it('takes back the later batches of the run that it replaces', async () => {
    const instanceId = await addInstance(database);
    await recordBatch(database, keys, firstBatch(instanceId));
    await recordBatch(database, keys, lastBatch(instanceId));

    await recordBatch(database, keys, { ...firstBatch(instanceId), at: '2026-11-22T08:00:05.000Z' });
    const between = await projectionsOf(instanceId);
    const replayed = await recordBatch(database, keys, lastBatch(instanceId));

    expect(between).toMatchObject({ status: 'running', endedAt: null, path: ['start'], completed: { start: 1 }, tasks: [['t1', 'open', null, null]], subscriptions: ['s1'], incidents: [['i1', null]], ledger: ['planned'] });
    expect(replayed).toEqual({ recorded: 'correction' });
    expect(await projectionsOf(instanceId)).toMatchObject({ status: 'completed', sequence: 2, path: ['start', 'give'], completed: { start: 1, give: 1 }, tasks: [['t1', 'completed', null, 'nurse-1']], subscriptions: [], incidents: [['i1', 'nurse-1']], ledger: ['planned', 'given'] });
    const last = (await entriesOf(instanceId)).filter((row) => row.action === 'task.completed').at(-1);
    expect([last?.factId, last?.corrects]).toEqual([`${instanceId}/2/0/c2`, `${instanceId}/2/0/c1`]);
  });

  it('heals a hundred instances at once after a crash', async () => {
    const instances = await Promise.all(Array.from({ length: 100 }, (_, index) => addInstance(database, `crash-${index}`)));
    await Promise.all(instances.map((instanceId) => recordBatch(database, keys, firstBatch(instanceId))));
    const afterCrash = createKeyStore(database, masterKey);

    const outcomes = await Promise.all(instances.map((instanceId) => recordBatch(database, afterCrash, otherRun(instanceId))));

    expect(new Set(outcomes.map((outcome) => outcome.recorded))).toEqual(new Set(['correction']));
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
    const owner = new pg.Client({ connectionString: server.ownerUrl });
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

describe('data keys', () => {
  it('agree on one key when two processes make it at once', async () => {
    const stores = Array.from({ length: 8 }, () => createKeyStore(database, masterKey));

    const made = await Promise.all(stores.map((store) => store.keyFor('patient-race')));

    expect(new Set(made.map((key) => key.keyId)).size).toBe(1);
    expect(new Set(made.map((key) => key.key.toString('hex'))).size).toBe(1);
  });

  it('do not open with another master key, nor after they were destroyed', async () => {
    const { keyId } = await keys.keyFor('patient-erased');
    await expect(createKeyStore(database, randomBytes(32)).byId(keyId)).rejects.toMatchObject({ code: 'PAYLOAD_DAMAGED' });

    await database.pool.query("update data_key set destroyed_at = now(), wrapped_key = '' where key_id = $1", [keyId]);

    const later = createKeyStore(database, masterKey);
    await expect(later.byId(keyId)).rejects.toMatchObject({ code: 'KEY_DESTROYED' });
    await expect(later.keyFor('patient-erased')).rejects.toMatchObject({ code: 'KEY_DESTROYED' });
    await expect(later.byId('dk-none')).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
  });
});
