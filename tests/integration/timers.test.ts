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
});
