import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { passDueTasks, startPassingTasks } from '../../gateway/people/index.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startShell, type RunningShell } from '../support/running-shell.ts';

const text = (en: string) => ({ 'zh-CN': en, en });
const flow = (sourceRef: string, targetRef: string) => ({ id: `${sourceRef}_${targetRef}`, sourceRef, targetRef });
/** Two tasks at once: one that another person verifies, and one of the second ward. */
const round = {
  format: 'careloop-process/1', key: 'round', version: '1', name: text('Round'), variables: [{ name: 'ward', type: 'string', required: true, classification: 'operational' }],
  flowElements: [
    { id: 'start', type: 'startEvent' }, { id: 'all', type: 'parallelGateway' },
    { id: 'wash', type: 'userTask', name: text('Wash'), candidateRoles: ['nurse'], candidateUnit: 'ward', form: 'none', outputs: [], verification: {} },
    { id: 'visit', type: 'userTask', name: text('Visit'), candidateRoles: ['doctor', 'nurse'], candidateUnit: '"W2"', form: 'none', outputs: [] },
    { id: 'washed', type: 'endEvent' }, { id: 'visited', type: 'endEvent' },
  ],
  sequenceFlows: [flow('start', 'all'), flow('all', 'wash'), flow('all', 'visit'), flow('wash', 'washed'), flow('visit', 'visited')],
};

const reason = 'on leave';
const later = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('an absence', () => {
  let shell: RunningShell;
  let gateway: RunningGateway;
  let stopDatabase: () => Promise<void>;
  let as: { readonly nurse: As; readonly headNurse: As; readonly other: As; readonly doctor: As; readonly security: As };

  beforeAll(async () => {
    const database = await startTestDatabase();
    stopDatabase = database.stop;
    shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address });
    gateway = await startGateway({ databaseUrl: database.url, commands: shell.commands });
    await shell.publish(round);
    const [nurse, headNurse, other, doctor, security] = await Promise.all([gateway.signIn('nurse', 'W1'), gateway.signIn('head-nurse', 'W1'), gateway.signIn('nurse', 'W2'), gateway.signIn('doctor', 'W1'), gateway.signIn('security-administrator')]);
    as = { nurse, headNurse, other, doctor, security };
  }, 300_000);

  afterAll(async () => {
    await gateway?.close();
    await shell?.close();
    await stopDatabase?.();
  }, 60_000);

  const mutate = async (who: As, name: string, input: object, fields = '__typename') => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const { data, errors } = await gateway.graphql(who, `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { __typename ... on ${type}Payload { ${fields} } ... on Error { code place } } }`, { input: { idempotencyKey: randomUUID(), ...input } });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.result;
  };
  const own = 'ownRoles { absences { id substitute { id } tasksPassedAt } assignments { role unit kind onBehalfOf { id } } }';
  const enter = (who: As, input: object) => mutate(who, 'enterAbsence', { endsAt: later(3_600_000), reason, ...input }, own);
  const tasksOf = async (assignee: string) => (await gateway.database.prisma.userTask.findMany({ where: { assignee, status: 'open' }, orderBy: { elementId: 'asc' } })).map(({ elementId }) => elementId);
  const nurseId = 'demo-nurse-w1';
  const otherId = 'demo-nurse-w2';

  it('is entered by the person, the head of their ward or a security administrator, for a qualified substitute', async () => {
    expect(await enter(as.other, { personId: nurseId, substituteId: otherId })).toMatchObject({ __typename: 'ForbiddenError', code: 'NOT_YOURS' });
    expect(await enter(as.doctor, { personId: nurseId, substituteId: otherId })).toMatchObject({ code: 'NOT_YOURS' });
    expect(await enter(as.nurse, { substituteId: nurseId })).toMatchObject({ code: 'SAME_PERSON', place: 'substituteId' });
    expect(await enter(as.nurse, { substituteId: 'demo-doctor-w1' })).toMatchObject({ __typename: 'RefusedError', code: 'SUBSTITUTE_NOT_QUALIFIED' });
    expect(await enter(as.nurse, { substituteId: 'demo-auditor' })).toMatchObject({ code: 'SUBSTITUTE_NOT_QUALIFIED' });
    expect(await enter(as.nurse, { substituteId: otherId, endsAt: later(200 * 86_400_000) })).toMatchObject({ code: 'PERIOD_INVALID', place: 'endsAt' });
    for (const who of [as.headNurse, as.security]) {
      await enter(who, { personId: nurseId, substituteId: otherId, startsAt: later(86_400_000), endsAt: later(2 * 86_400_000) });
      const { id } = await gateway.database.prisma.absence.findFirstOrThrow({ where: { userId: nurseId, endedAt: null } });
      expect(await enter(as.nurse, { substituteId: otherId, endsAt: later(3 * 86_400_000) })).toMatchObject({ __typename: 'ConflictError', code: 'ABSENCE_OVERLAPS' });
      expect(await mutate(as.doctor, 'endAbsence', { absenceId: id, reason })).toMatchObject({ code: 'NOT_YOURS' });
      expect(await mutate(who, 'endAbsence', { absenceId: id, reason })).toMatchObject({ __typename: 'EndAbsencePayload' });
      expect(await mutate(who, 'endAbsence', { absenceId: id, reason })).toMatchObject({ code: 'ABSENCE_ENDED' });
    }
  });

  it('passes role and tasks to the substitute when it begins; what they do is on record as done for the person, who may not verify it', async () => {
    const started = await shell.commands.startProcess({ processKey: 'round', businessKey: 'R-1', unit: 'W1', variables: { ward: 'W1' }, actor: { id: 'his', kind: 'system', roles: ['his'] }, idempotencyKey: 'R-1' });
    if (started.status !== 'accepted' || !started.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(started)}`);
    const taskId = await shell.until(async () => (await gateway.database.prisma.userTask.findFirst({ where: { instanceId: started.instanceId ?? '', elementId: 'wash' } }))?.id);
    await mutate(as.nurse, 'claimTask', { taskId });
    expect((await gateway.graphql(as.other, 'query ($id: ID!) { task(id: $id) { id } }', { id: taskId })).data.task).toBeNull();

    await enter(as.nurse, { substituteId: otherId, startsAt: later(3_600_000), endsAt: later(7_200_000) });
    await passDueTasks({ database: gateway.database, commands: shell.commands });
    expect(await tasksOf(nurseId)).toEqual(['wash']);
    expect((await gateway.graphql(as.other, '{ viewer { assignments { unit } } }')).data.viewer.assignments).toEqual([{ unit: 'W2' }]);
    const begun = new Date(Date.now() - 1_000);
    await gateway.database.prisma.absence.updateMany({ where: { endedAt: null }, data: { startsAt: begun } });
    await gateway.database.prisma.roleAssignment.updateMany({ where: { kind: 'substitution', endedAt: null }, data: { validFrom: begun } });
    await Promise.all([1, 2].map(() => passDueTasks({ database: gateway.database, commands: shell.commands })));

    expect([await tasksOf(nurseId), await tasksOf(otherId)]).toEqual([[], ['wash']]);
    expect((await gateway.entries('task.delegated')).map(({ actorId, reason: why }) => [actorId, why])).toEqual([[nurseId, 'ABSENCE_BEGUN']]);
    const { data } = await gateway.graphql(as.other, `{ ${own} }`);
    expect(data.ownRoles.absences).toEqual([expect.objectContaining({ tasksPassedAt: expect.any(String) })]);
    expect(await mutate(as.other, 'completeTask', { taskId, data: {} }, 'task { status }')).toMatchObject({ task: { status: 'open' } });
    expect((await gateway.entries('task.performed')).map(({ actorId, actorUnit, onBehalfOf }) => [actorId, actorUnit, onBehalfOf])).toEqual([[otherId, 'W1', nurseId]]);
    expect(await mutate(as.nurse, 'completeTask', { taskId, data: {} })).toMatchObject({ code: 'TASK_SAME_PERSON' });
  }, 60_000);

  it('gives back to everybody what the substitute may not do, and ends with its role', async () => {
    const started = await shell.commands.startProcess({ processKey: 'round', businessKey: 'R-2', unit: 'W2', variables: { ward: 'W2' }, actor: { id: 'his', kind: 'system', roles: ['his'] }, idempotencyKey: 'R-2' });
    if (started.status !== 'accepted' || !started.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(started)}`);
    const visit = await shell.until(async () => (await gateway.database.prisma.userTask.findFirst({ where: { instanceId: started.instanceId ?? '', elementId: 'visit' } }))?.id);
    await mutate(await gateway.signIn('doctor', 'W2'), 'claimTask', { taskId: visit });
    await gateway.database.prisma.qualification.create({ data: { id: randomUUID(), userId: 'demo-doctor-w1', code: 'physician-licence', validFrom: new Date(0), recordedBy: 'test' } });
    const entered = await enter(await gateway.signIn('doctor', 'W2'), { substituteId: 'demo-doctor-w1' });
    // Their licence is gone by the time at which it begins.
    await gateway.database.prisma.qualification.updateMany({ where: { userId: 'demo-doctor-w1' }, data: { revokedAt: new Date() } });

    await gateway.database.prisma.qualification.updateMany({ where: { userId: 'demo-pharmacist' }, data: { validUntil: new Date(Date.now() + 29 * 86_400_000) } });
    const poller = startPassingTasks({ database: gateway.database, commands: shell.commands, keys: gateway.keys, logger: pino({ level: 'silent' }) });
    await shell.until(async () => ((await tasksOf('demo-doctor-w2')).length === 0 ? true : undefined));
    await poller.stop();

    expect([await tasksOf('demo-doctor-w2'), await tasksOf('demo-doctor-w1')]).toEqual([[], []]);
    expect((await gateway.entries('qualification.expiring')).map(({ actorKind }) => actorKind)).toEqual(['engine']);
    await gateway.database.prisma.qualification.updateMany({ where: { userId: 'demo-doctor-w1' }, data: { revokedAt: null } });
    const roles = async () => (await gateway.graphql(as.doctor, '{ viewer { assignments { unit onBehalfOf { id } } } }')).data.viewer.assignments;
    expect(await roles()).toEqual([{ unit: 'W1', onBehalfOf: null }, { unit: 'W2', onBehalfOf: { id: 'demo-doctor-w2' } }]);
    await mutate(as.doctor, 'endAbsence', { absenceId: entered.ownRoles.absences[0].id, reason });
    expect(await roles()).toEqual([{ unit: 'W1', onBehalfOf: null }]);
  }, 60_000);
});
