import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { ServiceActivity } from '#activities';
import { startTemporal, type TemporalServer } from '../../cli/servers/temporal.ts';
import { lookUp } from '../support/approval-process.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';
import { operator, startShell, type RunningShell } from '../support/running-shell.ts';

/** How often the loop goes round; the full count is for the long tests, under the server's own limits. */
const fullRounds = Number(process.env['CARELOOP_LOOP_ROUNDS'] ?? 0);
const isFull = fullRounds > 0;
const rounds = isFull ? fullRounds : 120;
/** With the server's own limits a run would not be continued within a short test. */
const dynamicConfig = isFull ? [] : ['limit.historyCount.suggestContinueAsNew=60'];
const patienceMs = isFull ? 700 * fullRounds : 60_000;
const overlongEvents = 20_480;

const text = (en: string) => ({ 'zh-CN': en, en });
const number = (name: string, required = false) => ({ name, type: 'number', required, classification: 'operational' });
const flows = (...pairs: readonly (readonly [string, string, string?])[]) => pairs.map(([sourceRef, targetRef, condition], index) => ({ id: `f${index}`, sourceRef, targetRef, ...(condition === undefined ? {} : { condition }) }));
const endEvents = (...ids: readonly string[]) => ids.map((id) => ({ id, type: 'endEvent' }));

/** A service called in each round, with a boundary timer. */
const loop = [
  { id: 'act', type: 'serviceTask', activity: 'test.lookUp', inputs: [{ target: 'amount', source: 'count' }], outputs: [{ target: 'count', source: 'count + 1' }] },
  { id: 'late', type: 'boundaryEvent', attachedToRef: 'act', cancelActivity: false, event: { kind: 'timer', timeDuration: '"PT1H"' } },
  { id: 'again', type: 'exclusiveGateway', default: 'back' },
  ...endEvents('endLate', 'endLoop'),
];
const loopFlows = [
  ...flows(['both', 'act'], ['act', 'again'], ['late', 'endLate'], ['again', 'endLoop', 'count >= rounds']),
  { id: 'back', sourceRef: 'again', targetRef: 'act' },
];
const beside = (...pairs: readonly (readonly [string, string])[]) => [{ id: 'begin', sourceRef: 'start', targetRef: 'both' }, ...loopFlows, ...flows(...pairs).map((flow) => ({ ...flow, id: `beside_${flow.id}` }))];
const split = [{ id: 'start', type: 'startEvent' }, { id: 'both', type: 'parallelGateway' }];

/** The loop, and everything else that an instance can wait for meanwhile. */
const looping = {
  format: 'careloop-process/1', key: 'looping', version: '1', name: text('Looping'),
  variables: [number('count', true), number('rounds', true), number('ticks'), number('result'), number('floor'), { name: 'items', type: 'list', required: true, classification: 'operational' }],
  flowElements: [
    ...split, ...loop,
    { id: 'hear', type: 'intermediateCatchEvent', event: { kind: 'message', message: 'ring', correlationKey: '"bell"', mappings: [{ target: 'floor', source: 'message.floor' }] } },
    { id: 'call', type: 'callActivity', calledElement: 'counting', inputs: [], outputs: [{ target: 'result', source: 'child.value' }] },
    { id: 'wait', type: 'userTask', candidateRoles: ['operator'], form: 'none', outputs: [] },
    { id: 'tick', type: 'boundaryEvent', attachedToRef: 'wait', cancelActivity: false, event: { kind: 'timer', timeCycle: '"R/PT2S"' } },
    { id: 'mark', type: 'scriptTask', script: 'if ticks = null then 1 else ticks + 1', resultVariable: 'ticks' },
    { id: 'each', type: 'userTask', candidateRoles: ['operator'], form: 'none', outputs: [], multiInstance: { kind: 'multiInstance', sequential: false, collection: 'items' } },
    ...endEvents('endHear', 'endCall', 'endTick', 'endWait', 'endEach'),
  ],
  sequenceFlows: beside(['both', 'hear'], ['hear', 'endHear'], ['both', 'call'], ['call', 'endCall'], ['both', 'wait'], ['wait', 'endWait'], ['tick', 'mark'], ['mark', 'endTick'], ['both', 'each'], ['each', 'endEach']),
};

const counting = {
  format: 'careloop-process/1', key: 'counting', version: '1', name: text('Counting'), variables: [number('value')],
  flowElements: [{ id: 'start', type: 'startEvent' }, { id: 'measure', type: 'userTask', candidateRoles: ['operator'], form: 'none' }, ...endEvents('end')],
  sequenceFlows: flows(['start', 'measure'], ['measure', 'end']),
};

/** The loop beside a service that takes its time. */
const unquiet = {
  format: 'careloop-process/1', key: 'unquiet', version: '1', name: text('Unquiet'), variables: [number('count', true), number('rounds', true)],
  flowElements: [...split, ...loop, { id: 'slow', type: 'serviceTask', activity: 'test.slow', inputs: [], outputs: [], timeoutMs: 600_000, retry: { maximumAttempts: 10 } }, ...endEvents('endSlow')],
  sequenceFlows: beside(['both', 'slow'], ['slow', 'endSlow']),
};

describe('an instance whose history is continued', () => {
  let database: TestDatabase;
  let folder: string;
  let temporal: TemporalServer;
  let shell: RunningShell;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const slow: ServiceActivity = { type: 'test.slow', effect: 'none', input: z.record(z.string(), z.json()), run: async () => released.then(() => ({})) };

  beforeAll(async () => {
    database = await startTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'careloop-continued-'));
    temporal = await startTemporal({ dataFolder: folder, inMemory: true, dynamicConfig });
    shell = await startShell({ databaseUrl: database.url, temporalAddress: temporal.address, services: [lookUp, slow] });
    for (const definition of [looping, counting, unquiet]) await shell.publish(definition);
  }, 180_000);

  afterAll(async () => {
    release();
    await shell?.close();
    await temporal?.stop();
    await database?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  async function start(processKey: string, variables: Record<string, number | number[]>): Promise<string> {
    const outcome = await shell.commands.startProcess({ processKey, businessKey: processKey, variables, actor: operator, idempotencyKey: `start-${processKey}` });
    if (outcome.status !== 'accepted' || !outcome.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
    return outcome.instanceId;
  }

  const variablesOf = async (id: string) => (await shell.database.prisma.processInstance.findUniqueOrThrow({ where: { id } })).variables as Record<string, number>;
  const completed = (id: string, timeoutMs = 30_000) => shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { id, status: 'completed' } })) ?? undefined, timeoutMs);
  const complete = (instanceId: string, taskId: string, data: Record<string, number> = {}) => shell.commands.completeTask({ instanceId, taskId, data, actor: operator, idempotencyKey: `complete-${instanceId}-${taskId}` });

  /** Length and size of the history of each run. */
  async function runsOf(workflowId: string): Promise<{ readonly runId: string; readonly events: number; readonly bytes: number }[]> {
    const runs = [];
    for await (const { runId } of shell.temporal.client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) {
      const { historyLength, historySize } = await shell.temporal.client.workflow.getHandle(workflowId, runId).describe();
      runs.push({ runId, events: historyLength, bytes: historySize ?? 0 });
    }
    return runs;
  }

  /** How many timers the instance has set at Temporal. */
  async function timersOf(workflowId: string, runIds: readonly string[]): Promise<number> {
    const histories = await Promise.all(runIds.map((runId) => shell.temporal.client.workflow.getHandle(workflowId, runId).fetchHistory()));
    return histories.flatMap(({ events }) => events ?? []).filter(({ timerStartedEventAttributes }) => timerStartedEventAttributes).length;
  }

  it(`keeps ids, timers, subscriptions, children and commands while it loops ${rounds} times, in runs under 10 MB`, async () => {
    const items = Array.from({ length: 30 }, (_, index) => index);
    const { prisma, pool } = shell.database;
    const begun = Date.now();
    const instanceId = await start('looping', { count: 0, rounds, items });
    const child = await shell.until(async () => (await prisma.processInstance.findFirst({ where: { parentInstanceId: instanceId, status: 'running' } })) ?? undefined);
    const tasks = await shell.until(async () => {
      const open = await prisma.userTask.findMany({ where: { instanceId, elementId: 'each' } });
      return open.length === items.length ? open : undefined;
    });

    // All the while, so that commands come in the very moments in which a run ends.
    for (let index = 0; index < tasks.length; index += 3) {
      await Promise.all(tasks.slice(index, index + 3).map(({ taskId }) => complete(instanceId, taskId)));
    }
    await shell.until(async () => {
      // To look all the time would slow down what is looked at.
      if (isFull) await new Promise((resolve) => setTimeout(resolve, 2_000));
      return (await variablesOf(instanceId))['count'] === rounds ? true : undefined;
    }, patienceMs);
    const seconds = (Date.now() - begun) / 1_000;
    const ticks = (await variablesOf(instanceId))['ticks'] ?? 0;
    const { ticks: further } = await shell.until(async () => {
      const now = await variablesOf(instanceId);
      return (now['ticks'] ?? 0) > ticks ? now : undefined;
    });
    await shell.commands.publishMessage({ message: 'ring', correlationKey: 'bell', payload: { floor: 3 }, actor: operator, idempotencyKey: 'ring' });
    const { taskId: measure } = await prisma.userTask.findFirstOrThrow({ where: { instanceId: child.id, status: 'open' } });
    await complete(child.id, measure, { value: 5 });
    const { taskId: wait } = await prisma.userTask.findFirstOrThrow({ where: { instanceId, elementId: 'wait', status: 'open' } });
    await shell.until(async () => ((await variablesOf(instanceId))['result'] === 5 && (await variablesOf(instanceId))['floor'] === 3 ? true : undefined), 30_000);
    await complete(instanceId, wait);
    await completed(instanceId);

    const runs = await shell.until(async () => {
      const found = await runsOf(`looping/${instanceId}`);
      return found.length > 1 ? found : undefined;
    });
    const { rows: [ids] } = await pool.query<{ all: number; distinct: number }>(`select count(*)::int as all, count(distinct element_instance_id)::int as distinct from audit_entry where instance_id = $1 and action = 'element.activated'`, [instanceId]);
    if (isFull) console.log(JSON.stringify({ rounds, seconds, runs: runs.length, largest: { events: Math.max(...runs.map(({ events }) => events)), bytes: Math.max(...runs.map(({ bytes }) => bytes)) } }));
    // Seven events a round, and 4,096 a run.
    expect(runs.length).toBeGreaterThan(rounds / 700);
    // The time limits of the rounds, of an hour each, set none: one for the next tick of two seconds is enough.
    if (!isFull) expect(await timersOf(`looping/${instanceId}`, runs.map(({ runId }) => runId))).toBeLessThan(runs.length + (further ?? 0) + 3);
    expect(Math.max(...runs.map(({ bytes }) => bytes))).toBeLessThan(10_000_000);
    expect(await prisma.auditEntry.count({ where: { instanceId, action: 'service.completed' } })).toBe(rounds);
    expect(ids?.all).toBeGreaterThan(rounds);
    expect(ids?.distinct).toBe(ids?.all);
    // A timer that two runs had set would fire twice as often.
    expect(further).toBeGreaterThan(ticks);
    expect(ticks).toBeLessThanOrEqual(seconds / 2 + 1);
    expect(await prisma.auditEntry.count({ where: { instanceId, action: 'task.completed' } })).toBe(items.length + 1);
    expect(await prisma.auditEntry.count({ where: { instanceId, action: 'child.completed' } })).toBe(1);
    expect(await prisma.auditEntry.count({ where: { instanceId, elementId: 'endLate' } })).toBe(0);
  }, patienceMs + 90_000);

  it('goes on beside a long service, waits for it before its history is too long, and continues then', async () => {
    const longest = isFull ? overlongEvents : 200;
    const instanceId = await start('unquiet', { count: 0, rounds: isFull ? 4_000 : 200 });
    const workflowId = `unquiet/${instanceId}`;
    const handle = shell.temporal.client.workflow.getHandle(workflowId);
    const historyLength = async (): Promise<number> => (await handle.describe()).historyLength;

    await shell.until(async () => ((await historyLength()) >= longest ? true : undefined), patienceMs);
    if (isFull) {
      // No further round begins.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const held = await historyLength();
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      expect(await historyLength()).toBe(held);
    }
    expect(await runsOf(workflowId)).toHaveLength(1);
    release();
    await completed(instanceId, patienceMs);

    const runs = await runsOf(workflowId);
    expect(runs.length).toBeGreaterThan(1);
    expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(overlongEvents + 100);
    expect(await shell.database.prisma.auditEntry.count({ where: { instanceId, action: 'service.completed' } })).toBe((isFull ? 4_000 : 200) + 1);
  }, patienceMs + 90_000);
});
