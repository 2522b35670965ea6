import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDecider, recordDecision } from '#activities';
import type { RuleSetDocument } from '#rules';
import { startRuleOffice, type Acts, type RuleOffice } from './rule-office.ts';
import type { As, GraphqlAnswer } from './running-gateway.ts';

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
  markContent: `mutation ($input: MarkContentRuleCasesInput!) { result: markContentRuleCases(input: $input) { ${errors} ... on MarkContentRuleCasesPayload { cases { name isSuperseded mark { isSuperseded reason markedBy { id } } } } } }`,
} as const;

const backtestFields = `id status read total failure hash wards result { decisions compared changed stricter looser otherFindings newlyInterrupting failed notComparable
  notComparableReasons { code fact count } matrix { from to count } byWard { key name { en } decisions changed } byDrug { key decisions changed } bySeverity { key changed } byRule { ruleId newlyFired noLongerFired } }`;
const changeFields = 'edges { cursor node { decisionId levelBefore levelAfter rulesBefore rulesAfter drug patient { patientId } decision { decisionId } } } pageInfo { hasNextPage }';

/** An order of potassium chloride, as `dose-hold` reads it. */
export const potassiumChloride = { orderedIngredient: 'potassium-chloride', orderedGroups: ['potassium-supplement'] };

/** The rule set `dose-hold` with two patients in two wards, and what tests of trying it do. */
export interface RuleTrials extends RuleOffice {
  readonly key: string;
  readonly act: Acts<keyof typeof documents>;
  revision(): Promise<number>;
  /** The rules about potassium with other limits, and so without their signatures. */
  withLimits(raised: number, high: number): RuleSetDocument;
  /** Saves the document as draft, signed; gives its hash. */
  saveDraft(document: RuleSetDocument): Promise<string>;
  /** A decision by what is in effect, recorded as activities record theirs. */
  decide(potassiumMmolPerL: number, patientId: string, instanceId?: string): Promise<string>;
  /** What a backtest says to somebody; `changes`: arguments of its changes. */
  backtest(as: As, id: string, changes?: string): Promise<GraphqlAnswer['data']>;
  /** Begins a backtest over the last hour and waits for its end. */
  finished(as: As, input: Readonly<Record<string, unknown>>): Promise<string>;
}

export async function startRuleTrials(): Promise<RuleTrials> {
  const key = 'dose-hold';
  const office = await startRuleOffice(key);
  const { gateway, pharmacist, original } = office;
  for (const [id, wardId] of [['P1', 'W1'], ['P2', 'W2']] as const) {
    await gateway.database.prisma.patient.create({ data: { id, name: `患者${id}（合成）`, gender: 'female', birthDate: new Date('1950-01-01'), isSynthetic: true, encounters: { create: { id: `E-${id}`, wardId, bed: '1', admittedAt: new Date(Date.now() - 864e5), wristband: `WB-${id}` } } } });
  }
  const act = office.actsOf(documents);
  const revision = () => office.revisionOf(key);
  return {
    ...office, key, act, revision,
    withLimits(raised, high) {
      const limits: Readonly<Record<string, number>> = { greaterThan: raised, lessThanInclusive: high };
      const rules = original.rules.map((rule, index): RuleSetDocument['rules'][number] => {
        if (index > 1 || !('all' in rule.conditions)) return rule;
        const { signed: _signed, ...unsigned } = rule;
        const all = rule.conditions.all.map((condition) => ('fact' in condition && condition.fact === 'potassiumMmolPerL' ? { ...condition, value: index === 0 ? high : (limits[condition.operator] ?? 0) } : condition));
        return { ...unsigned, conditions: { all } };
      });
      return { ...original, rules };
    },
    async saveDraft(document) {
      const saved = await act(pharmacist, 'save', { key, document, expectedRevision: await revision() });
      const signed = await act(pharmacist, 'sign', { key, ruleIds: ['potassium-high-hold', 'potassium-raised-review'], expectedRevision: saved.draft.revision, reason: '药事会决议' });
      return signed.draft.hash;
    },
    async decide(potassiumMmolPerL, patientId, instanceId) {
      const [id, at] = [randomUUID(), new Date().toISOString()];
      const outcome = await createDecider(gateway.database).decide({ ruleSet: key, at, facts: { ...potassiumChloride, potassiumMmolPerL }, observedAt: { potassiumMmolPerL: new Date(Date.parse(at) - 3_600_000).toISOString() } });
      if (outcome.kind === 'failed') throw new Error(outcome.failure.message);
      await recordDecision(gateway.database, { id, ruleSet: key, version: outcome.version, result: outcome.result, facts: outcome.facts, at, patientId, ...(instanceId === undefined ? {} : { instanceId }) });
      return id;
    },
    async backtest(as, id, changes = '') {
      const { data, errors: failed } = await gateway.graphql(as, `query ($id: ID!) { backtest(id: $id) { ${backtestFields} changes${changes} { ${changeFields} } } }`, { id });
      if (failed) throw new Error(JSON.stringify(failed));
      return data.backtest;
    },
    async finished(as, input) {
      const asked = await act(as, 'backtest', { key, from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date(Date.now() + 1_000).toISOString(), ...input });
      for (let times = 0; times < 200; times += 1) {
        const { data } = await gateway.graphql(as, 'query ($id: ID!) { backtest(id: $id) { status } }', { id: asked.backtest.id });
        if (data.backtest.status !== 'RUNNING' && data.backtest.status !== 'WAITING') break;
        await sleep(50);
      }
      return asked.backtest.id;
    },
  };
}
