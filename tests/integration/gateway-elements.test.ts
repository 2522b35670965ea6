import { admitPatients } from '../support/bedside-process.ts';
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

/** Waits for a bell, or an alarm, about a patient; and one that the message begins. */
const bell = {
  format: 'careloop-process/1', key: 'bell', version: '1', name: text('Bell'), variables: [{ name: 'patientId', type: 'string', classification: 'clinical' }],
  flowElements: [{ id: 'start', type: 'startEvent' }, { id: 'either', type: 'eventBasedGateway' }, { id: 'ring', type: 'intermediateCatchEvent', event: { kind: 'message', message: 'bellRang', correlationKey: 'patientId' } }, { id: 'alarm', type: 'intermediateCatchEvent', event: { kind: 'signal', signal: 'bellAlarm' } }, { id: 'rung', type: 'endEvent' }, { id: 'alarmed', type: 'endEvent' }],
  sequenceFlows: [flow('start', 'either'), flow('either', 'ring'), flow('either', 'alarm'), flow('ring', 'rung'), flow('alarm', 'alarmed')],
};
const called = { ...bell, key: 'called', name: text('Called'), flowElements: [{ id: 'begin', type: 'startEvent', event: { kind: 'message', message: 'nurseCalled', mappings: [{ target: 'patientId', source: 'message.patientId' }] } }, { id: 'end', type: 'endEvent' }], sequenceFlows: [flow('begin', 'end')] };

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
    for (const definition of [failing, bell, called]) await shell.publish(definition);
    await admitPatients(gateway.database);
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

  describe('commands of people ask for a relation', () => {
    const startAbout = (who: As, variables: object, businessKey = idempotencyKey()) => mutate(who, 'startProcess', { processKey: 'bell', businessKey, variables }, 'processInstance { processInstanceId unit }');
    const ring = (who: As, correlationKey: string, variables: object = {}) => mutate(who, 'publishMessage', { message: 'bellRang', correlationKey, variables }, 'delivered pending');
    const alarm = (who: As) => mutate(who, 'broadcastSignal', { signal: 'bellAlarm', variables: {} }, 'receivers started');
    const withMessage = async (who: As, patientId: string) => (await gateway.graphql(who, 'mutation ($input: StartProcessInput!) { startProcess(input: $input) { __typename ... on Error { code message place detail } } }', { input: { processKey: 'bell', businessKey: idempotencyKey(), variables: { patientId }, idempotencyKey: idempotencyKey() } }, { 'accept-language': 'en' })).data.startProcess;

    it.each([['doctor', true], ['nurse', true], ['head-nurse', true], ['operator', false], ['process-owner', false]] as const)('%s starts a case about a patient of the ward alone', async (role, isCarer) => {
      const who = await gateway.signIn(role, isCarer ? 'W1' : undefined);

      const [own, other, unknown, second, nobody] = [await startAbout(who, { patientId: 'P1' }), await withMessage(who, 'P2'), await withMessage(who, 'P404'), await startAbout(who, { order: { patientId: 'P1' }, patientId: 'P2' }), await startAbout(who, {})];

      expect(own).toMatchObject(isCarer ? { __typename: 'StartProcessPayload', processInstance: { unit: 'W1' } } : { __typename: 'NotFoundError', code: 'PATIENT_NOT_FOUND', place: 'patientId' });
      expect(other).toEqual({ __typename: 'NotFoundError', code: 'PATIENT_NOT_FOUND', place: 'patientId', detail: null, message: `There is no such patient, or you may not see them (patientId)${isCarer ? '. In an emergency, find the patient and take emergency access' : ''}` });
      expect(unknown).toEqual(other);
      expect(second).toMatchObject({ __typename: 'NotFoundError', code: 'PATIENT_NOT_FOUND', place: isCarer ? 'patientId' : 'order.patientId' });
      expect(nobody).toMatchObject({ __typename: 'StartProcessPayload', processInstance: { unit: null } });
    }, 60_000);

    it('a system starts cases about anybody, and emergency access lets a carer do it', async () => {
      expect(await startAbout(as.his, { patientId: 'P2' })).toMatchObject({ processInstance: { unit: 'W2' } });
      const taken = (await gateway.graphql(as.nurse, 'mutation ($input: TakeEmergencyAccessInput!) { takeEmergencyAccess(input: $input) { ... on TakeEmergencyAccessPayload { emergencyAccess { id } } } }', { input: { patientId: 'P2', reasonCode: 'RESUSCITATION', reason: 'collapsed in the corridor', idempotencyKey: idempotencyKey() } })).data.takeEmergencyAccess;

      expect(await startAbout(as.nurse, { patientId: 'P2' })).toMatchObject({ __typename: 'StartProcessPayload', processInstance: { unit: 'W2' } });
      await gateway.graphql(as.nurse, 'mutation ($input: EndEmergencyAccessInput!) { endEmergencyAccess(input: $input) { __typename } }', { input: { accessId: taken.emergencyAccess.id, idempotencyKey: idempotencyKey() } });
      expect(await startAbout(as.nurse, { patientId: 'P2' })).toMatchObject({ code: 'PATIENT_NOT_FOUND' });
    }, 60_000);

    it('a message and a signal reach the cases of one’s own ward, and tell nothing of others', async () => {
      const [doctor, otherDoctor] = await Promise.all([gateway.signIn('doctor', 'W1'), gateway.signIn('doctor', 'W2')]);
      const { instanceId } = await shell.commands.startProcess({ processKey: 'bell', businessKey: 'BELL-2', variables: { patientId: 'bed-2' }, patientId: 'P2', unit: 'W2', actor: { id: 'lis', kind: 'system', roles: ['lis'] }, idempotencyKey: idempotencyKey() }) as { readonly instanceId: string };
      const { prisma } = gateway.database;
      await shell.until(async () => ((await prisma.signalSubscription.count({ where: { instanceId } })) > 0 ? true : undefined));
      const statusOf = async () => (await prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId } })).status;

      const [foreign, none] = [await ring(doctor, 'bed-2'), await ring(doctor, 'bed-404')];
      await shell.until(async () => ((await prisma.inboxCommand.count({ where: { kind: 'message', callerId: 'demo-doctor-w1', attempts: { gt: 0 } } })) === 2 ? true : undefined));
      await alarm(doctor);
      const heard = await prisma.inboxCommand.count({ where: { kind: 'receiveSignal', instanceId } });

      expect(foreign).toEqual(none);
      expect(foreign).toEqual({ __typename: 'PublishMessagePayload', delivered: 0, pending: true });
      expect([heard, await statusOf()]).toEqual([0, 'running']);
      expect(await ring(otherDoctor, 'bed-2')).toMatchObject({ delivered: 1, pending: false });
      expect(await ring(doctor, 'bed-2', { of: { patientId: 'P2' } })).toMatchObject({ code: 'PATIENT_NOT_FOUND', place: 'of.patientId' });
    }, 60_000);

    it('a case that a message begins is its patient’s', async () => {
      const call = (who: As, patientId: string, correlationKey: string) => mutate(who, 'publishMessage', { message: 'nurseCalled', correlationKey, variables: { patientId } }, 'delivered pending');

      expect(await call(as.his, 'P2', 'CALL-2')).toMatchObject({ delivered: 1 });
      expect(await call(await gateway.signIn('doctor', 'W1'), 'P2', 'CALL-3')).toMatchObject({ code: 'PATIENT_NOT_FOUND', place: 'patientId' });
      expect(await gateway.database.prisma.processInstance.findMany({ where: { processKey: 'called' }, select: { businessKey: true, patientId: true, unit: true } })).toEqual([{ businessKey: 'CALL-2', patientId: 'P2', unit: 'W2' }]);
    }, 60_000);
  });
});
