import { approvalProcess, lookUp } from '../support/approval-process.ts';
import { nurse, operator, startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';

const text = (en: string) => ({ 'zh-CN': en, en });

/** Waits for a message that may come early. */
const letter = {
  format: 'careloop-process/1', key: 'letter', version: '1', name: text('Letter'),
  variables: [
    { name: 'box', type: 'string', required: true, classification: 'operational' },
    { name: 'text', type: 'string', classification: 'operational' },
  ],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    { id: 'wait', type: 'intermediateCatchEvent', event: { kind: 'message', message: 'letterArrived', correlationKey: 'box', mappings: [{ target: 'text', source: 'message.text' }] } },
    { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: [
    { id: 'f1', sourceRef: 'start', targetRef: 'wait' },
    { id: 'f2', sourceRef: 'wait', targetRef: 'end' },
  ],
};

/** Every text and every byte string, however deep. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value instanceof Uint8Array) yield Buffer.from(value).toString('latin1');
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
}

describe('the process shell', () => {
  let shell: RunningShell;
  let stopDatabase: () => Promise<void>;

  beforeAll(async () => {
    const database = await startTestDatabase();
    stopDatabase = database.stop;
    shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address, services: [lookUp] });
    await shell.publish(approvalProcess);
    await shell.publish(letter);
  }, 120_000);

  afterAll(async () => {
    await shell?.close();
    await stopDatabase?.();
  }, 60_000);

  async function start(processKey: string, businessKey: string, variables: Record<string, string | number>) {
    const outcome = await shell.commands.startProcess({ processKey, businessKey, variables, actor: operator, idempotencyKey: `start-${businessKey}` });
    if (outcome.status !== 'accepted' || !outcome.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
    return outcome.instanceId;
  }

  const openTask = (instanceId: string) =>
    shell.until(async () => (await shell.database.prisma.userTask.findFirst({ where: { instanceId, status: 'open' } })) ?? undefined);
  const ended = (instanceId: string) =>
    shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { id: instanceId, status: 'completed' } })) ?? undefined);

  it('runs from start to end and writes the path, the variables and the record', async () => {
    const instanceId = await start('approval', 'A-1', { amount: 21 });
    const task = await openTask(instanceId);

    const outcome = await shell.commands.completeTask({ instanceId, taskId: task.taskId, data: { approved: true }, actor: operator, idempotencyKey: 'complete-A-1' });

    expect(outcome.status).toBe('accepted');
    const instance = await ended(instanceId);
    expect(instance.path).toEqual(['start', 'lookUp', 'approve', 'end']);
    expect(instance.variables).toEqual({ amount: 21, found: { doubled: 42 }, approved: true });
    const actions = await shell.database.prisma.auditEntry.findMany({ where: { instanceId }, orderBy: { id: 'asc' } });
    expect(actions.map(({ action }) => action)).toEqual(expect.arrayContaining(['instance.started', 'task.created', 'task.completed', 'instance.completed']));
    expect(actions.find(({ action }) => action === 'task.completed')?.actorId).toBe(operator.id);
  }, 60_000);

  it('accepts exactly one of ten completions at once', async () => {
    const instanceId = await start('approval', 'A-2', { amount: 1 });
    const task = await openTask(instanceId);

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) => shell.commands.completeTask({ instanceId, taskId: task.taskId, data: { approved: true }, actor: operator, idempotencyKey: `ten-${index}` })),
    );

    expect(outcomes.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'refused')).toHaveLength(9);
    await ended(instanceId);
    expect(await shell.database.prisma.auditEntry.count({ where: { instanceId, action: 'task.completed' } })).toBe(1);
  }, 60_000);

  it('answers a repeated command with the first outcome and has no second effect', async () => {
    const instanceId = await start('approval', 'A-3', { amount: 1 });
    const task = await openTask(instanceId);
    const command = { instanceId, taskId: task.taskId, data: { approved: false }, actor: operator, idempotencyKey: 'same-key' };

    const first = await shell.commands.completeTask(command);
    const second = await shell.commands.completeTask(command);
    const other = await shell.commands.completeTask({ ...command, data: { approved: true } });

    expect(second).toEqual(first);
    expect(other).toMatchObject({ status: 'refused', failure: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await shell.database.prisma.auditEntry.count({ where: { instanceId, action: 'task.completed' } })).toBe(1);
  }, 60_000);

  it('answers at once what changes nothing, such as a second claim of one’s own task', async () => {
    const instanceId = await start('approval', 'A-10', { amount: 1 });
    const { taskId } = await openTask(instanceId);

    const first = await shell.commands.claimTask({ instanceId, taskId, actor: operator, idempotencyKey: 'claim-A-10' });
    const second = await shell.commands.claimTask({ instanceId, taskId, actor: operator, idempotencyKey: 'claim-A-10-again' });

    expect([first.status, second.status]).toEqual(['accepted', 'accepted']);
  }, 60_000);

  it('refuses what is unknown, undeclared, wrongly typed, missing, too large or in use, and records each refusal', async () => {
    const before = shell.refusals.length;
    const attempt = (processKey: string, businessKey: string, variables: Record<string, string | number>) =>
      shell.commands.startProcess({ processKey, businessKey, variables, actor: operator, idempotencyKey: `bad-${businessKey}-${Object.keys(variables).join()}` });
    await start('approval', 'A-4', { amount: 1 });

    const outcomes = [
      await attempt('no-such-process', 'B-1', {}),
      await attempt('approval', 'B-2', { amount: 1, colour: 'red' }),
      await attempt('approval', 'B-3', { amount: 'much' }),
      await attempt('approval', 'B-4', {}),
      await attempt('letter', 'B-5', { box: 'x'.repeat(3_000_000) }),
      await attempt('approval', 'A-4', { amount: 2 }),
    ];

    expect(outcomes.map((outcome) => (outcome.status === 'refused' ? [outcome.failure.code, outcome.failure.place] : outcome.status))).toEqual([
      ['PROCESS_NOT_FOUND', 'processKey'],
      ['VARIABLE_UNDECLARED', 'colour'],
      ['VARIABLE_WRONG_TYPE', 'amount'],
      ['VARIABLE_MISSING', 'amount'],
      ['VARIABLE_TOO_LARGE', 'box'],
      ['BUSINESS_KEY_IN_USE', 'businessKey'],
    ]);
    expect(shell.refusals).toHaveLength(before + 6);
  }, 60_000);

  it('refuses a completion by someone without the role and one of a task that is done', async () => {
    const instanceId = await start('approval', 'A-5', { amount: 1 });
    const task = await openTask(instanceId);
    const complete = (actor: typeof operator, idempotencyKey: string) => shell.commands.completeTask({ instanceId, taskId: task.taskId, data: { approved: true }, actor, idempotencyKey });

    const stranger = await complete(nurse, 'stranger');
    const rightful = await complete(operator, 'rightful');
    const late = await complete(operator, 'late');

    expect(stranger).toMatchObject({ status: 'refused', failure: { code: 'TASK_NOT_YOURS' } });
    expect(rightful.status).toBe('accepted');
    expect(late).toMatchObject({ status: 'refused', failure: { code: expect.stringMatching(/TASK_NOT_OPEN|TASK_NOT_FOUND|INSTANCE_NOT_RUNNING/) } });
  }, 60_000);

  it('keeps a message that comes before its subscriber and delivers it then', async () => {
    const early = await shell.commands.publishMessage({ message: 'letterArrived', correlationKey: 'box-7', payload: { text: 'hello' }, actor: operator, idempotencyKey: 'letter-7' });

    const instanceId = await start('letter', 'L-7', { box: 'box-7' });

    expect(early.status).toBe('pending');
    expect((await ended(instanceId)).variables).toEqual({ box: 'box-7', text: 'hello' });
  }, 60_000);

  it('delivers what was accepted while no worker ran', async () => {
    await shell.stopWorker();
    const started = shell.commands.startProcess({ processKey: 'approval', businessKey: 'A-8', variables: { amount: 3 }, actor: operator, idempotencyKey: 'start-A-8' });

    const outcome = await started;
    await shell.startWorker();

    expect(outcome.status).toBe('accepted');
    const instanceId = (outcome as { instanceId: string }).instanceId;
    const task = await openTask(instanceId);
    await shell.commands.completeTask({ instanceId, taskId: task.taskId, data: { approved: true }, actor: operator, idempotencyKey: 'complete-A-8' });
    await ended(instanceId);
  }, 60_000);

  it('records the refusal of a command that had to wait', async () => {
    const instanceId = await start('approval', 'A-9', { amount: 1 });
    const task = await openTask(instanceId);
    await shell.stopWorker();
    const before = shell.refusals.length;

    const outcome = await shell.commands.completeTask({ instanceId, taskId: task.taskId, data: { approved: true }, actor: nurse, idempotencyKey: 'waits-then-refused' });
    await shell.startWorker();

    expect(outcome.status).toBe('pending');
    const refusal = await shell.until(async () => shell.refusals[before], 40_000);
    expect(refusal).toMatchObject({ kind: 'completeTask', actor: nurse, failure: { code: 'TASK_NOT_YOURS' }, instanceId });
  }, 90_000);

  it('keeps what people know out of the history in the clear', async () => {
    const instanceId = await start('letter', 'secret-business-key', { box: 'secret-box-value' });

    const { history } = await shell.temporal.client.workflowService.getWorkflowExecutionHistory({ namespace: 'default', execution: { workflowId: `letter/${instanceId}` } });

    expect(history?.events?.length).toBeGreaterThan(0);
    const texts = [...textsIn(history)].join('\n');
    expect(texts).toContain('binary/encrypted');
    expect(texts).not.toContain('secret-box-value');
    expect(texts).not.toContain('secret-business-key');
  }, 60_000);
});
