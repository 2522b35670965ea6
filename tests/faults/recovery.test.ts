import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { startTemporal, type TemporalServer } from '../../cli/servers/temporal.ts';
import { approvalProcess, lookUp } from '../support/approval-process.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';
import { operator, startShell, type RunningShell } from '../support/running-shell.ts';
import { firstStay, secondStay } from '../support/versioned-stay.ts';

const text = (en: string) => ({ 'zh-CN': en, en });
const calling = {
  format: 'careloop-process/1', key: 'calling', version: '1', name: text('Calling'),
  variables: [{ name: 'result', type: 'number', classification: 'operational' }],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    { id: 'call', type: 'callActivity', calledElement: 'measuring', inputs: [], outputs: [{ target: 'result', source: 'child.value' }] },
    { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: [{ id: 'f1', sourceRef: 'start', targetRef: 'call' }, { id: 'f2', sourceRef: 'call', targetRef: 'end' }],
};

const measuring = {
  format: 'careloop-process/1', key: 'measuring', version: '1', name: text('Measuring'),
  variables: [{ name: 'value', type: 'number', classification: 'operational' }],
  flowElements: [{ id: 'start', type: 'startEvent' }, { id: 'measure', type: 'userTask', candidateRoles: ['operator'], form: 'measure' }, { id: 'end', type: 'endEvent' }],
  sequenceFlows: [{ id: 'f1', sourceRef: 'start', targetRef: 'measure' }, { id: 'f2', sourceRef: 'measure', targetRef: 'end' }],
};

const isLong = process.env['CARELOOP_FAULT_RUNS'] !== undefined;
const kills = Number(process.env['CARELOOP_FAULT_RUNS'] ?? 1);
/** After what the worker is killed: the caller's first batch, the child's first, the child's end, the caller's end. In a short run that of the child's end. */
const deaths = [['calling', 0], ['measuring', 0], ['measuring', 1], ['calling', 1]] as const;

describe('recovery', () => {
  let database: TestDatabase;
  let folder: string;
  let temporal: TemporalServer;
  let shell: RunningShell;

  beforeAll(async () => {
    database = await startTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'careloop-recovery-'));
    temporal = await startTemporal({ dataFolder: folder });
    shell = await startShell({ databaseUrl: database.url, temporalAddress: temporal.address, services: [lookUp] });
    for (const definition of [approvalProcess, calling, measuring]) await shell.publish(definition);
  }, 180_000);

  afterAll(async () => {
    await shell?.close();
    await temporal?.stop();
    await database?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it.each(Array.from({ length: kills }, (_, index) => index))('finds record and state equal after everything was killed between them, run %i', async (run) => {
    // There are two batches before the task is open: each is where it is killed, in turn.
    const letPass = run % 2;
    await shell.stopWorker();
    const outcome = await shell.commands.startProcess({ processKey: 'approval', businessKey: `K-${run}`, variables: { amount: 4 }, actor: operator, idempotencyKey: `start-K-${run}` });
    const instanceId = (outcome as { instanceId: string }).instanceId;

    await runDyingWorker(letPass);
    temporal = await startTemporal({ dataFolder: folder, port: temporal.port });
    const batchesAtKill = await shell.database.prisma.recordedBatch.count({ where: { instanceId } });
    await shell.startWorker();
    const task = await shell.until(async () => (await shell.database.prisma.userTask.findFirst({ where: { instanceId, status: 'open' } })) ?? undefined, 60_000);
    const completed = await shell.commands.completeTask({ instanceId, taskId: task.taskId, data: { approved: true }, actor: operator, idempotencyKey: `complete-K-${run}` });
    const instance = await shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { id: instanceId, status: 'completed' } })) ?? undefined, 60_000);

    expect(batchesAtKill).toBe(letPass + 1);
    expect(['accepted', 'pending']).toContain(completed.status);
    expect(instance.path).toEqual(['start', 'lookUp', 'approve', 'end']);
    expect(instance.variables).toEqual({ amount: 4, found: { doubled: 8 }, approved: true });
    expect(await shell.database.prisma.userTask.count({ where: { instanceId, status: 'open' } })).toBe(0);
    const entries = await shell.database.prisma.auditEntry.findMany({ where: { instanceId } });
    const effective = entries.filter(({ factId }) => !entries.some(({ corrects }) => corrects === factId));
    expect(effective.filter(({ action }) => action === 'instance.completed')).toHaveLength(1);
    expect(effective.filter(({ action }) => action === 'task.completed')).toHaveLength(1);
  }, 180_000);

  it.each(isLong ? deaths : deaths.slice(2, 3))('a caller goes on once when everything was killed while its child ran, after batch %#', async (processKey, letPass) => {
    const name = `C-${processKey}-${letPass}`;
    await shell.stopWorker();
    const outcome = await shell.commands.startProcess({ processKey: 'calling', businessKey: name, variables: {}, actor: operator, idempotencyKey: `start-${name}` });
    const instanceId = (outcome as { instanceId: string }).instanceId;
    const { prisma } = shell.database;
    const child = () => prisma.processInstance.findFirst({ where: { parentInstanceId: instanceId } });
    const completed = (async () => {
      const id = await shell.until(async () => (await child())?.id, 90_000);
      const task = await shell.until(async () => (await prisma.userTask.findFirst({ where: { instanceId: id, status: 'open' } })) ?? undefined, 90_000);
      return shell.commands.completeTask({ instanceId: id, taskId: task.taskId, data: { value: 5 }, actor: operator, idempotencyKey: `measure-${name}` });
    })();

    await runDyingWorker(letPass, processKey);
    temporal = await startTemporal({ dataFolder: folder, port: temporal.port });
    await shell.startWorker();
    await completed;
    const instance = await shell.until(async () => (await prisma.processInstance.findFirst({ where: { id: instanceId, status: 'completed' } })) ?? undefined, 90_000);

    expect(instance).toMatchObject({ path: ['start', 'call', 'end'], variables: { result: 5 } });
    expect(await prisma.processInstance.findMany({ where: { parentInstanceId: instanceId }, select: { status: true, variables: true } })).toEqual([{ status: 'completed', variables: { value: 5 } }]);
    const entries = await prisma.auditEntry.findMany({ where: { instanceId } });
    const effective = entries.filter(({ factId }) => !entries.some(({ corrects }) => corrects === factId));
    expect(effective.filter(({ action }) => action === 'child.started')).toHaveLength(1);
    expect(effective.filter(({ action }) => action === 'child.completed')).toHaveLength(1);
    const { history } = await shell.temporal.client.workflowService.getWorkflowExecutionHistory({ namespace: 'default', execution: { workflowId: `calling/${instanceId}` } });
    expect(history?.events?.filter(({ childWorkflowExecutionStartedEventAttributes }) => childWorkflowExecutionStartedEventAttributes)).toHaveLength(1);
  }, 240_000);

  it('an instance is migrated once, and reopened once, when everything was killed between record and history', async () => {
    const { prisma } = shell.database;
    const [second] = [await shell.publish(secondStay), await shell.publish(firstStay)];
    const by = (idempotencyKey: string) => ({ actor: operator, idempotencyKey });
    const outcome = await shell.commands.startProcess({ processKey: 'stay', businessKey: 'S-1', variables: { patience: 'PT1H' }, ...by('start-S-1') });
    const instanceId = (outcome as { instanceId: string }).instanceId;
    const openTask = (elementId: string) => shell.until(async () => (await prisma.userTask.findFirst({ where: { instanceId, elementId, status: 'open' } })) ?? undefined, 90_000);
    const complete = async (elementId: string, key: string) => shell.commands.completeTask({ instanceId, taskId: (await openTask(elementId)).taskId, data: {}, ...by(key) });
    const withStatus = (status: string) => shell.until(async () => (await prisma.processInstance.findFirst({ where: { id: instanceId, status } })) ?? undefined, 90_000);
    const killDuring = async (send: () => Promise<{ readonly status: string }>) => {
      await shell.stopWorker();
      const sent = send();
      await runDyingWorker(0, 'stay');
      temporal = await startTemporal({ dataFolder: folder, port: temporal.port });
      await shell.startWorker();
      expect(['accepted', 'pending']).toContain((await sent).status);
    };
    const delivered = (kind: string) => shell.until(async () => (await prisma.inboxCommand.findFirst({ where: { instanceId, kind, status: 'delivered' } })) ?? undefined, 90_000);
    await openTask('admit');

    await killDuring(() => shell.commands.migrateInstance({ instanceId, targetHash: second, reason: 'x', ...by('migrate-S-1') }));
    await delivered('migrateInstance');
    await complete('admit', 'admit-S-1');
    await complete('discharge', 'discharge-S-1');
    const ended = await withStatus('completed');
    await shell.until(async () => ((await shell.temporal.client.workflow.getHandle(`stay/${instanceId}`).describe()).status.name === 'RUNNING' ? undefined : true));

    await killDuring(() => shell.commands.reopenInstance({ instanceId, elementIds: ['discharge'], reason: 'y', ...by('reopen-S-1') }));
    await delivered('reopenInstance');
    await complete('discharge', 'again-S-1');
    const again = await withStatus('completed');

    expect(ended).toMatchObject({ bundleHash: second, path: ['start', 'admit', 'admitted', 'ward', 'discharge', 'end'] });
    expect(again).toMatchObject({ bundleHash: second, path: [...(ended.path as string[]), 'discharge', 'end'] });
    const entries = await prisma.auditEntry.findMany({ where: { instanceId } });
    const effective = entries.filter(({ factId }) => !entries.some(({ corrects }) => corrects === factId));
    for (const action of ['instance.migrated', 'instance.reopened']) expect([action, effective.filter((entry) => entry.action === action).length]).toEqual([action, 1]);
    expect(await prisma.userTask.count({ where: { instanceId, status: 'open' } })).toBe(0);
  }, 240_000);

  function runDyingWorker(letPass: number, processKey = ''): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./dying-worker.ts', import.meta.url)), database.url, temporal.address, shell.taskQueue, String(temporal.process.pid), String(letPass), processKey], {
        env: { ...process.env, NODE_OPTIONS: '' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
      child.on('error', reject);
      child.on('exit', (_code, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error(`Expected the worker to be killed, but it said: ${said.slice(-2000)}`))));
    });
  }
});

describe('continue-as-new', () => {
  let database: TestDatabase;
  let folder: string;
  let temporal: TemporalServer;
  let shell: RunningShell;

  const round = {
    format: 'careloop-process/1', key: 'rounds', version: '1', name: text('Rounds'),
    variables: [
      { name: 'count', type: 'number', required: true, classification: 'operational' },
      { name: 'late', type: 'boolean', classification: 'operational' },
    ],
    flowElements: [
      { id: 'start', type: 'startEvent' },
      { id: 'ring', type: 'intermediateCatchEvent', event: { kind: 'message', message: 'ring', correlationKey: '"bell"', mappings: [{ target: 'count', source: 'count + 1' }] } },
      { id: 'again', type: 'exclusiveGateway', default: 'back' },
      { id: 'wait', type: 'userTask', candidateRoles: ['operator'], form: 'none', outputs: [] },
      { id: 'timeUp', type: 'boundaryEvent', attachedToRef: 'wait', cancelActivity: true, event: { kind: 'timer', timeDuration: '"PT6S"' } },
      { id: 'mark', type: 'scriptTask', script: 'true', resultVariable: 'late' },
      { id: 'end', type: 'endEvent' },
      { id: 'endLate', type: 'endEvent' },
      { id: 'both', type: 'parallelGateway' },
      { id: 'endRing', type: 'endEvent' },
    ],
    sequenceFlows: [
      { id: 'f0', sourceRef: 'start', targetRef: 'both' },
      { id: 'f1', sourceRef: 'both', targetRef: 'ring' },
      { id: 'f2', sourceRef: 'both', targetRef: 'wait' },
      { id: 'f3', sourceRef: 'ring', targetRef: 'again' },
      { id: 'enough', sourceRef: 'again', targetRef: 'endRing', condition: 'count >= 12' },
      { id: 'back', sourceRef: 'again', targetRef: 'ring' },
      { id: 'f4', sourceRef: 'wait', targetRef: 'end' },
      { id: 'f5', sourceRef: 'timeUp', targetRef: 'mark' },
      { id: 'f6', sourceRef: 'mark', targetRef: 'endLate' },
    ],
  };

  /** The same with a called process and an awaited signal beside it. */
  const callingRounds = {
    ...round, key: 'calling-rounds',
    variables: [...round.variables, { name: 'result', type: 'number', classification: 'operational' }, { name: 'floor', type: 'number', classification: 'operational' }],
    flowElements: [
      ...round.flowElements,
      { id: 'call', type: 'callActivity', calledElement: 'measuring', inputs: [], outputs: [{ target: 'result', source: 'child.value' }] },
      { id: 'hear', type: 'intermediateCatchEvent', event: { kind: 'signal', signal: 'fireAlarm', mappings: [{ target: 'floor', source: 'signal.floor' }] } },
      { id: 'endCall', type: 'endEvent' }, { id: 'endHear', type: 'endEvent' },
    ],
    sequenceFlows: [
      ...round.sequenceFlows,
      { id: 'f7', sourceRef: 'both', targetRef: 'call' }, { id: 'f8', sourceRef: 'call', targetRef: 'endCall' },
      { id: 'f9', sourceRef: 'both', targetRef: 'hear' }, { id: 'f10', sourceRef: 'hear', targetRef: 'endHear' },
    ],
  };

  beforeAll(async () => {
    database = await startTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'careloop-continue-'));
    temporal = await startTemporal({ dataFolder: folder, inMemory: true, dynamicConfig: ['limit.historyCount.suggestContinueAsNew=20'] });
    shell = await startShell({ databaseUrl: database.url, temporalAddress: temporal.address });
    for (const definition of [round, callingRounds, measuring]) await shell.publish(definition);
  }, 180_000);

  afterAll(async () => {
    await shell?.close();
    await temporal?.stop();
    await database?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const untilContinued = (handle: WorkflowHandle, firstRun: string) => shell.until(async () => ((await handle.describe()).runId === firstRun ? undefined : true));

  it('keeps subscriptions, a boundary timer, ids and accepted commands over new runs', async () => {
    const outcome = await shell.commands.startProcess({ processKey: 'rounds', businessKey: 'R-1', variables: { count: 0 }, actor: operator, idempotencyKey: 'start-R-1' });
    const instanceId = (outcome as { instanceId: string }).instanceId;
    const handle = shell.temporal.client.workflow.getHandle(`rounds/${instanceId}`);
    const firstRun = (await handle.describe()).runId;
    await shell.until(async () => ((await shell.database.prisma.messageSubscription.count({ where: { instanceId } })) === 1 ? true : undefined));

    for (let ring = 1; ring <= 12; ring += 1) {
      await shell.commands.publishMessage({ message: 'ring', correlationKey: 'bell', payload: {}, actor: operator, idempotencyKey: `ring-${ring}` });
      await shell.until(async () => {
        const instance = await shell.database.prisma.processInstance.findUnique({ where: { id: instanceId } });
        return (instance?.variables as { count: number }).count >= ring ? true : undefined;
      });
    }
    await untilContinued(handle, firstRun);
    const instance = await shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { id: instanceId, status: 'completed' } })) ?? undefined, 30_000);

    expect(instance.variables).toEqual({ count: 12, late: true });
    expect(await shell.database.prisma.auditEntry.count({ where: { instanceId, action: 'message.received' } })).toBe(12);
    const ids = (await shell.database.prisma.auditEntry.findMany({ where: { instanceId, action: 'element.activated' } })).map(({ elementInstanceId }) => elementInstanceId);
    expect(new Set(ids).size).toBe(ids.length);
  }, 120_000);

  it('keeps a called process, a signal that is awaited and a timer over new runs', async () => {
    const outcome = await shell.commands.startProcess({ processKey: 'calling-rounds', businessKey: 'R-2', variables: { count: 0 }, actor: operator, idempotencyKey: 'start-R-2' });
    const instanceId = (outcome as { instanceId: string }).instanceId;
    const { prisma } = shell.database;
    const handle = shell.temporal.client.workflow.getHandle(`calling-rounds/${instanceId}`);
    const firstRun = (await handle.describe()).runId;
    const child = await shell.until(async () => (await prisma.processInstance.findFirst({ where: { parentInstanceId: instanceId, status: 'running' } })) ?? undefined);

    for (let ring = 1; ring <= 12; ring += 1) {
      await shell.commands.publishMessage({ message: 'ring', correlationKey: 'bell', payload: {}, actor: operator, idempotencyKey: `second-ring-${ring}` });
      await shell.until(async () => (((await prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId } })).variables as { count: number }).count >= ring ? true : undefined));
    }
    await untilContinued(handle, firstRun);
    await shell.commands.broadcastSignal({ signal: 'fireAlarm', payload: { floor: 3 }, actor: operator, idempotencyKey: 'alarm-R-2' });
    const { taskId } = await prisma.userTask.findFirstOrThrow({ where: { instanceId: child.id, status: 'open' } });
    await shell.commands.completeTask({ instanceId: child.id, taskId, data: { value: 5 }, actor: operator, idempotencyKey: 'measure-R-2' });
    const instance = await shell.until(async () => (await prisma.processInstance.findFirst({ where: { id: instanceId, status: 'completed' } })) ?? undefined, 30_000);

    expect(instance.variables).toEqual({ count: 12, late: true, result: 5, floor: 3 });
    expect(await prisma.auditEntry.count({ where: { instanceId, action: 'child.completed' } })).toBe(1);
    expect(await prisma.processInstance.count({ where: { parentInstanceId: instanceId } })).toBe(1);
  }, 120_000);
});
