import { randomUUID } from 'node:crypto';
import { endingLicences, endsSoon } from '../../gateway/people/index.ts';
import { startPeopleOffice, type PeopleOffice } from '../support/people-office.ts';
import type { As } from '../support/running-gateway.ts';

let office: PeopleOffice;
beforeAll(async () => {
  office = await startPeopleOffice();
}, 300_000);
afterAll(() => office?.close());

const reason = 'for the test';
const standing = 'standing { id revision patients occupiedBeds openTasks openCases roleAssignments people ward { name { zhCN en } closedAt } }';

/** Carries out a mutation of wards; gives its payload or expected error. */
async function act(as: As, name: string, input: object, language = 'en') {
  const capital = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const { data, errors } = await office.gateway.graphql(as, `mutation ($input: ${capital}Input!) { result: ${name}(input: $input) { __typename ... on ${capital}Payload { ${standing} } ... on Error { code place message detail } } }`, { input: { idempotencyKey: randomUUID(), ...input } }, { 'accept-language': language });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.result;
}
const create = (code: string, more: object = {}) => act(office.system, 'createWard', { code, nameZhCN: `${code} 病区`, nameEn: `Ward ${code}`, ...more });
const wardsOf = async (args = '') => (await office.gateway.graphql(office.security, `{ wards${args} { id } }`)).data.wards.map(({ id }: { id: string }) => id);

describe('wards', () => {
  it('are made by the system administrator alone, with a code of their own that never changes', async () => {
    const input = { code: 'ICU-1', nameZhCN: '重症医学科', nameEn: 'Intensive care', idempotencyKey: 'icu' };
    const byOther = await act(office.security, 'createWard', input);
    const made = await act(office.system, 'createWard', input);

    expect(byOther).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN' });
    expect(made).toMatchObject({ standing: { id: 'ICU-1', revision: 1, patients: 0, roleAssignments: 0, ward: { name: { zhCN: '重症医学科', en: 'Intensive care' }, closedAt: null } } });
    expect(await act(office.system, 'createWard', input)).toEqual(made);
    expect(await act(office.system, 'createWard', { ...input, nameEn: 'Other' })).toMatchObject({ __typename: 'ConflictError', code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await create('icu-1', { nameZhCN: '别的', nameEn: 'Other' })).toMatchObject({ __typename: 'ConflictError', code: 'WARD_CODE_TAKEN', place: 'code' });
    expect(await create('ICU-2', { nameZhCN: '重症医学科' })).toMatchObject({ code: 'WARD_NAME_TAKEN', place: 'nameZhCN' });
    for (const code of ['', 'a b', 'W/1', '+', 'W#', '病区', '-W', 'W'.repeat(33)]) expect([code, await create(code)]).toMatchObject([code, { __typename: 'ValidationError', code: 'INPUT_INVALID', place: 'code' }]);
    expect(await create('ICU-3', { nameEn: '  ' })).toMatchObject({ code: 'INPUT_INVALID', place: 'nameEn' });
    expect(await office.gateway.database.prisma.ward.count({ where: { id: { startsWith: 'ICU', mode: 'insensitive' } } })).toBe(1);
    expect((await office.gateway.entries('ward.created')).map(({ actorId }) => actorId)).toEqual(['demo-system-administrator']);
  });

  it('are renamed by one of two who saw the same, and the other is told', async () => {
    await create('R-1');
    const seen = { wardId: 'R-1', expectedRevision: 1 };

    const answers = await Promise.all(['First', 'Second'].map((nameEn) => act(office.system, 'renameWard', { ...seen, nameZhCN: `新${nameEn}`, nameEn })));

    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['ConflictError', 'RenameWardPayload']);
    expect(answers.find(({ code }) => code)).toMatchObject({ code: 'WARD_CHANGED', place: null });
    const [winner] = answers.filter(({ standing: done }) => done);
    const stored = await office.gateway.database.prisma.ward.findUniqueOrThrow({ where: { id: 'R-1' } });
    expect(stored).toMatchObject({ revision: 2, name: { en: winner.standing.ward.name.en } });
    expect(await office.gateway.entries('ward.renamed')).toHaveLength(1);
    expect(await act(office.system, 'renameWard', { wardId: 'nowhere', expectedRevision: 1, nameZhCN: '甲', nameEn: 'A' })).toMatchObject({ __typename: 'NotFoundError', code: 'WARD_NOT_FOUND' });
  });

  it('are not closed while patients, tasks, cases or roles are there, and the refusal counts each', async () => {
    await create('C-1');
    const { prisma } = office.gateway.database;
    const close = (language?: string) => act(office.system, 'closeWard', { wardId: 'C-1', expectedRevision: 1, reason }, language);
    const instanceId = randomUUID();
    await prisma.patient.create({ data: { id: 'ward-patient', name: '合成患者', gender: 'female', birthDate: new Date('1970-01-01') } });
    await prisma.encounter.create({ data: { id: 'ward-encounter', patientId: 'ward-patient', wardId: 'C-1', bed: '7', admittedAt: new Date(), wristband: 'ward-band' } });
    await prisma.processBundle.create({ data: { hash: 'ward-bundle', processKey: 'p', version: '1', bytes: Buffer.from('{}'), forms: {}, publishedBy: 'test' } });
    await prisma.processInstance.create({ data: { id: instanceId, processKey: 'p', businessKey: 'ward-case', bundleHash: 'ward-bundle', status: 'running', unit: 'C-1', startedBy: 'test' } });
    for (const id of ['a', 'b']) await prisma.userTask.create({ data: { id: `${instanceId}:${id}`, instanceId, taskId: id, elementId: id, elementInstanceId: id, status: 'open', candidateRoles: ['nurse'], unit: 'C-1', form: 'f', input: {}, createdAt: new Date() } });
    const nurse = await office.newPerson('ward-nurse');
    await office.act(office.security, 'recordQualification', { personId: nurse.id, code: 'NURSE_LICENCE', identifier: 'N', validFrom: '2020-01-01T00:00:00Z' });
    // Lies ahead: it would come into force in a closed ward.
    const { person } = await office.act(office.security, 'grantRole', { personId: nurse.id, role: 'NURSE', unit: 'C-1', validFrom: new Date(Date.now() + 86_400_000).toISOString(), reason });

    const refusal = await close();

    expect(refusal).toMatchObject({ __typename: 'RefusedError', code: 'WARD_IN_USE', place: 'wardId', detail: 'patients=1 openTasks=2 openCases=1 roleAssignments=1' });
    expect(refusal.message).toBe('The ward is in use and cannot be closed: patients: 1 (transfer or discharge them in the HIS); open tasks: 2 (the ward completes them under Tasks); cases under way: 1 (the operator sees to them under Cases); role assignments that have not ended: 1 (a security administrator ends them under People)');
    expect((await close('zh-CN')).message).toContain('在院患者 1 人');
    expect(JSON.stringify(refusal)).not.toMatch(/ward-patient|合成患者|ward-band/);
    await prisma.encounter.updateMany({ where: { wardId: 'C-1' }, data: { endedAt: new Date() } });
    expect((await close()).detail).toBe('patients=0 openTasks=2 openCases=1 roleAssignments=1');
    await prisma.userTask.updateMany({ where: { unit: 'C-1' }, data: { status: 'completed', endedAt: new Date() } });
    await prisma.processInstance.update({ where: { id: instanceId }, data: { status: 'completed', endedAt: new Date() } });
    await office.act(office.security, 'endRole', { assignmentId: person.assignments[0].id, reason });
    expect(await close()).toMatchObject({ standing: { revision: 2, ward: { closedAt: expect.any(String) } } });
    expect(await close()).toMatchObject({ code: 'WARD_CHANGED' });
    expect((await office.gateway.entries('ward.closed')).at(-1)).toMatchObject({ actorId: 'demo-system-administrator', reason });
  });

  it('that are closed are offered nowhere, stay readable where they stand, and open again', async () => {
    await create('O-1');
    await act(office.system, 'closeWard', { wardId: 'O-1', expectedRevision: 1, reason });
    const person = await office.newPerson('ward-doctor');
    await office.act(office.security, 'recordQualification', { personId: person.id, code: 'PHYSICIAN_LICENCE', identifier: 'D', validFrom: '2020-01-01T00:00:00Z' });
    const grant = () => office.act(office.security, 'grantRole', { personId: person.id, role: 'DOCTOR', unit: 'O-1', reason });

    expect([await wardsOf(), await wardsOf('(includeClosed: true)')]).toEqual([expect.not.arrayContaining(['O-1']), expect.arrayContaining(['O-1'])]);
    expect(await grant()).toMatchObject({ __typename: 'ConflictError', code: 'WARD_CLOSED', place: 'unit' });
    expect(await act(office.system, 'renameWard', { wardId: 'O-1', expectedRevision: 2, nameZhCN: '甲', nameEn: 'A' })).toMatchObject({ code: 'WARD_CLOSED' });
    expect(await act(office.system, 'closeWard', { wardId: 'O-1', expectedRevision: 2, reason })).toMatchObject({ code: 'WARD_CLOSED' });
    expect(await create('O-2', { nameEn: 'Ward O-1' })).toMatchObject({ standing: { id: 'O-2' } });
    expect(await act(office.system, 'reopenWard', { wardId: 'O-1', expectedRevision: 2, reason })).toMatchObject({ code: 'WARD_NAME_TAKEN' });
    await act(office.system, 'renameWard', { wardId: 'O-2', expectedRevision: 1, nameZhCN: 'O-2 病区', nameEn: 'Ward O-2' });
    expect(await act(office.system, 'reopenWard', { wardId: 'O-1', expectedRevision: 2, reason })).toMatchObject({ standing: { revision: 3, ward: { closedAt: null } } });
    expect(await act(office.system, 'reopenWard', { wardId: 'O-1', expectedRevision: 3, reason })).toMatchObject({ code: 'WARD_OPEN' });
    expect(await grant()).toMatchObject({ person: { assignments: [{ unit: 'O-1' }] } });
  });

  it('are shown with what goes on there to administrators and auditors alone', async () => {
    const query = '{ wardStandings { id people roleAssignments patients } }';
    const { data } = await office.gateway.graphql(await office.gateway.signIn('auditor'), query);
    const nurse = await office.gateway.graphql(await office.gateway.signIn('nurse'), query);

    // A doctor, a nurse and a head nurse of the demo.
    expect(data.wardStandings.find(({ id }: { id: string }) => id === 'W2')).toEqual({ id: 'W2', people: 3, roleAssignments: 3, patients: 0 });
    expect(nurse.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

/** Six in the evening in the hospital, ten in the morning in UTC. */
const at = new Date('2031-03-10T10:00:00Z');
/** An instant of the hospital's clock (UTC+08:00). */
const local = (text: string) => new Date(`${text}+08:00`);

/** A person with a nurse's licence until then, and a role that needs it; gives their id. */
async function nurseUntil(validUntil: Date | null, more: { readonly hasRole?: boolean; readonly from?: Date } = {}): Promise<string> {
  const { prisma } = office.gateway.database;
  const id = randomUUID();
  await prisma.user.create({ data: { id, name: '合成护士', username: id, email: `${id}@person.invalid` } });
  await licence(id, validUntil, more.from);
  if (more.hasRole ?? true) await prisma.roleAssignment.create({ data: { id: randomUUID(), userId: id, role: 'nurse', unit: 'W1', validFrom: new Date(0), grantedBy: 'test' } });
  return id;
}
const licence = (userId: string, validUntil: Date | null, validFrom = new Date(0), code = 'nurse-licence') => office.gateway.database.prisma.qualification.create({ data: { id: randomUUID(), userId, code, validFrom, validUntil, recordedBy: 'test' } });
const stageOf = async (userId: string) => (await endingLicences(office.gateway.database, { userIds: [userId], at })).map(({ stage, daysLeft }) => [stage, daysLeft]);

describe('the end of a licence', () => {
  it.each<[string, Date, string | undefined, number | undefined]>([
    ['now, which is no longer in it', at, 'ended', 0],
    ['a moment later', new Date(at.getTime() + 1), 'within7Days', 0],
    ['at the midnight after this day', local('2031-03-11T00:00:00'), 'within7Days', 0],
    ['a moment after that midnight', local('2031-03-11T00:00:00.001'), 'within7Days', 1],
    ['at the midnight that ends the seventh day', local('2031-03-18T00:00:00'), 'within7Days', 7],
    ['a moment into the eighth day', local('2031-03-18T00:00:00.001'), 'within30Days', 8],
    ['at the midnight that ends the thirtieth day', local('2031-04-10T00:00:00'), 'within30Days', 30],
    ['a moment into the thirty-first', local('2031-04-10T00:00:00.001'), 'within60Days', 31],
    ['at the midnight that ends the sixtieth', local('2031-05-10T00:00:00'), 'within60Days', 60],
    ['a moment into the sixty-first', local('2031-05-10T00:00:00.001'), undefined, undefined],
    ['before this day began', local('2031-03-10T00:00:00'), 'ended', -1],
  ])('%s', async (_when, validUntil, stage, days) => {
    expect(await stageOf(await nurseUntil(validUntil))).toEqual(stage === undefined ? [] : [[stage, days]]);
  });

  it('is by the hospital’s days, not those of UTC', async () => {
    const late = new Date('2031-03-10T17:00:00Z');
    const [found] = await endingLicences(office.gateway.database, { userIds: [await nurseUntil(local('2031-03-18T12:00:00'))], at: late });

    // In the hospital it is the eleventh already.
    expect(found).toMatchObject({ stage: 'within7Days', daysLeft: 7 });
  });

  it('is nobody’s concern once another licence takes over without a gap', async () => {
    const end = local('2031-03-15T00:00:00');
    const [renewed, gap, older, twice] = [await nurseUntil(end), await nurseUntil(end), await nurseUntil(end), await nurseUntil(end)];
    await licence(renewed, null, end);
    await licence(gap, null, new Date(end.getTime() + 1));
    await licence(older, local('2031-03-12T00:00:00'));
    await licence(twice, end);

    expect(await Promise.all([renewed, gap, older, twice].map(stageOf))).toEqual([[], [['within7Days', 4]], [['within7Days', 4]], [['within7Days', 4]]]);
    await licence(gap, null, end, 'pharmacist-licence');
    expect(await stageOf(gap)).toHaveLength(1);
  });

  it('that is long over is told while a role still needs it, of an enabled account, unless it was revoked', async () => {
    const { prisma } = office.gateway.database;
    const longAgo = local('2031-01-01T00:00:00');
    const [standing, without, lately, disabled, revoked] = [await nurseUntil(longAgo), await nurseUntil(longAgo, { hasRole: false }), await nurseUntil(local('2031-02-01T00:00:00'), { hasRole: false }), await nurseUntil(longAgo), await nurseUntil(longAgo)];
    await prisma.user.update({ where: { id: disabled }, data: { disabledAt: at } });
    await prisma.qualification.updateMany({ where: { userId: revoked }, data: { revokedAt: at } });

    expect((await Promise.all([standing, without, lately, disabled, revoked].map(stageOf))).map((found) => found.length)).toEqual([1, 0, 1, 0, 0]);
  });
});

describe('warnings of licences', () => {
  const query = '{ endingLicences { ended within7Days within30Days within60Days licences { stage daysLeft code person { id } losses { role unit person { id } } } } }';
  const soon = (days: number) => new Date(Date.now() + days * 86_400_000);

  it('say who loses what, also of what was passed on, to security administrators and auditors alone', async () => {
    const { prisma } = office.gateway.database;
    const nurse = await nurseUntil(soon(3));
    const source = await prisma.roleAssignment.findFirstOrThrow({ where: { userId: nurse } });
    const delegate = await nurseUntil(null, { hasRole: false });
    await prisma.roleAssignment.create({ data: { id: randomUUID(), userId: delegate, role: 'nurse', unit: 'W1', kind: 'delegation', sourceId: source.id, onBehalfOf: nurse, validFrom: new Date(), validUntil: soon(5), grantedBy: nurse } });
    const before = (await office.gateway.graphql(office.security, query)).data.endingLicences;
    await nurseUntil(soon(20));
    const after = (await office.gateway.graphql(await office.gateway.signIn('auditor'), query)).data.endingLicences;

    expect(before.licences.find(({ person }: { person: { id: string } }) => person.id === nurse)).toMatchObject({ stage: 'WITHIN_7_DAYS', code: 'nurse-licence', losses: expect.arrayContaining([{ role: 'nurse', unit: 'W1', person: { id: nurse } }, { role: 'nurse', unit: 'W1', person: { id: delegate } }]) });
    expect([after.within30Days - before.within30Days, after.within7Days - before.within7Days]).toEqual([1, 0]);
    for (const role of ['nurse', 'system-administrator', 'privacy-officer']) expect([role, (await office.gateway.graphql(await office.gateway.signIn(role), query)).errors?.[0]?.extensions?.code]).toEqual([role, 'FORBIDDEN']);
  });

  it('tell a person of their own, and mark them in the list of people for a month', async () => {
    const person = await office.newPerson('ending-own');
    await licence(person.id, soon(6));
    const as = await office.cookieOf(person);
    const expiring = async () => (await office.gateway.graphql(office.security, '{ people(show: EXPIRING, first: 100) { edges { node { id } } } }')).data.people.edges.map(({ node }: { node: { id: string } }) => node.id);

    expect((await office.gateway.graphql(as, '{ ownRoles { endingLicences { stage person { id } losses { id } } } }')).data.ownRoles.endingLicences).toEqual([{ stage: 'WITHIN_7_DAYS', person: { id: person.id }, losses: [] }]);
    expect(await expiring()).toContain(person.id);
    await office.gateway.database.prisma.qualification.updateMany({ where: { userId: person.id }, data: { validUntil: soon(40) } });
    expect((await office.gateway.graphql(as, '{ ownRoles { endingLicences { stage } } }')).data.ownRoles.endingLicences).toEqual([{ stage: 'WITHIN_60_DAYS' }]);
    expect(await expiring()).not.toContain(person.id);
    expect((await endingLicences(office.gateway.database, { userIds: [person.id] })).some(endsSoon)).toBe(false);
  });
});
