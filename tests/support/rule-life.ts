import { createDecider, type DecideOutcome } from '#activities';
import type { RuleSetDocument } from '#rules';
import { startRuleOffice, type Acts, type RuleOffice } from './rule-office.ts';
import type { As, GraphqlAnswer } from './running-gateway.ts';

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

/** The rule set `dose-hold`, and what tests of its life do. */
export interface RuleLife extends RuleOffice {
  readonly act: Acts<keyof typeof documents>;
  /** Asks about one rule set. */
  ruleSet(key: string, fields: string, as?: As): Promise<GraphqlAnswer['data']>;
  /** The document with another limit of the first rule, which is then not what was signed. */
  withLimit(limit: number, document?: RuleSetDocument): RuleSetDocument;
  /** What is in effect says about a high potassium. */
  decide(at?: Date): Promise<DecideOutcome>;
  /** A new version by one pharmacist, approved by the other. */
  publish(document: RuleSetDocument, effectiveAt?: Date): Promise<GraphqlAnswer['data']>;
}

export async function startRuleLife(): Promise<RuleLife> {
  const office = await startRuleOffice('dose-hold');
  const { gateway, pharmacist, second, original } = office;
  const act = office.actsOf(documents);
  return {
    ...office, act,
    ruleSet: async (key, fields, as = pharmacist) => (await gateway.graphql(as, `query ($key: String!) { ruleSet(key: $key) { ${fields} } }`, { key })).data.ruleSet,
    withLimit(limit, document = original) {
      const [first, ...rest] = document.rules;
      if (!first || !('all' in first.conditions)) throw new Error('Expected the first rule to be an `all`');
      const all = first.conditions.all.map((condition) => ('fact' in condition && condition.fact === 'potassiumMmolPerL' ? { ...condition, value: limit } : condition));
      const { signed: _signed, ...unsigned } = first;
      return { ...document, rules: [{ ...unsigned, conditions: { all } }, ...rest] };
    },
    decide: (at = new Date()) => createDecider(gateway.database).decide({ ruleSet: 'dose-hold', at: at.toISOString(), facts: { orderedIngredient: 'potassium-chloride', orderedGroups: ['potassium-supplement'], potassiumMmolPerL: 6 }, observedAt: { potassiumMmolPerL: new Date(at.getTime() - 60_000).toISOString() } }),
    async publish(document, effectiveAt) {
      const { key } = document;
      const saved = await act(pharmacist, 'save', { key, document, expectedRevision: await office.revisionOf(key) });
      const { review } = await act(pharmacist, 'submit', { key, expectedRevision: saved.draft.revision, comment: '上限调整' });
      return act(second, 'approve', { reviewId: review.id, comment: '同意', ...(effectiveAt ? { effectiveAt: effectiveAt.toISOString() } : {}) });
    },
  };
}
