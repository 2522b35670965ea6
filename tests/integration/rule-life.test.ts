import { randomUUID } from 'node:crypto';
import { recordDecision } from '#activities';
import { digestOf } from '../../gateway/rule-sets/index.ts';
import { startRuleLife, type RuleLife } from '../support/rule-life.ts';

let life: RuleLife;
let gateway: RuleLife['gateway'];
let pharmacist: RuleLife['pharmacist'];
let second: RuleLife['second'];
let owner: RuleLife['owner'];
let original: RuleLife['original'];
let act: RuleLife['act'];
let ruleSet: RuleLife['ruleSet'];
let revisionOf: RuleLife['revisionOf'];
let withLimit: RuleLife['withLimit'];
let decide: RuleLife['decide'];
let publish: RuleLife['publish'];

beforeAll(async () => {
  life = await startRuleLife();
  ({ gateway, pharmacist, second, owner, original, act, ruleSet, revisionOf, withLimit, decide, publish } = life);
}, 300_000);
afterAll(() => life?.close(), 60_000);

describe('drafts', () => {
  it('are for the owning role and process owners, on record with hashes and reason', async () => {
    const input = { key: 'dose-hold', document: withLimit(5.2), expectedRevision: 0, reason: '药事会决议' };

    expect(await act(await gateway.signIn('head-nurse'), 'save', input)).toMatchObject({ __typename: 'ForbiddenError', code: 'NOT_DOMAIN_OWNER' });
    expect(await act(await gateway.signIn('nurse'), 'save', input)).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN' });
    const saved = await act(owner, 'save', input);

    expect(saved).toMatchObject({ draft: { revision: 1, editors: [{ id: 'demo-process-owner' }] }, ruleSet: { revision: 1 } });
    expect((await gateway.entries('rules.draftSaved')).at(-1)).toMatchObject({ actorId: 'demo-process-owner', ruleSet: 'dose-hold', reason: '药事会决议' });
    expect((await gateway.entries('command.refused')).at(-1)).toMatchObject({ reason: 'NOT_DOMAIN_OWNER', ruleSet: 'dose-hold' });
  });

  it('stand in the record of their rule set, with what was refused', async () => {
    const { data } = await gateway.graphql(await gateway.signIn('auditor'), '{ auditTrail(ruleSet: "dose-hold", first: 10) { totalCount edges { node { action reason ruleSet } } } none: auditTrail(ruleSet: "dose", first: 1) { totalCount } }');

    const actions = data.auditTrail.edges.map(({ node }: { readonly node: { readonly action: string } }) => node.action);
    expect([actions.includes('rules.draftSaved'), actions.includes('command.refused'), data.auditTrail.totalCount]).toEqual([true, true, actions.length]);
    expect(data.none.totalCount).toBe(0);
  });

  it('tell the second of two writers what the first one saved, and lose nothing', async () => {
    const [mine, theirs] = [withLimit(5.1), withLimit(5.3)];
    await act(pharmacist, 'save', { key: 'dose-hold', document: mine, expectedRevision: 1 });

    const conflict = await act(second, 'save', { key: 'dose-hold', document: theirs, expectedRevision: 1 });

    expect(conflict).toMatchObject({ __typename: 'ConflictError', code: 'DRAFT_CHANGED', revision: 2, draft: { revision: 2, savedBy: { id: 'demo-pharmacist' }, document: mine } });
    expect(conflict.draftDifference).toMatchObject({ from: '#1', to: '#2', rules: [{ kind: 'CHANGED', fields: [{ path: expect.stringMatching(/^conditions\.all\.\d\.value$/), before: 5.2, after: 5.1 }] }] });
    expect((await act(second, 'save', { key: 'dose-hold', document: theirs, expectedRevision: 2 })).draft.revision).toBe(3);
    expect(await gateway.database.prisma.ruleSetRevision.count({ where: { key: 'dose-hold' } })).toBe(3);
  });

  it('let one of two who save at the same moment through', async () => {
    const revision = await revisionOf('dose-hold');

    const answers = await Promise.all([pharmacist, second].map((as, index) => act(as, 'save', { key: 'dose-hold', document: withLimit(4 + index / 10), expectedRevision: revision })));

    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['ConflictError', 'SaveRuleSetDraftPayload']);
  });

  it('may be half written, but not reviewed then: every finding has its path and rule', async () => {
    const broken = { ...original, rules: [{ ...original.rules[0], conditions: { all: [{ fact: 'unheardOf', operator: 'greaterThan', value: 5 }] } }, ...original.rules.slice(1)] };
    const saved = await act(pharmacist, 'save', { key: 'dose-hold', document: broken, expectedRevision: await revisionOf('dose-hold') });
    const refused = await act(pharmacist, 'submit', { key: 'dose-hold', expectedRevision: saved.draft.revision, comment: 'x' });

    expect(saved.draft.findings).toEqual([{ path: 'rules.0.conditions.all.0.fact', ruleId: 'potassium-high-hold' }]);
    expect(refused).toMatchObject({ __typename: 'ValidationError', code: 'RULE_SET_INVALID', ruleFindings: [{ code: 'FACT_UNDECLARED', path: 'rules.0.conditions.all.0.fact', ruleId: 'potassium-high-hold' }] });
  });

  it.each([
    ['no document', [], 'RULE_SET_INVALID'],
    ['another rule set', { ...{ format: 'careloop-rules/1', key: 'dose', name: { 'zh-CN': 'x', en: 'x' }, domain: 'pharmacy' } }, 'RULE_SET_KEY_DIFFERS'],
    ['another domain', { ...{ format: 'careloop-rules/1', key: 'dose-hold', name: { 'zh-CN': 'x', en: 'x' }, domain: 'nursing' } }, 'NOT_DOMAIN_OWNER'],
  ])('refuse %s', async (_what, document, code) => {
    expect(await act(pharmacist, 'save', { key: 'dose-hold', document, expectedRevision: await revisionOf('dose-hold') })).toMatchObject({ code });
  });

  it('cannot leave the domain of the published rule set', async () => {
    const document = { format: 'careloop-rules/1', key: 'dose-hold', name: { 'zh-CN': 'x', en: 'x' }, domain: 'finance' };

    expect(await act(owner, 'save', { key: 'dose-hold', document, expectedRevision: await revisionOf('dose-hold') })).toMatchObject({ code: 'RULE_SET_DOMAIN_CHANGED', place: 'document.domain' });
  });

  it('take a repeat once, and refuse the same key with another payload', async () => {
    const input = { key: 'dose-hold', document: withLimit(5.25), expectedRevision: await revisionOf('dose-hold'), idempotencyKey: 'same' };
    const first = await act(pharmacist, 'save', input);

    expect(await act(pharmacist, 'save', input)).toEqual(first);
    expect(await act(pharmacist, 'save', { ...input, document: withLimit(5.9) })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await revisionOf('dose-hold')).toBe(first.draft.revision);
  });

  it('are discarded with a reason, and counted on after that', async () => {
    const revision = await revisionOf('dose-hold');

    expect(await act(pharmacist, 'discard', { key: 'dose-hold', expectedRevision: revision, reason: '重新起草' })).toMatchObject({ ruleSet: { revision, draft: null } });
    expect(await act(second, 'save', { key: 'dose-hold', document: withLimit(5.1), expectedRevision: 0 })).toMatchObject({ code: 'DRAFT_CHANGED', draft: null, revision });
    expect((await gateway.entries('rules.draftDiscarded')).at(-1)).toMatchObject({ reason: '重新起草' });
  });
});

describe('review and publishing', () => {
  it('need a second person of the owning role: no writer, no submitter, no other role', async () => {
    const saved = await act(owner, 'save', { key: 'dose-hold', document: withLimit(5.2), expectedRevision: await revisionOf('dose-hold') });
    const again = await act(second, 'save', { key: 'dose-hold', document: withLimit(5), expectedRevision: saved.draft.revision });
    const { review } = await act(owner, 'submit', { key: 'dose-hold', expectedRevision: again.draft.revision, comment: '下调' });
    const input = { reviewId: review.id, comment: '同意' };

    expect(review).toMatchObject({ version: '2', mayApprove: false, verdict: null });
    expect(await act(second, 'approve', input)).toMatchObject({ __typename: 'ForbiddenError', code: 'SAME_PERSON' });
    expect(await act(owner, 'approve', input)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await act(await gateway.signIn('head-nurse'), 'approve', input)).toMatchObject({ code: 'NOT_DOMAIN_OWNER' });
    expect(await act(pharmacist, 'save', { key: 'dose-hold', document: withLimit(4), expectedRevision: again.draft.revision })).toMatchObject({ code: 'DRAFT_IN_REVIEW' });
    expect(await act(pharmacist, 'approve', { ...input, effectiveAt: new Date(Date.now() - 3_600_000).toISOString() })).toMatchObject({ __typename: 'ValidationError', code: 'EFFECTIVE_AT_PAST' });
    expect(await act(pharmacist, 'returnReview', { reviewId: review.id, comment: '请写明依据' })).toMatchObject({ review: { verdict: { kind: 'RETURNED', comment: '请写明依据', decidedBy: { id: 'demo-pharmacist' } } }, ruleSet: { review: null } });
    expect(await act(pharmacist, 'approve', input)).toMatchObject({ code: 'REVIEW_CLOSED' });
    await act(second, 'discard', { key: 'dose-hold', expectedRevision: again.draft.revision, reason: 'x' });
    expect((await gateway.database.prisma.ruleSetVersion.findMany({ where: { key: 'dose-hold' } })).length).toBe(1);
  });

  it('publish exactly what was reviewed; it judges at once, and a repeat changes nothing', async () => {
    const saved = await act(pharmacist, 'save', { key: 'dose-hold', document: withLimit(7), expectedRevision: await revisionOf('dose-hold') });
    const { review } = await act(pharmacist, 'submit', { key: 'dose-hold', expectedRevision: saved.draft.revision, comment: '上调' });
    const input = { reviewId: review.id, comment: '同意', idempotencyKey: 'approve-2' };

    const approved = await act(second, 'approve', input);

    expect(approved).toMatchObject({ version: { version: '2', status: 'IN_EFFECT', hash: review.hash, publishedBy: { id: 'demo-pharmacist-2' } }, ruleSet: { draft: null, inEffect: { version: '2' } } });
    expect(await act(second, 'approve', input)).toEqual(approved);
    const row = await gateway.database.prisma.ruleSetVersion.findUniqueOrThrow({ where: { key_version: { key: 'dose-hold', version: '2' } } });
    expect(digestOf(row.document)).toBe(row.hash);
    expect(await decide()).toMatchObject({ kind: 'decided', version: '2', result: { level: 'PASS' } });
    expect((await gateway.entries('rules.published')).at(-1)).toMatchObject({ actorId: 'demo-pharmacist-2', ruleSet: 'dose-hold', ruleSetVersion: '2', reason: '同意' });
    expect(await ruleSet('dose-hold', 'versions { version status }')).toEqual({ versions: [{ version: '2', status: 'IN_EFFECT' }, { version: '1', status: 'SUPERSEDED' }] });
  });

  it('compare what is in review with what is in effect, rule by rule', async () => {
    const { data } = await gateway.graphql(pharmacist, `{ ruleSetDifference(key: "dose-hold", from: { version: "1" }, to: { version: "2" }) { from to document { path } rules { id kind fields { path before after } } } }`);

    expect(data.ruleSetDifference).toEqual({ from: '1', to: '2', document: [], rules: [{ id: 'potassium-high-hold', kind: 'CHANGED', fields: expect.arrayContaining([{ path: 'conditions.all.1.value', before: 5.5, after: 7 }]) }] });
    expect((await gateway.graphql(pharmacist, `{ ruleSetDifference(key: "dose-hold", from: { version: "9" }, to: { draft: true }) { from } }`)).errors?.[0]?.extensions).toMatchObject({ code: 'RULE_SET_VERSION_NOT_FOUND', place: 'from' });
  });

  it('take effect by themselves at the time that was set', async () => {
    const at = new Date(Date.now() + 3_600_000);
    const approved = await publish(withLimit(5.5), at);

    expect(approved).toMatchObject({ version: { version: '3', status: 'SCHEDULED', effectiveAt: at.toISOString() }, ruleSet: { inEffect: { version: '2' } } });
    expect(await decide()).toMatchObject({ version: '2' });
    expect(await decide(new Date(at.getTime() + 1))).toMatchObject({ version: '3' });
  });

  it('refuse a draft that says what is in effect already', async () => {
    const saved = await act(pharmacist, 'save', { key: 'dose-hold', document: withLimit(7), expectedRevision: await revisionOf('dose-hold') });

    expect(await act(pharmacist, 'submit', { key: 'dose-hold', expectedRevision: saved.draft.revision, comment: 'x' })).toMatchObject({ __typename: 'RefusedError', code: 'NOTHING_CHANGED' });
    await act(pharmacist, 'discard', { key: 'dose-hold', expectedRevision: saved.draft.revision, reason: 'x' });
  });

  it('roll back to an earlier document as a new version, through a second person', async () => {
    const { review } = await act(pharmacist, 'rollBack', { key: 'dose-hold', toVersion: '1', expectedRevision: await revisionOf('dose-hold'), reason: '新上限漏报' });

    expect(review.version).toBe('4');
    expect(await act(pharmacist, 'approve', { reviewId: review.id, comment: 'x' })).toMatchObject({ code: 'SAME_PERSON' });
    expect(await act(second, 'approve', { reviewId: review.id, comment: '同意' })).toMatchObject({ version: { version: '4', status: 'IN_EFFECT' } });
    expect(await decide()).toMatchObject({ version: '4', result: { level: 'HARD' } });
  });
});

describe('recall', () => {
  it('puts the version before it in effect and lists the open cases that it judged last', async () => {
    const { prisma } = gateway.database;
    const bundle = await prisma.processBundle.findFirstOrThrow({ where: { isCurrent: true } });
    const outcome = await decide();
    if (outcome.kind !== 'decided') throw new Error('Expected a decision');
    const cases = { open: randomUUID(), ended: randomUUID(), judgedSince: randomUUID() };
    for (const [name, id] of Object.entries(cases)) {
      await prisma.processInstance.create({ data: { id, processKey: bundle.processKey, businessKey: `R-${name}`, bundleHash: bundle.hash, status: 'running', startedBy: 'test', endedAt: name === 'ended' ? new Date() : null } });
      await recordDecision(gateway.database, { id: randomUUID(), ruleSet: 'dose-hold', version: '4', result: outcome.result, facts: outcome.facts, at: new Date().toISOString(), instanceId: id });
    }
    // Decisions are told apart by milliseconds: the later one must not fall into the same.
    await new Promise((resolve) => setTimeout(resolve, 10));
    await recordDecision(gateway.database, { id: randomUUID(), ruleSet: 'dose-hold', version: '1', result: outcome.result, facts: outcome.facts, at: new Date().toISOString(), instanceId: cases.judgedSince });
    const fired = (ruleId: string) => gateway.graphql(pharmacist, `query ($ruleId: String) { casesLastJudgedBy(key: "dose-hold", version: "4", ruleId: $ruleId) { totalCount edges { node { businessKey } } } }`, { ruleId });

    expect((await fired('potassium-high-hold')).data.casesLastJudgedBy).toEqual({ totalCount: 1, edges: [{ node: { businessKey: 'R-open' } }] });
    expect((await fired('insulin-glucose-hold')).data.casesLastJudgedBy.totalCount).toBe(0);
    const recalled = await act(pharmacist, 'recall', { key: 'dose-hold', version: '4', reason: '上限写错' });

    expect(recalled).toEqual({ ruleSet: { inEffect: { version: '2' } }, recall: { inEffectInstead: '2', stillToJudge: 1, openCases: { totalCount: 1, edges: [{ node: { businessKey: 'R-open' } }] } } });
    expect(await decide()).toMatchObject({ version: '2' });
    expect(await decide(new Date(Date.now() + 7_200_000))).toMatchObject({ version: '3' });
    expect(await act(second, 'recall', { key: 'dose-hold', version: '4', reason: 'x' })).toMatchObject({ code: 'ALREADY_RECALLED' });
    expect((await gateway.entries('rules.versionRecalled')).at(-1)).toMatchObject({ ruleSetVersion: '4', reason: '上限写错' });
    expect(await ruleSet('dose-hold', 'versions { version status decisionCount recall { reason } }')).toMatchObject({ versions: expect.arrayContaining([{ version: '4', status: 'RECALLED', decisionCount: 3, recall: { reason: '上限写错' } }]) });
  });

  it('leaves nobody without rules', async () => {
    const { version } = await gateway.database.prisma.ruleSetVersion.findFirstOrThrow({ where: { key: 'allergy' } });
    expect(await act(pharmacist, 'recall', { key: 'allergy', version, reason: 'x' })).toMatchObject({ code: 'NO_EARLIER_VERSION' });
    expect(await act(pharmacist, 'recall', { key: 'allergy', version: '9', reason: 'x' })).toMatchObject({ code: 'RULE_SET_VERSION_NOT_FOUND' });
  });
});

describe('reading', () => {
  it('lists rule sets with where they are used', async () => {
    const { data } = await gateway.graphql(await gateway.signIn('auditor'), '{ ruleSets(first: 3) { pageInfo { hasNextPage } edges { node { key domain ownerRole name { zhCN } viewerCan { edit approve } usedIn { process { key } elementId binding } } } } }');

    expect(data.ruleSets.pageInfo.hasNextPage).toBe(true);
    expect(data.ruleSets.edges.map(({ node }: { node: { key: string } }) => node.key)).toEqual(['allergy', 'dose', 'dose-hold']);
    expect(data.ruleSets.edges[0].node).toMatchObject({ domain: 'PHARMACY', ownerRole: 'pharmacist', viewerCan: { edit: false, approve: false }, usedIn: [{ process: { key: 'inpatient-order-loop' }, elementId: 'checkAllergy', binding: 'inEffect' }, { elementId: 'recheckAllergy' }] });
  });

  it('evaluates facts without recording a decision, and says in words why each rule fired or did not', async () => {
    const before = await gateway.database.prisma.decision.count();
    const facts = { orderedIngredient: 'potassium-chloride', orderedGroups: ['potassium-supplement'], potassiumMmolPerL: 7.5 };
    const { data } = await gateway.graphql(pharmacist, 'query ($facts: JSON!, $observedAt: JSON) { evaluateRuleSet(key: "dose-hold", facts: $facts, observedAt: $observedAt) { version level failure rules { ruleId outcome gradedFrom sentence { zhCN en } } } }', { facts, observedAt: { potassiumMmolPerL: new Date().toISOString() } });

    expect(data.evaluateRuleSet).toMatchObject({ version: '2', level: 'WARN', failure: null });
    // The changed limit is not what was signed: the rule, of grade D, only advises.
    expect(data.evaluateRuleSet.rules.find(({ ruleId }: { ruleId: string }) => ruleId === 'potassium-high-hold')).toMatchObject({ outcome: 'fired', gradedFrom: 'HARD', sentence: { en: expect.stringContaining('fired because') } });
    expect(await gateway.database.prisma.decision.count()).toBe(before);
    const [entry] = (await gateway.entries('rules.evaluated')).slice(-1);
    expect(entry).toMatchObject({ actorId: 'demo-pharmacist', ruleSet: 'dose-hold' });
  });

  it('explains a recorded decision to whom may see it', async () => {
    const decision = await gateway.database.prisma.decision.findFirstOrThrow({ where: { ruleSet: 'dose-hold', version: '4' } });
    const query = 'query ($id: ID!) { explainDecision(id: $id) { summary { zhCN } ruleSetName { en } rules { ruleId outcome level sentence { zhCN } } missing { en } } }';

    const { data } = await gateway.graphql(pharmacist, query, { id: decision.id });

    expect(data.explainDecision.rules.find(({ ruleId }: { ruleId: string }) => ruleId === 'potassium-high-hold')).toMatchObject({ outcome: 'fired', level: 'HARD' });
    expect((await gateway.graphql(owner, query, { id: decision.id })).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
