import type { FlowElement } from '#engine';
import { end, processOf, start, userTask } from '../../engine/testing/process-builder.ts';
import { operator, startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';

/** A person waits beside a timer that is due at the date. */
const reminder = (key: string, date: string) => ({
  ...processOf({ elements: [start, userTask('wait', { candidateRoles: ['operator'] }), { id: 'due', type: 'boundaryEvent', attachedToRef: 'wait', cancelActivity: true, event: { kind: 'timer', timeDate: `"${date}"` } }, { id: 'overdue', type: 'endEvent' }, end], flows: ['start > wait', 'wait > end', 'due > overdue'] }),
  key,
});

describe('timers on the real server', () => {
  let shell: RunningShell;
  let stopDatabase: () => Promise<void>;

  beforeAll(async () => {
    const database = await startTestDatabase();
    stopDatabase = database.stop;
    shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address });
  }, 120_000);

  afterAll(async () => {
    await shell?.close();
    await stopDatabase?.();
  }, 60_000);

  async function begin(key: string, date: string): Promise<string> {
    await shell.publish(reminder(key, date));
    const outcome = await shell.commands.startProcess({ processKey: key, businessKey: key, variables: {}, actor: operator, idempotencyKey: `start-${key}` });
    if (outcome.status !== 'accepted' || !outcome.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
    return outcome.instanceId;
  }
  const ended = (id: string) => shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { id, status: 'completed' } })) ?? undefined);

  it('in the past fires at once', async () => {
    const instanceId = await begin('past', '2020-01-01T00:00:00Z');

    expect(await ended(instanceId)).toMatchObject({ path: ['start', 'due', 'overdue'] });
  }, 60_000);

  it.each([['a-year', new Date(Date.now() + 366 * 86_400_000).toISOString()], ['centuries', '2500-01-01T00:00:00Z'], ['the-end-of-time', '9999-12-31T23:59:59Z']])('in %s does not fire now', async (key, date) => {
    const instanceId = await begin(key, date);
    const { taskId } = await shell.until(async () => (await shell.database.prisma.userTask.findFirst({ where: { instanceId, status: 'open' } })) ?? undefined);
    await new Promise((resolve) => setTimeout(resolve, 1_500));

    const outcome = await shell.commands.completeTask({ instanceId, taskId, data: {}, actor: operator, idempotencyKey: `complete-${key}` });

    expect(outcome.status).toBe('accepted');
    expect(await ended(instanceId)).toMatchObject({ path: ['start', 'wait', 'end'] });
  }, 60_000);

  it('start a process once at a date and again and again by a cycle, until a newer version has none', async () => {
    const process = (key: string, version: string, event?: Extract<FlowElement, { type: 'startEvent' }>['event']) => ({ ...processOf({ elements: [{ id: 'start', type: 'startEvent', ...(event ? { event } : {}) }, end], flows: ['start > end'] }), key, version });
    const instances = (processKey: string) => shell.database.prisma.processInstance.findMany({ where: { processKey, status: 'completed' }, orderBy: { createdAt: 'asc' } });
    const atLeast = (processKey: string, count: number) => shell.until(async () => ((await instances(processKey)).length >= count ? instances(processKey) : undefined));
    const soon = new Date(Date.now() + 2_000).toISOString();
    await shell.publish(process('at-a-date', '1', { kind: 'timer', timeDate: `"${soon}"` }));
    await shell.publish(process('by-a-cycle', '1', { kind: 'timer', timeCycle: '"R/PT2S"' }));

    const [once] = await atLeast('at-a-date', 1);
    const often = await atLeast('by-a-cycle', 3);
    await shell.publish(process('by-a-cycle', '2'));
    await shell.until(async () => ((await shell.database.prisma.processTimer.count({ where: { bundle: { processKey: 'by-a-cycle' } } })) === 0 ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const atTheEnd = (await instances('by-a-cycle')).length;
    await new Promise((resolve) => setTimeout(resolve, 4_000));

    expect(once).toMatchObject({ businessKey: `timer:start:${soon}`, startedBy: 'careloop' });
    expect(Number(once?.createdAt)).toBeGreaterThanOrEqual(Date.parse(soon));
    expect(new Set(often.map(({ businessKey }) => businessKey)).size).toBe(often.length);
    expect(await instances('at-a-date')).toHaveLength(1);
    expect(await instances('by-a-cycle')).toHaveLength(atTheEnd);
    expect(await shell.database.prisma.processTimer.count()).toBe(0);
  }, 60_000);
});
