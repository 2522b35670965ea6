import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDecider, recordDecision, type Decider } from '#activities';
import { createDatabase, type Database } from '#database';
import type { Variables } from '#engine';
import type { RuleSetDocument } from '#rules';
import { createEvaluateRules } from '../../activities/evaluate-rules.ts';
import { createShadowRuns, type ObservedDecision, type ShadowFailure } from '../../activities/rules/shadow-runs.ts';
import { startRuleOffice, type RuleOffice } from '../support/rule-office.ts';
import type { As, GraphqlAnswer, RunningGateway } from '../support/running-gateway.ts';

const key = 'dose-hold';
let office: RuleOffice;
let gateway: RunningGateway;
let pharmacist: As;
let original: RuleSetDocument;
let decider: Decider;

beforeAll(async () => {
  office = await startRuleOffice(key);
  ({ gateway, pharmacist, original } = office);
  await gateway.database.prisma.patient.create({ data: { id: 'P1', name: '患者P1（合成）', gender: 'female', birthDate: new Date('1950-01-01'), isSynthetic: true, encounters: { create: { id: 'E-P1', wardId: 'W1', bed: '1', admittedAt: new Date(Date.now() - 864e5), wristband: 'WB-P1' } } } });
  const [rule] = original.rules;
  if (!rule) throw new Error('Expected a rule');
  // Holds at another value than the one in effect; reads an input that no version had.
  const document = { ...original, inputs: [...original.inputs, { name: 'inr', type: 'number' }], rules: [...original.rules, { ...rule, id: 'inr-high', conditions: { all: [{ fact: 'inr', operator: 'greaterThan', value: 4 }, { fact: 'orderedIngredient', operator: 'equal', value: 'warfarin' }] } }, { ...rule, id: 'potassium-low', conditions: { all: [{ fact: 'potassiumMmolPerL', operator: 'lessThan', value: 3 }] }, signed: undefined }] };
  await act('save', { key, document: JSON.parse(JSON.stringify(document)), expectedRevision: 0 });
}, 300_000);
beforeEach(() => {
  // A process of its own: which shadows run is found out at the first decision.
  decider = createDecider(gateway.database);
});
afterAll(() => office?.close(), 60_000);

const errors = '__typename ... on Error { code place }';
const documents = {
  save: `mutation ($input: SaveRuleSetDraftInput!) { result: saveRuleSetDraft(input: $input) { ${errors} ... on SaveRuleSetDraftPayload { draft { hash } } } }`,
  start: `mutation ($input: StartRuleShadowInput!) { result: startRuleShadow(input: $input) { ${errors} ... on StartRuleShadowPayload { shadow { id candidate hash isRunning hourlyLimit } } } }`,
  submit: `mutation ($input: SubmitRuleSetForReviewInput!) { result: submitRuleSetForReview(input: $input) { ${errors} ... on SubmitRuleSetForReviewPayload { review { id } } } }`,
  approve: `mutation ($input: ApproveRuleSetInput!) { result: approveRuleSet(input: $input) { ${errors} ... on ApproveRuleSetPayload { version { status } } } }`,
  stop: `mutation ($input: StopRuleShadowInput!) { result: stopRuleShadow(input: $input) { ${errors} ... on StopRuleShadowPayload { shadow { isRunning stopReason stoppedBy { id } } } } }`,
} as const;

async function act(name: keyof typeof documents, input: Readonly<Record<string, unknown>>, as = pharmacist): Promise<GraphqlAnswer['data']> {
  const { data, errors: failed } = await gateway.graphql(as, documents[name], { input: { idempotencyKey: randomUUID(), ...input } });
  if (failed) throw new Error(JSON.stringify(failed));
  return data.result;
}

const read = async (id: string, as = pharmacist): Promise<GraphqlAnswer['data']> =>
  (await gateway.graphql(as, 'query ($id: ID!) { ruleShadow(id: $id) { counts { judged differing notComparable skipped kept } differences { edges { node { decisionId levelBefore levelAfter rulesBefore rulesAfter patient { patientId } } } } } }', { id })).data.ruleShadow;

async function untilJudged(id: string, count: number): Promise<GraphqlAnswer['data']> {
  for (let times = 0; times < 100; times += 1) {
    const found = await read(id);
    // Read once more: the differences of this answer may have been read before the counts.
    if (found.counts.judged + found.counts.skipped >= count) return read(id);
    await sleep(50);
  }
  throw new Error(`Expected ${count} decisions to be seen, but found ${JSON.stringify((await read(id)).counts)}`);
}

const start = async (more: object = {}): Promise<string> => (await act('start', { key, candidate: { draft: true }, ...more })).shadow.id;
const stop = (shadowId: string) => act('stop', { shadowId, reason: '已看够' });

const potassium = (potassiumMmolPerL: number) => ({ orderedIngredient: 'potassium-chloride', orderedGroups: ['potassium-supplement'], potassiumMmolPerL });

/** A decision as activities make and record theirs. */
async function decide(facts: Variables, more: { readonly isQuestion?: boolean } = {}): Promise<string> {
  const [decisionId, at] = [randomUUID(), new Date().toISOString()];
  const outcome = await decider.decide({ ruleSet: key, at, facts, observedAt: { potassiumMmolPerL: at }, ...(more.isQuestion ? {} : { decisionId }) });
  if (outcome.kind === 'failed') throw new Error(outcome.failure.message);
  if (!more.isQuestion) await recordDecision(gateway.database, { id: decisionId, ruleSet: key, version: outcome.version, result: outcome.result, facts: outcome.facts, at, patientId: 'P1' });
  return decisionId;
}

const observed = (): ObservedDecision => ({ decisionId: randomUUID(), ruleSet: key, given: potassium(4), inputs: original.inputs, made: { version: '1', level: 'PASS', found: [], suspended: [], facts: potassium(4), at: new Date().toISOString() } });

async function until(holds: () => boolean): Promise<void> {
  for (let times = 0; times < 200 && !holds(); times += 1) await sleep(20);
}

/** The pool, whose connections fail some times at a statement; at `commit` only the answer is lost, as when a connection breaks. */
function failing(pool: Database['pool'], statement: string, times: number): Database['pool'] {
  let left = times;
  const connect = async (): Promise<unknown> => {
    const client = await pool.connect();
    const query = async (text: string, values?: unknown[]): Promise<unknown> => {
      if (text !== statement || left === 0) return client.query(text, values);
      left -= 1;
      if (statement === 'commit') await client.query(text);
      throw new Error('Expected a connection');
    };
    return { query, release: (error?: Error) => client.release(error) };
  };
  // Only what shadows use of a pool.
  return { connect, query: pool.query.bind(pool) } as unknown as Database['pool'];
}

describe('a shadow', () => {
  it('keeps the decisions about which it differs, and has no effect on them', async () => {
    const id = await start();

    const differing = await decide(potassium(2.5));
    await decide(potassium(4));
    const found = await untilJudged(id, 2);

    expect(found.counts).toEqual({ judged: 2, differing: 1, notComparable: 0, skipped: 0, kept: 1 });
    expect(found.differences.edges).toEqual([{ node: { decisionId: differing, levelBefore: 'PASS', levelAfter: 'WARN', rulesBefore: [], rulesAfter: ['potassium-low'], patient: { patientId: 'P1' } } }]);
    expect(await gateway.database.prisma.decision.findUniqueOrThrow({ where: { id: differing } })).toMatchObject({ level: 'PASS', version: '1', found: [] });
    expect((await read(id, await gateway.signIn('process-owner'))).differences.edges[0].node.patient).toBeNull();
    await stop(id);
  });

  it('is given new inputs where facts are gathered, and makes none up where they are named', async () => {
    const id = await start();
    const warfarin = { ...potassium(4), orderedIngredient: 'warfarin' };

    const gathered = await decide({ facts: { ...warfarin, inr: 5, anotherRuleSetsFact: true, observedAt: { potassiumMmolPerL: new Date().toISOString() } } });
    await decide(warfarin);
    const found = await untilJudged(id, 2);

    expect(found.counts).toMatchObject({ judged: 2, differing: 1, notComparable: 1 });
    expect(found.differences.edges).toMatchObject([{ node: { decisionId: gathered, rulesAfter: ['inr-high'] } }]);
    await stop(id);
  });

  it('keeps no more differences an hour than it may, in all processes together, and counts the others', async () => {
    const id = await start({ hourlyLimit: 3 });

    for (let times = 0; times < 2; times += 1) await decide(potassium(2.5));
    await untilJudged(id, 2);
    decider = createDecider(gateway.database);
    for (let times = 0; times < 4; times += 1) await decide(potassium(2.5));

    const found = await untilJudged(id, 6);
    expect(found.counts).toMatchObject({ judged: 6, differing: 6, kept: 3 });
    expect(found.differences.edges).toHaveLength(3);
    await stop(id);
  });

  it('sees what business-rule tasks decide, under the id of their decision', async () => {
    const id = await start();
    const at = new Date().toISOString();

    const outcome = await createEvaluateRules(gateway.database, decider)({ instanceId: randomUUID(), elementId: 'checkHold', elementInstanceId: 'e1', ruleSet: key, at, facts: { facts: { ...potassium(2.5), observedAt: { potassiumMmolPerL: at } } }, patientId: 'P1' });

    expect((await untilJudged(id, 1)).differences.edges).toMatchObject([{ node: { decisionId: outcome.kind === 'decided' ? outcome.decisionId : '', patient: { patientId: 'P1' } } }]);
    await stop(id);
  });

  it('sees no questions that are not recorded', async () => {
    const id = await start();

    await decide(potassium(2.5), { isQuestion: true });
    await decide(potassium(4));

    expect((await untilJudged(id, 1)).counts).toMatchObject({ judged: 1, differing: 0 });
    await stop(id);
  });

  it('lets decisions go by that come faster than it may judge', async () => {
    const id = await start();
    const shadows = createShadowRuns(gateway.database);
    const observe = () => shadows.observe(observed());
    observe();
    await untilJudged(id, 1);

    for (let times = 0; times < 1_000; times += 1) observe();
    const { counts } = await untilJudged(id, 1_001);

    expect(counts.skipped).toBeGreaterThan(700);
    expect(counts.judged + counts.skipped).toBe(1_001);
    await stop(id);
  });

  it('costs no decision anything when its own database work fails, says so, and gives up in the end', async () => {
    const closed = createDatabase(office.server.url);
    await closed.close();
    const failures: ShadowFailure[] = [];
    const unhandled: unknown[] = [];
    const onFailure = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', onFailure);

    createShadowRuns(closed, { onFailure: (failure) => failures.push(failure), retryAfterMs: 1 }).observe(observed());
    await until(() => failures.some(({ lost }) => lost > 0));

    process.off('unhandledRejection', onFailure);
    expect(unhandled).toEqual([]);
    expect(failures.map(({ tries, lost }) => [tries, lost])).toEqual([[1, 0], [2, 0], [3, 0], [4, 0], [5, 0], [6, 0], [7, 0], [8, 1]]);
  });

  it.each(['begin', 'commit'])('counts once what it could write only at the third try, after the first two failed at %s', async (statement) => {
    const id = await start();
    const failures: ShadowFailure[] = [];
    const shadows = createShadowRuns({ pool: failing(gateway.database.pool, statement, 2) }, { onFailure: (failure) => failures.push(failure), retryAfterMs: 1 });

    shadows.observe(observed());
    shadows.observe(observed());

    expect((await untilJudged(id, 2)).counts).toMatchObject({ judged: 2, skipped: 0 });
    expect(failures.map(({ tries, lost }) => [tries, lost])).toEqual([[1, 0], [2, 0]]);
    await sleep(100);
    expect((await read(id)).counts.judged).toBe(2);
    await stop(id);
  });

  it('is one at a time for a rule set, of a whole document, and stopped once, by who writes its rules', async () => {
    const id = await start();

    expect(await act('start', { key, candidate: { version: '1' } })).toMatchObject({ __typename: 'ConflictError', code: 'SHADOW_RUNNING' });
    expect(await act('stop', { shadowId: id, reason: '停' }, await gateway.signIn('doctor'))).toMatchObject({ __typename: 'ForbiddenError', code: 'NOT_DOMAIN_OWNER' });
    expect(await stop(id)).toMatchObject({ shadow: { isRunning: false, stopReason: '已看够', stoppedBy: { id: 'demo-pharmacist' } } });
    expect(await stop(id)).toMatchObject({ __typename: 'ConflictError', code: 'SHADOW_ENDED' });
    expect(await act('stop', { shadowId: randomUUID(), reason: '停' })).toMatchObject({ __typename: 'NotFoundError', code: 'SHADOW_NOT_FOUND' });
    await decide(potassium(2.5));
    await sleep(200);
    expect((await read(id)).counts.judged).toBe(0);
    expect((await gateway.entries('rules.shadowStarted')).at(-1)).toMatchObject({ actorId: 'demo-pharmacist', ruleSet: key });
    expect((await gateway.entries('rules.shadowStopped')).at(-1)).toMatchObject({ reason: '已看够' });
  });

  it('ends when what it judges by is published, and not when something else is', async () => {
    const id = await start();
    const second = await gateway.signIn('pharmacist-2');
    const publish = async (): Promise<void> => {
      const { data } = await gateway.graphql(pharmacist, 'query ($key: String!) { ruleSet(key: $key) { revision } }', { key });
      const { review } = await act('submit', { key, expectedRevision: data.ruleSet.revision, comment: '下限' });
      expect(await act('approve', { reviewId: review.id, comment: '同意' }, second)).toMatchObject({ version: { status: 'IN_EFFECT' } });
    };
    await publish();

    expect(await gateway.database.prisma.ruleShadowEnd.findUnique({ where: { shadowId: id } })).toMatchObject({ reason: 'PUBLISHED', endedBy: 'demo-pharmacist-2' });
    expect((await gateway.entries('rules.shadowStopped')).at(-1)).toMatchObject({ reason: 'PUBLISHED', ruleSet: key });

    const other = await start({ candidate: { version: '1' } });
    const { data } = await gateway.graphql(pharmacist, 'query ($key: String!) { ruleSet(key: $key) { revision } }', { key });
    await act('save', { key, document: { ...original, name: { 'zh-CN': '另一', en: 'Another' } }, expectedRevision: data.ruleSet.revision });
    await publish();

    expect(await gateway.database.prisma.ruleShadowEnd.findUnique({ where: { shadowId: other } })).toBeNull();
  });
});
