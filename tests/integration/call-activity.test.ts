import type { Variables } from '#engine';
import { operator, startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';

const text = (en: string) => ({ 'zh-CN': en, en });
const variable = (name: string, type: string, more = {}) => ({ name, type, classification: 'operational', ...more });
const flows = (...pairs: readonly string[]) => pairs.map((pair) => {
  const [sourceRef = '', targetRef = ''] = pair.split(' > ');
  return { id: `${sourceRef}_${targetRef}`, sourceRef, targetRef };
});
const task = (id: string) => ({ id, type: 'userTask', candidateRoles: ['operator'], form: 'none' });
const processOf = (key: string, variables: readonly object[], flowElements: readonly object[], sequenceFlows: readonly object[], version = '1') => ({ format: 'careloop-process/1', key, version, name: text(key), variables, flowElements, sequenceFlows });

/** A person says how it goes: well, with an escalation first, or with an error. */
const lab = processOf('lab', [variable('sample', 'string', { required: true }), variable('value', 'number'), variable('how', 'string')], [
  { id: 'begin', type: 'startEvent' },
  task('measure'),
  { id: 'went', type: 'exclusiveGateway', default: 'well' },
  { id: 'tell', type: 'intermediateThrowEvent', event: { kind: 'escalation', escalationCode: 'CRITICAL', mappings: [{ target: 'value', source: 'value' }] } },
  { id: 'measured', type: 'endEvent' },
  { id: 'spoiled', type: 'endEvent', event: { kind: 'error', errorCode: 'SPOILED' } },
], [
  ...flows('begin > measure', 'measure > went', 'tell > measured'),
  { id: 'well', sourceRef: 'went', targetRef: 'measured' },
  { id: 'critical', sourceRef: 'went', targetRef: 'tell', condition: 'how = "critical"' },
  { id: 'bad', sourceRef: 'went', targetRef: 'spoiled', condition: 'how = "spoiled"' },
]);

/** Calls the laboratory, and can be told to stop it. */
const ward = processOf('ward', [variable('sample', 'string', { required: true }), variable('result', 'number'), variable('alarm', 'number'), variable('secret', 'string')], [
  { id: 'start', type: 'startEvent' },
  { id: 'order', type: 'callActivity', calledElement: 'lab', inputs: [{ target: 'sample', source: 'sample' }], outputs: [{ target: 'result', source: 'child.value' }] },
  { id: 'critical', type: 'boundaryEvent', attachedToRef: 'order', cancelActivity: false, event: { kind: 'escalation', escalationCode: 'CRITICAL', mappings: [{ target: 'alarm', source: 'escalation.value' }] } },
  { id: 'spoiled', type: 'boundaryEvent', attachedToRef: 'order', cancelActivity: true, event: { kind: 'error', errorCode: 'SPOILED' } },
  { id: 'stopped', type: 'boundaryEvent', attachedToRef: 'order', cancelActivity: true, event: { kind: 'message', message: 'orderStopped', correlationKey: 'sample' } },
  ...['end', 'alarmed', 'again', 'stop'].map((id) => ({ id, type: 'endEvent' })),
], flows('start > order', 'order > end', 'critical > alarmed', 'spoiled > again', 'stopped > stop'));

/** Hands its own variables on: only those that the called process declares go with the call. */
const round = processOf('round', [variable('samples', 'list', { required: true }), variable('sample', 'string'), variable('values', 'list'), variable('secret', 'string')], [
  { id: 'start', type: 'startEvent' },
  { id: 'each', type: 'callActivity', calledElement: 'lab', multiInstance: { kind: 'multiInstance', sequential: false, collection: 'samples', elementVariable: 'sample', outputCollection: 'values', outputElement: 'child.value' }, outputs: [] },
  { id: 'end', type: 'endEvent' },
], flows('start > each', 'each > end'));

const caller = (key: string, calledElement: string, more = {}) => processOf(key, [], [{ id: 'start', type: 'startEvent' }, { id: 'call', type: 'callActivity', calledElement, inputs: [], outputs: [], ...more }, { id: 'end', type: 'endEvent' }], flows('start > call', 'call > end'));

/** Ends everything in the very step that calls. */
const hasty = processOf('hasty', [], [
  { id: 'start', type: 'startEvent' }, { id: 'both', type: 'parallelGateway' },
  { id: 'call', type: 'callActivity', calledElement: 'lab', inputs: [{ target: 'sample', source: '"S"' }], outputs: [] },
  { id: 'called', type: 'endEvent' }, { id: 'over', type: 'endEvent', event: { kind: 'terminate' } },
], flows('start > both', 'both > call', 'both > over', 'call > called'));

describe('a called process', () => {
  let shell: RunningShell;
  let stopDatabase: () => Promise<void>;

  beforeAll(async () => {
    const database = await startTestDatabase();
    stopDatabase = database.stop;
    shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address });
    for (const definition of [lab, ward, round, hasty, caller('early', 'late'), caller('empty-handed', 'lab'), caller('keyed', 'lab', { inputs: [{ target: 'sample', source: '"S"' }], businessKey: '"tube-1"' })]) await shell.publish(definition);
  }, 120_000);

  afterAll(async () => {
    await shell?.close();
    await stopDatabase?.();
  }, 60_000);

  async function start(processKey: string, businessKey: string, variables: Variables, patientId?: string): Promise<string> {
    const outcome = await shell.commands.startProcess({ processKey, businessKey, variables, actor: operator, idempotencyKey: `start-${businessKey}`, ...(patientId ? { patientId, unit: 'W1' } : {}) });
    if (outcome.status !== 'accepted' || !outcome.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
    return outcome.instanceId;
  }
  const instance = (id: string) => shell.database.prisma.processInstance.findUniqueOrThrow({ where: { id } });
  const childrenOf = (parentInstanceId: string) => shell.database.prisma.processInstance.findMany({ where: { parentInstanceId }, orderBy: { businessKey: 'asc' } });
  const until = <Value>(read: () => Promise<Value | null | undefined | false>) => shell.until(async () => (await read()) || undefined);
  const ended = (id: string, status = 'completed') => until(async () => (await instance(id)).status === status && instance(id));
  const openTask = (instanceId: string) => until(() => shell.database.prisma.userTask.findFirst({ where: { instanceId, status: 'open' } }));
  const incident = (instanceId: string) => until(() => shell.database.prisma.incident.findFirst({ where: { instanceId, resolvedAt: null } }));
  const firstChild = (id: string) => until(async () => (await childrenOf(id))[0]);
  const entries = (instanceId: string, action: string) => shell.database.prisma.auditEntry.findMany({ where: { instanceId, action } });
  async function measure(instanceId: string, data: Variables): Promise<void> {
    const { taskId } = await openTask(instanceId);
    const outcome = await shell.commands.completeTask({ instanceId, taskId, data, actor: operator, idempotencyKey: `measure-${instanceId}` });
    expect(outcome.status).toBe('accepted');
  }

  it('runs as an instance of its own, of the same patient, and its outputs go back to its caller once', async () => {
    const parent = await start('ward', 'W-1', { sample: 'S-1', secret: 'not for the laboratory' }, 'P-7');
    const child = await firstChild(parent);

    await measure(child.id, { value: 7 });
    const finished = await ended(parent);

    expect(child).toMatchObject({ processKey: 'lab', businessKey: `${parent}:e2`, parentElementInstanceId: 'e2', patientId: 'P-7', unit: 'W1', startedBy: operator.id });
    expect((await instance(child.id)).variables).toEqual({ sample: 'S-1', value: 7 });
    expect(finished).toMatchObject({ path: ['start', 'order', 'end'], variables: { sample: 'S-1', result: 7 } });
    expect(await entries(parent, 'child.completed')).toHaveLength(1);
    expect((await entries(child.id, 'instance.started')).map(({ actorKind, patientId }) => [actorKind, patientId])).toEqual([['engine', 'P-7']]);
    const description = await shell.temporal.client.workflow.getHandle(`lab/${child.id}`).describe();
    expect(description.parentExecution?.workflowId).toBe(`ward/${parent}`);
  }, 60_000);

  it('is called for each item, with only those variables that it declares', async () => {
    const parent = await start('round', 'R-1', { samples: ['a', 'b', 'c'], secret: 'stays here' });
    const children = await until(async () => (await childrenOf(parent)).length === 3 && childrenOf(parent));

    for (const [index, child] of children.entries()) await measure(child.id, { value: index });
    const finished = await ended(parent);

    const known = await Promise.all(children.map(async ({ id }) => (await instance(id)).variables));
    expect(known.map((variables) => Object.keys(variables as object).sort())).toEqual(Array.from({ length: 3 }, () => ['sample', 'value']));
    expect(finished.variables).toMatchObject({ values: expect.arrayContaining([0, 1, 2]) });
    expect(await entries(parent, 'child.completed')).toHaveLength(3);
  }, 60_000);

  it('tells of an escalation and goes on; its end comes after it', async () => {
    const parent = await start('ward', 'W-2', { sample: 'S-2' });
    const child = await firstChild(parent);

    await measure(child.id, { value: 9, how: 'critical' });
    const finished = await ended(parent);

    expect(finished).toMatchObject({ path: ['start', 'critical', 'alarmed', 'order', 'end'], variables: { sample: 'S-2', alarm: 9, result: 9 } });
  }, 60_000);

  it('that ends with an error throws it at its caller', async () => {
    const parent = await start('ward', 'W-3', { sample: 'S-3' });
    const child = await firstChild(parent);

    await measure(child.id, { how: 'spoiled' });

    expect(await ended(parent)).toMatchObject({ path: ['start', 'spoiled', 'again'] });
    expect(await instance(child.id)).toMatchObject({ status: 'failed', errorCode: 'SPOILED' });
  }, 60_000);

  it('that somebody cancels is an incident of its caller; tried again it is another child', async () => {
    const parent = await start('ward', 'W-4', { sample: 'S-4' });
    const first = await firstChild(parent);

    await openTask(first.id);
    await shell.commands.cancelInstance({ instanceId: first.id, reason: 'wrong tube', actor: operator, idempotencyKey: 'cancel-first' });
    const { incidentId, code } = await incident(parent);
    await shell.commands.resolveIncident({ instanceId: parent, incidentId, resolution: { kind: 'retry' }, reason: 'new tube', actor: operator, idempotencyKey: 'retry-W-4' });
    const second = await until(async () => (await childrenOf(parent)).find(({ id }) => id !== first.id));
    await measure(second.id, { value: 3 });

    expect(code).toBe('CHILD_FAILED');
    expect(second.businessKey).toBe(`${first.businessKey}:2`);
    expect((await ended(parent)).variables).toEqual({ sample: 'S-4', result: 3 });
  }, 60_000);

  it('with a business key of its own cannot be called again under it: that is an incident, too', async () => {
    const parent = await start('keyed', 'K-1', {});
    const child = await firstChild(parent);
    await openTask(child.id);

    await shell.commands.cancelInstance({ instanceId: child.id, reason: 'wrong tube', actor: operator, idempotencyKey: 'cancel-K-1' });
    const first = await incident(parent);
    await shell.commands.resolveIncident({ instanceId: parent, incidentId: first.incidentId, resolution: { kind: 'retry' }, reason: 'again', actor: operator, idempotencyKey: 'retry-K-1' });
    const second = await until(() => shell.database.prisma.incident.findFirst({ where: { instanceId: parent, resolvedAt: null, id: { not: first.id } } }));

    expect(child.businessKey).toBe('tube-1');
    expect(second).toMatchObject({ code: 'CHILD_FAILED', message: expect.stringContaining('business key') });
    expect(await childrenOf(parent)).toHaveLength(1);
  }, 60_000);

  it('that is not published, or does not admit its start, is an incident of its caller', async () => {
    const [early, emptyHanded] = [await start('early', 'E-1', {}), await start('empty-handed', 'E-2', {})];

    const [missing, refused] = [await incident(early), await incident(emptyHanded)];
    await shell.publish(processOf('late', [], [{ id: 'start', type: 'startEvent' }, { id: 'end', type: 'endEvent' }], flows('start > end')));
    await shell.commands.resolveIncident({ instanceId: early, incidentId: missing.incidentId, resolution: { kind: 'retry' }, reason: 'published', actor: operator, idempotencyKey: 'retry-E-1' });

    expect(missing).toMatchObject({ code: 'CHILD_FAILED', message: 'Expected a published process "late", but found none' });
    expect(refused).toMatchObject({ code: 'CHILD_FAILED', elementId: 'call', message: expect.stringContaining('sample') });
    expect(await ended(early)).toMatchObject({ path: ['start', 'call', 'end'] });
    expect((await childrenOf(emptyHanded)).map(({ status }) => status)).toEqual(['failed']);
    expect((await entries((await firstChild(emptyHanded)).id, 'instance.failed')).map(({ reason }) => reason)).toEqual(['VARIABLE_MISSING']);
  }, 60_000);

  it('ends when its caller goes on without it, and when its caller is cancelled', async () => {
    const [interrupted, cancelled] = [await start('ward', 'W-5', { sample: 'S-5' }), await start('ward', 'W-6', { sample: 'S-6' })];
    const children = [await firstChild(interrupted), await firstChild(cancelled)];
    for (const { id } of children) await openTask(id);

    await shell.commands.publishMessage({ message: 'orderStopped', correlationKey: 'S-5', payload: {}, actor: operator, idempotencyKey: 'stop-5' });
    await shell.commands.cancelInstance({ instanceId: cancelled, reason: 'discharged', actor: operator, idempotencyKey: 'cancel-W-6' });

    expect(await ended(interrupted)).toMatchObject({ path: ['start', 'stopped', 'stop'] });
    for (const { id } of children) {
      await ended(id, 'cancelled');
      expect((await entries(id, 'instance.cancelled')).map(({ reason, actorKind }) => [reason, actorKind])).toEqual([['CALL_ENDED', 'engine']]);
      expect(await shell.database.prisma.userTask.count({ where: { instanceId: id, status: 'open' } })).toBe(0);
    }
    await until(async () => (await shell.database.prisma.inboxCommand.count({ where: { status: 'received' } })) === 0);
    expect(shell.refusals).toEqual([]);
  }, 60_000);

  it('does not start when its caller ends in the same step', async () => {
    const parent = await start('hasty', 'H-1', {});

    await ended(parent);
    const child = await until(async () => (await childrenOf(parent)).find(({ status }) => status === 'cancelled'));

    await expect(shell.temporal.client.workflow.getHandle(`lab/${child.id}`).describe()).rejects.toThrow();
    expect((await entries(child.id, 'instance.cancelled')).map(({ reason }) => reason)).toEqual(['CALL_ENDED']);
    expect(await entries(child.id, 'instance.started')).toEqual([]);
  }, 60_000);

  describe('that is reopened', () => {
    const cancel = (instanceId: string) => shell.commands.cancelInstance({ instanceId, reason: 'wrong tube', actor: operator, idempotencyKey: `cancel-${instanceId}` });
    const reopen = (instanceId: string) => shell.commands.reopenInstance({ instanceId, elementIds: ['measure'], reason: 'it was the right tube', actor: operator, idempotencyKey: `reopen-${instanceId}` });
    const refusalsOf = (instanceId: string) => shell.refusals.filter((refusal) => refusal.kind === 'reportChild' && refusal.instanceId === instanceId);

    it('lets its caller go on that still stands at the call', async () => {
      const parent = await start('ward', 'W-7', { sample: 'S-7' });
      const child = await firstChild(parent);
      await openTask(child.id);
      await cancel(child.id);
      await incident(parent);

      expect((await reopen(child.id)).status).toBe('accepted');
      await measure(child.id, { value: 9 });

      expect(await ended(parent)).toMatchObject({ path: ['start', 'order', 'end'], variables: { sample: 'S-7', result: 9 } });
      expect(await shell.database.prisma.incident.findFirst({ where: { instanceId: parent } })).toMatchObject({ resolvedBy: 'careloop' });
      expect(refusalsOf(parent)).toEqual([]);
    }, 60_000);

    it('leaves alone a caller that has ended or has called again, and says so on record', async () => {
      const [over, again] = [await start('ward', 'W-8', { sample: 'S-8' }), await start('ward', 'W-9', { sample: 'S-9' })];
      const [done, replaced] = [await firstChild(over), await firstChild(again)];
      await measure(done.id, { value: 1 });
      await ended(over);
      await openTask(replaced.id);
      await cancel(replaced.id);
      const { incidentId } = await incident(again);
      await shell.commands.resolveIncident({ instanceId: again, incidentId, resolution: { kind: 'retry' }, reason: 'new tube', actor: operator, idempotencyKey: 'retry-W-9' });
      const second = await until(async () => (await childrenOf(again)).find(({ id }) => id !== replaced.id));

      for (const child of [done, replaced]) {
        await until(async () => (await reopen(child.id)).status === 'accepted');
        const { taskId } = await openTask(child.id);
        await shell.commands.completeTask({ instanceId: child.id, taskId, data: { value: 99 }, actor: operator, idempotencyKey: `again-${child.id}` });
      }
      await until(async () => refusalsOf(over).length > 0 && refusalsOf(again).length > 0);
      await measure(second.id, { value: 3 });

      expect((await ended(again)).variables).toEqual({ sample: 'S-9', result: 3 });
      expect((await instance(over)).variables).toEqual({ sample: 'S-8', result: 1 });
      // Nothing came into the callers' histories while they ended.
      expect(await shell.database.prisma.auditEntry.count({ where: { action: 'batch.corrected' } })).toBe(0);
      expect(refusalsOf(over).map(({ failure }) => failure.code)).toEqual(['INSTANCE_NOT_RUNNING']);
      expect(refusalsOf(again).map(({ failure }) => failure.code)).toEqual(['CALL_NOT_WAITING']);
    }, 60_000);
  });
});
