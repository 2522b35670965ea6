import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createDecider, recordDecision } from '#activities';
import type { RuleSetDocument } from '#rules';
import type { CommandService } from '../../gateway/commands/index.ts';
import { digestOf } from '../../gateway/rule-sets/index.ts';
import { publishProcess } from '../../gateway/processes/index.ts';
import { startGateway, type As, type GraphqlAnswer, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

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
  const row = await gateway.database.prisma.ruleSetVersion.findUniqueOrThrow({ where: { key_version: { key: 'dose-hold', version: '1' } } });
  original = row.document as unknown as RuleSetDocument;
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
}, 30_000);

const errors = '... on Error { code place detail message }';
const documents = {
  save: `mutation ($input: SaveRuleSetDraftInput!) { result: saveRuleSetDraft(input: $input) { __typename ${errors}
    ... on ValidationError { ruleFindings { code path ruleId title { zhCN } } }
    ... on ConflictError { revision draft { revision savedBy { id displayName } savedAt document } draftDifference { from to rules { id kind fields { path before after } } } }
    ... on SaveRuleSetDraftPayload { droppedSignatures draft { revision hash document findings { path ruleId } editors { id } } ruleSet { revision } } } }`,
  discard: `mutation ($input: DiscardRuleSetDraftInput!) { result: discardRuleSetDraft(input: $input) { ${errors} ... on DiscardRuleSetDraftPayload { ruleSet { revision draft { revision } } } } }`,
  submit: `mutation ($input: SubmitRuleSetForReviewInput!) { result: submitRuleSetForReview(input: $input) { __typename ${errors} ... on ValidationError { ruleFindings { code path ruleId } }
    ... on SubmitRuleSetForReviewPayload { review { id version hash mayApprove verdict { kind } } } } }`,
  returnReview: `mutation ($input: ReturnRuleSetReviewInput!) { result: returnRuleSetReview(input: $input) { ${errors} ... on ReturnRuleSetReviewPayload { review { verdict { kind comment decidedBy { id } } } ruleSet { review { id } draft { revision } } } } }`,
  approve: `mutation ($input: ApproveRuleSetInput!) { result: approveRuleSet(input: $input) { __typename ${errors} ... on ApproveRuleSetPayload { version { version status hash effectiveAt publishedBy { id } } ruleSet { draft { revision } inEffect { version } } } } }`,
  rollBack: `mutation ($input: RollBackRuleSetInput!) { result: rollBackRuleSet(input: $input) { ${errors} ... on RollBackRuleSetPayload { review { id version } } } }`,
  sign: `mutation ($input: SignRulesInput!) { result: signRules(input: $input) { ${errors} ... on SignRulesPayload { draft { revision document } } } }`,
  suspend: `mutation ($input: SuspendRuleInput!) { result: suspendRule(input: $input) { ${errors} ... on SuspendRulePayload { suspension { id status isOverdue ruleName { en } } } } }`,
  confirm: `mutation ($input: SuspensionInput!) { result: confirmSuspension(input: $input) { ${errors} ... on ConfirmSuspensionPayload { suspension { id status acts { kind by { id } } } } } }`,
  lift: `mutation ($input: SuspensionInput!) { result: liftSuspension(input: $input) { ${errors} ... on LiftSuspensionPayload { suspension { id status acts { kind } } } } }`,
  recall: `mutation ($input: RecallRuleSetVersionInput!) { result: recallRuleSetVersion(input: $input) { ${errors}
    ... on RecallRuleSetVersionPayload { ruleSet { inEffect { version } } recall { inEffectInstead stillToJudge openCases { totalCount edges { node { businessKey } } } } } } }`,
} as const;

async function act(as: As, name: keyof typeof documents, input: Readonly<Record<string, unknown>>): Promise<GraphqlAnswer['data']> {
  const { data, errors: failed } = await gateway.graphql(as, documents[name], { input: { idempotencyKey: randomUUID(), ...input } });
  if (failed) throw new Error(JSON.stringify(failed));
  return data.result;
}

/** Asks about one rule set. */
async function ruleSet(key: string, fields: string, as = pharmacist): Promise<GraphqlAnswer['data']> {
  return (await gateway.graphql(as, `query ($key: String!) { ruleSet(key: $key) { ${fields} } }`, { key })).data.ruleSet;
}

const revisionOf = async (key: string): Promise<number> => (await ruleSet(key, 'revision')).revision;

/** The document with another limit of the first rule, which is then not what was signed. */
function withLimit(limit: number, document = original): RuleSetDocument {
  const [first, ...rest] = document.rules;
  if (!first || !('all' in first.conditions)) throw new Error('Expected the first rule to be an `all`');
  const all = first.conditions.all.map((condition) => ('fact' in condition && condition.fact === 'potassiumMmolPerL' ? { ...condition, value: limit } : condition));
  const { signed: _signed, ...unsigned } = first;
  return { ...document, rules: [{ ...unsigned, conditions: { all } }, ...rest] };
}

const decide = (at = new Date()) => createDecider(gateway.database).decide({ ruleSet: 'dose-hold', at: at.toISOString(), facts: { orderedIngredient: 'potassium-chloride', orderedGroups: ['potassium-supplement'], potassiumMmolPerL: 6 }, observedAt: { potassiumMmolPerL: new Date(at.getTime() - 60_000).toISOString() } });

/** A new version by one pharmacist, approved by the other. */
async function publish(document: RuleSetDocument, effectiveAt?: Date) {
  const { key } = document;
  const saved = await act(pharmacist, 'save', { key, document, expectedRevision: await revisionOf(key) });
  const { review } = await act(pharmacist, 'submit', { key, expectedRevision: saved.draft.revision, comment: '上限调整' });
  return act(second, 'approve', { reviewId: review.id, comment: '同意', ...(effectiveAt ? { effectiveAt: effectiveAt.toISOString() } : {}) });
}

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
    ['a text that cannot be kept', { ...{ format: 'careloop-rules/1', key: 'dose-hold', name: { 'zh-CN': 'x\u0000', en: 'x' }, domain: 'pharmacy' } }, 'RULE_SET_INVALID'],
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

describe('signatures', () => {
  it('come from the owning role only, stand in the document, and count when a second person approves', async () => {
    const nurses = [await gateway.signIn('head-nurse'), await gateway.signIn('head-nurse', 'W2')] as const;
    const [one, other] = nurses;
    const forged = (await ruleSet('second-person', 'inEffect { document }')).inEffect.document as RuleSetDocument;
    const signature = { role: 'head-nurse', name: 'X', at: '2026-11-01T00:00:00Z' };
    const saved = await act(one, 'save', { key: 'second-person', document: { ...forged, rules: forged.rules.map((rule) => ({ ...rule, signed: signature })) }, expectedRevision: 0 });

    expect(saved.droppedSignatures).toHaveLength(forged.rules.length);
    expect(await act(pharmacist, 'sign', { key: 'second-person', ruleIds: ['chemotherapy'], expectedRevision: 1, reason: 'x' })).toMatchObject({ code: 'NOT_DOMAIN_OWNER' });
    expect(await act(one, 'sign', { key: 'second-person', ruleIds: ['nothing'], expectedRevision: 1, reason: 'x' })).toMatchObject({ code: 'RULE_NOT_FOUND', place: 'ruleIds.0' });
    const signed = await act(one, 'sign', { key: 'second-person', ruleIds: ['chemotherapy'], expectedRevision: 1, reason: '护理部认可' });
    const rules = (signed.draft.document as RuleSetDocument).rules;
    expect(rules.filter((rule) => rule.signed).map(({ id, signed: by }) => [id, by?.role])).toEqual([['chemotherapy', 'head-nurse']]);
    expect(await act(one, 'sign', { key: 'second-person', ruleIds: ['chemotherapy'], expectedRevision: 2, reason: 'x' })).toMatchObject({ code: 'RULE_NEEDS_NO_SIGNATURE' });

    // Saved as it is it stays signed; with another level it is another rule, which nobody has signed.
    expect((await act(other, 'save', { key: 'second-person', document: { ...signed.draft.document, description: { 'zh-CN': '说明', en: 'about' } }, expectedRevision: 2 })).droppedSignatures).toEqual([]);
    const changed = rules.map((rule) => (rule.id === 'chemotherapy' ? { ...rule, level: 'HARD' } : rule));
    expect((await act(one, 'save', { key: 'second-person', document: { ...signed.draft.document, rules: changed }, expectedRevision: 3 })).droppedSignatures).toEqual(['chemotherapy']);
    const back = await act(one, 'save', { key: 'second-person', document: signed.draft.document, expectedRevision: 4 });
    expect(back.droppedSignatures).toEqual([]);
    const { review } = await act(one, 'submit', { key: 'second-person', expectedRevision: 5, comment: '签署' });
    expect(await act(other, 'approve', { reviewId: review.id, comment: 'x' })).toMatchObject({ code: 'SAME_PERSON' });
    await act(one, 'returnReview', { reviewId: review.id, comment: '撤回' });
    expect(await gateway.database.prisma.ruleSignature.findMany({ select: { ruleId: true, signedBy: true, reason: true } })).toEqual([{ ruleId: 'chemotherapy', signedBy: 'demo-head-nurse-w1', reason: '护理部认可' }]);
  });
});

describe('suspension', () => {
  let suspensionId: string;

  it('takes effect in the next decision, for whom the domain is theirs', async () => {
    const input = { key: 'dose-hold', ruleId: 'potassium-high-hold', reason: '误报' };
    expect(await act(await gateway.signIn('doctor'), 'suspend', input)).toMatchObject({ code: 'NOT_DOMAIN_OWNER' });

    const { suspension } = await act(pharmacist, 'suspend', input);

    suspensionId = suspension.id;
    expect(suspension).toMatchObject({ status: 'UNCONFIRMED', isOverdue: false });
    const outcome = await decide();
    expect(outcome).toMatchObject({ kind: 'decided', suspended: ['potassium-high-hold'] });
    const finding = outcome.kind === 'decided' ? outcome.result.findings.find(({ ruleId }) => ruleId === 'potassium-high-hold') : undefined;
    expect(finding).toMatchObject({ level: 'WARN', gradedFrom: 'HARD' });
    expect(await act(second, 'suspend', input)).toMatchObject({ code: 'RULE_ALREADY_SUSPENDED' });
    expect((await ruleSet('dose-hold', 'inEffect { rules { id level effectiveLevel suspension { id } } }')).inEffect.rules[0]).toEqual({ id: 'potassium-high-hold', level: 'HARD', effectiveLevel: 'WARN', suspension: { id: suspensionId } });
  });

  it('is shown as overdue when nobody confirms it in time, stays in force, and can still be confirmed', async () => {
    const { data } = await gateway.graphql(pharmacist, '{ ruleSuspensions(overdue: true) { id } }');
    expect(data.ruleSuspensions).toEqual([]);
    const id = randomUUID();
    await gateway.database.prisma.ruleSuspension.create({ data: { id, key: 'dose-hold', ruleId: 'potassium-raised-review', suspendedAt: new Date(Date.now() - 25 * 3_600_000), suspendedBy: 'demo-pharmacist', role: 'pharmacist', reason: '误报' } });

    expect((await gateway.graphql(pharmacist, '{ ruleSuspensions(overdue: true) { id isOverdue status } }')).data.ruleSuspensions).toEqual([{ id, isOverdue: true, status: 'UNCONFIRMED' }]);
    expect(await decide()).toMatchObject({ suspended: ['potassium-high-hold', 'potassium-raised-review'] });
    expect(await act(second, 'confirm', { suspensionId: id, reason: '属实' })).toMatchObject({ suspension: { status: 'CONFIRMED' } });
    expect((await gateway.graphql(pharmacist, '{ ruleSuspensions(overdue: true) { id } }')).data.ruleSuspensions).toEqual([]);
  });

  it('is confirmed by another person, and lifted by two', async () => {
    const input = { suspensionId, reason: '属实' };

    expect(await act(pharmacist, 'confirm', input)).toMatchObject({ code: 'SAME_PERSON' });
    expect(await act(second, 'confirm', input)).toMatchObject({ suspension: { status: 'CONFIRMED', acts: [{ kind: 'confirmed', by: { id: 'demo-pharmacist-2' } }] } });
    expect(await act(pharmacist, 'lift', { suspensionId, reason: '已修正' })).toMatchObject({ suspension: { status: 'LIFT_REQUESTED' } });
    expect(await act(pharmacist, 'lift', { suspensionId, reason: '已修正' })).toMatchObject({ code: 'SAME_PERSON' });
    expect(await decide()).toMatchObject({ suspended: expect.arrayContaining(['potassium-high-hold']) });
    expect(await act(second, 'lift', { suspensionId, reason: '同意' })).toMatchObject({ suspension: { status: 'LIFTED' } });
    expect(await decide()).toMatchObject({ suspended: ['potassium-raised-review'], result: { level: 'HARD' } });
    expect(await act(second, 'lift', { suspensionId, reason: 'x' })).toMatchObject({ code: 'SUSPENSION_CLOSED' });
    expect(await act(second, 'lift', { suspensionId: 'none', reason: 'x' })).toMatchObject({ code: 'SUSPENSION_NOT_FOUND' });
    for (const action of ['rules.ruleSuspended', 'rules.suspensionConfirmed', 'rules.suspensionLiftRequested', 'rules.suspensionLifted']) expect([action, (await gateway.entries(action)).length > 0]).toEqual([action, true]);
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
