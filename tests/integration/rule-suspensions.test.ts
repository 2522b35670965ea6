import { randomUUID } from 'node:crypto';
import type { RuleSetDocument } from '#rules';
import { startRuleLife, type RuleLife } from '../support/rule-life.ts';

let life: RuleLife;
let gateway: RuleLife['gateway'];
let pharmacist: RuleLife['pharmacist'];
let second: RuleLife['second'];
let act: RuleLife['act'];
let ruleSet: RuleLife['ruleSet'];
let decide: RuleLife['decide'];

beforeAll(async () => {
  life = await startRuleLife();
  ({ gateway, pharmacist, second, act, ruleSet, decide } = life);
}, 300_000);
afterAll(() => life?.close(), 60_000);

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
