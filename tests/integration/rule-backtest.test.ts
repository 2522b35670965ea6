import { randomUUID } from 'node:crypto';
import type { RuleSetDocument } from '#rules';
import { startRuleTrials, type RuleTrials } from '../support/rule-trials.ts';

const key = 'dose-hold';
let trials: RuleTrials;
let gateway: RuleTrials['gateway'];
let pharmacist: RuleTrials['pharmacist'];
let owner: RuleTrials['owner'];
let original: RuleTrials['original'];
let act: RuleTrials['act'];
let withLimits: RuleTrials['withLimits'];
let saveDraft: RuleTrials['saveDraft'];
let decide: RuleTrials['decide'];
let backtest: RuleTrials['backtest'];
let finished: RuleTrials['finished'];

beforeAll(async () => {
  trials = await startRuleTrials();
  ({ gateway, pharmacist, owner, original, act, withLimits, saveDraft, decide, backtest, finished } = trials);
}, 300_000);
afterAll(() => trials?.close(), 60_000);

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
