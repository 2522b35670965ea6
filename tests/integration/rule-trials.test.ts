import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createDecider, recordDecision } from '#activities';
import { createDatabase } from '#database';
import type { RuleSetDocument } from '#rules';
import type { CommandService } from '../../gateway/commands/index.ts';
import { createRuleSetLife } from '../../gateway/rule-sets/index.ts';
import { publishProcess } from '../../gateway/processes/index.ts';
import { startGateway, type As, type GraphqlAnswer, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

const key = 'dose-hold';
let server: TestDatabase;
let gateway: RunningGateway;
let pharmacist: As;
let second: As;
let owner: As;
let original: RuleSetDocument;

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService });
  await publishProcess(gateway.database, fileURLToPath(new URL('../../processes/inpatient-order-loop', import.meta.url)));
  [pharmacist, second, owner] = [await gateway.signIn('pharmacist'), await gateway.signIn('pharmacist-2'), await gateway.signIn('process-owner')];
  const row = await gateway.database.prisma.ruleSetVersion.findUniqueOrThrow({ where: { key_version: { key, version: '1' } } });
  original = row.document as unknown as RuleSetDocument;
  for (const [id, wardId] of [['P1', 'W1'], ['P2', 'W2']] as const) {
    await gateway.database.prisma.patient.create({ data: { id, name: `患者${id}（合成）`, gender: 'female', birthDate: new Date('1950-01-01'), isSynthetic: true, encounters: { create: { id: `E-${id}`, wardId, bed: '1', admittedAt: new Date(Date.now() - 864e5), wristband: `WB-${id}` } } } });
  }
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
}, 30_000);

const errors = '__typename ... on Error { code place message } ... on RefusedError { failedCases }';
const documents = {
  save: `mutation ($input: SaveRuleSetDraftInput!) { result: saveRuleSetDraft(input: $input) { ${errors} ... on SaveRuleSetDraftPayload { draft { revision hash } } } }`,
  sign: `mutation ($input: SignRulesInput!) { result: signRules(input: $input) { ${errors} ... on SignRulesPayload { draft { revision hash } } } }`,
  submit: `mutation ($input: SubmitRuleSetForReviewInput!) { result: submitRuleSetForReview(input: $input) { ${errors} ... on SubmitRuleSetForReviewPayload { review { id version } } } }`,
  approve: `mutation ($input: ApproveRuleSetInput!) { result: approveRuleSet(input: $input) { ${errors} ... on ApproveRuleSetPayload { version { version status } } } }`,
  returnReview: `mutation ($input: ReturnRuleSetReviewInput!) { result: returnRuleSetReview(input: $input) { ${errors} } }`,
  rollBack: `mutation ($input: RollBackRuleSetInput!) { result: rollBackRuleSet(input: $input) { ${errors} ... on RollBackRuleSetPayload { review { id version } } } }`,
  recall: `mutation ($input: RecallRuleSetVersionInput!) { result: recallRuleSetVersion(input: $input) { ${errors} } }`,
  backtest: `mutation ($input: BacktestRuleSetInput!) { result: backtestRuleSet(input: $input) { ${errors} ... on BacktestRuleSetPayload { backtest { id status candidate hash } } } }`,
  saveCase: `mutation ($input: SaveRuleCaseInput!) { result: saveRuleCase(input: $input) { ${errors} ... on SaveRuleCasePayload { case { id revision name } } } }`,
  deleteCase: `mutation ($input: DeleteRuleCaseInput!) { result: deleteRuleCase(input: $input) { ${errors} ... on DeleteRuleCasePayload { case { revision isDeleted } } } }`,
  fromDecision: `mutation ($input: RuleCaseFromDecisionInput!) { result: ruleCaseFromDecision(input: $input) { ${errors} ... on RuleCaseFromDecisionPayload { case { id name facts observedAt at expected { level ruleIds outputs } fromDecision { decisionId } } } } }`,
} as const;

async function act(as: As, name: keyof typeof documents, input: Readonly<Record<string, unknown>>): Promise<GraphqlAnswer['data']> {
  const { data, errors: failed } = await gateway.graphql(as, documents[name], { input: { idempotencyKey: randomUUID(), ...input } });
  if (failed) throw new Error(JSON.stringify(failed));
  return data.result;
}

/** The rules about potassium with other limits, and so without their signatures. */
function withLimits(raised: number, high: number): RuleSetDocument {
  const limits: Readonly<Record<string, number>> = { greaterThan: raised, lessThanInclusive: high };
  const rules = original.rules.map((rule, index): RuleSetDocument['rules'][number] => {
    if (index > 1 || !('all' in rule.conditions)) return rule;
    const { signed: _signed, ...unsigned } = rule;
    const all = rule.conditions.all.map((condition) => ('fact' in condition && condition.fact === 'potassiumMmolPerL' ? { ...condition, value: index === 0 ? high : (limits[condition.operator] ?? 0) } : condition));
    return { ...unsigned, conditions: { all } };
  });
  return { ...original, rules };
}

const revision = async (): Promise<number> => (await gateway.graphql(pharmacist, 'query ($key: String!) { ruleSet(key: $key) { revision } }', { key })).data.ruleSet.revision;

async function saveDraft(document: RuleSetDocument): Promise<string> {
  const saved = await act(pharmacist, 'save', { key, document, expectedRevision: await revision() });
  const signed = await act(pharmacist, 'sign', { key, ruleIds: ['potassium-high-hold', 'potassium-raised-review'], expectedRevision: saved.draft.revision, reason: '药事会决议' });
  return signed.draft.hash;
}

const potassiumChloride = { orderedIngredient: 'potassium-chloride', orderedGroups: ['potassium-supplement'] };

/** A decision by what is in effect, recorded as activities record theirs. */
async function decide(potassiumMmolPerL: number, patientId: string, instanceId?: string): Promise<string> {
  const [id, at] = [randomUUID(), new Date().toISOString()];
  const outcome = await createDecider(gateway.database).decide({ ruleSet: key, at, facts: { ...potassiumChloride, potassiumMmolPerL }, observedAt: { potassiumMmolPerL: new Date(Date.parse(at) - 3_600_000).toISOString() } });
  if (outcome.kind === 'failed') throw new Error(outcome.failure.message);
  await recordDecision(gateway.database, { id, ruleSet: key, version: outcome.version, result: outcome.result, facts: outcome.facts, at, patientId, ...(instanceId === undefined ? {} : { instanceId }) });
  return id;
}

const backtestFields = `id status read total failure hash wards result { decisions compared changed stricter looser otherFindings newlyInterrupting failed notComparable
  notComparableReasons { code fact count } matrix { from to count } byWard { key name { en } decisions changed } byDrug { key decisions changed } bySeverity { key changed } byRule { ruleId newlyFired noLongerFired } }`;
const changeFields = 'edges { cursor node { decisionId levelBefore levelAfter rulesBefore rulesAfter drug patient { patientId } decision { decisionId } } } pageInfo { hasNextPage }';

async function backtest(as: As, id: string, changes = ''): Promise<GraphqlAnswer['data']> {
  const { data, errors: failed } = await gateway.graphql(as, `query ($id: ID!) { backtest(id: $id) { ${backtestFields} changes${changes} { ${changeFields} } } }`, { id });
  if (failed) throw new Error(JSON.stringify(failed));
  return data.backtest;
}

async function finished(as: As, input: Readonly<Record<string, unknown>>): Promise<string> {
  const asked = await act(as, 'backtest', { key, from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date(Date.now() + 1_000).toISOString(), ...input });
  for (let times = 0; times < 200; times += 1) {
    const { data } = await gateway.graphql(as, 'query ($id: ID!) { backtest(id: $id) { status } }', { id: asked.backtest.id });
    if (data.backtest.status !== 'RUNNING' && data.backtest.status !== 'WAITING') break;
    await sleep(50);
  }
  return asked.backtest.id;
}

describe('a backtest', () => {
  let quiet: string;
  let raised: string;

  it('says which decisions a draft changes, and alters none', async () => {
    [quiet, raised] = [await decide(4.8, 'P1'), await decide(5.3, 'P2')];
    await decide(6, 'P1');
    // The case knows its ward better than the patient's stay.
    const { hash: bundleHash } = await gateway.database.prisma.processBundle.findFirstOrThrow({ select: { hash: true } });
    const instance = await gateway.database.prisma.processInstance.create({ data: { id: randomUUID(), processKey: 'inpatient-order-loop', businessKey: 'O-1', bundleHash, startedBy: 'test', unit: 'W1' } });
    await decide(4.1, 'P2', instance.id);
    const hash = await saveDraft(withLimits(4.7, 5.2));
    const before = await gateway.database.prisma.decision.findMany({ orderBy: { id: 'asc' } });

    const found = await backtest(pharmacist, await finished(pharmacist, { candidate: { draft: true } }));

    expect(found).toMatchObject({ status: 'DONE', failure: null, read: 4, total: 4, hash });
    expect(found.result).toEqual({
      decisions: 4, compared: 4, changed: 2, stricter: 2, looser: 0, otherFindings: 0, newlyInterrupting: 1, failed: 0, notComparable: 0, notComparableReasons: [],
      matrix: [{ from: 'HARD', to: 'HARD', count: 1 }, { from: 'PHARMACIST', to: 'HARD', count: 1 }, { from: 'PASS', to: 'PHARMACIST', count: 1 }, { from: 'PASS', to: 'PASS', count: 1 }],
      byWard: [{ key: 'W1', name: { en: 'Ward 1' }, decisions: 3, changed: 1 }, { key: 'W2', name: { en: 'Ward 2' }, decisions: 1, changed: 1 }],
      byDrug: [{ key: 'potassium-chloride', decisions: 4, changed: 2 }],
      bySeverity: [{ key: 'HARD', changed: 1 }, { key: 'PHARMACIST', changed: 1 }, { key: 'PASS', changed: 0 }],
      byRule: [{ ruleId: 'potassium-raised-review', newlyFired: 1, noLongerFired: 1 }, { ruleId: 'potassium-high-hold', newlyFired: 1, noLongerFired: 0 }],
    });
    expect(found.changes.edges.map(({ node }: { node: object }) => node)).toEqual([
      { decisionId: quiet, levelBefore: 'PASS', levelAfter: 'PHARMACIST', rulesBefore: [], rulesAfter: ['potassium-raised-review'], drug: 'potassium-chloride', patient: { patientId: 'P1' }, decision: { decisionId: quiet } },
      { decisionId: raised, levelBefore: 'PHARMACIST', levelAfter: 'HARD', rulesBefore: ['potassium-raised-review'], rulesAfter: ['potassium-high-hold'], drug: 'potassium-chloride', patient: { patientId: 'P2' }, decision: { decisionId: raised } },
    ]);
    expect(await gateway.database.prisma.decision.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
    expect((await gateway.entries('rules.backtested')).at(-1)).toMatchObject({ actorId: 'demo-pharmacist', ruleSet: key });
  });

  it('changes nothing under the version that decided', async () => {
    const found = await backtest(pharmacist, await finished(pharmacist, { candidate: { version: '1' } }));

    expect(found).toMatchObject({ result: { compared: 4, changed: 0 }, changes: { edges: [] } });
  });

  it('shows patients and wards only to those who may see them', async () => {
    const id = await finished(pharmacist, { candidate: { draft: true } });
    const doctor = await gateway.signIn('doctor');

    const [seen, anonymous] = [await backtest(doctor, id), await backtest(owner, id)];

    expect(seen.changes.edges.map(({ node }: { node: { patient: object | null } }) => node.patient)).toEqual([{ patientId: 'P1' }, null]);
    expect(anonymous.changes.edges.map(({ node }: { node: { patient: object | null; decision: object | null } }) => [node.patient, node.decision])).toEqual([[null, null], [null, null]]);
    for (const found of [seen, anonymous]) expect(found.result).toMatchObject({ changed: 2, byWard: [] });
    expect((await gateway.graphql(owner, 'query ($id: ID!) { backtest(id: $id) { changes(ward: "W1") { edges { cursor } } } }', { id })).errors?.[0]?.extensions).toMatchObject({ code: 'WARD_NOT_YOURS', place: 'ward' });
  });

  it('of wards is for those who see all wards, or whose ward it is', async () => {
    const doctor = await gateway.signIn('doctor');

    expect(await act(doctor, 'backtest', { key, candidate: { draft: true }, from: new Date(0).toISOString(), to: new Date().toISOString(), wards: ['W2'] })).toMatchObject({ __typename: 'ForbiddenError', code: 'WARD_NOT_YOURS' });
    const id = await finished(pharmacist, { candidate: { draft: true }, wards: ['W2'] });

    expect(await backtest(pharmacist, id)).toMatchObject({ wards: ['W2'], result: { decisions: 1, changed: 1 } });
    expect(await backtest(doctor, id)).toBeNull();
    expect(await backtest(owner, id)).toBeNull();
  });

  it('lists its changes by page, kind, level, ward, drug and rule', async () => {
    const id = await finished(pharmacist, { candidate: { draft: true } });
    const ids = async (changes: string): Promise<readonly string[]> => (await backtest(pharmacist, id, changes)).changes.edges.map(({ node }: { node: { decisionId: string } }) => node.decisionId);

    const first = (await backtest(pharmacist, id, '(first: 1)')).changes;

    expect(first).toMatchObject({ edges: [{ node: { decisionId: quiet } }], pageInfo: { hasNextPage: true } });
    expect(await ids(`(first: 1, after: ${JSON.stringify(first.edges[0].cursor)})`)).toEqual([raised]);
    expect(await ids('(kind: NEWLY_INTERRUPTING)')).toEqual([quiet]);
    expect(await ids('(kind: STRICTER)')).toEqual([quiet, raised]);
    expect(await ids('(kind: LOOSER)')).toEqual([]);
    expect(await ids('(levelBefore: "PHARMACIST", levelAfter: "HARD")')).toEqual([raised]);
    expect(await ids('(ward: "W1")')).toEqual([quiet]);
    expect(await ids('(drug: "warfarin")')).toEqual([]);
    expect(await ids('(ruleId: "potassium-high-hold")')).toEqual([raised]);
    const broken = await gateway.graphql(pharmacist, 'query ($id: ID!) { backtest(id: $id) { changes(after: "x") { edges { cursor } } } }', { id });
    expect(broken.errors?.[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', place: 'after' });
  });

  it('never makes up what was not recorded', async () => {
    const [rule] = original.rules;
    if (!rule) throw new Error('Expected a rule');
    const inr: RuleSetDocument['rules'][number] = { ...rule, id: 'inr', conditions: { all: [{ fact: 'inr', operator: 'greaterThan', value: 4 }, { fact: 'potassiumMmolPerL', operator: 'greaterThan', value: 5 }] } };
    await saveDraft({ ...withLimits(4.7, 5.2), inputs: [...original.inputs, { name: 'inr', type: 'number', whenMissing: { policy: 'branch', value: 1 } }], rules: [...withLimits(4.7, 5.2).rules, inr] });

    const found = await backtest(pharmacist, await finished(pharmacist, { candidate: { draft: true } }));

    expect(found.result).toMatchObject({ decisions: 4, compared: 2, notComparable: 2, notComparableReasons: [{ code: 'INPUT_UNRECORDED', fact: 'inr', count: 2 }], changed: 1 });
  });

  it('reads decisions of earlier releases from their explanation', async () => {
    await gateway.database.pool.query(
      `insert into decision (id, rule_set, version, patient_id, level, facts, explanation, decided_at) select gen_random_uuid(), rule_set, version, patient_id, level, facts, explanation, judged_at from decision`,
    );

    const found = await backtest(pharmacist, await finished(pharmacist, { candidate: { version: '1' } }));

    expect(found.result).toMatchObject({ decisions: 8, compared: 8, changed: 0 });
  });

  it('is begun once, however often it is asked for with one key', async () => {
    const idempotencyKey = randomUUID();
    const range = { from: new Date(0).toISOString(), to: new Date().toISOString() };

    const ids = await Promise.all([1, 2, 3].map(() => finished(pharmacist, { candidate: { version: '1' }, ...range, idempotencyKey })));

    expect(new Set(ids).size).toBe(1);
    expect(await backtest(pharmacist, ids[0] ?? '')).toMatchObject({ status: 'DONE', result: { decisions: 8 } });
    expect(await act(pharmacist, 'backtest', { key, candidate: { draft: true }, ...range, idempotencyKey })).toMatchObject({ __typename: 'ConflictError', code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('refuses half a draft, a range that is none, and roles that write no rules', async () => {
    const range = { from: new Date(0).toISOString(), to: new Date().toISOString() };

    expect(await act(pharmacist, 'backtest', { key, candidate: { version: '9' }, ...range })).toMatchObject({ __typename: 'NotFoundError', code: 'RULE_SET_VERSION_NOT_FOUND', place: 'candidate' });
    expect(await act(pharmacist, 'backtest', { key, candidate: { version: '1', draft: true }, ...range })).toMatchObject({ __typename: 'ValidationError', code: 'INPUT_INVALID', place: 'candidate' });
    expect(await act(pharmacist, 'backtest', { key, candidate: { version: '1' }, from: range.to, to: range.from })).toMatchObject({ code: 'INPUT_INVALID', place: 'to' });
    expect(await act(await gateway.signIn('nurse'), 'backtest', { key, candidate: { version: '1' }, ...range })).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN' });
    expect(await act(pharmacist, 'backtest', { key: 'none', candidate: { version: '1' }, ...range })).toMatchObject({ code: 'RULE_SET_NOT_FOUND' });
  });
});

describe('a gateway with one connection left', () => {
  it('replays while everybody else uses it', async () => {
    const small = createDatabase(server.url, 1);
    const life = createRuleSetLife({ database: small, keys: gateway.keys });
    const actor = { id: 'demo-pharmacist', kind: 'person' as const, roles: ['pharmacist'], name: '药师' };
    try {
      const { backtestId } = await life.requestBacktest({ key, candidate: { draft: true }, from: new Date(0).toISOString(), to: new Date(Date.now() + 1_000).toISOString(), wards: [], actor, idempotencyKey: randomUUID() });
      await small.pool.query('select 1');
      for (let times = 0; times < 200 && (await backtest(pharmacist, backtestId)).status !== 'DONE'; times += 1) await sleep(50);

      expect(await backtest(pharmacist, backtestId)).toMatchObject({ status: 'DONE', result: { decisions: 8, changed: 2 } });
    } finally {
      await life.close();
      await small.close();
    }
  });
});

describe('a gateway that ends', () => {
  it('records the backtests that it did not finish as interrupted', async () => {
    const life = createRuleSetLife({ database: gateway.database, keys: gateway.keys });
    const actor = { id: 'demo-pharmacist', kind: 'person' as const, roles: ['pharmacist'], name: '药师' };
    const ask = () => life.requestBacktest({ key, candidate: { version: '1' }, from: new Date(0).toISOString(), to: new Date().toISOString(), wards: [], actor, idempotencyKey: randomUUID() });

    const asked = [await ask(), await ask()];
    await life.close();

    const states = await Promise.all(asked.map(async ({ backtestId }) => (await backtest(pharmacist, backtestId)).status));
    expect(states.at(-1)).toBe('INTERRUPTED');
    expect(states.every((state) => state === 'DONE' || state === 'INTERRUPTED')).toBe(true);
    await expect(ask()).rejects.toMatchObject({ code: 'BACKTEST_BUSY' });
  });

  it('leaves one that was killed to be seen as interrupted', async () => {
    const id = randomUUID();
    await gateway.database.prisma.ruleBacktest.create({ data: { id, key, candidate: '1', hash: '', since: new Date(0), until: new Date(), requestedAt: new Date(), requestedBy: 'demo-pharmacist', progress: { create: { beatAt: new Date(Date.now() - 60_000), startedAt: new Date(), read: 5 } } } });

    expect(await backtest(pharmacist, id)).toMatchObject({ status: 'INTERRUPTED', read: 5, result: null });
  });
});

describe('saved cases', () => {
  const at = '2026-11-23T08:00:00.000Z';
  const high = { key, expectedRevision: 0, name: '血钾 6.0', facts: { ...potassiumChloride, potassiumMmolPerL: 6 }, observedAt: { potassiumMmolPerL: '2026-11-23T07:00:00Z' }, at, expected: { level: 'HARD', ruleIds: ['potassium-high-hold'] } };
  const run = async (side: object, as = pharmacist): Promise<GraphqlAnswer['data']> =>
    (await gateway.graphql(as, 'query ($key: String!, $side: RuleSetSide!) { runRuleCases(key: $key, side: $side) { document passed failed untestedRuleIds coverage { ruleId fired notFired isCovered } results { passed level ruleIds differences { kind ruleId expected actual } case { name } } } }', { key, side })).data.runRuleCases;
  let saved: { readonly id: string; readonly revision: number };
  let reviewId: string;

  it('are run under any document, with coverage by rule', async () => {
    saved = (await act(pharmacist, 'saveCase', high)).case;
    await act(owner, 'saveCase', { ...high, name: '血钾 4.0', facts: { ...high.facts, potassiumMmolPerL: 4 }, expected: { level: 'PASS', ruleIds: [] } });

    const found = await run({ version: '1' });

    expect(found).toMatchObject({ document: '1', passed: 2, failed: 0 });
    expect(found.coverage.find(({ ruleId }: { ruleId: string }) => ruleId === 'potassium-high-hold')).toEqual({ ruleId: 'potassium-high-hold', fired: 1, notFired: 1, isCovered: true });
    expect(found.untestedRuleIds).toEqual(original.rules.map(({ id }) => id).filter((id) => id !== 'potassium-high-hold'));
  });

  it('stop a review while one comes out otherwise, and say which', async () => {
    await saveDraft(withLimits(4.7, 6.2));
    const submit = { key, expectedRevision: await revision(), comment: '上限调整' };

    expect((await run({ draft: true })).results.filter(({ passed }: { passed: boolean }) => !passed)).toEqual([
      { passed: false, level: 'PHARMACIST', ruleIds: ['potassium-raised-review'], case: { name: high.name }, differences: [{ kind: 'level', ruleId: null, expected: 'HARD', actual: 'PHARMACIST' }, { kind: 'notFired', ruleId: 'potassium-high-hold', expected: null, actual: null }, { kind: 'fired', ruleId: 'potassium-raised-review', expected: null, actual: null }] },
    ]);
    expect(await act(pharmacist, 'submit', submit)).toMatchObject({ __typename: 'RefusedError', code: 'CASES_FAILED', failedCases: [high.name] });
    expect((await gateway.entries('command.refused')).at(-1)).toMatchObject({ reason: 'CASES_FAILED', ruleSet: key });

    saved = (await act(pharmacist, 'saveCase', { ...high, id: saved.id, expectedRevision: saved.revision, expected: { level: 'PHARMACIST', ruleIds: ['potassium-raised-review'] } })).case;

    reviewId = (await act(pharmacist, 'submit', submit)).review.id;
  });

  it('stop an approval when one that fails was saved during the review', async () => {
    const { case: guard } = await act(owner, 'saveCase', { ...high, name: '血钾 6.0 须禁止' });

    expect(await act(second, 'approve', { reviewId, comment: '同意' })).toMatchObject({ __typename: 'RefusedError', code: 'CASES_FAILED', failedCases: ['血钾 6.0 须禁止'] });
    expect(await gateway.database.prisma.ruleSetVersion.count({ where: { key } })).toBe(1);

    await act(owner, 'deleteCase', { id: guard.id, expectedRevision: guard.revision, reason: '以新上限为准' });

    expect(await act(second, 'approve', { reviewId, comment: '同意' })).toMatchObject({ version: { version: '2', status: 'IN_EFFECT' } });
  });

  it('do not stop the approval of a roll back, unless it goes back to what was recalled', async () => {
    const rollBack = async (toVersion: string): Promise<string> => (await act(pharmacist, 'rollBack', { key, toVersion, expectedRevision: await revision(), reason: '恢复' })).review.id;
    expect(await run({ version: '1' })).toMatchObject({ failed: 1 });

    expect(await act(second, 'approve', { reviewId: await rollBack('1'), comment: '同意' })).toMatchObject({ version: { version: '3', status: 'IN_EFFECT' } });

    await act(pharmacist, 'recall', { key, version: '2', reason: '漏报' });
    const { case: guard } = await act(owner, 'saveCase', { ...high, name: '血钾 6.0 须禁止' });
    const recalled = await rollBack('2');
    expect(await act(second, 'approve', { reviewId: recalled, comment: '同意' })).toMatchObject({ code: 'CASES_FAILED', failedCases: [guard.name] });
    await act(second, 'returnReview', { reviewId: recalled, comment: '不再恢复' });
    await act(owner, 'deleteCase', { id: guard.id, expectedRevision: guard.revision, reason: '重复' });
  });

  it('are changed by one person at a time, and kept as history when they are deleted', async () => {
    const old = { ...high, id: saved.id, expectedRevision: 1 };

    expect(await act(second, 'saveCase', old)).toMatchObject({ __typename: 'ConflictError', code: 'CASE_CHANGED' });
    expect(await act(second, 'deleteCase', { id: saved.id, expectedRevision: saved.revision, reason: '重复' })).toMatchObject({ case: { revision: 3, isDeleted: true } });
    expect(await run({ version: '1' })).toMatchObject({ passed: 1, failed: 0 });
    expect(await act(second, 'saveCase', { ...old, expectedRevision: 3 })).toMatchObject({ __typename: 'NotFoundError', code: 'CASE_NOT_FOUND' });
    expect(await gateway.database.prisma.ruleCase.count({ where: { id: saved.id } })).toBe(3);
    expect((await gateway.entries('rules.caseDeleted')).at(-1)).toMatchObject({ actorId: 'demo-pharmacist-2', reason: '重复' });
  });

  it('refuse what is no case, and people who write no rules of the domain', async () => {
    expect(await act(pharmacist, 'saveCase', { ...high, facts: [] })).toMatchObject({ __typename: 'ValidationError', code: 'INPUT_INVALID', place: 'facts' });
    expect(await act(pharmacist, 'saveCase', { ...high, expected: { level: 'LOUD', ruleIds: [] } })).toMatchObject({ code: 'INPUT_INVALID', place: 'expected.level' });
    expect(await act(pharmacist, 'saveCase', { ...high, observedAt: { potassiumMmolPerL: 'yesterday' } })).toMatchObject({ code: 'INPUT_INVALID', place: 'observedAt.potassiumMmolPerL' });
    expect(await act(await gateway.signIn('doctor'), 'saveCase', high)).toMatchObject({ __typename: 'ForbiddenError', code: 'NOT_DOMAIN_OWNER' });
  });

  it('are made of a decision that the writer may see, without its patient', async () => {
    const id = await decide(6, 'P1');

    const { case: made } = await act(pharmacist, 'fromDecision', { decisionId: id });

    const { observedAt, ...facts } = (await gateway.database.prisma.decision.findUniqueOrThrow({ where: { id } })).facts as Readonly<Record<string, unknown>>;
    expect(made).toMatchObject({ facts, observedAt, expected: { level: 'HARD', ruleIds: ['potassium-high-hold'] }, fromDecision: { decisionId: id } });
    expect(JSON.stringify(await gateway.database.prisma.ruleCase.findMany({ where: { id: made.id } }))).not.toContain('P1');
    expect((await run({ version: '1' })).results.every(({ passed }: { passed: boolean }) => passed)).toBe(true);
    expect(await act(owner, 'fromDecision', { decisionId: id })).toMatchObject({ __typename: 'NotFoundError', code: 'DECISION_NOT_FOUND' });
  });
});

describe('the statistics of rules', () => {
  it('count how often each fired, and what became of its cards last', async () => {
    const { prisma } = gateway.database;
    const cards = [randomUUID(), randomUUID(), randomUUID()];
    await prisma.cdsCard.createMany({ data: cards.map((id) => ({ id, service: 'order-sign', hookInstance: 'h', clientId: 'emr', patientId: 'P1', ruleSet: key, version: '1', ruleId: 'potassium-high-hold', level: 'HARD' })) });
    const [first = '', other = ''] = cards;
    await prisma.cdsFeedback.createMany({
      data: [
        { cardId: first, factKey: 'a', outcome: 'accepted', outcomeAt: new Date('2026-11-23T08:00:00Z') },
        { cardId: first, factKey: 'b', outcome: 'overridden', reasonCode: 'will-monitor', outcomeAt: new Date('2026-11-23T08:05:00Z') },
        { cardId: other, factKey: 'a', outcome: 'overridden', reasonCode: 'LOCAL-7', outcomeAt: new Date('2026-11-23T08:05:00Z') },
      ],
    });
    const fired = await prisma.decision.count({ where: { ruleSet: key, level: 'HARD' } });
    const query = 'query ($key: String!, $from: DateTime!, $to: DateTime!) { ruleStatistics(key: $key, from: $from, to: $to) { decisions rules { ruleId name { en } fired cards accepted overridden overrideReasons { code name { zhCN } count } } } }';

    const { data } = await gateway.graphql(await gateway.signIn('head-nurse'), query, { key, from: new Date(Date.now() - 864e5).toISOString(), to: new Date(Date.now() + 864e5).toISOString() });

    expect(data.ruleStatistics.decisions).toBe(await prisma.decision.count({ where: { ruleSet: key } }));
    expect(data.ruleStatistics.rules.find(({ ruleId }: { ruleId: string }) => ruleId === 'potassium-high-hold')).toEqual({
      ruleId: 'potassium-high-hold', name: { en: 'Hold: potassium above 5.5' }, fired, cards: 3, accepted: 0, overridden: 2,
      overrideReasons: expect.arrayContaining([{ code: 'will-monitor', name: { zhCN: '已安排监测' }, count: 1 }, { code: 'LOCAL-7', name: null, count: 1 }]),
    });
    expect(data.ruleStatistics.rules.filter(({ fired: times }: { fired: number }) => times === 0).length).toBeGreaterThan(0);
    const long = await gateway.graphql(pharmacist, query, { key, from: '2020-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' });
    expect(long.errors?.[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', place: 'to' });
  });
});
