import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { z } from 'zod';
import type { ServiceActivity } from '#activities';
import { schema } from '../../gateway/graphql/schema.ts';
import { personRoles, systemRoles, wardRoles } from '../../gateway/identity/policy.ts';
import { publishProcess } from '../../gateway/processes/index.ts';
import { markedTypes, rightsViolations, type CaseFacts, type Reader } from '../support/answer-rights.ts';
import { generateOperation, type GeneratedOperation } from '../support/generated-operation.ts';
import type { KnownValues } from '../support/generated-values.ts';
import { fillMarkedHospital, type MarkedCase } from '../support/marked-hospital.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal, type TestDatabase } from '../support/index.ts';
import { Tape } from '../support/tape.ts';

// `npm run test:long` says 100,000 for what runs in memory; here each run is a request to a server with a database.
const numRuns = Math.min(50_000, Number(process.env['CARELOOP_PROPERTY_RUNS'] ?? 200));
/** A seed that a failure named, to see it again. */
const seed = process.env['CARELOOP_PROPERTY_SEED'] === undefined ? {} : { seed: Number(process.env['CARELOOP_PROPERTY_SEED']) };

let server: TestDatabase;
let shell: RunningShell;
let gateway: RunningGateway;
let known: KnownValues & { readonly cases: readonly MarkedCase[] };
const readers: { readonly reader: Reader; readonly as: As }[] = [];
const report: ServiceActivity = { type: 'test.report', effect: 'idempotent', input: z.record(z.string(), z.json()), run: async () => null };

beforeAll(async () => {
  server = await startTestDatabase();
  shell = await startShell({ databaseUrl: server.url, temporalAddress: (await testTemporal()).address, services: [report] });
  gateway = await startGateway({ databaseUrl: server.url, commands: shell.commands });
  await publishProcess(gateway.database, fileURLToPath(new URL('../../processes/inpatient-order-loop', import.meta.url)));
  known = await fillMarkedHospital(gateway);
  for (const role of personRoles) {
    for (const unit of wardRoles.includes(role) ? ['W1', 'W2'] : [undefined]) {
      const username = (unit === undefined ? gateway.credentials.users[role] : gateway.credentials.wards?.[unit]?.[role])?.username ?? '';
      readers.push({ reader: { id: `demo-${username}`, role, ...(unit === undefined ? {} : { unit }) }, as: await gateway.signIn(role, unit) });
    }
  }
  for (const role of systemRoles) readers.push({ reader: { id: role, role, isSystem: true }, as: {} });
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await shell?.close();
  await server?.stop();
}, 60_000);

/** What no answer may hold: traces of how it is built, and of what went wrong inside. */
const internals = /INTERNAL_SERVER_ERROR|INTERNAL_ERROR|node_modules|\\n +at |\.ts:\d|[Pp]risma|[Pp]othos|PostgreSQL|syntax error at|violates|TypeError|RangeError|Cannot read propert|is not a function|Maximum call stack|ECONNREFUSED|temporal/;

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function send(operation: GeneratedOperation, as: As): Promise<Answer> {
  const isSubscription = operation.kind === 'subscription';
  const abort = new AbortController();
  const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', signal: abort.signal, headers: { ...as, 'content-type': 'application/json', ...(isSubscription ? { accept: 'text/event-stream' } : {}) }, body: JSON.stringify({ query: operation.query, variables: operation.variables }) });
  if (!/event-stream/.test(response.headers.get('content-type') ?? '')) return { status: response.status, text: await response.text() };
  // A stream that was granted stays open: what it says at once is enough here.
  const reader = response.body?.getReader();
  const first = await Promise.race([reader?.read(), new Promise<undefined>((resolve) => setTimeout(resolve, 40))]);
  abort.abort();
  await reader?.cancel().catch(() => undefined);
  const data = /^data: (.+)$/m.exec(Buffer.from(first?.value ?? []).toString())?.[1];
  return { status: response.status, text: data ?? '{}' };
}

const tokens = new Map<string, { readonly at: number; readonly as: As }>();
/** Tokens of systems live a quarter of an hour. */
async function tokenOf(role: string): Promise<As> {
  const kept = tokens.get(role);
  if (kept && Date.now() - kept.at < 600_000) return kept.as;
  const as = await gateway.tokenOf(role);
  tokens.set(role, { at: Date.now(), as });
  return as;
}

/** Sends it, throws for anything that no answer may be, and gives the types whose data the answer holds. */
async function judge(operation: GeneratedOperation, reader: Reader, as: As): Promise<readonly string[]> {
  const { status, text } = await send(operation, Object.keys(as).length === 0 ? await tokenOf(reader.role) : as);

  const about = `${reader.role} ${reader.unit ?? ''} sent ${operation.query.slice(0, 3_000)} with ${JSON.stringify(operation.variables).slice(0, 2_000)} and got ${status} ${text.slice(0, 3_000)}`;
  if (status >= 500) throw new Error(`Expected no failure of the server: ${about}`);
  const leak = internals.exec(text)?.[0];
  if (leak !== undefined) throw new Error(`Expected nothing of the insides, but found "${leak}": ${about}`);
  const answer = JSON.parse(text) as { readonly data?: unknown; readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[] };
  const nameless = (answer.errors ?? []).filter(({ extensions }) => extensions?.code === undefined);
  if (nameless.length > 0) throw new Error(`Expected every error to have a code: ${about}`);
  if (answer.data === undefined || answer.data === null) return [];
  const violations = rightsViolations(schema, operation.query, answer, reader, await casesOf(reader));
  if (violations.length > 0) throw new Error(`Expected nothing beyond the policy, but found ${[...new Set(violations)].join(', ')}: ${about}`);
  return markedTypes(text);
}

/** The cases as they are to the reader by now: generated operations take emergency access and add to care teams too. */
async function casesOf({ id }: Reader): Promise<readonly CaseFacts[]> {
  const [accesses, members] = await Promise.all([
    gateway.database.prisma.emergencyAccess.findMany({ where: { userId: id }, select: { patientId: true } }),
    gateway.database.prisma.careTeamMember.findMany({ where: { userId: id }, select: { patientId: true } }),
  ]);
  const has = (rows: readonly { readonly patientId: string }[], { ids: { Patient: patientId } }: MarkedCase) => rows.some((row) => row.patientId === patientId);
  return known.cases.map((each) => ({ ...each, ...(has(accesses, each) ? { isEmergency: true } : {}), ...(has(members, each) ? { isCareTeam: true } : {}) }));
}

/** Everything that is marked, as one who may see it all asks for it. */
const everything = `query { tasks { edges { node { processInstance { businessKey } } } } patients { edges { node { name } } } alerts { edges { node { text { en } } } } auditTrail { edges { node { reason } } }
  incidents { edges { node { message } } } processInstances { edges { node { businessKey decisions { facts } } } } }`;
const markedHere = ['Alert', 'AuditEntry', 'Decision', 'Incident', 'Patient', 'ProcessInstance'];

it('finds the marks of all that an auditor may see', async () => {
  const auditor = readers.find(({ reader }) => reader.role === 'auditor');
  if (!auditor) throw new Error('Expected an auditor');

  expect([...new Set(await judge({ kind: 'query', query: everything, variables: {} }, auditor.reader, auditor.as))].sort()).toEqual(markedHere);
});

it('answers any operation of anybody without a crash, a word of its insides, or a datum beyond the policy', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 40, maxLength: 600, size: 'max' }), async (numbers) => {
      const tape = new Tape(numbers);
      const { reader, as } = tape.pick(readers);
      for (const type of await judge(generateOperation(schema, tape, known), reader, as)) seen.add(type);
    }),
    { numRuns, ...seed, endOnFailure: process.env['CARELOOP_PROPERTY_SHRINK'] === undefined },
  );

  // Operations that reach nobody's data would say nothing; a few hundred do not find everything.
  expect(seen.size).toBeGreaterThanOrEqual(numRuns < 3_000 ? 1 : markedHere.length + 1);
}, 3_600_000);
