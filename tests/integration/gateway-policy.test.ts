import type { CommandService } from '../../gateway/commands/index.ts';
import { globalIdOf } from '../../gateway/graphql/global-ids.ts';
import { readRelationships, relationsTo } from '../../gateway/identity/relations.ts';
import { createRights } from '../../gateway/identity/rights.ts';
import { visibilityOf } from '../../gateway/identity/visibility.ts';
import type { Viewer } from '../../gateway/identity/viewer.ts';
import { fieldPolicy } from '../../gateway/identity/policy/fields.ts';
import type { SubjectType } from '../../gateway/identity/policy/types.ts';
import { mark, seesField, seesRow, type Reader } from '../support/answer-rights.ts';
import { signInEveryReader, type SignedInReader } from '../support/every-reader.ts';
import { fillMarkedHospital, type MarkedCase } from '../support/marked-hospital.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
let cases: readonly MarkedCase[];
let readers: readonly SignedInReader[];

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService });
  ({ cases } = await fillMarkedHospital(gateway));
  readers = await signInEveryReader(gateway);
}, 120_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
}, 60_000);

/** What is asked of a row of each type, and the fields whose texts are marked in it. */
const asked: Readonly<Record<SubjectType, { readonly selection: string; readonly marked: readonly string[] }>> = {
  Patient: { selection: 'name allergies { substance } encounter { bed } latestObservations { unit } maskedFields', marked: ['Patient.name', 'Patient.allergies', 'Patient.encounter', 'Patient.latestObservations'] },
  ProcessInstance: { selection: 'businessKey variables maskedFields', marked: ['ProcessInstance.businessKey', 'ProcessInstance.variables'] },
  Task: { selection: 'input maskedFields', marked: ['Task.input'] },
  Incident: { selection: 'message', marked: ['Incident.message'] },
  Alert: { selection: 'text { en } maskedFields', marked: ['Alert.text'] },
  Decision: { selection: 'facts explanation maskedFields', marked: ['Decision.facts', 'Decision.explanation'] },
  AuditEntry: { selection: 'reason before after detail maskedFields', marked: ['AuditEntry.reason', 'AuditEntry.before', 'AuditEntry.after', 'AuditEntry.detail'] },
};
const types = Object.keys(asked) as SubjectType[];

/** What an answer shows of a row: nothing, or its marks and what it says is hidden. */
type Shown = { readonly marks: readonly string[]; readonly masked: readonly string[] } | null;

function expected(type: SubjectType, each: MarkedCase, reader: Reader): Shown {
  if (!seesRow(type, each, reader)) return null;
  const isThere = (field: string) => field !== 'Patient.encounter' || each.patient !== 'left';
  const hidden = Object.keys(fieldPolicy).filter((field) => field.startsWith(`${type}.`) && !(field.endsWith('.patient') && each.patient === undefined) && !seesField(field, each, reader));
  return {
    marks: asked[type].marked.filter((field) => isThere(field) && seesField(field, each, reader)).map((field) => mark(field, each.key)).sort(),
    masked: hidden.map((field) => field.slice(type.length + 1)).sort(),
  };
}

function shown(row: { readonly maskedFields?: readonly string[] } | null): Shown {
  return row === null ? null : { marks: [...new Set(JSON.stringify(row).match(/\[[A-Z]\w+\.\w+\|\w+\]/g) ?? [])].sort(), masked: [...(row.maskedFields ?? [])].sort() };
}

it('shows every role every row and field that the table gives it by each relation and label, and nothing else', async () => {
  let cells = 0;
  for (const { reader, as } of readers) {
    for (const type of types) {
      const rows = cases.flatMap((each) => (each.ids[type] === undefined ? [] : [{ each, id: globalIdOf(type, each.ids[type]) }]));
      const { data } = await gateway.graphql(as, `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${asked[type].selection} } } }`, { ids: rows.map(({ id }) => id) });

      const seen = Object.fromEntries(rows.map(({ each }, index) => [`${reader.role} ${reader.unit ?? ''} ${type} ${each.key}`, shown(data.nodes[index])]));

      expect(seen).toEqual(Object.fromEntries(rows.map(({ each }) => [`${reader.role} ${reader.unit ?? ''} ${type} ${each.key}`, expected(type, each, reader)])));
      cells += rows.length;
    }
  }

  expect(cells).toBeGreaterThan(3_000);
}, 300_000);

const caseOf = (test: (each: MarkedCase) => boolean): MarkedCase => {
  const found = cases.find(test);
  if (!found) throw new Error('Expected such a case in the marked hospital, but there is none');
  return found;
};
const asOf = (role: string, unit?: string): As => readers.find(({ reader }) => reader.role === role && reader.unit === unit)?.as ?? {};
const unrelated = (): MarkedCase => caseOf(({ patient, startedBy, isCareTeam, isEmergency, dutyUnit, labels }) => patient === 'left' && labels.length === 0 && [startedBy, isCareTeam, isEmergency, dutyUnit].every((each) => each === undefined));

it('gives a doctor nothing of a patient without a relation by any way in', async () => {
  const { key, ids } = unrelated();
  const doctor = asOf('doctor', 'W1');
  const queries = [
    `{ processInstance(id: "${ids.ProcessInstance}") { businessKey } task(id: "${ids.Task}") { input } decision(id: "${ids.Decision}") { facts } explainDecision(id: "${ids.Decision}") { decision { facts } } patientByWristband(wristband: "WB-${key}") { name } }`,
    `{ ${Object.entries(ids).map(([type, id]) => `${type}: node(id: "${globalIdOf(type, id)}") { id }`).join(' ')} }`,
    `{ patients(search: "P-${key}") { edges { node { name } } } processInstances(patientId: "P-${key}") { edges { node { id } } } tasks(patientId: "P-${key}") { edges { node { id } } } }`,
  ];

  const answers = await Promise.all(queries.map((query) => gateway.graphql(doctor, query)));
  const asked = await gateway.graphql(doctor, `{ checkOrder(input: { patientId: "P-${key}", medicationCode: "x", dose: 1, doseUnit: "mg", route: "PO", frequency: "qd" }) { level } }`);

  expect(Object.values(answers[0]?.data)).toEqual([null, null, null, null, null]);
  expect(Object.values(answers[1]?.data)).toEqual(Object.keys(ids).map(() => null));
  expect(answers[2]?.data).toEqual({ patients: { edges: [] }, processInstances: { edges: [] }, tasks: { edges: [] } });
  expect(asked.errors?.[0]?.extensions?.code).toBe('PATIENT_NOT_FOUND');
});

it('finds a patient of protected identity by number alone, for who does not see the name', async () => {
  const { key } = caseOf(({ patient, labels }) => patient === 'W2' && labels.includes('CEL'));
  const search = async (as: As, text: string) => (await gateway.graphql(as, 'query ($text: String) { patients(search: $text) { edges { node { patientId name birthDate } } } }', { text })).data.patients.edges.map(({ node }: { readonly node: object }) => node);
  const hidden = [{ patientId: `P-${key}`, name: '（姓名已隐藏）', birthDate: null }];

  for (const role of ['pharmacist', 'auditor']) {
    expect(await search(asOf(role), mark('Patient.name', key))).toEqual([]);
    expect(await search(asOf(role), `E-${key}`)).toEqual([]);
    expect(await search(asOf(role), `P-${key}`)).toEqual(hidden);
  }
  expect(await search(asOf('doctor', 'W2'), mark('Patient.name', key))).toMatchObject([{ patientId: `P-${key}`, name: mark('Patient.name', key) }]);
  expect((await gateway.graphql({ ...asOf('pharmacist'), 'accept-language': 'en' }, `{ patients(search: "P-${key}") { edges { node { name } } } }`)).data.patients.edges).toEqual([{ node: { name: '(name hidden)' } }]);
});

it('finds nothing by a patient who is hidden, and takes no character of a search for another', async () => {
  const { key } = caseOf(({ patient, labels }) => patient === 'W1' && labels.length === 0);
  const lists = (filter: string) => `{ tasks(first: 1${filter}) { totalCount } processInstances(first: 1${filter}) { totalCount } }`;
  const countsOf = async (role: string, filter: string): Promise<readonly number[]> => Object.values((await gateway.graphql(asOf(role), lists(filter))).data as Record<string, { totalCount: number }>).map(({ totalCount }) => totalCount);

  expect(Math.min(...(await countsOf('operator', '')))).toBeGreaterThan(0);
  expect(await countsOf('operator', `, patientId: "P-${key}"`)).toEqual([0, 0]);
  expect(Math.min(...(await countsOf('auditor', `, patientId: "P-${key}"`)))).toBeGreaterThan(0);
  expect((await gateway.graphql(asOf('auditor'), '{ patients(first: 1, search: "%") { totalCount } }')).data).toEqual({ patients: { totalCount: 0 } });
});

it('makes no saved case of facts that a label hides', async () => {
  const { ids } = caseOf(({ patient, labels }) => patient === 'W2' && labels.includes('PSY'));
  const { data } = await gateway.graphql(asOf('pharmacist'), 'mutation ($input: RuleCaseFromDecisionInput!) { ruleCaseFromDecision(input: $input) { __typename ... on Error { code } } }', { input: { decisionId: ids.Decision, idempotencyKey: 'hidden-facts' } });

  expect(data.ruleCaseFromDecision).toEqual({ __typename: 'ForbiddenError', code: 'FORBIDDEN' });
});

it('shows the privacy officer the lines about access, and of those alone', async () => {
  const actions = (await gateway.graphql(asOf('privacy-officer'), '{ auditTrail(first: 100) { edges { node { action before after } } } }')).data.auditTrail.edges.map(({ node }: { readonly node: { readonly action: string } }) => node.action);

  expect(actions).toContain('patient.read');
  expect(actions.filter((action: string) => !['patient.read', 'access.refused', 'audit.searched'].includes(action))).toEqual([]);
});

/** A nurse of W1 who is head nurse of W2. */
const twoWards: Viewer = { id: 'demo-nurse-w1', kind: 'person', username: 'n', displayName: 'n', roles: ['nurse', 'head-nurse'], assignments: [{ role: 'nurse', unit: 'W1' }, { role: 'head-nurse', unit: 'W2' }], expiresAt: '2099-01-01T00:00:00Z' };

it('gives by a role only what lies in the ward in which it is held', async () => {
  const related = await readRelationships(gateway.database, twoWards);
  const { prisma } = gateway.database;
  const visible = visibilityOf(twoWards, related);

  const patients = await prisma.patient.findMany({ where: { AND: [visible.Patient, { encounters: { some: { endedAt: null } } }] }, select: { encounters: { select: { wardId: true } } } });
  const tasks = await prisma.userTask.findMany({ where: { AND: [visible.Task, { candidateRoles: { has: 'porter' } }] }, select: { patientId: true, unit: true } });
  const stays = new Map((await prisma.encounter.findMany({ where: { endedAt: null } })).map(({ patientId, wardId }) => [patientId, wardId]));

  expect(new Set(patients.flatMap(({ encounters }) => encounters.map(({ wardId }) => wardId)))).toEqual(new Set(['W1', 'W2']));
  // Tasks of others are seen by the head nurse, and so in W2 alone.
  expect(tasks.map(({ patientId, unit }) => stays.get(patientId ?? '') ?? unit)).not.toContain('W1');
  expect(tasks.map(({ patientId, unit }) => stays.get(patientId ?? '') ?? unit)).toContain('W2');
});

it('tells how a viewer is related to a patient', async () => {
  const plain = (test: (each: MarkedCase) => boolean) => caseOf((each) => each.labels.length === 0 && test(each)).ids.Patient ?? '';
  const relations = (patientId: string) => relationsTo(gateway.database, twoWards, patientId);

  expect(await relations(plain(({ patient }) => patient === 'W1'))).toEqual(['ward']);
  expect(await relations(plain(({ isCareTeam }) => isCareTeam === true))).toEqual(['care-team']);
  expect(await relations(plain(({ isEmergency }) => isEmergency === true))).toEqual(['emergency-access']);
  expect(await relations(plain(({ dutyUnit }) => dutyUnit !== undefined))).toEqual(['duty']);
  expect(await relations(unrelated().ids.Patient ?? '')).toEqual([]);
  expect(await relations('no-such-patient')).toEqual([]);
});

it('keeps what follows from relations for as long as the same relations are read', async () => {
  const { prisma } = gateway.database;
  const rightsOf = createRights(gateway.database);
  const patientId = caseOf(({ patient, labels }) => patient === 'left' && labels.length === 0).ids.Patient ?? '';
  const join = () => prisma.careTeamMember.create({ data: { id: '61000000-0000-4000-8000-000000000000', patientId, userId: twoWards.id, addedBy: 'test', validFrom: new Date(Date.now() - 1_000), reasonCode: 'consultation', validUntil: new Date(Date.now() + 3_600_000) } });

  const before = await rightsOf(twoWards);
  const again = await rightsOf({ ...twoWards });
  await join();
  const joined = await rightsOf(twoWards);
  await prisma.careTeamMember.update({ where: { id: '61000000-0000-4000-8000-000000000000' }, data: { endedAt: new Date() } });
  const after = await rightsOf(twoWards);

  expect(again).toBe(before);
  expect([before, joined, after].map(({ related }) => related.holds('care-team', 'nurse', { patientId }))).toEqual([false, true, false]);
  // Another with the same relations, and the same person in another role, have rights of their own.
  expect(await rightsOf({ ...twoWards, id: 'demo-nurse-w2' })).not.toBe(after);
  expect(await rightsOf({ ...twoWards, roles: ['nurse'], assignments: [{ role: 'nurse', unit: 'W1' }] })).not.toBe(after);
});

it('forgets a relation the moment it is over', async () => {
  const { prisma } = gateway.database;
  const emergency = caseOf(({ isEmergency, labels }) => isEmergency === true && labels.length === 0).ids.Patient ?? '';
  const team = caseOf(({ isCareTeam, labels }) => isCareTeam === true && labels.length === 0).ids.Patient ?? '';

  await prisma.emergencyAccess.updateMany({ where: { patientId: emergency, userId: twoWards.id }, data: { endedAt: new Date() } });
  await prisma.emergencyAccess.create({ data: { id: '60000000-0000-4000-8000-000000000000', patientId: emergency, userId: twoWards.id, reasonCode: 'other', reason: 'test', startedAt: new Date(Date.now() - 60_000), expiresAt: new Date(Date.now() - 1_000) } });
  await prisma.careTeamMember.updateMany({ where: { patientId: team, userId: twoWards.id }, data: { endedAt: new Date() } });

  expect([await relationsTo(gateway.database, twoWards, emergency), await relationsTo(gateway.database, twoWards, team)]).toEqual([[], []]);
});
