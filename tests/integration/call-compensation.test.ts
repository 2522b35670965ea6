import type { Variables } from '#engine';
import { operator, startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';

const flows = (...pairs: readonly string[]) => pairs.map((pair) => {
  const [sourceRef = '', targetRef = ''] = pair.split(' > ');
  return { id: `${sourceRef}_${targetRef}`, sourceRef, targetRef };
});
const task = (id: string, more = {}) => ({ id, type: 'userTask', candidateRoles: ['operator'], form: 'none', ...more });
const processOf = (key: string, flowElements: readonly object[], sequenceFlows: readonly object[]) => ({ format: 'careloop-process/1', key, version: '1', name: { 'zh-CN': key, en: key }, variables: [{ name: 'sample', type: 'string', classification: 'operational' }], flowElements, sequenceFlows });

/** A sample is taken, and discarded by hand when the call is undone. One that is lost is an incident. */
const lab = processOf('sampling', [
  { id: 'begin', type: 'startEvent' }, task('take'),
  { id: 'taken', type: 'boundaryEvent', attachedToRef: 'take', cancelActivity: true, event: { kind: 'compensation', handler: 'discard' } }, task('discard', { isForCompensation: true }),
  { id: 'done', type: 'endEvent' },
], [...flows('begin > take'), { id: 'take_done', sourceRef: 'take', targetRef: 'done', condition: 'if sample = "lost" then null else true' }]);
const ward = processOf('undoing-ward', [
  { id: 'start', type: 'startEvent' }, { id: 'order', type: 'callActivity', calledElement: 'sampling', inputs: [], outputs: [] }, task('decide'),
  { id: 'back', type: 'intermediateThrowEvent', event: { kind: 'compensation' } }, { id: 'end', type: 'endEvent' },
], flows('start > order', 'order > decide', 'decide > back', 'back > end'));

describe('a completed call that is undone', () => {
  let shell: RunningShell;
  let stopDatabase: () => Promise<void>;

  beforeAll(async () => {
    const database = await startTestDatabase();
    stopDatabase = database.stop;
    shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address });
    for (const definition of [lab, ward]) await shell.publish(definition);
  }, 120_000);

  afterAll(async () => {
    await shell?.close();
    await stopDatabase?.();
  }, 60_000);

  const until = <Value>(read: () => Promise<Value | null | undefined | false>) => shell.until(async () => (await read()) || undefined);
  const instance = (id: string) => shell.database.prisma.processInstance.findUniqueOrThrow({ where: { id } });
  const ended = (id: string, status: string) => until(async () => (await instance(id)).status === status && instance(id));
  const incident = (instanceId: string) => until(() => shell.database.prisma.incident.findFirst({ where: { instanceId, resolvedAt: null } }));
  const openTask = (instanceId: string, elementId: string) => until(() => shell.database.prisma.userTask.findFirst({ where: { instanceId, elementId, status: 'open' } }));
  async function complete(instanceId: string, elementId: string, data: Variables = {}): Promise<void> {
    const { taskId } = await openTask(instanceId, elementId);
    const outcome = await shell.commands.completeTask({ instanceId, taskId, data, actor: operator, idempotencyKey: `complete-${instanceId}-${taskId}` });
    expect(outcome.status).toBe('accepted');
  }
  /** The caller and its called process, which has completed. */
  async function called(businessKey: string): Promise<{ readonly parent: string; readonly child: string }> {
    const outcome = await shell.commands.startProcess({ processKey: 'undoing-ward', businessKey, variables: {}, actor: operator, idempotencyKey: businessKey, patientId: 'P-7', unit: 'W1' });
    const parent = ('instanceId' in outcome && outcome.instanceId) || '';
    const { id: child } = await until(() => shell.database.prisma.processInstance.findFirst({ where: { parentInstanceId: parent } }));
    await complete(child, 'take');
    await ended(child, 'completed');
    await openTask(parent, 'decide');
    return { parent, child };
  }

  it('has the called process undo itself, of the same patient, and goes on when that is done', async () => {
    const { parent, child } = await called('U-1');

    await complete(parent, 'decide');
    const { patientId } = await openTask(child, 'discard');

    expect([patientId, (await instance(child)).status, (await instance(parent)).status]).toEqual(['P-7', 'running', 'running']);

    await complete(child, 'discard');

    expect(await ended(parent, 'completed')).toMatchObject({ path: ['start', 'order', 'decide', 'back', 'end'] });
    expect(await ended(child, 'cancelled')).toMatchObject({ path: ['begin', 'take', 'done', 'discard'] });
    const entries = await shell.database.prisma.auditEntry.findMany({ where: { instanceId: { in: [parent, child] }, action: { in: ['child.compensationStarted', 'child.compensated', 'instance.cancelled', 'batch.corrected'] } }, orderBy: { id: 'asc' } });
    expect(entries.map(({ action, actorKind, reason }) => [action, actorKind, reason])).toEqual([['child.compensationStarted', 'engine', null], ['instance.cancelled', 'engine', 'CALL_COMPENSATED'], ['child.compensated', 'engine', null]]);
    expect(shell.refusals).toEqual([]);
  }, 60_000);

  const retry = async (instanceId: string, reason: string) => {
    const { incidentId } = await incident(instanceId);
    const resolved = await shell.commands.resolveIncident({ instanceId, incidentId, resolution: { kind: 'retry' }, reason, actor: operator, idempotencyKey: `retry-${instanceId}-${incidentId}` });
    expect(resolved.status).toBe('accepted');
    await until(async () => (await shell.database.prisma.incident.findFirst({ where: { instanceId, incidentId, resolvedAt: { not: null } } })) !== null);
  };
  const reopen = async (instanceId: string) => expect((await shell.commands.reopenInstance({ instanceId, elementIds: ['take'], reason: 'a second sample', actor: operator, idempotencyKey: `reopen-${instanceId}` })).status).toBe('accepted');

  it('is an incident that names the called instance while that runs again, and goes on by itself when it has completed', async () => {
    const { parent, child } = await called('U-2');
    await reopen(child);

    await complete(parent, 'decide');

    const waits = `Expected a called process that has ended, but instance ${child} runs again and waits at take`;
    expect(await incident(parent)).toMatchObject({ code: 'CHILD_FAILED', elementId: 'order', message: waits });
    await retry(parent, 'perhaps it has ended');
    expect(await incident(parent)).toMatchObject({ code: 'CHILD_FAILED', elementId: 'order', message: waits });

    await complete(child, 'take');
    for (let sample = 1; sample <= 2; sample += 1) await complete(child, 'discard');

    expect((await ended(parent, 'completed')).path).toEqual(['start', 'order', 'decide', 'back', 'end']);
    expect((await instance(child)).status).toBe('cancelled');
  }, 60_000);

  it('goes on with what is left when it was broken off, and is tried again', async () => {
    const { parent, child } = await called('U-3');
    await complete(parent, 'decide');
    await openTask(child, 'discard');
    expect((await shell.commands.cancelInstance({ instanceId: child, reason: 'not now', actor: operator, idempotencyKey: 'cancel-U-3' })).status).toBe('accepted');
    await ended(child, 'cancelled');

    await retry(parent, 'now');
    await complete(child, 'discard');

    expect((await ended(parent, 'completed')).path).toEqual(['start', 'order', 'decide', 'back', 'end']);
    expect((await ended(child, 'cancelled')).path).toEqual(['begin', 'take', 'done', 'discard']);
  }, 60_000);

  it('has an incident of the called instance retried', async () => {
    const { parent, child } = await called('U-4');
    await reopen(child);
    await complete(child, 'take', { sample: 'lost' });
    const before = await incident(child);
    await complete(parent, 'decide');
    expect(await incident(parent)).toMatchObject({ message: `Expected a called process that has ended, but instance ${child} runs again and has an incident at take (CONDITION_NOT_BOOLEAN)` });

    await retry(parent, 'the sample was found');

    const after = await until(async () => shell.database.prisma.incident.findFirst({ where: { instanceId: child, resolvedAt: null, incidentId: { not: before.incidentId } } }));
    await shell.commands.resolveIncident({ instanceId: child, incidentId: after.incidentId, resolution: { kind: 'retry' }, reason: 'and labelled', variables: { sample: '1' }, actor: operator, idempotencyKey: 'found-U-4' });
    for (let sample = 1; sample <= 2; sample += 1) await complete(child, 'discard');
    expect((await ended(parent, 'completed')).path).toEqual(['start', 'order', 'decide', 'back', 'end']);
  }, 60_000);
});
