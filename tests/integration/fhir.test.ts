import type { CommandService } from '../../gateway/commands/index.ts';
import { fhirIdOf } from '../../gateway/fhir/ids.ts';
import { unknownElements } from '../../gateway/fhir/mappers/r4-elements.ts';
import { csrfHeader } from '../../gateway/http/request-viewer.ts';
import { mayCall } from '../../gateway/identity/policy.ts';
import { mark, seesField, seesRow, type CaseFacts, type Reader } from '../support/answer-rights.ts';
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
  await gateway.database.prisma.patient.create({ data: { id: 'P-none', name: 'none known', gender: 'male', birthDate: new Date('1990-01-01'), allergyStatus: 'none-known', encounters: { create: { id: 'E-none', wardId: 'W1', bed: '9', admittedAt: new Date('2026-11-19T08:00:00Z'), wristband: 'WB-none' } } } });
  readers = (await signInEveryReader(gateway)).map(({ reader, as }) => ({ reader, as: reader.isSystem ? as : { ...as, [csrfHeader]: '1' } }));
}, 120_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
}, 60_000);

interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests read answers of many shapes; what is not there fails the assertion.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

async function ask(as: As, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${gateway.url}/fhir${path}`, { ...init, headers: { ...as, 'accept-language': 'en', ...(init.headers as As | undefined) } });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}
const form = (as: As, type: string, fields: Readonly<Record<string, string>>, headers: As = {}) => ask(as, `/${type}/_search`, { method: 'POST', body: new URLSearchParams(fields), headers });
const matches = ({ body }: Answer): readonly Resource[] => (body.entry ?? []).filter((entry: { readonly search: { readonly mode: string } }) => entry.search.mode === 'match').map(({ resource }: { readonly resource: Resource }) => resource);
const issues = ({ body }: Answer): readonly string[] => [body, ...(body.entry ?? []).map(({ resource }: { readonly resource: Resource }) => resource)].filter(({ resourceType }) => resourceType === 'OperationOutcome').flatMap(({ issue }) => issue.map(({ code }: { readonly code: string }) => code));
const linkOf = ({ body }: Answer, relation: string): string | undefined => body.link.find((link: { readonly relation: string }) => link.relation === relation)?.url.replace('http://localhost:4000/fhir', '');
const asOf = (role: string, unit?: string): As => readers.find(({ reader }) => reader.role === role && reader.unit === unit)?.as ?? {};
const caseOf = (test: (each: MarkedCase) => boolean): MarkedCase => {
  const found = cases.find(test);
  if (!found) throw new Error('Expected such a case in the marked hospital, but there is none');
  return found;
};
const plain = (labels: readonly string[]) => labels.length === 0;

/** What of a case's rows each type of resource is, who may search it, and what the table alone says that a reader gets of it. */
const kinds: Readonly<Record<string, { readonly operation: string; readonly idOf: (each: MarkedCase) => string | undefined; readonly expected: (each: CaseFacts, reader: Reader) => readonly string[] | null; readonly shown: (resource: Resource) => readonly string[] }>> = {
  Patient: {
    operation: 'Query.patients',
    idOf: ({ ids }) => ids.Patient,
    expected: (each, reader) => (seesRow('Patient', each, reader) ? [...(seesField('Patient.name', each, reader) ? [mark('Patient.name', each.key)] : ['name masked']), ...(seesField('Patient.birthDate', each, reader) ? ['1948-03-01'] : ['birth date masked']), ...(mayCall('Query.sensitivityLabels', [reader.role]) ? each.labels : [])] : null),
    shown: ({ name, birthDate, meta }) => {
      const [first] = name as readonly { readonly text?: string; readonly extension?: readonly { readonly valueCode: string }[] }[];
      const security = ((meta as { readonly security?: readonly { readonly code: string }[] } | undefined)?.security ?? []).map(({ code }) => code);
      return [first?.text ?? `name ${first?.extension?.[0]?.valueCode}`, (birthDate as string | undefined) ?? 'birth date masked', ...security.filter((code) => code !== 'HTEST' && code !== 'REDACTED')];
    },
  },
  Encounter: { operation: 'Query.patients', idOf: ({ ids, key }) => ids.Patient && `E-${key}`, expected: (each, reader) => (seesRow('Patient', each, reader) && seesField('Patient.encounter', each, reader) ? [mark('Patient.encounter', each.key)] : null), shown: (resource) => marksIn(resource) },
  AllergyIntolerance: { operation: 'Query.patients', idOf: ({ ids, key }) => ids.Patient && `A-${key}`, expected: (each, reader) => (seesRow('Patient', each, reader) && seesField('Patient.allergies', each, reader) ? [mark('Patient.allergies', each.key)] : null), shown: (resource) => marksIn(resource) },
  // A label hides the test alone, not the weight.
  'Observation of a test': { operation: 'Query.patients', idOf: ({ ids, key }) => ids.Patient && `O2-${key}`, expected: (each, reader) => (seesRow('Patient', each, reader) && seesField('Patient.latestObservations', each, reader) ? [mark('Patient.latestObservations', each.key)] : null), shown: (resource) => marksIn(resource) },
  'Observation of a weight': { operation: 'Query.patients', idOf: ({ ids, key }) => ids.Patient && `O1-${key}`, expected: (each, reader) => (seesRow('Patient', each, reader) && seesField('Patient.latestObservations', { ...each, labels: [] }, reader) ? [] : null), shown: (resource) => marksIn(resource) },
  Task: { operation: 'Query.tasks', idOf: ({ ids }) => fhirIdOf(ids.Task ?? ''), expected: (each, reader) => (seesRow('Task', each, reader) ? patientOf('Task.patient', each, reader) : null), shown: (resource) => patientIn(resource['for']) },
  AuditEvent: { operation: 'Query.auditTrail', idOf: ({ ids }) => ids.AuditEntry, expected: (each, reader) => (seesRow('AuditEntry', each, reader) ? [...patientOf('AuditEntry.patient', each, reader), mark('AuditEntry.reason', each.key)] : null), shown: (resource) => [...patientIn((resource['entity'] as readonly { readonly what: unknown }[])[0]?.what), ...marksIn(resource)] },
};

const marksIn = (resource: object): readonly string[] => [...new Set(JSON.stringify(resource).match(/\[[A-Z]\w+\.\w+\|\w+\]/g) ?? [])].sort();
const patientOf = (field: string, each: CaseFacts, reader: Reader): readonly string[] => (each.patient === undefined ? [] : seesField(field, each, reader) && seesRow('Patient', each, reader) ? [`Patient/P-${each.key}`] : ['masked']);
function patientIn(reference: unknown): readonly string[] {
  const { reference: patient, extension } = (reference ?? {}) as { readonly reference?: string; readonly extension?: readonly { readonly valueCode: string }[] };
  return patient?.startsWith('Patient/') ? [patient] : extension ? [extension[0]?.valueCode ?? ''] : [];
}
const typeOf = (kind: string) => kind.split(' ')[0] ?? '';

describe('every role', () => {
  it('finds of every resource what the table gives it by each relation and label, and nothing else', async () => {
    let cells = 0;
    for (const { reader, as } of readers) {
      for (const [kind, { operation, idOf, expected, shown }] of Object.entries(kinds)) {
        const rows = cases.flatMap((each) => (idOf(each) === undefined ? [] : [{ each, id: idOf(each) ?? '' }]));
        const answer = await form(as, typeOf(kind), { _id: rows.map(({ id }) => id).join(','), _count: '100', _total: 'accurate' });
        const name = ({ key }: MarkedCase) => `${reader.role} ${reader.unit ?? ''} ${kind} ${key}`;

        if (!mayCall(operation, [reader.role])) {
          expect([name(rows[0]?.each as MarkedCase), answer.status, issues(answer)]).toEqual([name(rows[0]?.each as MarkedCase), 403, ['forbidden']]);
          continue;
        }
        const found = matches(answer);
        const seen = Object.fromEntries(rows.map(({ each, id }) => [name(each), found.filter((resource) => resource.id === id).map(shown)[0] ?? null]));
        expect(seen).toEqual(Object.fromEntries(rows.map(({ each }) => [name(each), expected(each, reader)])));
        expect([found.length, found.flatMap(unknownElements)]).toEqual([answer.body.total, []]);
        cells += rows.length;
      }
    }

    expect(cells).toBeGreaterThan(1_500);
  }, 120_000);

  it('reads by id what it sees, and another patient’s row as one that does not exist', async () => {
    // Of each relation one case, without a label and with one.
    const some = cases.filter(({ labels }, index) => (plain(labels) && index % 3 !== 0) || labels.includes('CEL'));
    const unknown = new Map(await Promise.all(Object.keys(kinds).map(async (kind) => [kind, await ask(asOf('nurse', 'W1'), `/${typeOf(kind)}/no-such-row`)] as const)));
    for (const [turn, { reader, as }] of readers.entries()) {
      for (const [kind, { operation, idOf, expected, shown }] of Object.entries(kinds)) {
        const all = some.filter((each) => idOf(each) !== undefined);
        // Whoever may search has been shown every row already.
        const rows = all.filter((_each, index) => (index + turn) % (mayCall(operation, [reader.role]) ? all.length - 1 : 7) === 0);
        for (const each of rows) {
          const answer = await ask(as, `/${typeOf(kind)}/${idOf(each)}`);
          const wanted = mayCall('Query.node', [reader.role]) ? expected(each, reader) : null;

          expect([reader.role, kind, each.key, answer.status === 200 ? shown(answer.body) : null]).toEqual([reader.role, kind, each.key, wanted]);
          if (wanted === null) expect([answer.status, answer.body]).toEqual([404, unknown.get(kind)?.body]);
        }
      }
    }
  }, 120_000);
});

describe('what is hidden', () => {
  it('does not find a patient, and the answer says that something is hidden', async () => {
    const { key } = caseOf(({ patient, labels }) => patient === 'W2' && labels.includes('CEL'));
    const byName = (as: As) => form(as, 'Patient', { name: mark('Patient.name', key), _total: 'accurate' });

    expect([matches(await byName(asOf('pharmacist'))), (await byName(asOf('pharmacist'))).body.total]).toEqual([[], 0]);
    expect(issues(await byName(asOf('pharmacist')))).toEqual(['suppressed']);
    expect(matches(await byName(asOf('doctor', 'W2'))).map(({ id }) => id)).toEqual([`P-${key}`]);
    expect(issues(await byName(asOf('doctor', 'W2')))).toEqual([]);
    expect(matches(await form(asOf('pharmacist'), 'Patient', { _id: `P-${key}`, birthdate: '1948-03-01' }))).toEqual([]);
    expect(matches(await form(asOf('pharmacist'), 'Patient', { identifier: `urn:careloop:patient|P-${key}` })).map(({ id }) => id)).toEqual([`P-${key}`]);
    expect(matches(await form(asOf('pharmacist'), 'Encounter', { identifier: `urn:careloop:wristband|WB-${key}` }))).toEqual([]);
    expect(issues(await ask(asOf('pharmacist'), `/Encounter?patient=P-${key}`))).toEqual(['suppressed']);
    expect(issues(await ask(asOf('doctor', 'W2'), `/Encounter?patient=P-${key}`))).toEqual([]);
  });

  it('of a test under a label is said, and of a patient out of reach nothing is', async () => {
    const labelled = caseOf(({ patient, labels }) => patient === 'W1' && labels.includes('HIV')).key;
    const elsewhere = caseOf(({ patient, labels }) => patient === 'W2' && labels.includes('HIV')).key;
    const nurse = asOf('nurse', 'W1');
    const tests = await ask(nurse, `/Observation?patient=P-${labelled}&code=http://loinc.org%7C56888-1`);

    expect([matches(tests), issues(tests)]).toEqual([[], ['suppressed']]);
    expect(matches(await ask(nurse, `/Observation?subject=Patient/P-${labelled}`)).map(({ id }) => id)).toEqual([`O1-${labelled}`]);
    expect((await ask(nurse, `/Observation?patient=P-${elsewhere}`)).body).toMatchObject({ link: [{}] });
    expect(issues(await ask(nurse, `/Observation?patient=P-${elsewhere}`))).toEqual(issues(await ask(nurse, '/Observation?patient=P-nobody')));
  });

  it('of a task is whose it is, to who sees tasks but no patients', async () => {
    const { ids } = caseOf(({ patient, labels }) => patient === 'W1' && plain(labels));
    const byPatient = await ask(asOf('operator'), `/Task?patient=${ids.Patient}&_total=accurate`);

    expect([byPatient.body.total, issues(byPatient)]).toEqual([0, ['suppressed']]);
    expect(matches(await ask(asOf('head-nurse', 'W1'), `/Task?patient=${ids.Patient}`)).map(({ id }) => id)).toEqual([fhirIdOf(ids.Task ?? '')]);
    expect(matches(await ask(asOf('operator'), `/Task?identifier=${ids.Task}`))).toHaveLength(1);
  });
});

describe('searching', () => {
  it('goes by links from page to page, and gives every row once', async () => {
    for (const [type, as] of [['Patient', asOf('auditor')], ['Task', asOf('auditor')], ['AllergyIntolerance', asOf('emr-desk')], ['Observation', asOf('emr-desk')]] as const) {
      const first = await ask(as, `/${type}?_count=17&_total=accurate`);
      const seen = matches(first).map(({ id }) => id);
      for (let next = linkOf(first, 'next'); next !== undefined; ) {
        const page = await ask(as, next);
        expect([page.status, linkOf(page, 'self')]).toEqual([200, `/${type}?_count=17&_total=accurate`]);
        seen.push(...matches(page).map(({ id }) => id));
        next = linkOf(page, 'next');
      }

      expect(seen.length).toBe(first.body.total);
      expect(new Set(seen).size).toBe(seen.length);
    }
  });

  it('gives links that hold no name, and lead on for this search and this viewer alone', async () => {
    const answer = await form(asOf('emr-desk'), 'Patient', { name: '[patient.NAME', _count: '5', gender: 'female' });
    const [self, next] = [linkOf(answer, 'self') ?? '', linkOf(answer, 'next') ?? ''];

    expect(`${self}${next}`).not.toMatch(/%5B|patient\.name/i);
    expect(next).not.toContain(matches(answer).at(-1)?.id);
    expect(matches(await ask(asOf('emr-desk'), self)).map(({ id }) => id)).toEqual(matches(answer).map(({ id }) => id));
    expect((await ask(asOf('emr-desk'), next)).status).toBe(200);
    for (const [as, link] of [[asOf('auditor'), next], [asOf('auditor'), self], [asOf('emr-desk'), next.replace('gender=female', 'gender=male')], [asOf('emr-desk'), next.replace('/Patient', '/Encounter')], [asOf('emr-desk'), `${next}x`], [asOf('emr-desk'), '/Patient?_page=x']] as const) {
      const refused = await ask(as, link);
      expect([refused.status, issues(refused)]).toEqual([400, ['value']]);
    }
  });

  it('answers by each parameter exactly', async () => {
    const desk = asOf('emr-desk');
    const ids = async (path: string, as = desk) => matches(await ask(as, path)).map(({ id }) => id);
    const inWard = cases.filter(({ patient }) => patient === 'W1').map(({ key }) => `E-${key}`);

    expect((await ids('/Encounter?location=Location/W1&status=in-progress&_count=100')).sort()).toEqual([...inWard, 'E-none'].sort());
    expect(await ids('/Encounter?date=2026-11-19')).toEqual([]);
    expect(await ids('/Encounter?date=le2026-11-20')).toEqual(['E-none']);
    expect(await ids('/Encounter?date=sa2026-11-20&_count=100')).toEqual([]);
    expect((await ids('/Encounter?date=2026-11-20,2026-11-21&_count=100')).length).toBe(0);
    expect((await ids('/Encounter?date=2026-11&_count=100')).length).toBe(cases.filter(({ patient }) => patient === 'left').length);
    expect(await ids('/Encounter?class=AMB')).toEqual([]);
    expect((await ask(desk, '/Encounter?_count=0&class=http://terminology.hl7.org/CodeSystem/v3-ActCode%7C')).body.total).toBe(await gateway.database.prisma.encounter.count());
    expect((await ask(desk, '/AllergyIntolerance?_count=0&clinical-status=active,resolved')).body.total).toBe(1 + (await gateway.database.prisma.allergyIntolerance.count()));
    expect((await ask(desk, '/AllergyIntolerance?_count=0&clinical-status=resolved')).body.total).toBe(0);
    expect(await ids('/Patient?birthdate=ge1990&gender=http://hl7.org/fhir/administrative-gender%7Cmale')).toEqual(['P-none']);
    expect(await ids('/Patient?name:exact=none%20known')).toEqual(['P-none']);
    expect(await ids('/Patient?name:contains=NE%20KN')).toEqual(['P-none']);
    expect(await ids('/Patient?name=%25')).toEqual([]);
    expect(await ids('/Patient?identifier=http://other.example%7CP-none')).toEqual([]);
    expect(await ids('/AllergyIntolerance?patient=P-none')).toEqual(['none-known.-P-none']);
    expect((await ask(desk, '/AllergyIntolerance/none-known.-P-none')).body.code.coding[0].code).toBe('716186003');
    expect(await ids('/AllergyIntolerance?code=http://snomed.info/sct%7C716186003&clinical-status=active')).toEqual(['none-known.-P-none']);
    expect(await ids('/AllergyIntolerance?patient=P-none&criticality=high')).toEqual([]);
    expect(await ids('/AllergyIntolerance?patient=P-c1&criticality=high&date=2026-11-20')).toEqual(['A-c1']);
    expect(await ids('/Observation?patient=P-c1&code=29463-7&date=eq2026-11-20T08:00Z')).toEqual(['O1-c1']);
    expect(await ids('/Observation?patient=P-c1&_lastUpdated=lt2000')).toEqual([]);
    expect(await ids('/Location', asOf('nurse', 'W1'))).toEqual(['W1', 'W2']);
    const { ids: of } = caseOf(({ dutyUnit, labels }) => dutyUnit === 'W1' && plain(labels));
    const nurse = asOf('nurse', 'W1');
    expect(await ids(`/Task?patient=${of.Patient}&status=requested&code=give&performer=nurse&business-status=open&authored-on=2026-11-20`, nurse)).toEqual([fhirIdOf(of.Task ?? '')]);
    expect(await ids(`/Task?patient=${of.Patient}&status=completed`, nurse)).toEqual([]);
    await gateway.database.prisma.userTask.update({ where: { id: of.Task ?? '' }, data: { assignee: 'demo-nurse-w1' } });
    for (const owner of ['owner=Practitioner/demo-nurse-w1', 'owner:identifier=urn:careloop:person%7Cdemo-nurse-w1', 'status=accepted']) expect(await ids(`/Task?patient=${of.Patient}&${owner}`, nurse)).toEqual([fhirIdOf(of.Task ?? '')]);
    expect(await ids('/AuditEvent?subtype=task.completed&agent=Practitioner/demo-nurse-w1&date=ge2026&patient=P-c1', asOf('auditor'))).toHaveLength(1);
    expect(await ids('/AuditEvent?subtype=task.completed&agent=Device/demo-nurse-w1', asOf('auditor'))).toEqual([]);
  });

  it('leaves out what it does not know and says so, or is refused where the client is strict', async () => {
    const desk = asOf('emr-desk');
    const lenient = await ask(desk, '/Patient?_id=P-none&favourite-colour=red&_sort=name');
    const strict = await ask(desk, '/Patient?_id=P-none&favourite-colour=red', { headers: { prefer: 'handling=strict' } });

    expect([matches(lenient).length, linkOf(lenient, 'self'), issues(lenient)]).toEqual([1, '/Patient?_id=P-none&_count=20', ['not-supported', 'not-supported']]);
    expect([strict.status, issues(strict), strict.body.issue[0].location]).toEqual([400, ['not-supported'], ['http.favourite-colour']]);
  });

  it('tells how many there are, and never gives more than a hundred', async () => {
    const desk = asOf('emr-desk');
    const count = await ask(desk, '/Patient?_count=0');
    const many = await ask(desk, '/Observation?_count=99999999');

    expect(count.body).toMatchObject({ total: await gateway.database.prisma.patient.count(), link: [{ relation: 'self' }] });
    expect(count.body.entry).toBeUndefined();
    expect([matches(many).length <= 100, linkOf(many, 'self')]).toEqual([true, '/Observation?_count=100']);
  });
});

describe('bad input', () => {
  it.each([
    ['nobody', '/Patient', 401, 'login', () => ({})],
    ['a forged token', '/Patient', 401, 'login', () => ({ headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' } })],
    ['a session without what a link cannot bring', '/Patient/P-none', 403, 'forbidden', () => ({ headers: { cookie: asOf('doctor', 'W1')['cookie'] ?? '' } })],
    ['a session from another site', '/Patient/P-none', 403, 'forbidden', () => ({ headers: { ...asOf('doctor', 'W1'), origin: 'https://evil.example' } })],
  ] as const)('of %s is refused', async (_what, path, status, code, init) => {
    const answer = await ask({}, path, init());

    expect([answer.status, issues(answer), answer.headers.get('content-type')]).toEqual([status, [code], 'application/fhir+json; charset=utf-8']);
  });

  it.each(([
    ['/Claim', 404, 'not-supported', {}],
    ['/__proto__', 404, 'not-supported', {}],
    ['/Patient/%00', 404, 'not-found', {}],
    ['/Patient/..%2f..', 404, 'not-found', {}],
    ['/Patient?_id=%00', 400, 'invalid', {}],
    ['/Patient?__proto__=x', 400, 'not-supported', { headers: { prefer: 'handling=strict' } }],
    ['/Patient?constructor=x', 400, 'not-supported', { headers: { prefer: 'handling=strict' } }],
    ['/Patient?birthdate=yesterday', 400, 'value', {}],
    ['/Patient?birthdate=1948-03-01T00:00', 400, 'value', {}],
    ['/Patient?name:soundex=x', 400, 'not-supported', {}],
    ['/Patient?_count=-1', 400, 'value', {}],
    ['/Patient?gender=%7C', 400, 'value', {}],
    ['/Patient?_count=5&_count=6', 400, 'value', {}],
    ['/Patient?_total=some', 400, 'value', {}],
    [`/Patient?name=${'x'.repeat(5_000)}`, 400, 'too-long', {}],
    [`/Patient?${'_id=a&'.repeat(41)}`, 400, 'too-long', {}],
    ['/Patient', 406, 'not-supported', { headers: { accept: 'application/fhir+xml' } }],
    ['/Patient?_format=xml', 406, 'not-supported', {}],
    ['/Patient', 405, 'not-supported', { method: 'POST', body: '{}' }],
    ['/Patient/P-none', 405, 'not-supported', { method: 'DELETE' }],
    ['/Patient/_search', 415, 'not-supported', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }],
    ['/Patient/_search', 413, 'too-long', { method: 'POST', body: new URLSearchParams({ name: 'x'.repeat(70_000) }) }],
  ] as const).map(([path, ...rest]) => [path.slice(0, 48), path, ...rest] as const))('%s is refused', async (_short, path, status, code, init) => {
    const answer = await ask(asOf('emr-desk'), path, init as RequestInit);

    expect([answer.status, issues(answer)]).toEqual([status, [code]]);
    expect(JSON.stringify(answer.body)).not.toMatch(/xxxxx|P-none|yesterday|prisma|\bat \//i);
    if (status === 405) expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

  it('is none in what says what there is: open to anybody, the same for all', async () => {
    const { status, body } = await ask({}, '/metadata');

    expect([status, body.resourceType, body.fhirVersion, body.format]).toEqual([200, 'CapabilityStatement', '4.0.1', ['application/fhir+json']]);
    expect(body.rest[0].resource.map(({ type, interaction }: { readonly type: string; readonly interaction: readonly { readonly code: string }[] }) => [type, interaction.map(({ code }) => code).join()])).toEqual(['Patient', 'Encounter', 'AllergyIntolerance', 'Observation', 'Task', 'AuditEvent', 'Location'].map((type) => [type, 'read,search-type']));
  });

  it('is no reason for HEAD to have a body', async () => {
    const response = await fetch(`${gateway.url}/fhir/Patient/P-none`, { method: 'HEAD', headers: asOf('emr-desk') });

    expect([response.status, await response.text(), Number(response.headers.get('content-length')) > 100, response.headers.get('cache-control'), response.headers.get('ratelimit') !== null]).toEqual([200, '', true, 'no-store', true]);
  });
});

it('puts on record whose data were read, what was searched in the record, and what was refused', async () => {
  const { key } = caseOf(({ patient, labels }) => patient === 'W1' && plain(labels));
  const nurse = asOf('nurse', 'W1');
  const fresh = { ...(await gateway.signIn('nurse', 'W1')), [csrfHeader]: '1' };

  await ask(fresh, `/AllergyIntolerance?patient=P-${key}`);
  await ask(nurse, '/AuditEvent');
  await ask(asOf('auditor'), '/AuditEvent?subtype=patient.read&_count=1');

  const newest = async (action: string) => (await gateway.entries(action)).at(-1);
  expect((await gateway.entries('patient.read')).filter(({ patientId, actorId }) => patientId === `P-${key}` && actorId === 'demo-nurse-w1').length).toBeGreaterThan(1);
  expect(await newest('access.refused')).toMatchObject({ actorId: 'demo-nurse-w1', reason: 'FORBIDDEN Query.auditTrail' });
  expect(await newest('audit.searched')).toMatchObject({ actorId: 'demo-auditor' });
});
