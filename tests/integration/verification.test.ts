import type { Actor } from '#engine';
import { startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';

const text = (en: string) => ({ 'zh-CN': en, en });
const person = (id: string): Actor => ({ id, kind: 'person', roles: ['nurse'] });
const [ann, bob, cem] = [person('ann'), person('bob'), person('cem')];

const infusion = {
  format: 'careloop-process/1', key: 'infusion', version: '1', name: text('Infusion'),
  variables: [{ name: 'rate', type: 'number', classification: 'operational' }, { name: 'confirmed', type: 'number', classification: 'operational' }],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    {
      id: 'set', type: 'userTask', candidateRoles: ['nurse'], form: 'set-rate', followUpDate: '"2026-12-01T08:00:00Z"',
      verification: { form: 'confirm-rate', timeLimit: 'duration("PT10M")', checks: [{ code: 'RATE_DIFFERS', condition: 'data.rate = first.rate', message: text('The second reading differs') }] },
      outputs: [{ target: 'rate', source: 'data.rate' }, { target: 'confirmed', source: 'verification.rate' }],
    },
    { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: [{ id: 'f1', sourceRef: 'start', targetRef: 'set' }, { id: 'f2', sourceRef: 'set', targetRef: 'end' }],
};

/** Its activities begin when somebody wants them. */
const care = {
  format: 'careloop-process/1', key: 'care', version: '1', name: text('Care'), variables: [],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    { id: 'day', type: 'adHocSubProcess', ordering: 'parallel', activeElements: '[]', completionCondition: 'false', sequenceFlows: [], flowElements: ['wash', 'turn'].map((id) => ({ id, type: 'userTask', candidateRoles: ['nurse'], form: 'none', outputs: [] })) },
    { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: [{ id: 'f1', sourceRef: 'start', targetRef: 'day' }, { id: 'f2', sourceRef: 'day', targetRef: 'end' }],
};

describe('people at tasks', () => {
  let shell: RunningShell;
  let stopDatabase: () => Promise<void>;
  let commands = 0;
  const key = () => `command-${(commands += 1)}`;

  beforeAll(async () => {
    const database = await startTestDatabase();
    stopDatabase = database.stop;
    shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address });
    await shell.publish(infusion);
    await shell.publish(care);
  }, 120_000);

  afterAll(async () => {
    await shell?.close();
    await stopDatabase?.();
  }, 60_000);

  async function start(processKey: string): Promise<string> {
    const outcome = await shell.commands.startProcess({ processKey, businessKey: key(), variables: {}, actor: ann, idempotencyKey: key() });
    if (outcome.status !== 'accepted' || !outcome.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
    return outcome.instanceId;
  }
  const openTask = (instanceId: string) => shell.until(async () => (await shell.database.prisma.userTask.findFirst({ where: { instanceId, status: 'open' } })) ?? undefined);
  const ended = (id: string) => shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { id, status: 'completed' } })) ?? undefined);
  async function opened() {
    const instanceId = await start('infusion');
    const { taskId } = await openTask(instanceId);
    const complete = (actor: Actor, rate: number) => shell.commands.completeTask({ instanceId, taskId, data: { rate }, actor, idempotencyKey: key() });
    const row = () => shell.database.prisma.userTask.findUniqueOrThrow({ where: { id: `${instanceId}:${taskId}` } });
    return { instanceId, taskId, complete, row };
  }

  it('a second person verifies what the first has done; the same person may not', async () => {
    const { instanceId, complete, row } = await opened();

    const first = await complete(ann, 40);
    const verifying = await row();
    const same = await complete(ann, 40);
    const wrong = await complete(bob, 41);
    const second = await complete(bob, 40);

    expect(first.status).toBe('accepted');
    expect(verifying).toMatchObject({ status: 'open', assignee: null, form: 'confirm-rate', performedBy: ['ann'], performedData: { rate: 40 }, followUpAt: new Date('2026-12-01T08:00:00Z') });
    expect(Number(verifying.verifyUntil) - Number(verifying.performedAt)).toBe(600_000);
    expect([same, wrong].map((outcome) => outcome.status === 'refused' && outcome.failure.code)).toEqual(['TASK_SAME_PERSON', 'COMPLETION_CHECK_FAILED']);
    expect(second.status).toBe('accepted');
    expect(await ended(instanceId)).toMatchObject({ path: ['start', 'set', 'end'], variables: { rate: 40, confirmed: 40 } });
    expect(await row()).toMatchObject({ status: 'completed', completedBy: 'bob', performedBy: ['ann'] });
    const actions = await shell.database.prisma.auditEntry.findMany({ where: { instanceId, action: { in: ['task.performed', 'task.completed'] } }, orderBy: { id: 'asc' } });
    expect(actions.map(({ action, actorId }) => [action, actorId])).toEqual([['task.performed', 'ann'], ['task.completed', 'bob']]);
  }, 60_000);

  it('a second person who does not confirm sends it back to the first', async () => {
    const { instanceId, taskId, complete, row } = await opened();
    await complete(ann, 400);

    const own = await shell.commands.rejectTaskVerification({ instanceId, taskId, reason: 'typing error', actor: ann, idempotencyKey: key() });
    const rejected = await shell.commands.rejectTaskVerification({ instanceId, taskId, reason: 'ten times too much', actor: bob, idempotencyKey: key() });
    const back = await row();
    const again = await shell.commands.rejectTaskVerification({ instanceId, taskId, reason: 'twice', actor: bob, idempotencyKey: key() });
    await complete(ann, 40);
    await complete(cem, 40);

    expect([own, again].map((outcome) => outcome.status === 'refused' && outcome.failure.code)).toEqual(['TASK_SAME_PERSON', 'VERIFICATION_NOT_PENDING']);
    expect(rejected.status).toBe('accepted');
    expect(back).toMatchObject({ status: 'open', form: 'set-rate', performedBy: [], performedData: null, performedAt: null, verifyUntil: null });
    expect((await ended(instanceId)).variables).toEqual({ rate: 40, confirmed: 40 });
  }, 60_000);

  it('a task can be handed to somebody else, and comes back', async () => {
    const { instanceId, taskId, complete, row } = await opened();
    await shell.commands.claimTask({ instanceId, taskId, actor: ann, idempotencyKey: key() });

    const stranger = await shell.commands.delegateTask({ instanceId, taskId, delegateId: 'cem', actor: bob, idempotencyKey: key() });
    const delegated = await shell.commands.delegateTask({ instanceId, taskId, delegateId: 'bob', reason: 'at lunch', actor: ann, idempotencyKey: key() });
    const handed = await row();
    const mine = await complete(ann, 40);
    await shell.commands.releaseTask({ instanceId, taskId, actor: bob, idempotencyKey: key() });

    expect(stranger).toMatchObject({ status: 'refused', failure: { code: 'TASK_NOT_YOURS' } });
    expect(delegated.status).toBe('accepted');
    expect(handed).toMatchObject({ assignee: 'bob', owner: 'ann' });
    expect(mine).toMatchObject({ status: 'refused', failure: { code: 'TASK_CLAIMED_BY_OTHER' } });
    expect(await row()).toMatchObject({ assignee: 'ann', owner: null });
  }, 60_000);

  it('activities of an ad-hoc sub-process begin when somebody wants them', async () => {
    const instanceId = await start('care');
    const active = await shell.until(async () => {
      const { activeElements } = await shell.database.prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId } });
      return (activeElements as { elementId: string; elementInstanceId: string }[]).find(({ elementId }) => elementId === 'day');
    });
    const activate = (elementId: string) => shell.commands.activateAdHocActivity({ instanceId, elementInstanceId: active.elementInstanceId, elementId, reason: 'asked for', actor: ann, idempotencyKey: key() });

    const [wash, nothing] = [await activate('wash'), await activate('no-such-activity')];

    expect(wash.status).toBe('accepted');
    expect(nothing).toMatchObject({ status: 'refused', failure: { code: 'ACTIVITY_NOT_AVAILABLE' } });
    expect(await openTask(instanceId)).toMatchObject({ elementId: 'wash' });
  }, 60_000);
});
