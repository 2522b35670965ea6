import { randomUUID } from 'node:crypto';
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
    expect(answers.find(({ code }) => code)).toMatchObject({ code: 'WARD_CHANGED', place: 'expectedRevision' });
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
    await prisma.processInstance.create({ data: { id: instanceId, processKey: 'p', businessKey: 'ward-case', bundleHash: 'none', status: 'running', unit: 'C-1', startedBy: 'test' } });
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
