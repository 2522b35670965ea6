import type { CommandService } from '../../gateway/commands/index.ts';
import { globalIdOf } from '../../gateway/graphql/global-ids.ts';
import { personRoles, systemRoles, wardRoles } from '../../gateway/identity/policy.ts';
import { fieldPolicy } from '../../gateway/identity/policy/fields.ts';
import type { SubjectType } from '../../gateway/identity/policy/types.ts';
import { mark, seesField, seesRow, type Reader } from '../support/answer-rights.ts';
import { fillMarkedHospital, type MarkedCase } from '../support/marked-hospital.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
let cases: readonly MarkedCase[];
const readers: { readonly reader: Reader; readonly as: As }[] = [];

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService });
  ({ cases } = await fillMarkedHospital(gateway));
  for (const role of personRoles) {
    for (const unit of wardRoles.includes(role) ? ['W1', 'W2'] : [undefined]) {
      const username = (unit === undefined ? gateway.credentials.users[role] : gateway.credentials.wards?.[unit]?.[role])?.username ?? '';
      readers.push({ reader: { id: `demo-${username}`, role, ...(unit === undefined ? {} : { unit }) }, as: await gateway.signIn(role, unit) });
    }
  }
  for (const role of systemRoles) readers.push({ reader: { id: role, role, isSystem: true }, as: await gateway.tokenOf(role) });
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
