import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTemporal } from '../../cli/servers/temporal.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { operator, startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';
import { firstStay, secondStay } from '../support/versioned-stay.ts';

const text = (en: string) => ({ 'zh-CN': en, en });

/** Ends with an error when the person says so; an event sub-process listens as long as it runs. */
const visit = {
  format: 'careloop-process/1', key: 'visit', version: '1', name: text('Visit'),
  variables: [{ name: 'result', type: 'string', classification: 'patient' }, { name: 'isBroken', type: 'boolean', classification: 'operational' }, { name: 'calls', type: 'number', classification: 'operational' }],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    { id: 'measure', type: 'userTask', candidateRoles: ['operator'], form: 'measure', outputs: [{ target: 'result', source: 'data.result' }, { target: 'isBroken', source: 'data.isBroken' }] },
    { id: 'which', type: 'exclusiveGateway', default: 'which_end' },
    { id: 'broken', type: 'endEvent', event: { kind: 'error', errorCode: 'DEVICE_BROKEN' } },
    { id: 'end', type: 'endEvent' },
    { id: 'listen', type: 'subProcess', triggeredByEvent: true, flowElements: [{ id: 'called', type: 'startEvent', isInterrupting: false, event: { kind: 'signal', signal: 'visitCalled', mappings: [{ target: 'calls', source: '1' }] } }, { id: 'noted', type: 'endEvent' }], sequenceFlows: [{ id: 'called_noted', sourceRef: 'called', targetRef: 'noted' }] },
  ],
  sequenceFlows: [
    { id: 'start_measure', sourceRef: 'start', targetRef: 'measure' }, { id: 'measure_which', sourceRef: 'measure', targetRef: 'which' },
    { id: 'which_broken', sourceRef: 'which', targetRef: 'broken', condition: 'isBroken = true' }, { id: 'which_end', sourceRef: 'which', targetRef: 'end' },
  ],
};

describe('an instance that is reopened', () => {
  let shell: RunningShell;
  let gateway: RunningGateway;
  let stopDatabase: () => Promise<void>;
  let databaseUrl: string;
  const folder = mkdtempSync(join(tmpdir(), 'careloop-reopening-'));
  let stays: { readonly first: string; readonly second: string };
  let lastKey = 0;
  const idempotencyKey = () => `key-${(lastKey += 1)}`;
  const by = () => ({ actor: operator, idempotencyKey: idempotencyKey() });

  beforeAll(async () => {
    const database = await startTestDatabase();
    stopDatabase = database.stop;
    databaseUrl = database.url;
    shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address });
    gateway = await startGateway({ databaseUrl: database.url, commands: shell.commands });
    await shell.publish(visit);
    const [second, first] = [await shell.publish(secondStay), await shell.publish(firstStay)];
    stays = { first, second };
    await gateway.database.prisma.patient.create({ data: { id: 'P1', name: '合成患者', gender: 'female', birthDate: new Date('1950-01-01') } });
  }, 300_000);

  afterAll(async () => {
    await gateway?.close();
    await shell?.close();
    await stopDatabase?.();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const instanceOf = (id: string) => shell.database.prisma.processInstance.findUniqueOrThrow({ where: { id } });
  const withStatus = (id: string, status: string) => shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { id, status } })) ?? undefined);
  const openTask = (instanceId: string, elementId: string) => shell.until(async () => (await shell.database.prisma.userTask.findFirst({ where: { instanceId, elementId, status: 'open' } })) ?? undefined);
  const entries = (instanceId: string, action: string) => shell.database.prisma.auditEntry.findMany({ where: { instanceId, action }, orderBy: { id: 'asc' } });
  async function start(processKey = 'visit', variables: Record<string, string> = {}, more: object = {}): Promise<string> {
    const outcome = await shell.commands.startProcess({ processKey, businessKey: `case-${(lastKey += 1)}`, variables, ...more, ...by() });
    if (outcome.status !== 'accepted' || !outcome.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
    return outcome.instanceId;
  }
  async function complete(instanceId: string, elementId: string, data: Record<string, string | boolean> = {}): Promise<string> {
    const { taskId } = await openTask(instanceId, elementId);
    expect(await shell.commands.completeTask({ instanceId, taskId, data, ...by() })).toMatchObject({ status: 'accepted' });
    return taskId;
  }
  const closed = (id: string) => shell.until(async () => ((await shell.temporal.client.workflow.getHandle(`visit/${id}`).describe()).status.name === 'RUNNING' ? undefined : true));
  /** An instance that has come to its end. */
  async function ended(data: Record<string, string | boolean> = { result: 'first' }, more: object = {}): Promise<string> {
    const instanceId = await start('visit', {}, more);
    await complete(instanceId, 'measure', data);
    await withStatus(instanceId, data['isBroken'] === true ? 'failed' : 'completed');
    return instanceId;
  }
  const reopen = (instanceId: string, more: object = {}) => shell.commands.reopenInstance({ instanceId, elementIds: ['measure'], reason: 'result was corrected', ...by(), ...more });

  it('goes on with its data where it is told, on record with who and why, and completes again', async () => {
    const instanceId = await ended();
    const before = await instanceOf(instanceId);
    const firstTask = await shell.database.prisma.userTask.findFirstOrThrow({ where: { instanceId } });

    expect(await shell.until(async () => {
      const outcome = await reopen(instanceId, { idempotencyKey: 'reopen-1' });
      return outcome.status === 'pending' ? undefined : outcome;
    })).toMatchObject({ status: 'accepted' });

    const running = await instanceOf(instanceId);
    expect(running).toMatchObject({ status: 'running', endedAt: null, variables: { result: 'first' }, startedAt: before.startedAt });
    expect(running.sequence).toBeGreaterThan(before.sequence);
    expect(await entries(instanceId, 'instance.reopened')).toMatchObject([{ actorId: operator.id, reason: 'result was corrected' }]);
    expect(await shell.database.prisma.signalSubscription.count({ where: { instanceId } })).toBe(1);

    await shell.stopWorker();
    await shell.startWorker();
    const secondTask = await complete(instanceId, 'measure', { result: 'second' });
    const again = await withStatus(instanceId, 'completed');
    expect(secondTask).not.toBe(firstTask.taskId);
    expect(again.path).toEqual(['start', 'measure', 'which', 'end', 'measure', 'which', 'end']);
    expect(again.variables).toMatchObject({ result: 'second' });
    expect(await shell.database.prisma.recordedBatch.count({ where: { instanceId } })).toBe(again.sequence);
    expect(await entries(instanceId, 'instance.completed')).toHaveLength(2);
  }, 60_000);

  it('is reopened once by ten identical commands, also when one comes after it has ended again', async () => {
    const instanceId = await ended();
    await closed(instanceId);
    const command = { idempotencyKey: idempotencyKey() };

    const outcomes = await Promise.all(Array.from({ length: 10 }, () => reopen(instanceId, command)));
    await shell.until(async () => ((await instanceOf(instanceId)).status === 'running' ? true : undefined));
    const other = await reopen(instanceId);
    await complete(instanceId, 'measure');
    await withStatus(instanceId, 'completed');
    await closed(instanceId);
    const late = await reopen(instanceId, command);

    for (const outcome of outcomes) expect(['accepted', 'pending']).toContain(outcome.status);
    expect(other).toMatchObject({ status: 'refused', failure: { code: 'INSTANCE_NOT_ENDED' } });
    expect(late).toMatchObject({ status: 'accepted' });
    expect(await instanceOf(instanceId)).toMatchObject({ status: 'completed' });
    expect(await entries(instanceId, 'instance.reopened')).toHaveLength(1);
  }, 60_000);

  it('is reopened by one of two who want it at once', async () => {
    const instanceId = await ended();
    await closed(instanceId);

    const outcomes = await Promise.all([reopen(instanceId), reopen(instanceId)]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['accepted', 'refused']);
    expect(await shell.database.prisma.userTask.count({ where: { instanceId, status: 'open' } })).toBe(1);
  }, 60_000);

  it('may be one that was cancelled, and one that failed, whose error is gone then', async () => {
    const cancelled = await start();
    await openTask(cancelled, 'measure');
    await shell.commands.cancelInstance({ instanceId: cancelled, reason: 'entered twice', ...by() });
    await withStatus(cancelled, 'cancelled');
    await closed(cancelled);
    const failed = await ended({ isBroken: true });
    await closed(failed);
    expect(await instanceOf(failed)).toMatchObject({ errorCode: 'DEVICE_BROKEN' });

    expect(await reopen(cancelled, { variables: { result: 'by hand' } })).toMatchObject({ status: 'accepted' });
    expect(await reopen(failed, { variables: { isBroken: false } })).toMatchObject({ status: 'accepted' });

    expect(await instanceOf(cancelled)).toMatchObject({ status: 'running', variables: { result: 'by hand' } });
    expect(await instanceOf(failed)).toMatchObject({ status: 'running', errorCode: null });
    await complete(failed, 'measure', { isBroken: false });
    expect(await withStatus(failed, 'completed')).toMatchObject({ errorCode: null });
  }, 60_000);

  it('is refused while it runs, at what is no step, without a reason, and changes nothing', async () => {
    const running = await start();
    await openTask(running, 'measure');
    const instanceId = await ended();
    const before = await instanceOf(instanceId);

    expect(await reopen(running)).toMatchObject({ status: 'refused', failure: { code: 'INSTANCE_NOT_ENDED' } });
    expect(await reopen('00000000-0000-4000-8000-000000000000')).toMatchObject({ failure: { code: 'INSTANCE_NOT_FOUND' } });
    expect(await reopen(instanceId, { elementIds: ['nowhere'] })).toMatchObject({ failure: { code: 'MODIFICATION_INVALID', elementId: 'nowhere' } });
    expect(await reopen(instanceId, { elementIds: [] })).toMatchObject({ failure: { code: 'MODIFICATION_INVALID' } });
    expect(await reopen(instanceId, { reason: ' ' })).toMatchObject({ failure: { code: 'REASON_MISSING' } });
    expect(await reopen(instanceId, { variables: { unheardOf: 1 } })).toMatchObject({ failure: { code: 'VARIABLE_UNDECLARED' } });

    expect(await instanceOf(instanceId)).toEqual(before);
    expect(shell.refusals.filter((refusal) => refusal.kind === 'reopenInstance' && refusal.instanceId === running)).toHaveLength(1);
  }, 60_000);

  it('works when Temporal has forgotten the run, and says so when its end was not kept or its key was destroyed', async () => {
    const [forgotten, unkept, erased] = [await ended(), await ended(), await ended({ result: 'secret' }, { patientId: 'P1' })];
    await Promise.all([forgotten, unkept].map(closed));
    // A Temporal that never knew them.
    const temporal = await startTemporal({ dataFolder: folder, inMemory: true });
    const later = await startShell({ databaseUrl, temporalAddress: temporal.address });
    const [kept] = await shell.database.prisma.endedState.findMany({ where: { instanceId: erased } });
    await shell.database.prisma.endedState.deleteMany({ where: { instanceId: unkept } });
    await shell.database.pool.query("update data_key set destroyed_at = now() where scope = 'P1'");

    try {
      const reopenLater = (instanceId: string) => later.commands.reopenInstance({ instanceId, elementIds: ['measure'], reason: 'an old case', ...by() });
      expect(await reopenLater(forgotten)).toMatchObject({ status: 'accepted' });
      expect(await reopenLater(unkept)).toMatchObject({ status: 'refused', failure: { code: 'ENDED_STATE_MISSING' } });
      expect(JSON.stringify(kept?.state)).not.toContain('secret');
      expect(await reopenLater(erased)).toMatchObject({ status: 'refused', failure: { code: 'ENDED_STATE_MISSING' } });
      const { taskId } = await openTask(forgotten, 'measure');
      await later.commands.completeTask({ instanceId: forgotten, taskId, data: { result: 'late' }, ...by() });
      expect(await withStatus(forgotten, 'completed')).toMatchObject({ variables: { result: 'late' } });
    } finally {
      await later.close();
      await temporal.stop();
    }
  }, 60_000);

  it('goes on in the version to which it was migrated before it ended', async () => {
    const instanceId = await start('stay', { patience: 'PT1H', bed: '12' });
    await openTask(instanceId, 'admit');
    expect(await shell.commands.migrateInstance({ instanceId, targetHash: stays.second, reason: 'x', ...by() })).toMatchObject({ status: 'accepted' });
    await complete(instanceId, 'admit');
    await complete(instanceId, 'discharge');
    await withStatus(instanceId, 'completed');

    await shell.until(async () => ((await reopen(instanceId, { elementIds: ['admit'], idempotencyKey: 'reopen-stay' })).status === 'accepted' ? true : undefined));

    expect((await instanceOf(instanceId)).activeElements).toMatchObject([{ elementId: 'ward' }, { elementId: 'admit' }]);
    expect(await openTask(instanceId, 'admit')).toMatchObject({ form: 'admit-2' });
  }, 60_000);

  it('is reopened over GraphQL by operators only', async () => {
    const instanceId = await ended();
    await closed(instanceId);
    const [who, nurse] = await Promise.all([gateway.signIn('operator'), gateway.signIn('nurse')]);
    const mutate = async (as: As, input: object) =>
      (await gateway.graphql(as, `mutation ($input: ReopenProcessInstanceInput!) { reopenProcessInstance(input: $input) { __typename ... on ReopenProcessInstancePayload { pending processInstance { status endedAt activeElements { elementId } } } ... on Error { code place message } } }`, { input: { instanceId, elementIds: ['measure'], reason: 'result was corrected', idempotencyKey: idempotencyKey(), ...input } }, { 'accept-language': 'en' })).data.reopenProcessInstance;

    expect(await mutate(nurse, {})).toMatchObject({ __typename: 'ForbiddenError' });
    expect(await mutate(who, { elementIds: [] })).toMatchObject({ __typename: 'ValidationError', code: 'INPUT_INVALID', place: 'elementIds' });
    expect(await mutate(who, { variables: [1] })).toMatchObject({ __typename: 'ValidationError', place: 'variables' });
    expect(await mutate(who, {})).toEqual({ __typename: 'ReopenProcessInstancePayload', pending: false, processInstance: { status: 'running', endedAt: null, activeElements: [{ elementId: 'measure' }] } });
    expect(await mutate(who, {})).toMatchObject({ __typename: 'ConflictError', code: 'INSTANCE_NOT_ENDED', message: 'The case has not ended' });
  }, 60_000);
});
