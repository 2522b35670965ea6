import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPeopleOffice, type PeopleOffice } from '../support/people-office.ts';
import type { As } from '../support/running-gateway.ts';

let office: PeopleOffice;
let act: PeopleOffice['act'];
beforeAll(async () => {
  office = await startPeopleOffice();
  ({ act } = office);
}, 300_000);
afterAll(() => office?.close());

const reason = 'for the test';
const day = 86_400_000;
const after = (ms: number) => new Date(Date.now() + ms).toISOString();
const licence = (personId: string, code = 'NURSE_LICENCE', more: object = {}) => act(office.security, 'recordQualification', { personId, code, identifier: 'N-1', validFrom: '2020-01-01T00:00:00Z', ...more });
const grant = (personId: string, role: string, more: object = {}) => act(office.security, 'grantRole', { personId, role, reason, ...more });
const rolesOf = async (as: As) => (await office.viewerOf(as)).data.viewer.roles;

/** A nurse of a ward, signed in. */
async function newNurse(username: string, unit = 'W1') {
  const person = await office.newPerson(username);
  await licence(person.id);
  const { person: granted } = await grant(person.id, 'NURSE', { unit });
  return { ...person, as: await office.cookieOf(person), assignmentId: granted.assignments[0].id as string };
}

describe('accounts', () => {
  it('are made by the system administrator alone, and begin with a link that works once', async () => {
    const input = { name: '新人（合成）', username: 'Newcomer', staffNumber: '10023', idempotencyKey: 'newcomer' };
    const byOther = await act(office.security, 'createPerson', input);
    const made = await act(office.system, 'createPerson', input);
    const repeated = await act(office.system, 'createPerson', input);
    const token = made.firstPasswordPath.split('#')[1];
    const set = (body: object) => fetch(`${office.gateway.url}/api/recovery/password`, { method: 'POST', body: JSON.stringify(body) });

    expect(byOther).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN' });
    expect(repeated).toMatchObject({ person: { id: made.person.id }, firstPasswordPath: null });
    expect(await act(office.system, 'createPerson', { ...input, name: 'Another' })).toMatchObject({ __typename: 'ConflictError', code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await act(office.system, 'createPerson', { ...input, username: 'newcomer', idempotencyKey: 'other' })).toMatchObject({ __typename: 'ConflictError', code: 'USERNAME_TAKEN', place: 'username' });
    expect(await act(office.system, 'createPerson', { ...input, username: 'another', idempotencyKey: 'third' })).toMatchObject({ code: 'STAFF_NUMBER_TAKEN' });
    expect(await act(office.system, 'createPerson', { ...input, username: 'no spaces', idempotencyKey: 'fourth' })).toMatchObject({ code: 'INPUT_INVALID', place: 'username' });
    expect((await set({ token, password: 'too short' })).status).toBe(400);
    expect((await set({ token, password: 'passwordpassword' })).status).toBe(400);
    expect((await set({ token: `${token}x`, password: 'long enough for anybody' })).status).toBe(404);
    expect((await set([])).status).toBe(400);
    expect((await set({ token, password: 'long enough for anybody' })).status).toBe(200);
    expect((await set({ token, password: 'long enough for another' })).status).toBe(404);
    const as = await office.cookieOf({ username: 'newcomer', password: 'long enough for anybody' });
    expect(await rolesOf(as)).toEqual([]);
    expect(await act(office.system, 'renewFirstPasswordLink', { personId: made.person.id })).toMatchObject({ code: 'PASSWORD_SET' });
    expect(JSON.stringify(await office.gateway.database.prisma.peopleCommand.findMany())).not.toContain(token);
  });

  it('have a link for a day, and a new one makes the old one worthless', async () => {
    const made = await act(office.system, 'createPerson', { name: 'Late', username: 'late' });
    const renewed = await act(office.system, 'renewFirstPasswordLink', { personId: made.person.id });
    const set = (path: string) => fetch(`${office.gateway.url}/api/recovery/password`, { method: 'POST', body: JSON.stringify({ token: path.split('#')[1], password: 'long enough for anybody' }) });

    expect((await set(made.firstPasswordPath)).status).toBe(404);
    await office.gateway.database.prisma.verification.updateMany({ where: { value: { contains: made.person.id } }, data: { expiresAt: new Date() } });
    expect((await set(renewed.firstPasswordPath)).status).toBe(404);
  });

  it('that are disabled have no session any more and begin none, by password or by link', async () => {
    const nurse = await newNurse('disabled-nurse');
    expect(await act(office.system, 'disablePerson', { personId: 'demo-system-administrator', reason })).toMatchObject({ __typename: 'ForbiddenError', code: 'SAME_PERSON' });

    expect(await act(office.system, 'disablePerson', { personId: nurse.id, reason })).toMatchObject({ person: { disabledAt: expect.any(String), assignments: [{ status: 'QUALIFICATION_MISSING' }] } });
    const refused = await office.signInAs(nurse);
    const wrong = await office.signInAs({ ...nurse, password: 'something else entirely' });

    expect((await office.viewerOf(nurse.as)).status).toBe(401);
    expect([refused.status, await refused.json()]).toEqual([401, await wrong.json()]);
    expect(await act(office.system, 'disablePerson', { personId: nurse.id, reason })).toMatchObject({ code: 'ACCOUNT_DISABLED' });
    expect(await grant(nurse.id, 'OPERATOR')).toMatchObject({ code: 'ACCOUNT_DISABLED' });
    await act(office.system, 'enablePerson', { personId: nurse.id, reason });
    expect(await rolesOf(await office.cookieOf(nurse))).toEqual(['nurse']);
    expect(await act(office.system, 'enablePerson', { personId: nurse.id, reason })).toMatchObject({ code: 'ACCOUNT_ENABLED' });
    const [entry] = await office.gateway.entries('account.disabled');
    expect(entry).toMatchObject({ actorId: 'demo-system-administrator', reason });
  });

  it('are searched and listed for administrators and auditors only', async () => {
    const query = 'query ($search: String, $role: PersonRole, $unit: String) { people(search: $search, role: $role, unit: $unit, first: 2) { totalCount pageInfo { hasNextPage } edges { node { username } } } }';
    const auditor = await office.gateway.signIn('auditor');

    const { data } = await office.gateway.graphql(auditor, query, { role: 'DOCTOR', unit: 'W2' });
    expect(data.people).toEqual({ totalCount: 1, pageInfo: { hasNextPage: false }, edges: [{ node: { username: 'doctor-w2' } }] });
    expect((await office.gateway.graphql(office.system, query, { search: 'pharmacist 合成' })).data.people.totalCount).toBe(2);
    const nurse = await office.gateway.graphql(await office.gateway.signIn('nurse'), query);
    expect(nurse.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

describe('roles', () => {
  it('need the licence, a ward where they have one, a period, and are not given twice or to oneself', async () => {
    const { id } = await office.newPerson('roles-1');

    expect(await grant(id, 'NURSE', { unit: 'W1' })).toMatchObject({ __typename: 'RefusedError', code: 'QUALIFICATION_MISSING' });
    await licence(id);
    expect(await grant(id, 'NURSE')).toMatchObject({ __typename: 'ValidationError', code: 'UNIT_MISSING' });
    expect(await grant(id, 'NURSE', { unit: 'W9' })).toMatchObject({ code: 'WARD_NOT_FOUND' });
    expect(await grant(id, 'OPERATOR', { unit: 'W1' })).toMatchObject({ code: 'UNIT_NOT_ALLOWED' });
    expect(await grant(id, 'OPERATOR', { validFrom: after(-day) })).toMatchObject({ code: 'PERIOD_INVALID', place: 'validFrom' });
    expect(await grant(id, 'OPERATOR', { validUntil: after(-1) })).toMatchObject({ code: 'PERIOD_INVALID', place: 'validUntil' });
    expect(await grant('nobody', 'OPERATOR')).toMatchObject({ __typename: 'NotFoundError', code: 'PERSON_NOT_FOUND' });
    expect(await grant('demo-security-administrator', 'OPERATOR')).toMatchObject({ code: 'SAME_PERSON' });
    expect(await act(office.system, 'grantRole', { personId: id, role: 'NURSE', unit: 'W1', reason })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await grant(id, 'NURSE', { unit: 'W1' })).toMatchObject({ person: { assignments: [{ role: 'nurse', unit: 'W1', status: 'IN_FORCE' }] } });
    expect(await grant(id, 'NURSE', { unit: 'W1' })).toMatchObject({ __typename: 'ConflictError', code: 'ROLE_HELD' });
    expect(await grant(id, 'NURSE', { unit: 'W2' })).toMatchObject({ person: { assignments: expect.arrayContaining([expect.objectContaining({ unit: 'W2' })]) } });
    expect((await office.gateway.entries('role.granted')).at(-1)).toMatchObject({ actorId: 'demo-security-administrator', reason });
  });

  it('change what a running session may do, at the next request', async () => {
    const nurse = await newNurse('roles-2');
    expect(await rolesOf(nurse.as)).toEqual(['nurse']);

    await act(office.security, 'endRole', { assignmentId: nurse.assignmentId, reason });

    expect(await rolesOf(nurse.as)).toEqual([]);
    expect(await act(office.security, 'endRole', { assignmentId: nurse.assignmentId, reason })).toMatchObject({ __typename: 'ConflictError', code: 'ASSIGNMENT_ENDED' });
    expect(await act(office.security, 'endRole', { assignmentId: randomUUID(), reason })).toMatchObject({ code: 'ASSIGNMENT_NOT_FOUND' });
  });

  it('lie ahead until their time, end with it, and with the licence at its instant', async () => {
    const person = await office.newPerson('roles-3');
    const as = await office.cookieOf(person);
    await grant(person.id, 'OPERATOR', { validFrom: after(day), validUntil: after(2 * day) });
    await licence(person.id);
    await grant(person.id, 'NURSE', { unit: 'W1' });
    const { prisma } = office.gateway.database;
    const set = (role: string, times: object) => prisma.roleAssignment.updateMany({ where: { userId: person.id, role }, data: times });

    expect(await rolesOf(as)).toEqual(['nurse']);
    await set('operator', { validFrom: new Date() });
    expect(await rolesOf(as)).toEqual(['nurse', 'operator']);
    await set('operator', { validUntil: new Date() });
    expect(await rolesOf(as)).toEqual(['nurse']);
    const licensedUntil = (validUntil: Date) => prisma.qualification.updateMany({ where: { userId: person.id }, data: { validUntil } });
    await licensedUntil(new Date(Date.now() + 29 * day));
    expect((await office.gateway.graphql(as, '{ ownRoles { qualifications { expiresSoon } } }')).data.ownRoles.qualifications).toEqual([{ expiresSoon: true }]);
    expect(await rolesOf(as)).toEqual(['nurse']);
    const over = new Date(Date.now() + 1_500);
    await licensedUntil(over);
    while ((await rolesOf(as)).length > 0) await sleep(50);
    expect(Date.now()).toBeGreaterThanOrEqual(over.getTime());
  });

  it('are lost with a licence that is revoked', async () => {
    const nurse = await newNurse('roles-4');
    const { qualifications } = (await office.gateway.graphql(office.security, 'query ($id: ID!) { person(id: $id) { qualifications { id } } }', { id: nurse.id })).data.person;
    const revoke = () => act(office.security, 'revokeQualification', { qualificationId: qualifications[0].id, reason });

    expect(await revoke()).toMatchObject({ person: { assignments: [{ status: 'QUALIFICATION_MISSING' }], qualifications: [{ revokedAt: expect.any(String) }] } });
    expect(await rolesOf(nurse.as)).toEqual([]);
    expect(await revoke()).toMatchObject({ code: 'QUALIFICATION_ENDED' });
  });
});

describe('administrators', () => {
  it('are proposed by one and confirmed by another, and exclude everything else', async () => {
    const { id } = await office.newPerson('admin-1');
    const proposed = await grant(id, 'SYSTEM_ADMINISTRATOR');
    const proposalId = proposed.person.proposals[0].id;

    expect(proposed.person.assignments).toEqual([]);
    expect(await act(office.security, 'confirmRole', { proposalId })).toMatchObject({ __typename: 'ForbiddenError', code: 'SAME_PERSON' });
    expect(await grant(id, 'SYSTEM_ADMINISTRATOR')).toMatchObject({ code: 'PROPOSAL_OPEN' });
    expect(await act(office.system, 'confirmRole', { proposalId: randomUUID() })).toMatchObject({ code: 'PROPOSAL_NOT_FOUND' });
    expect(await act(office.system, 'confirmRole', { proposalId })).toMatchObject({ person: { assignments: [{ role: 'system-administrator', status: 'IN_FORCE' }] } });
    expect(await act(office.system, 'rejectRole', { proposalId, reason })).toMatchObject({ code: 'PROPOSAL_DECIDED' });
    for (const role of ['AUDITOR', 'SECURITY_ADMINISTRATOR', 'OPERATOR', 'PRIVACY_OFFICER']) expect(await grant(id, role)).toMatchObject({ __typename: 'RefusedError', code: 'ROLES_EXCLUDE' });
    expect(await grant(id, 'AUDITOR', { validUntil: after(day) })).toMatchObject({ code: 'PERIOD_INVALID' });
  });

  it('keep the last of each role', async () => {
    const last = async (role: string) => (await office.gateway.database.prisma.roleAssignment.findFirstOrThrow({ where: { role, endedAt: null } })).id;

    expect(await act(office.security, 'endRole', { assignmentId: await last('auditor'), reason })).toMatchObject({ code: 'LAST_ADMINISTRATOR' });
    expect(await act(office.security, 'endRole', { assignmentId: await last('security-administrator'), reason })).toMatchObject({ code: 'LAST_ADMINISTRATOR' });
    expect(await act(office.system, 'disablePerson', { personId: 'demo-auditor', reason })).toMatchObject({ code: 'LAST_ADMINISTRATOR' });
  });

  it('are refused beside another role by the database itself, also to two transactions that do not see each other', async () => {
    const { id } = await office.newPerson('admin-2');
    const [one, other] = [new pg.Client({ connectionString: office.server.url }), new pg.Client({ connectionString: office.server.url })];
    await Promise.all([one.connect(), other.connect()]);
    const insert = (client: pg.Client, role: string, from: string, until: string | null) => client.query(`insert into role_assignment (id, user_id, role, valid_from, valid_until, granted_by) values ($1, $2, $3, $4, $5, 'test')`, [randomUUID(), id, role, from, until]);
    try {
      await one.query('begin isolation level repeatable read');
      await other.query('begin isolation level repeatable read');
      await insert(one, 'auditor', '2030-01-01', '2030-02-01');
      const racing = insert(other, 'operator', '2030-01-31', '2030-03-01').then(() => other.query('commit'));
      await sleep(100);
      await one.query('commit');
      await expect(racing).rejects.toMatchObject({ code: '23P01', constraint: 'role_assignment_exclusive' });
      await other.query('rollback');
      // One ends where the other begins.
      await insert(other, 'operator', '2030-02-01', null);
      await expect(insert(other, 'system-administrator', '2031-01-01', null)).rejects.toMatchObject({ code: '23P01' });
      await expect(other.query('delete from role_assignment where user_id = $1', [id])).rejects.toMatchObject({ code: '42501' });
    } finally {
      await Promise.all([one.end(), other.end()]);
    }
  });

  it('and two acts at once leave one of them', async () => {
    const { id } = await office.newPerson('admin-3');
    const proposalId = (await grant(id, 'AUDITOR')).person.proposals[0].id;

    const results = await Promise.all([act(office.system, 'confirmRole', { proposalId }), grant(id, 'OPERATOR')]);

    expect(results.map((result) => result.code ?? 'done').sort()).toEqual(['ROLES_EXCLUDE', 'done']);
  });
});

describe('a delegation', () => {
  const ownOf = async (as: As) => (await office.gateway.graphql(as, '{ ownRoles { assignments { id role kind } passedOn { id } } }')).data.ownRoles;
  const delegate = (as: As, assignmentId: string, delegateId: string, more: object = {}) => act(as, 'delegateRole', { assignmentId, delegateId, validUntil: after(day), reason, ...more });

  it('gives a qualified colleague the role for a time, and either ends it', async () => {
    const [owner, colleague] = [await newNurse('delegation-1'), await newNurse('delegation-2', 'W2')];

    expect(await delegate(owner.as, owner.assignmentId, colleague.id, { validUntil: after(31 * day) })).toMatchObject({ code: 'PERIOD_INVALID' });
    expect(await delegate(owner.as, owner.assignmentId, owner.id)).toMatchObject({ code: 'SAME_PERSON' });
    expect(await delegate(owner.as, colleague.assignmentId, colleague.id)).toMatchObject({ code: 'ASSIGNMENT_NOT_FOUND' });
    expect(await delegate(owner.as, owner.assignmentId, 'demo-doctor-w1')).toMatchObject({ code: 'QUALIFICATION_MISSING' });
    expect(await delegate(owner.as, owner.assignmentId, 'demo-auditor')).toMatchObject({ code: 'ROLES_EXCLUDE' });
    const given = await delegate(owner.as, owner.assignmentId, colleague.id);
    const viewer = () => office.gateway.graphql(colleague.as, '{ viewer { assignments { role unit onBehalfOf { id } } } }').then(({ data }) => data.viewer.assignments);

    expect(given).toMatchObject({ ownRoles: { passedOn: [{ role: 'nurse', unit: 'W1', person: { id: colleague.id } }] } });
    expect(await viewer()).toEqual([{ role: 'nurse', unit: 'W1', onBehalfOf: { id: owner.id } }, { role: 'nurse', unit: 'W2', onBehalfOf: null }]);
    const [held] = (await ownOf(colleague.as)).assignments.filter(({ kind }: { kind: string }) => kind === 'delegation');
    expect(await delegate(colleague.as, held.id, owner.id)).toMatchObject({ code: 'ROLE_NOT_PASSED_ON' });
    expect(await act(await office.gateway.signIn('nurse'), 'endDelegation', { assignmentId: held.id, reason })).toMatchObject({ __typename: 'ForbiddenError', code: 'NOT_YOURS' });
    await act(colleague.as, 'endDelegation', { assignmentId: held.id, reason });
    expect(await viewer()).toEqual([{ role: 'nurse', unit: 'W2', onBehalfOf: null }]);
  });

  it('ends with the role that it came from, and with the owner’s licence', async () => {
    const [owner, colleague] = [await newNurse('delegation-3'), await newNurse('delegation-4', 'W2')];
    await delegate(owner.as, owner.assignmentId, colleague.id);
    const { prisma } = office.gateway.database;
    const inForce = async () => (await office.gateway.graphql(colleague.as, '{ viewer { assignments { unit } } }')).data.viewer.assignments.length;

    expect(await inForce()).toBe(2);
    await prisma.qualification.updateMany({ where: { userId: owner.id }, data: { validUntil: new Date() } });
    expect(await inForce()).toBe(1);
    await prisma.qualification.updateMany({ where: { userId: owner.id }, data: { validUntil: null } });
    expect(await inForce()).toBe(2);
    await act(office.security, 'endRole', { assignmentId: owner.assignmentId, reason });
    expect(await inForce()).toBe(1);
    expect((await prisma.roleAssignment.findFirstOrThrow({ where: { userId: colleague.id, kind: 'delegation' } })).endReason).toBe(reason);
  });

  it('gives no right to answer for rules, and is refused for what is never passed on', async () => {
    const [pharmacist, second] = [await office.gateway.signIn('pharmacist'), await office.newPerson('delegation-5')];
    await licence(second.id, 'PHARMACIST_LICENCE');
    const own = (await ownOf(pharmacist)).assignments[0].id;
    await delegate(pharmacist, own, second.id);
    const as = await office.cookieOf(second);
    const { data } = await office.gateway.graphql(as, 'mutation ($input: SaveRuleSetDraftInput!) { result: saveRuleSetDraft(input: $input) { ... on Error { code } } }', { input: { key: 'passed.on', document: { format: 'careloop-rules/1', key: 'passed.on', name: { 'zh-CN': '甲', en: 'A' }, domain: 'pharmacy' }, expectedRevision: 0, idempotencyKey: randomUUID() } });

    expect(await rolesOf(as)).toEqual(['pharmacist']);
    expect(data.result).toEqual({ code: 'NOT_DOMAIN_OWNER' });
    expect(await delegate(office.security, (await ownOf(office.security)).assignments[0].id, second.id)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('that ends also ends the subscription that was opened with it', async () => {
    const [owner, colleague] = [await newNurse('delegation-6'), await newNurse('delegation-7', 'W2')];
    await delegate(owner.as, owner.assignmentId, colleague.id);
    const [held] = (await ownOf(colleague.as)).assignments.filter(({ kind }: { kind: string }) => kind === 'delegation');
    const response = await fetch(`${office.gateway.url}/graphql`, { method: 'POST', headers: { ...colleague.as, 'content-type': 'application/json', accept: 'text/event-stream' }, body: JSON.stringify({ query: 'subscription { tasksChanged { cursor } }' }) });
    const ended = response.text();

    await act(owner.as, 'endDelegation', { assignmentId: held.id, reason });

    await expect(Promise.race([ended, sleep(12_000, 'still open', { ref: false })])).resolves.toContain('event: complete');
  }, 20_000);
});
