import { createKeyStore, readEndedInstance, recordBatch, type KeyStore, type RecordBatch } from '#activities';
import type { Database } from '#database';
import type { ProcessState } from '#engine';
import { openRecord, type OpenRecord } from './open-record.ts';
import { addInstance, entry, firstBatch, lastBatch, nurse, task } from './record-batches.ts';

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
const sentBy = (instanceId: string) => database.prisma.inboxCommand.findMany({ where: { callerId: { startsWith: `instance:${instanceId}:` } }, orderBy: { kind: 'asc' } });

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
    const afterCrash = createKeyStore(database, record.masterKey);

    const outcomes = await Promise.all(instances.map((instanceId) => recordBatch(database, afterCrash, otherRun(instanceId))));

    expect(new Set(outcomes.map((outcome) => outcome.recorded))).toEqual(new Set(['correction']));
  });
});
