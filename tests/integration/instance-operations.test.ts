import { z } from 'zod';
import type { ServiceActivity } from '#activities';
import { operator, startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';

const text = (en: string) => ({ 'zh-CN': en, en });

/** A step that can be undone, a person's step and a timer beside it. */
const stay = {
  format: 'careloop-process/1', key: 'stay', version: '1', name: text('Stay'),
  variables: [{ name: 'bed', type: 'string', classification: 'operational' }, { name: 'late', type: 'boolean', classification: 'operational' }],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    { id: 'reserve', type: 'serviceTask', activity: 'test.reserve' },
    { id: 'reserved', type: 'boundaryEvent', attachedToRef: 'reserve', cancelActivity: true, event: { kind: 'compensation', handler: 'release' } },
    { id: 'release', type: 'serviceTask', activity: 'test.release', isForCompensation: true },
    { id: 'admit', type: 'userTask', candidateRoles: ['operator'], form: 'admit' },
    { id: 'overdue', type: 'boundaryEvent', attachedToRef: 'admit', cancelActivity: false, event: { kind: 'timer', timeDuration: '"PT1S"' } },
    { id: 'remind', type: 'scriptTask', script: 'true', resultVariable: 'late' },
    { id: 'discharge', type: 'userTask', candidateRoles: ['operator'], form: 'discharge' },
    { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: [
    { id: 'f1', sourceRef: 'start', targetRef: 'reserve' }, { id: 'f2', sourceRef: 'reserve', targetRef: 'admit' }, { id: 'f3', sourceRef: 'admit', targetRef: 'discharge' },
    { id: 'f4', sourceRef: 'discharge', targetRef: 'end' }, { id: 'f5', sourceRef: 'overdue', targetRef: 'remind' },
  ],
};

describe('what an operator does with an instance', () => {
  const released: string[] = [];
  const services: ServiceActivity[] = [
    { type: 'test.reserve', effect: 'none', input: z.record(z.string(), z.json()), run: async () => ({}) },
    { type: 'test.release', effect: 'none', input: z.record(z.string(), z.json()), run: async (_input, { instanceId }) => {
      released.push(instanceId);
      return {};
    } },
  ];
  let shell: RunningShell;
  let stopDatabase: () => Promise<void>;
  let commands = 0;
  const by = () => ({ actor: operator, idempotencyKey: `operation-${(commands += 1)}` });

  beforeAll(async () => {
    const database = await startTestDatabase();
    stopDatabase = database.stop;
    shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address, services });
    await shell.publish(stay);
  }, 120_000);

  afterAll(async () => {
    await shell?.close();
    await stopDatabase?.();
  }, 60_000);

  async function start(): Promise<string> {
    const outcome = await shell.commands.startProcess({ processKey: 'stay', businessKey: `stay-${(commands += 1)}`, variables: { bed: '12' }, ...by() });
    if (outcome.status !== 'accepted' || !outcome.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
    await openTask(outcome.instanceId, 'admit');
    return outcome.instanceId;
  }
  const instance = (id: string) => shell.database.prisma.processInstance.findUniqueOrThrow({ where: { id } });
  const openTask = (instanceId: string, elementId: string) => shell.until(async () => (await shell.database.prisma.userTask.findFirst({ where: { instanceId, elementId, status: 'open' } })) ?? undefined);
  const withStatus = (id: string, status: string) => shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { id, status } })) ?? undefined);
  const entries = (instanceId: string, action: string) => shell.database.prisma.auditEntry.findMany({ where: { instanceId, action } });

  it('paused, it holds its timer and refuses people; resumed, it goes on where it stood', async () => {
    const instanceId = await start();
    expect(await shell.commands.pauseInstance({ instanceId, reason: 'ward is moving', ...by() })).toMatchObject({ status: 'accepted' });
    expect(await instance(instanceId)).toMatchObject({ status: 'paused' });

    const { taskId } = await openTask(instanceId, 'admit');
    expect(await shell.commands.completeTask({ instanceId, taskId, data: {}, ...by() })).toMatchObject({ status: 'refused', failure: { code: 'INSTANCE_PAUSED' } });
    await shell.until(async () => ((await entries(instanceId, 'event.held')).length > 0 ? true : undefined));
    expect((await instance(instanceId)).path).not.toContain('remind');

    expect(await shell.commands.resumeInstance({ instanceId, reason: 'moved', ...by() })).toMatchObject({ status: 'accepted' });
    expect(await instance(instanceId)).toMatchObject({ status: 'running', variables: { bed: '12', late: true } });
    expect(await shell.commands.resumeInstance({ instanceId, reason: 'again', ...by() })).toMatchObject({ status: 'refused', failure: { code: 'INSTANCE_NOT_PAUSED' } });
    expect(await entries(instanceId, 'instance.paused')).toMatchObject([{ actorId: operator.id, reason: 'ward is moving' }]);
  });

  it('stays paused while its worker is replaced', async () => {
    const instanceId = await start();
    await shell.commands.pauseInstance({ instanceId, reason: 'x', ...by() });
    await shell.stopWorker();
    await shell.startWorker();
    await shell.until(async () => ((await entries(instanceId, 'event.held')).length > 0 ? true : undefined));

    expect(await shell.commands.resumeInstance({ instanceId, reason: 'y', ...by() })).toMatchObject({ status: 'accepted' });
    await shell.until(async () => (((await instance(instanceId)).path as string[]).includes('remind') ? true : undefined));
  });

  it('moves its token, on record with who and why', async () => {
    const instanceId = await start();
    const { elementInstanceId } = await openTask(instanceId, 'admit');
    const moved = await shell.commands.modifyInstance({ instanceId, instructions: [{ kind: 'move', elementInstanceId, elementId: 'discharge' }], variables: { bed: '14' }, reason: 'admitted on paper', ...by() });

    expect(moved).toMatchObject({ status: 'accepted' });
    const { taskId } = await openTask(instanceId, 'discharge');
    expect(await shell.database.prisma.userTask.findFirst({ where: { instanceId, elementId: 'admit' } })).toMatchObject({ status: 'cancelled' });
    expect(await entries(instanceId, 'instance.modified')).toMatchObject([{ actorId: operator.id, reason: 'admitted on paper' }]);

    await shell.commands.completeTask({ instanceId, taskId, data: {}, ...by() });
    expect(await withStatus(instanceId, 'completed')).toMatchObject({ variables: { bed: '14' } });
  });

  it('refuses a move that makes no sense, and nothing changes', async () => {
    const instanceId = await start();
    const before = await instance(instanceId);

    expect(await shell.commands.modifyInstance({ instanceId, instructions: [{ kind: 'activate', elementId: 'nowhere' }], reason: 'x', ...by() })).toMatchObject({ status: 'refused', failure: { code: 'MODIFICATION_INVALID' } });
    expect((await instance(instanceId)).activeElements).toEqual(before.activeElements);
  });

  it('undoes what completed before it is cancelled, when that is asked for', async () => {
    const [undone, dropped] = [await start(), await start()];
    await shell.commands.cancelInstance({ instanceId: undone, reason: 'patient left', compensate: true, ...by() });
    await shell.commands.cancelInstance({ instanceId: dropped, reason: 'entered twice', ...by() });

    await withStatus(undone, 'cancelled');
    await withStatus(dropped, 'cancelled');
    expect(released).toEqual([undone]);
    expect(await entries(undone, 'compensation.completed')).toHaveLength(1);
  });
});
