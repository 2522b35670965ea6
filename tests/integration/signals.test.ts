import type { Variables } from '#engine';
import { nurse, operator, startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';

const text = (en: string) => ({ 'zh-CN': en, en });
const operational = { classification: 'operational' } as const;
const flows = (...pairs: readonly string[]) => pairs.map((pair) => {
  const [sourceRef = '', targetRef = ''] = pair.split(' > ');
  return { id: `${sourceRef}_${targetRef}`, sourceRef, targetRef };
});

/** Waits for the signal as often as it comes. */
const listener = {
  format: 'careloop-process/1', key: 'listener', version: '1', name: text('Listener'),
  variables: [{ name: 'heard', type: 'number', required: true, ...operational }, { name: 'where', type: 'string', ...operational }],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    { id: 'watch', type: 'userTask', candidateRoles: ['operator'], form: 'none', outputs: [] },
    { id: 'alarm', type: 'boundaryEvent', attachedToRef: 'watch', cancelActivity: false, event: { kind: 'signal', signal: 'fireAlarm', mappings: [{ target: 'heard', source: 'heard + 1' }, { target: 'where', source: 'signal.floor' }] } },
    { id: 'end', type: 'endEvent' },
    { id: 'heardIt', type: 'endEvent' },
  ],
  sequenceFlows: flows('start > watch', 'watch > end', 'alarm > heardIt'),
};

/** Waits for the signal itself, and broadcasts it when told to. */
const thrower = {
  format: 'careloop-process/1', key: 'thrower', version: '1', name: text('Thrower'),
  variables: [{ name: 'floor', type: 'string', required: true, ...operational }, { name: 'own', type: 'number', required: true, ...operational }],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    { id: 'both', type: 'parallelGateway' },
    { id: 'press', type: 'userTask', candidateRoles: ['operator'], form: 'none', outputs: [] },
    { id: 'raise', type: 'intermediateThrowEvent', event: { kind: 'signal', signal: 'fireAlarm', mappings: [{ target: 'floor', source: 'floor' }] } },
    { id: 'stay', type: 'userTask', candidateRoles: ['operator'], form: 'none', outputs: [] },
    { id: 'hear', type: 'boundaryEvent', attachedToRef: 'stay', cancelActivity: false, event: { kind: 'signal', signal: 'fireAlarm', mappings: [{ target: 'own', source: 'own + 1' }] } },
    { id: 'raised', type: 'endEvent' },
    { id: 'heard', type: 'endEvent' },
    { id: 'left', type: 'endEvent' },
  ],
  sequenceFlows: flows('start > both', 'both > press', 'both > stay', 'press > raise', 'raise > raised', 'hear > heard', 'stay > left'),
};

/** Is started by the signal, or by a message. */
const brigade = {
  format: 'careloop-process/1', key: 'brigade', version: '1', name: text('Brigade'),
  variables: [{ name: 'target', type: 'string', ...operational }],
  flowElements: [
    { id: 'alarm', type: 'startEvent', event: { kind: 'signal', signal: 'fireAlarm', mappings: [{ target: 'target', source: 'signal.floor' }] } },
    { id: 'call', type: 'startEvent', event: { kind: 'message', message: 'brigadeCalled', mappings: [{ target: 'target', source: 'message.street' }] } },
    { id: 'drive', type: 'userTask', candidateRoles: ['operator'], form: 'none', outputs: [] },
    { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: flows('alarm > drive', 'call > drive', 'drive > end'),
};

/** Ends with an error that nothing catches. */
const failing = {
  format: 'careloop-process/1', key: 'failing', version: '1', name: text('Failing'), variables: [],
  flowElements: [{ id: 'start', type: 'startEvent' }, { id: 'broken', type: 'endEvent', event: { kind: 'error', errorCode: 'NO_BED' } }],
  sequenceFlows: flows('start > broken'),
};

describe('signals and triggered starts', () => {
  let shell: RunningShell;
  let stopDatabase: () => Promise<void>;

  beforeAll(async () => {
    const database = await startTestDatabase();
    stopDatabase = database.stop;
    shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address });
    for (const definition of [listener, thrower, brigade, failing]) await shell.publish(definition);
  }, 120_000);

  afterAll(async () => {
    await shell?.close();
    await stopDatabase?.();
  }, 60_000);

  beforeEach(async () => {
    for (const { id } of await shell.database.prisma.processInstance.findMany({ where: { status: 'running' } })) await shell.commands.cancelInstance({ instanceId: id, reason: 'next test', actor: operator, idempotencyKey: `cancel-${id}` });
  }, 60_000);

  async function start(processKey: string, businessKey: string, variables: Variables): Promise<string> {
    const outcome = await shell.commands.startProcess({ processKey, businessKey, variables, actor: operator, idempotencyKey: `start-${businessKey}` });
    if (outcome.status !== 'accepted' || !outcome.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
    return outcome.instanceId;
  }
  const listens = (instanceId: string) => shell.until(async () => (await shell.database.prisma.signalSubscription.findFirst({ where: { instanceId } })) ?? undefined);
  const variablesOf = async (id: string) => (await shell.database.prisma.processInstance.findUniqueOrThrow({ where: { id } })).variables;
  const heard = (id: string, times: number) => shell.until(async () => ((await variablesOf(id)) as { heard: number }).heard >= times || undefined);
  const receivedBy = (instanceId: string) => shell.database.prisma.auditEntry.count({ where: { instanceId, action: 'signal.received' } });
  const brigades = () => shell.database.prisma.processInstance.findMany({ where: { processKey: 'brigade', status: 'running' } });

  it('reach everyone who waits, once, and start what they start; the thrower hears itself once and nobody later', async () => {
    const [first, second, throwing] = [await start('listener', 'L-1', { heard: 0 }), await start('listener', 'L-2', { heard: 0 }), await start('thrower', 'T-1', { floor: '3', own: 0 })];
    for (const id of [first, second, throwing]) await listens(id);
    const task = await shell.database.prisma.userTask.findFirstOrThrow({ where: { instanceId: throwing, elementId: 'press', status: 'open' } });

    await shell.commands.completeTask({ instanceId: throwing, taskId: task.taskId, data: {}, actor: operator, idempotencyKey: 'press-T-1' });
    await Promise.all([heard(first, 1), heard(second, 1)]);
    const late = await start('listener', 'L-3', { heard: 0 });
    await listens(late);
    const [started] = await shell.until(async () => ((await brigades()).length > 0 ? brigades() : undefined));
    await shell.until(async () => ((await shell.database.prisma.inboxCommand.count({ where: { status: 'received' } })) === 0 ? true : undefined));

    expect(await variablesOf(first)).toEqual({ heard: 1, where: '3' });
    expect(await variablesOf(second)).toEqual({ heard: 1, where: '3' });
    expect(await variablesOf(late)).toEqual({ heard: 0 });
    expect(await variablesOf(throwing)).toEqual({ floor: '3', own: 1 });
    expect(await receivedBy(throwing)).toBe(1);
    expect(started?.variables).toEqual({ target: '3' });
    expect(await brigades()).toHaveLength(1);
    await shell.commands.cancelInstance({ instanceId: throwing, reason: 'done', actor: operator, idempotencyKey: 'cancel-T-1' });
    expect(await shell.database.prisma.signalSubscription.count({ where: { instanceId: throwing } })).toBe(0);
  }, 60_000);

  it('come from outside too; the same key again has no second effect, and another payload is refused', async () => {
    const waiting = await start('listener', 'L-4', { heard: 0 });
    await listens(waiting);
    const command = { signal: 'fireAlarm', payload: { floor: '7' }, actor: operator, idempotencyKey: 'alarm-7' };

    const outcome = await shell.commands.broadcastSignal(command);
    await heard(waiting, 1);
    const repeated = await shell.commands.broadcastSignal(command);
    const other = await shell.commands.broadcastSignal({ ...command, payload: { floor: '8' } });
    const next = await shell.commands.broadcastSignal({ ...command, idempotencyKey: 'alarm-7b' });
    await heard(waiting, 2);

    expect(outcome).toMatchObject({ status: 'accepted', result: { receivers: 1, started: 1 } });
    expect(repeated).toEqual(outcome);
    expect(other).toMatchObject({ status: 'refused', failure: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(next).toMatchObject({ status: 'accepted' });
    expect(await variablesOf(waiting)).toEqual({ heard: 2, where: '7' });
    expect(await receivedBy(waiting)).toBe(2);
    expect(await brigades()).toHaveLength(2);
  }, 60_000);

  it('are not lost while no worker runs, and not heard by who stopped waiting', async () => {
    const [patient, leaving] = [await start('listener', 'L-5', { heard: 0 }), await start('listener', 'L-6', { heard: 0 })];
    for (const id of [patient, leaving]) await listens(id);
    await shell.stopWorker();

    await shell.commands.broadcastSignal({ signal: 'fireAlarm', payload: { floor: '1' }, actor: operator, idempotencyKey: 'alarm-1' });
    await shell.startWorker();
    await heard(patient, 1);
    await heard(leaving, 1);
    await shell.commands.cancelInstance({ instanceId: leaving, reason: 'gone', actor: operator, idempotencyKey: 'cancel-L-6' });
    const afterwards = await shell.commands.broadcastSignal({ signal: 'fireAlarm', payload: { floor: '2' }, actor: operator, idempotencyKey: 'alarm-2' });
    await heard(patient, 2);

    expect(afterwards).toMatchObject({ result: { receivers: 1 } });
    expect(await variablesOf(leaving)).toEqual({ heard: 1, where: '1' });
  }, 60_000);

  it('a message starts a process; a second one with the same key starts none and waits for its subscriber', async () => {
    const call = (street: string, idempotencyKey: string) => shell.commands.publishMessage({ message: 'brigadeCalled', correlationKey: 'fire-9', payload: { street }, actor: operator, idempotencyKey });

    const first = await call('Elm Street', 'call-1');
    const [instance] = await shell.until(async () => ((await brigades())[0]?.startedAt ? brigades() : undefined));
    const repeated = await call('Elm Street', 'call-1');
    const second = await call('Oak Street', 'call-2');

    expect(first).toMatchObject({ status: 'accepted', result: { delivered: 1 } });
    expect(repeated).toEqual(first);
    expect(instance).toMatchObject({ businessKey: 'fire-9', variables: { target: 'Elm Street' } });
    expect(second.status).toBe('pending');
    expect(await brigades()).toHaveLength(1);
  }, 60_000);

  it('an instance that ends with an error says so', async () => {
    const instanceId = await start('failing', 'F-1', {});

    const instance = await shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { id: instanceId, status: 'failed' } })) ?? undefined);

    expect(instance).toMatchObject({ status: 'failed', errorCode: 'NO_BED', activeElements: [], path: ['start'] });
    expect(instance.endedAt).not.toBeNull();
    expect((await shell.database.prisma.auditEntry.findFirstOrThrow({ where: { instanceId, action: 'instance.failed' } })).reason).toBe('NO_BED');
    expect(await shell.commands.cancelInstance({ instanceId, reason: 'late', actor: nurse, idempotencyKey: 'late' })).toMatchObject({ status: 'refused', failure: { code: 'INSTANCE_NOT_RUNNING' } });
  }, 60_000);
});
