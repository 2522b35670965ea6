import { randomUUID } from 'node:crypto';
import { factStatement } from '#activities';
import { startRuleTrials, type RuleTrials } from '../support/rule-trials.ts';

const key = 'dose-hold';
let trials: RuleTrials;
let gateway: RuleTrials['gateway'];
let pharmacist: RuleTrials['pharmacist'];
let decide: RuleTrials['decide'];

beforeAll(async () => {
  trials = await startRuleTrials();
  ({ gateway, pharmacist, decide } = trials);
}, 300_000);
afterAll(() => trials?.close(), 60_000);

describe('the statistics of rules', () => {
  it('count how often each fired, and what became of its cards last', async () => {
    const { prisma } = gateway.database;
    await decide(6, 'P1');
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
    const query = 'query ($key: String!, $from: DateTime!, $to: DateTime!) { ruleStatistics(key: $key, from: $from, to: $to) { decisions rules { ruleId name { en } fired cards accepted overridden overrideReasons { code name { zhCN } count } reviews { approved } } } }';

    const { data } = await gateway.graphql(await gateway.signIn('head-nurse'), query, { key, from: new Date(Date.now() - 864e5).toISOString(), to: new Date(Date.now() + 864e5).toISOString() });

    expect(data.ruleStatistics.decisions).toBe(await prisma.decision.count({ where: { ruleSet: key } }));
    expect(data.ruleStatistics.rules.find(({ ruleId }: { ruleId: string }) => ruleId === 'potassium-high-hold')).toEqual({
      ruleId: 'potassium-high-hold', name: { en: 'Hold: potassium above 5.5' }, fired, cards: 3, accepted: 0, overridden: 2,
      overrideReasons: expect.arrayContaining([{ code: 'will-monitor', name: { zhCN: '已安排监测' }, count: 1 }, { code: 'LOCAL-7', name: null, count: 1 }]),
      reviews: { approved: 0 },
    });
    expect(data.ruleStatistics.rules.filter(({ fired: times }: { fired: number }) => times === 0).length).toBeGreaterThan(0);
    const long = await gateway.graphql(pharmacist, query, { key, from: '2020-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' });
    expect(long.errors?.[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', place: 'to' });
  });

  it('count what pharmacists decided whom a rule asked, by the review that was about the decision, with their reasons for who sees all wards', async () => {
    const rule = 'potassium-raised-review';
    const { prisma } = gateway.database;
    const { hash: bundleHash } = await prisma.processBundle.findFirstOrThrow({ select: { hash: true } });
    const instance = async (): Promise<string> => (await prisma.processInstance.create({ data: { id: randomUUID(), processKey: 'inpatient-order-loop', businessKey: randomUUID(), bundleHash, startedBy: 'test', unit: 'W1' } })).id;
    let tasks = 0;
    /** A review as the record has it: of a verdict, and completed with data, else cancelled. */
    const review = async (instanceId: string, data?: object, ruleIds = [rule], key = dataKey): Promise<void> => {
      tasks += 1;
      const taskId = `t${tasks}`;
      await prisma.userTask.create({ data: { id: `${instanceId}:${taskId}`, instanceId, taskId, elementId: 'pharmacistReview', elementInstanceId: taskId, form: 'pharmacist-review', status: data ? 'completed' : 'cancelled', input: { verdict: { findings: ruleIds.map((ruleId) => ({ ruleId })) } }, createdAt: new Date(), endedAt: new Date() } });
      if (!data) return;
      const { text, values } = factStatement({ factId: `test/${taskId}`, action: 'task.completed', at: new Date().toISOString(), actor: { id: 'pharmacist', kind: 'person', roles: ['pharmacist'] }, instanceId, taskId, detail: { data } as never }, key);
      await prisma.$executeRawUnsafe(text, ...values);
    };
    const dataKey = await gateway.keys.keyFor('patient:P1');
    const lost = await gateway.keys.keyFor('patient:P2');
    const decided = async (level = 5.3): Promise<string> => {
      const id = await instance();
      await decide(level, 'P1', id);
      return id;
    };
    await review(await decided(), { decision: 'approve', reason: '已安排监测' });
    await review(await decided(), { decision: 'approve', reason: '已安排监测 ' });
    await review(await decided(), { decision: 'return', reason: '请停补钾' });
    // Checked again: the second decision has a review of its own.
    const twice = await decided();
    await review(twice, { decision: 'recheck', reason: '已补血钾' });
    await decide(5.4, 'P1', twice);
    await review(twice, { decision: 'approve', reason: '已安排监测' });
    await review(await decided());
    await review(await decided(), { decision: 'later', reason: 'x' });
    await review(await decided(), { decision: 'approve', reason: 'x' }, [rule], lost);
    // About something else, and decided again before the review began: neither counts for this decision.
    await review(await decided(), { decision: 'approve', reason: 'x' }, ['another-rule']);
    const again = await decided();
    await decide(5.4, 'P1', again);
    await review(again, { decision: 'return', reason: 'x' });
    await gateway.database.pool.query('update data_key set destroyed_at = now() where key_id = $1', [lost.keyId]);

    const ask = async (role: string) => {
      const { data, errors } = await gateway.graphql(await gateway.signIn(role), 'query ($key: String!, $from: DateTime!, $to: DateTime!) { ruleStatistics(key: $key, from: $from, to: $to) { rules { ruleId reviews { approved returned rechecked notDecided unknown approvalReasons { text count } } } } }', { key, from: new Date(Date.now() - 864e5).toISOString(), to: new Date(Date.now() + 864e5).toISOString() });
      if (errors) throw new Error(JSON.stringify(errors));
      return data.ruleStatistics.rules.find(({ ruleId }: { ruleId: string }) => ruleId === rule).reviews;
    };
    const counts = { approved: 3, returned: 2, rechecked: 1, notDecided: 1, unknown: 2 };
    expect(await ask('pharmacist')).toEqual({ ...counts, approvalReasons: [{ text: '已安排监测', count: 3 }] });
    expect(await ask('head-nurse')).toEqual({ ...counts, approvalReasons: null });
  });
});
