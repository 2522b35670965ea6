import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';

const text = (en: string) => ({ 'zh-CN': en, en });
const flow = (sourceRef: string, targetRef: string) => ({ id: `${sourceRef}_${targetRef}`, sourceRef, targetRef });
const people = { candidateRoles: ['nurse', 'head-nurse'], candidateUnit: 'ward' };

/** A task for two people, activities that people begin, a signal that is heard meanwhile, and a called process. */
const visit = {
  format: 'careloop-process/1', key: 'visit', version: '1', name: text('Visit'),
  variables: [{ name: 'ward', type: 'string', required: true, classification: 'operational' }, { name: 'rate', type: 'number', classification: 'operational' }, { name: 'alarms', type: 'number', classification: 'operational' }],
  flowElements: [
    { id: 'start', type: 'startEvent' }, { id: 'all', type: 'parallelGateway' },
    { id: 'set', type: 'userTask', ...people, form: 'set', followUpDate: '"2026-12-01T08:00:00Z"', checks: [{ code: 'TOO_MUCH', condition: 'data.rate < 100', message: text('Too much') }], verification: { checks: [{ code: 'RATE_DIFFERS', condition: 'data.rate = first.rate', message: text('The second reading differs') }] }, outputs: [{ target: 'rate', source: 'data.rate' }] },
    { id: 'alarm', type: 'boundaryEvent', attachedToRef: 'set', cancelActivity: false, event: { kind: 'signal', signal: 'fireAlarm', mappings: [{ target: 'alarms', source: '1' }] } },
    { id: 'care', type: 'adHocSubProcess', activeElements: '[]', completionCondition: 'false', sequenceFlows: [], flowElements: ['wash', 'round'].map((id) => ({ id, type: 'userTask', name: text(id === 'wash' ? 'Wash' : 'Round'), ...people, ...(id === 'round' ? { candidateRoles: ['doctor'] } : {}), form: 'none', outputs: [] })) },
    { id: 'call', type: 'callActivity', calledElement: 'failing', inputs: [], outputs: [] },
    { id: 'failed', type: 'boundaryEvent', attachedToRef: 'call', cancelActivity: true, event: { kind: 'error' } },
    ...['setDone', 'heard', 'cared', 'called', 'notCalled'].map((id) => ({ id, type: 'endEvent' })),
  ],
  sequenceFlows: [flow('start', 'all'), flow('all', 'set'), flow('all', 'care'), flow('all', 'call'), flow('set', 'setDone'), flow('alarm', 'heard'), flow('care', 'cared'), flow('call', 'called'), flow('failed', 'notCalled')],
};
const failing = { format: 'careloop-process/1', key: 'failing', version: '1', name: text('Failing'), variables: [], flowElements: [{ id: 'begin', type: 'startEvent' }, { id: 'broken', type: 'endEvent', event: { kind: 'error', errorCode: 'NO_BED' } }], sequenceFlows: [flow('begin', 'broken')] };

const errors = '... on Error { code place } ... on RefusedError { checkCode }';

describe('the elements over GraphQL', () => {
  let shell: RunningShell;
  let gateway: RunningGateway;
  let stopDatabase: () => Promise<void>;
  let as: { readonly his: As; readonly nurse: As; readonly headNurse: As; readonly otherNurse: As; readonly operator: As };
  let keys = 0;
  const idempotencyKey = () => `key-${(keys += 1)}`;

  beforeAll(async () => {
    const database = await startTestDatabase();
    stopDatabase = database.stop;
    shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address });
    gateway = await startGateway({ databaseUrl: database.url, commands: shell.commands });
    await shell.publish(visit);
    await shell.publish(failing);
    const [his, nurse, headNurse, otherNurse, operator] = await Promise.all([gateway.tokenOf('his'), gateway.signIn('nurse', 'W1'), gateway.signIn('head-nurse', 'W1'), gateway.signIn('nurse', 'W2'), gateway.signIn('operator')]);
    as = { his, nurse, headNurse, otherNurse, operator };
  }, 300_000);

  afterAll(async () => {
    await gateway?.close();
    await shell?.close();
    await stopDatabase?.();
  }, 60_000);

  const mutate = async (who: As, name: string, input: object, fields: string) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return (await gateway.graphql(who, `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Payload { ${fields} } ${errors} } }`, { input: { idempotencyKey: idempotencyKey(), ...input } })).data[name];
  };
  const taskFields = 'task { status assignee { id } owner { id } followUpAt verification { performedBy { id } performedAt until } canClaim canComplete }';
  async function start(businessKey: string): Promise<{ readonly instanceId: string; readonly taskId: string }> {
    const outcome = await shell.commands.startProcess({ processKey: 'visit', businessKey, unit: 'W1', variables: { ward: 'W1' }, actor: { id: 'his', kind: 'system', roles: ['his'] }, idempotencyKey: idempotencyKey() });
    if (outcome.status !== 'accepted' || !outcome.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
    const { instanceId } = outcome;
    const task = await shell.until(async () => (await gateway.database.prisma.userTask.findFirst({ where: { instanceId, elementId: 'set' } })) ?? undefined);
    return { instanceId, taskId: task.id };
  }
  const idOf = async (username: string) => (await gateway.database.prisma.user.findUniqueOrThrow({ where: { username } })).id;

  it('a task is done by one person and verified by another', async () => {
    const { instanceId, taskId } = await start('V-1');
    const complete = (who: As, rate: number) => mutate(who, 'completeTask', { taskId, data: { rate } }, taskFields);
    const verify = (who: As, rate: number) => gateway.graphql(who, `mutation ($input: VerifyTaskInput!) { verifyTask(input: $input) { __typename ${errors} } }`, { input: { taskId, data: { rate } } }).then(({ data }) => data.verifyTask);

    const tooMuch = await complete(as.nurse, 400);
    const first = await complete(as.nurse, 40);
    const seenBySecond = (await gateway.graphql(as.headNurse, `query ($id: ID!) { task(id: $id) { canClaim canComplete } }`, { id: taskId })).data.task;
    const firstReading = (who: As) => gateway.graphql(who, 'query ($id: ID!) { processInstance(id: $id) { timeline(last: 100) { edges { node { action detail } } } } }', { id: instanceId }).then(({ data }) => data.processInstance.timeline.edges.flatMap(({ node }: { node: { action: string; detail: unknown } }) => (node.action === 'task.performed' ? [node.detail] : [])));
    const [seenByFirst, hiddenFromSecond] = [await firstReading(as.nurse), await firstReading(as.headNurse)];
    const same = await complete(as.nurse, 40);
    const differs = await verify(as.headNurse, 41);
    const rejected = await mutate(as.headNurse, 'rejectTaskVerification', { taskId, reason: 'the drip is clogged' }, taskFields);
    await complete(as.nurse, 50);
    const second = await complete(as.headNurse, 50);

    expect(tooMuch).toMatchObject({ __typename: 'RefusedError', code: 'COMPLETION_CHECK_FAILED', checkCode: 'TOO_MUCH' });
    expect(first.task).toEqual({ status: 'open', assignee: null, owner: null, followUpAt: '2026-12-01T08:00:00.000Z', verification: { performedBy: [{ id: await idOf('nurse-w1') }], performedAt: expect.any(String), until: null }, canClaim: false, canComplete: false });
    expect(seenBySecond).toEqual({ canClaim: true, canComplete: true });
    expect(same).toMatchObject({ code: 'TASK_SAME_PERSON' });
    expect(differs).toMatchObject({ __typename: 'RefusedError', checkCode: 'RATE_DIFFERS' });
    expect(rejected.task).toMatchObject({ status: 'open', verification: null });
    expect(second.task).toMatchObject({ status: 'completed' });
    expect([seenByFirst, hiddenFromSecond]).toEqual([[{ data: { rate: 40 } }], [null]]);
    expect(await firstReading(as.headNurse)).toEqual([{ data: { rate: 40 } }, { data: { rate: 50 } }]);
  }, 60_000);

  it('a task is handed to another candidate only', async () => {
    const { taskId } = await start('V-2');
    await mutate(as.nurse, 'claimTask', { taskId }, 'pending');

    const { delegates } = (await gateway.graphql(as.nurse, 'query ($id: ID!) { task(id: $id) { delegates { id } } }', { id: taskId })).data.task;
    const wrongWard = await mutate(as.nurse, 'delegateTask', { taskId, delegateId: await idOf('nurse-w2') }, taskFields);
    const nobody = await mutate(as.nurse, 'delegateTask', { taskId, delegateId: 'no-such-person' }, taskFields);
    const notMine = await mutate(as.headNurse, 'delegateTask', { taskId, delegateId: await idOf('nurse-w1') }, taskFields);
    const delegated = await mutate(as.nurse, 'delegateTask', { taskId, delegateId: await idOf('head-nurse-w1'), reason: 'at lunch' }, taskFields);

    expect(delegates).toEqual([{ id: await idOf('head-nurse-w1') }]);
    expect([wrongWard, nobody].map(({ code, place }) => [code, place])).toEqual([['DELEGATE_NOT_ELIGIBLE', 'delegateId'], ['DELEGATE_NOT_ELIGIBLE', 'delegateId']]);
    expect(notMine).toMatchObject({ __typename: 'ForbiddenError', code: 'TASK_NOT_YOURS' });
    expect(delegated.task).toMatchObject({ assignee: { id: await idOf('head-nurse-w1') }, owner: { id: await idOf('nurse-w1') } });
  }, 60_000);

  it('people begin activities of an ad-hoc sub-process, in their ward', async () => {
    const { instanceId } = await start('V-3');
    const { processInstance } = (await gateway.graphql(as.nurse, 'query ($id: ID!) { processInstance(id: $id) { activeElements { elementId elementInstanceId } } }', { id: instanceId })).data;
    const { elementInstanceId } = processInstance.activeElements.find(({ elementId }: { elementId: string }) => elementId === 'care');
    const activate = (who: As, elementId: string) => mutate(who, 'activateAdHocActivity', { instanceId, elementInstanceId, elementId }, 'processInstance { tasks { elementId name { en } } }');

    const [elsewhere, unknown, notHers, wash] = [await activate(as.otherNurse, 'wash'), await activate(as.nurse, 'set'), await activate(as.nurse, 'round'), await activate(as.nurse, 'wash')];

    expect(elsewhere).toMatchObject({ __typename: 'NotFoundError', code: 'INSTANCE_NOT_FOUND' });
    expect(unknown).toMatchObject({ __typename: 'RefusedError', code: 'ACTIVITY_NOT_AVAILABLE' });
    expect(notHers).toMatchObject({ __typename: 'ForbiddenError', code: 'ACTIVITY_NOT_YOURS', place: 'elementId' });
    expect(wash.processInstance.tasks).toEqual(expect.arrayContaining([{ elementId: 'wash', name: { en: 'Wash' } }]));
  }, 60_000);

  it('a signal is broadcast by systems and operators, and a called instance is seen beside its caller', async () => {
    const { instanceId } = await start('V-4');
    const broadcast = (who: As) => mutate(who, 'broadcastSignal', { signal: 'fireAlarm', variables: {} }, 'receivers started pending');

    const [refused, heard] = [await broadcast(as.nurse), await broadcast(as.operator)];
    const query = 'query ($id: ID!) { processInstance(id: $id) { path variables calledBy { processInstanceId } calls { processKey status errorCode calledBy { processInstanceId } } } }';
    const instance = await shell.until(async () => {
      const { data } = await gateway.graphql(as.his, query, { id: instanceId });
      return data.processInstance.path.includes('notCalled') && data.processInstance.variables.alarms === 1 ? data.processInstance : undefined;
    });

    expect(refused).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN' });
    expect(heard).toEqual({ __typename: 'BroadcastSignalPayload', receivers: expect.any(Number), started: 0, pending: false });
    expect(heard.receivers).toBeGreaterThan(0);
    expect(instance.calledBy).toBeNull();
    expect(instance.calls).toEqual([{ processKey: 'failing', status: 'failed', errorCode: 'NO_BED', calledBy: { processInstanceId: instanceId } }]);
  }, 60_000);
});
