import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { CommandService } from '../../gateway/commands/index.ts';
import { publishProcess } from '../../gateway/processes/index.ts';
import { startGateway, type As, type GraphqlAnswer, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

/** Nobody else may wait longer for their answer. Processor time: the machine may be busy. */
const longestStretchMs = 200;

/** The longest time that the process worked without letting anybody else have their turn. */
async function inStretches<Result>(work: () => Promise<Result>): Promise<{ readonly longestMs: number; readonly result: Result }> {
  let longestMs = 0;
  let before = process.cpuUsage();
  const turns = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    longestMs = Math.max(longestMs, (user + system) / 1_000);
    before = process.cpuUsage();
  }, 1);
  try {
    const result = await work();
    return { longestMs, result };
  } finally {
    clearInterval(turns);
  }
}
const nul = 'a\u0000b';

let server: TestDatabase;
let gateway: RunningGateway;
let pharmacist: As;
let desk: As;

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService });
  await publishProcess(gateway.database, fileURLToPath(new URL('../../processes/inpatient-order-loop', import.meta.url)));
  [pharmacist, desk] = [await gateway.signIn('pharmacist'), await gateway.tokenOf('emr-desk')];
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
}, 30_000);

const rule = (id: string, more: object = {}) => ({ id, name: { 'zh-CN': '规则', en: 'Rule' }, level: 'WARN', conditions: { all: [{ fact: 'x', operator: 'greaterThan', value: 1 }] }, event: { type: 'found' }, message: { 'zh-CN': '超出', en: 'Too high' }, source: { grade: 'D', mark: 'G', reference: 'test' }, ...more });
const documentOf = (rules: readonly object[], more: object = {}) => ({ format: 'careloop-rules/1', key: 'bad-input', version: '1', name: { 'zh-CN': '坏输入', en: 'Bad input' }, domain: 'pharmacy', inputs: [{ name: 'x', type: 'number', whenMissing: { policy: 'stop' } }, { name: 's', type: 'string', whenMissing: { policy: 'stop' } }, { name: 'o', type: 'object', whenMissing: { policy: 'stop' } }], outputs: [], rules, ...more });
const withCondition = (condition: object, more: object = {}) => documentOf([rule('r', { conditions: { all: [condition] } })], more);

const saveDraft = `mutation ($input: SaveRuleSetDraftInput!) { result: saveRuleSetDraft(input: $input) { __typename ... on Error { code place detail message }
  ... on ValidationError { ruleFindings { code path } } ... on SaveRuleSetDraftPayload { draft { revision findings { code path message ruleId } } } } }`;
const revisionOf = async (key: string): Promise<number> => (await gateway.graphql(pharmacist, 'query ($key: String!) { ruleSet(key: $key) { revision } }', { key })).data.ruleSet?.revision ?? 0;
const inputOf = async (document: unknown, more: object = {}) => ({ key: 'bad-input', document, expectedRevision: await revisionOf('bad-input'), idempotencyKey: randomUUID(), ...more });
const save = async (document: unknown, more: object = {}): Promise<GraphqlAnswer> => gateway.graphql(pharmacist, saveDraft, { input: await inputOf(document, more) });
const findingsOf = async (document: unknown): Promise<readonly object[]> => (await save(document)).data.result.draft.findings;
/** A body as it is, also where JSON.stringify would change it. */
const post = async (body: string): Promise<GraphqlAnswer> => {
  const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...pharmacist }, body });
  return { status: response.status, ...((await response.json()) as Omit<GraphqlAnswer, 'status'>) };
};
const codesOf = ({ errors }: GraphqlAnswer) => errors?.map(({ extensions }) => [extensions?.code, extensions?.['place']]);

describe('a draft', () => {
  it.each<[string, object, object]>([
    ['a cell that does not parse', withCondition({ fact: 'x', operator: 'satisfies', value: '> > 1 (' }), { code: 'FEEL_INVALID', path: 'rules.0.conditions.all.0.value', ruleId: 'r' }],
    ['named conditions in a circle', withCondition({ condition: 'a' }, { conditions: { a: { all: [{ condition: 'b' }] }, b: { all: [{ condition: 'a' }] } } }), { code: 'CONDITION_CIRCULAR', path: 'conditions.a' }],
    ['a path to __proto__', withCondition({ fact: 'o', path: '$.__proto__.x', operator: 'equal', value: 1 }), { code: 'DOCUMENT_INVALID', path: 'rules.0.conditions.all.0.path' }],
    ['a path to constructor.prototype', withCondition({ fact: 'o', path: '$["constructor"].prototype', operator: 'equal', value: 1 }), { code: 'DOCUMENT_INVALID', path: 'rules.0.conditions.all.0.path' }],
    ['a named condition __proto__', withCondition({ condition: '__proto__' }), { code: 'CONDITION_UNDECLARED' }],
    ['an input called constructor', documentOf([rule('r')], { inputs: [{ name: 'constructor', type: 'number', whenMissing: { policy: 'stop' } }] }), { code: 'DOCUMENT_INVALID', path: 'inputs.0.name' }],
  ])('is kept and told of %s', async (_what, document, finding) => {
    expect(await findingsOf(document)).toContainEqual(expect.objectContaining(finding));
  });

  it('is told of a number beyond all numbers', async () => {
    const { data } = await post(JSON.stringify({ query: saveDraft, variables: { input: await inputOf(withCondition({ fact: 'x', operator: 'greaterThan', value: 'BIG' })) } }).replace('"BIG"', '1e400'));

    expect(data.result.draft.findings).toMatchObject([{ code: 'TYPE_MISMATCH', path: 'rules.0.conditions.all.0.value' }]);
  });

  it.each<[string, string, string]>([
    ['10,000 levels', `${'{"not":'.repeat(10_000)}{"condition":"a"}${'}'.repeat(10_000)}`, 'input.document'],
    ['the member __proto__', '{"__proto__":{"all":[]}}', 'input.document'],
  ])('is refused with its place for %s', async (_what, condition, place) => {
    const answer = await post(JSON.stringify({ query: saveDraft, variables: { input: await inputOf(documentOf([rule('r', { conditions: 'HERE' })])) } }).replace('"HERE"', condition));

    expect(codesOf(answer)).toEqual([['INPUT_INVALID', place]]);
  });

  it('is refused for a text that cannot be kept in the document, a reason, a key or an idempotency key', async () => {
    expect(codesOf(await save(documentOf([], { name: { 'zh-CN': nul, en: 'x' } })))).toEqual([['INPUT_INVALID', 'input.document.name.zh-CN']]);
    for (const place of ['reason', 'key', 'idempotencyKey']) expect(codesOf(await save(documentOf([]), { [place]: nul }))).toEqual([['INPUT_INVALID', `input.${place}`]]);
    expect(codesOf(await gateway.graphql(pharmacist, 'query ($key: String!) { ruleSet(key: $key) { key } }', { key: nul }))).toEqual([['INPUT_INVALID', 'key']]);
  });

  it('with an idempotency key that another content had is refused, and the first one stays', async () => {
    const input = await inputOf(documentOf([rule('first')]));
    const { revision } = (await gateway.graphql(pharmacist, saveDraft, { input })).data.result.draft;

    const other = await gateway.graphql(pharmacist, saveDraft, { input: { ...input, document: documentOf([rule('other')]) } });

    expect(other.data.result).toMatchObject({ __typename: 'ConflictError', code: 'IDEMPOTENCY_KEY_REUSED', place: 'idempotencyKey' });
    expect((await gateway.graphql(pharmacist, saveDraft, { input })).data.result.draft.revision).toBe(revision);
    expect((await gateway.graphql(pharmacist, '{ ruleSet(key: "bad-input") { draft { document } } }')).data.ruleSet.draft.document.rules[0].id).toBe('first');
  });

  it('of 3,000 rules keeps nobody waiting, 10,000 are taken, 100,000 are refused by their size', async () => {
    const rules = Array.from({ length: 100_000 }, (_, index) => rule(`r${index}`));
    let fewestMs = Infinity;
    for (let round = 0; round < 4 && fewestMs > longestStretchMs; round += 1) {
      const body = JSON.stringify({ query: saveDraft, variables: { input: await inputOf(documentOf(rules.slice(0, 3_000), { version: String(round) })) } });
      const { longestMs, result } = await inStretches(() => post(body));
      expect(result.data.result.draft.findings).toEqual([]);
      fewestMs = Math.min(fewestMs, longestMs);
    }

    expect(fewestMs).toBeLessThanOrEqual(longestStretchMs);
    expect(await findingsOf(documentOf(rules.slice(0, 10_000)))).toEqual([]);
    expect(await post(JSON.stringify({ query: saveDraft, variables: { input: await inputOf(documentOf(rules)) } }))).toMatchObject({ status: 413, errors: [{ extensions: { code: 'BODY_TOO_LARGE' } }] });
  });
});

describe('saved cases', () => {
  const saveCase = 'mutation ($input: SaveRuleCaseInput!) { result: saveRuleCase(input: $input) { __typename ... on Error { code place detail message } ... on SaveRuleCasePayload { case { id } } } }';
  const caseOf = (facts: object, more: object = {}) => ({ key: 'bad-input', name: 'n', facts, at: '2026-11-23T08:00:00Z', expected: { level: 'PASS', ruleIds: [] }, expectedRevision: 0, idempotencyKey: randomUUID(), ...more });
  const runCases = async (): Promise<{ readonly differences: readonly object[] }[]> => (await gateway.graphql(pharmacist, '{ runRuleCases(key: "bad-input", side: { draft: true }) { results { differences { kind actual } } } }')).data.runRuleCases.results;

  it('are refused with their place for texts that cannot be kept, without a word of them', async () => {
    for (const [more, place] of [[{ facts: { s: nul } }, 'facts'], [{ facts: { [nul]: 1 } }, 'facts'], [{ observedAt: { [nul]: '2026-11-23T08:00:00Z' } }, 'observedAt'], [{ expected: { level: 'PASS', ruleIds: ['\ud800'] } }, 'expected']] as const) {
      const answer = await gateway.graphql(pharmacist, saveCase, { input: caseOf({}, more) });
      expect(codesOf(answer)).toEqual([['INPUT_INVALID', expect.stringMatching(`^input\\.${place}`)]]);
      expect(JSON.stringify(answer)).not.toContain('u0000');
    }
    expect(codesOf(await gateway.graphql(pharmacist, saveCase, { input: caseOf({}, { name: nul }) }))).toEqual([['INPUT_INVALID', 'input.name']]);
  });

  it('under patterns that would explode end at once, at any length', async () => {
    await save(withCondition({ fact: 's', operator: 'satisfies', value: 'matches(?, "^(a+)+$") or replace(?, "(a|aa)+$", "") = "x" or count(split(?, "(a*)*b")) > 1' }));
    for (const length of [30, 60, 5_000]) await gateway.graphql(pharmacist, saveCase, { input: caseOf({ x: 1, o: {}, s: `${'a'.repeat(length)}!` }) });

    const begun = performance.now();
    const results = await runCases();

    expect(results.map(({ differences }) => differences)).toEqual(Array.from({ length: 3 }, () => [{ kind: 'failure', actual: 'FEEL_FAILED FEEL_BUDGET' }]));
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('name both rules of a unique rule set that fire', async () => {
    await save(documentOf([rule('row-1'), rule('row-2')], { hitPolicy: 'unique' }));
    await gateway.graphql(pharmacist, saveCase, { input: caseOf({ x: 5, o: {}, s: '' }) });

    expect((await runCases()).map(({ differences }) => differences)).toContainEqual([{ kind: 'failure', actual: 'HIT_POLICY_VIOLATED hitPolicy row-1 row-2' }]);
  });
});

describe('facts that are tried', () => {
  const evaluate = 'query ($facts: JSON!, $observedAt: JSON, $at: DateTime) { evaluateRuleSet(key: "dose-hold", facts: $facts, observedAt: $observedAt, at: $at) { level failure result } }';
  const digoxin = { orderedIngredient: 'digoxin', orderedGroups: [] };

  it.each<[string, unknown]>([['a number beyond all numbers', 'BIG'], ['NaN as a text', '"NaN"'], ['a text', '"55"']])('as %s are missing, never a value', async (_what, value) => {
    const { data } = await post(JSON.stringify({ query: evaluate, variables: { facts: { ...digoxin, heartRatePerMin: 'HERE' } } }).replace('"HERE"', value === 'BIG' ? '1e400' : String(value)));

    expect(data.evaluateRuleSet).toMatchObject({ level: 'PHARMACIST', failure: null, result: { findings: [{ ruleId: 'missing:heartRatePerMin' }] } });
  });

  it.each(['2026-11-23T08:00:00', '2026-02-29T00:00:00Z', '+010000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z', 'yesterday'])('observed at %s are too old', async (instant) => {
    const { data } = await gateway.graphql(pharmacist, evaluate, { facts: { ...digoxin, heartRatePerMin: 55 }, observedAt: { heartRatePerMin: instant } });

    expect(data.evaluateRuleSet.result?.findings ?? data.evaluateRuleSet.failure).toMatchObject(data.evaluateRuleSet.failure === null ? [{ ruleId: 'missing:heartRatePerMin' }] : expect.stringMatching(/^Expected an ISO 8601 instant/));
    expect(data.evaluateRuleSet.level).not.toBe('PASS');
  });

  it('as no object, under a name that no input has, too deep or too large are refused by name or place', async () => {
    for (const facts of [1, [], 'x']) expect(codesOf(await gateway.graphql(pharmacist, evaluate, { facts }))).toEqual([['INPUT_INVALID', 'facts']]);
    expect((await gateway.graphql(pharmacist, evaluate, { facts: { ...digoxin, constructor: 1 } })).data.evaluateRuleSet).toMatchObject({ level: 'UNKNOWN', failure: 'Expected declared facts only, but constructor is none' });
    expect(codesOf(await post(JSON.stringify({ query: evaluate, variables: { facts: 'HERE' } }).replace('"HERE"', `{"orderedGroups":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)))).toEqual([['INPUT_INVALID', 'facts']]);
    expect(await gateway.graphql(pharmacist, evaluate, { facts: { ...digoxin, orderedIngredient: 'x'.repeat(1_000_000) } })).toMatchObject({ status: 200, data: { evaluateRuleSet: { failure: null } } });
  });
});

describe('a hook', () => {
  const ask = async (body: string) => {
    const response = await fetch(`${gateway.url}/cds-services/medication-order-sign`, { method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': 'en', ...desk }, body });
    return { status: response.status, ...((await response.json()) as { code?: string; place?: string; cards?: readonly { summary: string }[] }) };
  };
  const draft = (text: string, more: object = {}) => ({ resource: { resourceType: 'MedicationRequest', status: 'draft', medicationCodeableConcept: { text }, ...more } });
  const signing = (drafts: readonly object[], context: object = {}) => JSON.stringify({ hook: 'order-sign', hookInstance: randomUUID(), context: { userId: 'Practitioner/d1', patientId: 'X9', draftOrders: { resourceType: 'Bundle', entry: drafts }, ...context } });

  it.each<[string, string, string]>([
    ['NUL in the patient’s id', signing([draft('Warfarin')], { patientId: 'P\u0000' }), 'context.patientId'],
    ['NUL in a route', signing([draft('Warfarin', { dosageInstruction: [{ route: { text: 'PO\u0000' } }] })]), 'context.draftOrders.entry.0.resource.dosageInstruction.0.route.text'],
    ['half a character in a drug', signing([draft('\ud800')]), 'context.draftOrders.entry.0.resource.medicationCodeableConcept.text'],
    ['200,000 levels', signing([draft('x')], { extra: 'DEEP' }).replace('"DEEP"', `${'['.repeat(200_000)}${']'.repeat(200_000)}`), ''],
    ['101 orders', signing(Array.from({ length: 101 }, () => draft('Warfarin'))), 'context.draftOrders.entry'],
    ['no JSON', 'x', ''],
  ])('is refused with its place for %s', async (_what, body, place) => {
    expect(await ask(body)).toMatchObject({ status: 400, code: 'REQUEST_INVALID', place });
  });

  it('judges an order whose dose is beyond all numbers as one without a dose', async () => {
    const body = signing([draft('Warfarin', { dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 'BIG', unit: 'mg' } }] }] })]).replace('"BIG"', '1e400');

    const { status, cards } = await ask(body);

    expect(status).toBe(200);
    expect(cards?.map(({ summary }) => summary)).toContain('The allergy status has not been asked; nothing is given before it is.');
  });
});
