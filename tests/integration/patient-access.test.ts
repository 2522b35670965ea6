import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { startAccessEnds } from '../../gateway/patient-access/index.ts';
import { openStream } from '../support/event-stream.ts';
import { reason, startPatientDesk, type PatientDesk } from '../support/patient-desk.ts';
import type { As, RunningGateway } from '../support/running-gateway.ts';

let desk: PatientDesk;
let gateway: RunningGateway;
let act: PatientDesk['act'], take: PatientDesk['take'], seen: PatientDesk['seen'], accessOf: PatientDesk['accessOf'];
let nurse: As, otherNurse: As, doctor: As, officer: As, auditor: As;

beforeAll(async () => {
  desk = await startPatientDesk();
  ({ gateway, act, take, seen, accessOf } = desk);
  [nurse, otherNurse, doctor, officer, auditor] = await Promise.all([gateway.signIn('nurse'), gateway.signIn('nurse', 'W2'), gateway.signIn('doctor'), gateway.signIn('privacy-officer'), gateway.signIn('auditor')]);
}, 300_000);
afterAll(() => desk?.close(), 60_000);

const entriesOf = async (action: string, accessId: string) => (await gateway.entries(action)).filter(({ patientId, actorId }) => patientId === 'P1' && accessId !== '' && actorId !== '');

describe('emergency access', () => {
  it('shows the patient until it is ended, and says so in each read', async () => {
    expect(await seen(otherNurse)).toEqual([]);

    const { emergencyAccess, wasOpen } = await take(otherNurse);

    expect(emergencyAccess).toMatchObject({ isOpen: true, reasonCode: 'RESUSCITATION', endedAt: null, patient: { patientId: 'P1', ward: 'W1', isVisible: true }, person: { id: 'demo-nurse-w2' }, reviews: [] });
    expect(emergencyAccess.secondsLeft).toBeGreaterThan(3_500);
    expect(wasOpen).toBe(false);
    expect(await seen(otherNurse)).toHaveLength(1);
    const [read] = await gateway.database.prisma.auditEntry.findMany({ where: { action: 'patient.read', patientId: 'P1', actorId: 'demo-nurse-w2' } });
    const log = (await gateway.graphql(auditor, '{ patientAccessLog(patientId: "P1") { edges { node { action relation sequence actor { id } } } } }')).data.patientAccessLog.edges.map(({ node }: { node: object }) => node);
    expect(log).toContainEqual({ action: 'patient.read', relation: 'emergency-access', sequence: read?.id.toString(), actor: { id: 'demo-nurse-w2' } });
    expect(await act(otherNurse, 'end', { accessId: emergencyAccess.id })).toMatchObject({ emergencyAccess: { isOpen: false } });
    expect(await seen(otherNurse)).toEqual([]);
    expect(await act(otherNurse, 'end', { accessId: emergencyAccess.id })).toMatchObject({ __typename: 'ConflictError', code: 'EMERGENCY_ACCESS_ENDED' });
    expect((await entriesOf('emergencyAccess.ended', emergencyAccess.id)).length).toBe(1);
  });

  it('is taken by wristband and inpatient number too, and once while it is open', async () => {
    const first = await take(otherNurse, { patientId: undefined, wristband: 'WB-P1' });
    const again = await take(otherNurse, { patientId: undefined, encounterId: 'E-P1', reasonCode: 'OTHER' });

    expect(again).toMatchObject({ wasOpen: true, emergencyAccess: { id: first.emergencyAccess.id, reasonCode: 'RESUSCITATION' } });
    expect((await gateway.database.prisma.emergencyAccess.findUniqueOrThrow({ where: { id: first.emergencyAccess.id } })).expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 3_600_000);
    await act(otherNurse, 'end', { accessId: first.emergencyAccess.id });
  });

  it('gives a repeat the first answer, and refuses the key for anything else', async () => {
    const idempotencyKey = randomUUID();
    const first = await take(otherNurse, { idempotencyKey });
    const again = await take(otherNurse, { idempotencyKey });

    expect(again).toEqual({ ...first, emergencyAccess: expect.objectContaining({ id: first.emergencyAccess.id }) });
    expect(await take(otherNurse, { idempotencyKey, reasonCode: 'OTHER' })).toMatchObject({ __typename: 'ConflictError', code: 'IDEMPOTENCY_KEY_REUSED' });
    await act(otherNurse, 'end', { accessId: first.emergencyAccess.id });
  });

  it('tells the head nurse of the ward, and privacy officers, at once', async () => {
    const { emergencyAccess } = await take(otherNurse);

    const alerts = (await gateway.graphql(await gateway.signIn('head-nurse'), '{ alerts(open: true) { edges { node { alertId code roles text { zhCN en } } } } }')).data.alerts.edges.map(({ node }: { node: { alertId: string } }) => node);
    expect(alerts).toContainEqual(expect.objectContaining({ alertId: `emergency-access:${emergencyAccess.id}`, code: 'EMERGENCY_ACCESS', roles: ['head-nurse'] }));
    const open = (await gateway.graphql(officer, '{ emergencyAccesses(status: OPEN) { totalCount edges { node { id reason person { displayName } } } } }')).data.emergencyAccesses;
    expect(open).toMatchObject({ totalCount: 1, edges: [{ node: { id: emergencyAccess.id, reason } }] });
    const taken = (await gateway.entries('emergencyAccess.taken')).at(-1);
    expect(taken).toMatchObject({ patientId: 'P1', actorId: 'demo-nurse-w2', reason: 'resuscitation' });
    // What was written in words may name the patient: it stands encrypted only.
    expect(JSON.stringify(taken, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))).not.toContain('胸痛');
    await act(otherNurse, 'end', { accessId: emergencyAccess.id });
  });

  it.each([
    ['no reason', { reason: '   ' }, 'ValidationError', 'REASON_INSUFFICIENT', 'reason'],
    ['a reason of nine characters', { reason: '患者胸痛需要抢救中' }, 'ValidationError', 'REASON_INSUFFICIENT', 'reason'],
    ['a reason that says nothing', { reason: '啊啊啊啊啊啊啊啊啊啊啊啊' }, 'ValidationError', 'REASON_INSUFFICIENT', 'reason'],
    ['a reason of 501 characters', { reason: '急'.repeat(501) }, 'ValidationError', 'INPUT_INVALID', 'reason'],
    ['an unknown patient', { patientId: 'P404' }, 'NotFoundError', 'PATIENT_NOT_FOUND', 'patientId'],
    ['an unknown wristband', { patientId: undefined, wristband: 'WB-404' }, 'NotFoundError', 'PATIENT_NOT_FOUND', 'wristband'],
    ['no patient', { patientId: undefined }, 'ValidationError', 'INPUT_INVALID', 'patientId'],
    ['two ways to name one', { wristband: 'WB-P1' }, 'ValidationError', 'INPUT_INVALID', 'patientId'],
  ])('is refused with %s, on record', async (_what, more, typename, code, place) => {
    const before = await gateway.database.prisma.emergencyAccess.count();

    expect(await take(otherNurse, more)).toEqual({ __typename: typename, code, place });

    expect(await gateway.database.prisma.emergencyAccess.count()).toBe(before);
    if (code !== 'INPUT_INVALID') expect((await gateway.entries('command.refused')).at(-1)).toMatchObject({ reason: code, actorId: 'demo-nurse-w2' });
  });

  it('is refused to every role that cares for nobody, alike for a patient whom there is and one whom there is not', async () => {
    for (const role of ['operator', 'process-owner', 'finance', 'auditor', 'privacy-officer', 'system-administrator', 'security-administrator']) {
      const as = await gateway.signIn(role);
      const [real, unknown] = [await take(as), await take(as, { patientId: 'P404' })];
      expect([role, real]).toEqual([role, { __typename: 'ForbiddenError', code: 'FORBIDDEN', place: null }]);
      expect(unknown).toEqual(real);
    }
  });

  it('ends by the database’s clock: nobody sees more, whether its end was noted or not', async () => {
    const id = await accessOf('demo-nurse-w2', { startedMsAgo: 60_000, lastsMs: 59_000 });

    expect(await seen(otherNurse)).toEqual([]);
    expect(await act(otherNurse, 'end', { accessId: id })).toMatchObject({ code: 'EMERGENCY_ACCESS_ENDED' });
    expect((await gateway.graphql(otherNurse, '{ myEmergencyAccesses(open: true) { id } }')).data.myEmergencyAccesses).toEqual([]);
    // A later one is a new one.
    expect(await take(otherNurse)).toMatchObject({ wasOpen: false });
    await gateway.database.pool.query(`update emergency_access set ended_at = clock_timestamp() where user_id = 'demo-nurse-w2' and ended_at is null and expires_at > clock_timestamp()`);
  });

  it('cannot be made longer, begin again or be deleted, by whoever has the database', async () => {
    const id = await accessOf('demo-nurse-w2', { startedMsAgo: 60_000, lastsMs: 59_000 });
    const { pool } = gateway.database;

    await expect(pool.query(`update emergency_access set expires_at = expires_at + interval '1 hour' where id = $1`, [id])).rejects.toThrow('to end once and to stay otherwise');
    await expect(pool.query('delete from emergency_access where id = $1', [id])).rejects.toThrow('to end once and to stay otherwise');
    await pool.query('update emergency_access set ended_at = expires_at where id = $1', [id]);
    await expect(pool.query('update emergency_access set ended_at = null where id = $1', [id])).rejects.toThrow('to end once and to stay otherwise');
    await expect(accessOf('demo-nurse-w2', { startedMsAgo: 0, lastsMs: 5 * 3_600_000 })).rejects.toThrow('emergency_access_expires_at_check');
  });

  it('is ended on record when its time has come, and wakes the person’s stream and the officers’, and nobody else’s', async () => {
    const changed = 'subscription { patientAccessChanged { cursor } }';
    const ends = startAccessEnds({ database: gateway.database, keys: gateway.keys, logger: pino({ level: 'silent' }) });
    const overdue = async () => (await gateway.database.pool.query('select from emergency_access where ended_at is null and expires_at <= clock_timestamp()')).rowCount;
    while ((await overdue()) !== 0) await sleep(100);
    const streams = await Promise.all([otherNurse, officer, nurse].map((as) => openStream(gateway, as, changed)));
    // A stream begins a little in the past.
    for (const stream of streams) while ((await stream.next(500)) !== 'silent');
    const id = await accessOf('demo-nurse-w2', { startedMsAgo: 0, lastsMs: 1_200 });
    expect(await seen(otherNurse)).toHaveLength(1);
    // Its beginning, however it came about.
    await Promise.all([streams[0]?.next(), streams[1]?.next()]);

    const [own, overseen] = await Promise.all([streams[0]?.next(8_000), streams[1]?.next(8_000)]);
    const foreign = await streams[2]?.next(300);
    await ends.stop();
    for (const stream of streams) stream.close();

    expect(own).toMatchObject({ data: { patientAccessChanged: { cursor: expect.any(String) } } });
    expect(overseen).toMatchObject({ data: { patientAccessChanged: {} } });
    expect(foreign).toBe('silent');
    expect(await seen(otherNurse)).toEqual([]);
    expect((await gateway.database.prisma.emergencyAccess.findUniqueOrThrow({ where: { id } })).endedAt).not.toBeNull();
    expect((await gateway.entries('emergencyAccess.expired')).some(({ factId }) => factId === `emergencyAccess.expired/${id}`)).toBe(true);
  });

  it('is not another person’s to end, and a forged id is no other answer', async () => {
    const { emergencyAccess } = await take(otherNurse);

    const foreign = await act(nurse, 'end', { accessId: emergencyAccess.id });

    expect(foreign).toEqual({ __typename: 'NotFoundError', code: 'EMERGENCY_ACCESS_NOT_FOUND', place: 'accessId' });
    for (const accessId of [randomUUID(), 'x', '\u0000', Buffer.from(`EmergencyAccess:${emergencyAccess.id}`).toString('base64')]) if (accessId !== '\u0000') expect(await act(nurse, 'end', { accessId })).toEqual(foreign);
    await act(otherNurse, 'end', { accessId: emergencyAccess.id });
  });

  it('is bounded: the first ten of an hour are never refused, the eleventh names whom to call', async () => {
    const pharmacist = await gateway.signIn('pharmacist-2');
    for (let count = 0; count < 10; count += 1) {
      const { emergencyAccess } = await take(pharmacist);
      await act(pharmacist, 'end', { accessId: emergencyAccess.id });
    }

    const { data } = await gateway.graphql(pharmacist, 'mutation ($input: TakeEmergencyAccessInput!) { takeEmergencyAccess(input: $input) { ... on Error { code message } } }', { input: { patientId: 'P1', reasonCode: 'OTHER', reason, idempotencyKey: randomUUID() } });

    expect(data.takeEmergencyAccess).toMatchObject({ code: 'EMERGENCY_ACCESS_LIMIT', message: expect.stringContaining('总值班') });
    expect((await gateway.entries('command.refused')).at(-1)).toMatchObject({ reason: 'EMERGENCY_ACCESS_LIMIT', patientId: 'P1' });
  });
});

describe('the review of an emergency access', () => {
  it('waits for its end, and stands; a correction names it and leaves it', async () => {
    const { emergencyAccess } = await take(otherNurse);
    const review = (as: As, more: object = {}) => act(as, 'review', { accessId: emergencyAccess.id, outcome: 'JUSTIFIED', comment: '值班记录相符', ...more });
    expect(await review(officer)).toMatchObject({ code: 'EMERGENCY_ACCESS_OPEN' });
    await seen(otherNurse);
    await act(otherNurse, 'end', { accessId: emergencyAccess.id });
    expect((await gateway.graphql(officer, '{ emergencyAccesses(status: TO_REVIEW) { edges { node { id entries { action relation } } } } }')).data.emergencyAccesses.edges).toContainEqual({ node: { id: emergencyAccess.id, entries: expect.arrayContaining([{ action: 'patient.read', relation: 'emergency-access' }]) } });

    const first = await review(officer);
    const [{ id: firstId }] = first.emergencyAccess.reviews;
    expect(await review(officer)).toMatchObject({ __typename: 'ConflictError', code: 'EMERGENCY_ACCESS_REVIEWED' });
    const corrected = await review(officer, { outcome: 'NEEDS_INQUIRY', comment: '与排班不符', corrects: firstId });

    expect(corrected.emergencyAccess.reviews).toMatchObject([{ outcome: 'NEEDS_INQUIRY', reviewedBy: { id: 'demo-privacy-officer' } }, { id: firstId, outcome: 'JUSTIFIED' }]);
    expect(await review(officer, { corrects: firstId })).toMatchObject({ code: 'EMERGENCY_ACCESS_REVIEWED' });
    await expect(gateway.database.pool.query(`update emergency_access_review set outcome = 'justified'`)).rejects.toThrow('permission denied');
    expect((await gateway.entries('emergencyAccess.reviewCorrected')).at(-1)).toMatchObject({ reason: 'needs-inquiry', patientId: 'P1' });
  });

  it('is a privacy officer’s alone, and never of their own access', async () => {
    const ownId = await accessOf('demo-privacy-officer', { startedMsAgo: 60_000, lastsMs: 59_000 });
    const input = { accessId: ownId, outcome: 'JUSTIFIED', comment: 'x' };

    expect(await act(officer, 'review', input)).toMatchObject({ __typename: 'ForbiddenError', code: 'SAME_PERSON' });
    for (const as of [auditor, doctor, otherNurse]) expect(await act(as, 'review', input)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await act(officer, 'review', { ...input, accessId: randomUUID() })).toEqual({ __typename: 'NotFoundError', code: 'EMERGENCY_ACCESS_NOT_FOUND', place: 'accessId' });
    expect((await gateway.graphql(doctor, '{ emergencyAccesses { totalCount } }')).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

describe('a care team', () => {
  it('lets a carer of another ward in until a day, and out again', async () => {
    const { member } = await act(doctor, 'addMember', { patientId: 'P1', userId: 'demo-nurse-w2', reasonCode: 'CONSULTATION' });

    expect(Date.parse(member.validUntil) - Date.parse(member.validFrom)).toBe(7 * 86_400_000);
    expect(await seen(otherNurse)).toHaveLength(1);
    expect(await act(doctor, 'addMember', { patientId: 'P1', userId: 'demo-nurse-w2', reasonCode: 'CONSULTATION' })).toMatchObject({ code: 'CARE_TEAM_MEMBER_EXISTS' });
    expect((await gateway.graphql(nurse, '{ careTeam(patientId: "P1") { id person { id } } }')).data.careTeam).toEqual([{ id: member.id, person: { id: 'demo-nurse-w2' } }]);
    const foreignDoctor = await gateway.signIn('doctor', 'W2');
    expect(await act(foreignDoctor, 'endMember', { membershipId: member.id })).toMatchObject({ code: 'CARE_TEAM_MEMBER_NOT_FOUND' });
    expect((await act(doctor, 'endMember', { membershipId: member.id })).member.endedAt).not.toBeNull();
    expect(await seen(otherNurse)).toEqual([]);
    expect(await act(doctor, 'endMember', { membershipId: member.id })).toMatchObject({ code: 'CARE_TEAM_MEMBERSHIP_ENDED' });
    expect((await gateway.entries('careTeam.memberAdded')).at(-1)).toMatchObject({ patientId: 'P1', reason: 'consultation' });
  });

  it('takes carers only, for at most thirty days, from the patient’s own ward', async () => {
    const add = (as: As, more: object) => act(as, 'addMember', { patientId: 'P1', userId: 'demo-nurse-w2', reasonCode: 'CONSULTATION', ...more });
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

    expect(await add(doctor, { userId: 'demo-auditor' })).toMatchObject({ code: 'MEMBER_NOT_ELIGIBLE' });
    expect(await add(doctor, { userId: 'nobody' })).toMatchObject({ code: 'MEMBER_NOT_ELIGIBLE' });
    for (const days of [-1, 31]) expect(await add(doctor, { validUntil: inDays(days) })).toMatchObject({ code: 'VALID_UNTIL_INVALID', place: 'validUntil' });
    const [foreign, unknown] = [await add(doctor, { patientId: 'P2' }), await add(doctor, { patientId: 'P404' })];
    expect(foreign).toEqual({ __typename: 'NotFoundError', code: 'PATIENT_NOT_FOUND', place: 'patientId' });
    expect(unknown).toEqual(foreign);
    expect(await add(nurse, {})).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is found by who may add to it', async () => {
    const found = await gateway.graphql(doctor, '{ findCarers(text: "nurse-w2") { id roles } percent: findCarers(text: "%%") { id } }');

    expect(found.data.findCarers.map(({ id }: { id: string }) => id).sort()).toEqual(['demo-head-nurse-w2', 'demo-nurse-w2']);
    expect(found.data.percent).toEqual([]);
  });
});

describe('a sensitivity label', () => {
  it('is set and taken off by whose it is, once, and the record’s plain part does not name it', async () => {
    const set = (as: As, more: object = {}) => act(as, 'label', { patientId: 'P1', code: 'HIV', reason: '检验科报告', ...more });
    const { label } = await set(doctor);

    expect(await set(doctor)).toMatchObject({ code: 'LABEL_EXISTS' });
    expect(await set(doctor, { code: 'CEL' })).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN', place: 'code' });
    expect(await set(officer)).toMatchObject({ code: 'FORBIDDEN', place: 'code' });
    expect(await set(doctor, { patientId: 'P2' })).toEqual(await set(doctor, { patientId: 'P404' }));
    expect(await set(officer, { code: 'CEL' })).toMatchObject({ label: { code: 'CEL' } });
    expect((await gateway.graphql(nurse, '{ sensitivityLabels(patientId: "P1") { code } }')).data.sensitivityLabels).toEqual([{ code: 'CEL' }, { code: 'HIV' }]);
    expect((await gateway.graphql(otherNurse, '{ sensitivityLabels(patientId: "P1") { code } }')).errors?.[0]?.extensions?.code).toBe('PATIENT_NOT_FOUND');
    expect(await act(officer, 'removeLabel', { labelId: label.id, reason: 'x' })).toMatchObject({ code: 'LABEL_NOT_FOUND' });
    expect(await act(doctor, 'removeLabel', { labelId: label.id, reason: '复查阴性' })).toMatchObject({ label: { id: label.id } });
    expect(await act(doctor, 'removeLabel', { labelId: label.id, reason: 'x' })).toMatchObject({ code: 'LABEL_REMOVED' });
    const [cel] = await gateway.database.prisma.sensitivityLabel.findMany({ where: { patientId: 'P1', code: 'CEL', removedAt: null } });
    // Who is known to the public is nobody's to find by name; who holds the wristband sees that there is somebody.
    const find = async (args: string) => (await gateway.graphql(otherNurse, `{ findPatient(${args}) { patients { patientId name bed birthYear } } }`)).data.findPatient.patients;
    expect(await find('name: "患者P1"')).toEqual([]);
    expect(await find('wristband: "WB-P1"')).toEqual([{ patientId: 'P1', name: '（姓名已隐藏）', bed: null, birthYear: null }]);
    expect(await act(officer, 'removeLabel', { labelId: cel?.id ?? '', reason: '本人要求' })).toMatchObject({ __typename: 'RemoveLabelPayload' });
    const entry = (await gateway.entries('sensitivityLabel.set'))[0];
    expect(JSON.stringify({ ...entry, id: '' })).not.toContain('HIV');
  });
});

describe('the search for a patient', () => {
  const find = (as: As, args: string) => gateway.graphql(as, `{ findPatient(${args}) { isMore patients { patientId name bed ward isVisible } } }`);

  it('tells one patient from another, whoever cares for them, and is on record', async () => {
    const found = await find(otherNurse, 'wristband: "WB-P1"');

    expect(found.data.findPatient).toEqual({ isMore: false, patients: [{ patientId: 'P1', name: '患者P1（合成）', bed: '12', ward: 'W1', isVisible: false }] });
    expect((await gateway.entries('patient.searched')).at(-1)).toMatchObject({ actorId: 'demo-nurse-w2', patientId: 'P1', reason: 'by-number' });
    expect((await find(otherNurse, 'name: "患者P"')).data.findPatient.patients).toHaveLength(2);
    for (const nothing of ['name: "%%"', 'name: "__"', 'encounterId: "E-404"']) expect((await find(otherNurse, nothing)).data.findPatient.patients).toEqual([]);
  });

  it('wants one way to look, and two characters of a name', async () => {
    for (const args of ['name: "患"', 'name: "  "', 'wristband: "WB-P1", name: "患者"']) expect((await find(otherNurse, args)).errors?.[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID' });
    expect((await find(auditor, 'name: "患者"')).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('leads a privacy officer to one who has left as well, and nobody else', async () => {
    const { encounter } = gateway.database.prisma;
    await encounter.update({ where: { id: 'E-P1' }, data: { endedAt: new Date() } });
    try {
      expect((await find(otherNurse, 'encounterId: "E-P1"')).data.findPatient.patients).toEqual([]);
      expect((await find(officer, 'encounterId: "E-P1"')).data.findPatient.patients).toMatchObject([{ patientId: 'P1', name: '患者P1（合成）', ward: null }]);
      expect((await gateway.entries('patient.searched')).at(-1)).toMatchObject({ patientId: 'P1', reason: 'by-number', actorKind: 'person' });
    } finally {
      await encounter.update({ where: { id: 'E-P1' }, data: { endedAt: null } });
    }
  });

  it('is no directory: searches by name are bounded, and a wristband still works then', async () => {
    const pharmacist = await gateway.signIn('pharmacist');
    const answers = [];
    for (let count = 0; count < 21; count += 1) answers.push(await find(pharmacist, 'name: "患者"'));

    expect(answers.slice(0, 20).every(({ errors }) => errors === undefined)).toBe(true);
    expect(answers[20]?.errors?.[0]?.extensions).toMatchObject({ code: 'SEARCH_LIMIT', place: 'name' });
    expect((await find(pharmacist, 'wristband: "WB-P1"')).data.findPatient.patients).toHaveLength(1);
  });
});

describe('the log of who reached a patient', () => {
  it('is read by who oversees and by the head nurse of the ward; for the others there is no such patient', async () => {
    const log = (as: As, id = 'P1') => gateway.graphql(as, 'query ($id: ID!) { patientAccessLog(patientId: $id, first: 5) { edges { node { sentence { zhCN } } } pageInfo { hasNextPage } } }', { id });
    const [own, foreign] = await Promise.all([gateway.signIn('head-nurse'), gateway.signIn('head-nurse', 'W2')]);

    for (const as of [own, officer, auditor]) expect((await log(as)).data.patientAccessLog).toMatchObject({ edges: { length: 5 }, pageInfo: { hasNextPage: true } });
    const refusals = [(await log(foreign)).errors, (await log(own, 'P404')).errors];
    expect(refusals.map((errors) => errors?.[0]?.extensions)).toEqual([{ code: 'PATIENT_NOT_FOUND', place: 'patientId' }, { code: 'PATIENT_NOT_FOUND', place: 'patientId' }]);
    expect((await gateway.entries('audit.searched')).some(({ actorId }) => actorId === 'demo-privacy-officer')).toBe(true);
  });
});
