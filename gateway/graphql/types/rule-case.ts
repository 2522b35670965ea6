import type { Prisma } from '#database';
import type { CaseDifference, RuleCaseExpectation, RuleCoverage } from '#rules';
import type { CaseOutcome } from '../../rule-sets/index.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { visibleDecision } from '../visible-rows.ts';
import { AssigneeType } from './actor.ts';
import { DecisionType } from './decision.ts';
import { LocalizedTextType } from './localized-text.ts';

type CaseRow = Prisma.RuleCaseGetPayload<object>;

const RuleCaseExpectationType = builder.objectRef<RuleCaseExpectation>('RuleCaseExpectation').implement({
  description: 'What is to be decided about a case.',
  fields: (t) => ({
    level: t.exposeString('level', { description: 'HARD | UNKNOWN | PHARMACIST | WARN | PASS' }),
    ruleIds: t.stringList({ description: 'Every finding, in any order; `missing:<fact>` for a missing value.', resolve: ({ ruleIds }) => [...ruleIds] }),
    outputs: t.field({ type: 'JSON', nullable: true, description: 'Compared where they are given.', resolve: ({ outputs }) => outputs ?? null }),
  }),
});

/** A saved case of a rule set. */
export const RuleCaseType = builder.objectRef<CaseRow>('RuleCase').implement({
  description: 'A saved case of a rule set: facts, and what is to be decided about them.',
  fields: (t) => ({
    id: t.exposeID('id'),
    revision: t.exposeInt('revision', { description: 'What a change gives as `expectedRevision`.' }),
    ruleSet: t.exposeString('key'),
    name: t.exposeString('name'),
    facts: t.field({ type: 'JSON', description: 'By input name.', resolve: ({ facts }) => facts }),
    observedAt: t.field({ type: 'JSON', description: 'ISO 8601 instants by input name.', resolve: ({ observedAt }) => observedAt }),
    at: t.expose('at', { type: 'DateTime', description: 'The instant of the decision: ages are counted to it.' }),
    // The column holds what was checked when the case was saved.
    expected: t.field({ type: RuleCaseExpectationType, resolve: ({ expected }) => expected as RuleCaseExpectation }),
    tags: t.stringList({ resolve: ({ tags }) => [...tags] }),
    savedAt: t.expose('savedAt', { type: 'DateTime' }),
    savedBy: t.field({ type: AssigneeType, resolve: ({ savedBy }) => ({ id: savedBy }) }),
    isDeleted: t.exposeBoolean('isDeleted'),
    fromDecision: t.field({
      type: DecisionType,
      nullable: true,
      description: 'The decision that it was made from; null for a viewer who may not see it.',
      resolve: ({ fromDecision }, _args, context: RequestContext) => (fromDecision === null ? null : visibleDecision(fromDecision, context)),
    }),
  }),
});

const CaseDifferenceType = builder.objectRef<CaseDifference>('RuleCaseDifference').implement({
  description: 'level: another level. notFired, fired: a rule that should have, or should not have. outputs: other outputs. failure: it could not be judged; `actual` is code and input, and the rules that violate the hit policy.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'level | notFired | fired | outputs | failure' }),
    ruleId: t.string({ nullable: true, resolve: ({ ruleId }) => ruleId ?? null }),
    expected: t.field({ type: 'JSON', nullable: true, resolve: ({ expected }) => expected ?? null }),
    actual: t.field({ type: 'JSON', nullable: true, resolve: ({ actual }) => actual ?? null }),
  }),
});

const RuleCaseResultType = builder.objectRef<CaseOutcome>('RuleCaseResult').implement({
  fields: (t) => ({
    case: t.field({ type: RuleCaseType, resolve: ({ row }) => row }),
    passed: t.boolean({ resolve: ({ result }) => result.differences.length === 0 }),
    level: t.string({ resolve: ({ result }) => result.level }),
    ruleIds: t.stringList({ resolve: ({ result }) => [...result.ruleIds] }),
    outputs: t.field({ type: 'JSON', nullable: true, resolve: ({ result }) => result.outputs ?? null }),
    differences: t.field({ type: [CaseDifferenceType], resolve: ({ result }) => [...result.differences] }),
  }),
});

const RuleCoverageType = builder.objectRef<RuleCoverage>('RuleCoverage').implement({
  description: 'In how many cases a rule fired and in how many it did not. One that could not be judged did neither.',
  fields: (t) => ({
    ruleId: t.exposeString('ruleId'),
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name }),
    fired: t.exposeInt('fired'),
    notFired: t.exposeInt('notFired'),
    isCovered: t.boolean({ description: 'It fired at least once, and at least once it did not.', resolve: ({ fired, notFired }) => fired > 0 && notFired > 0 }),
  }),
});

/** Saved cases under one document. */
export interface CasesRun {
  readonly name: string;
  readonly hash: string;
  readonly outcomes: readonly CaseOutcome[];
  readonly coverage: readonly RuleCoverage[];
}

/** What became of the saved cases under one document. */
export const RuleCaseRunType = builder.objectRef<CasesRun>('RuleCaseRun').implement({
  description: 'What became of the saved cases under one document.',
  fields: (t) => ({
    document: t.exposeString('name', { description: 'The version, that of the review, or # and the draft’s revision.' }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the document.' }),
    passed: t.int({ resolve: ({ outcomes }) => outcomes.filter(({ result }) => result.differences.length === 0).length }),
    failed: t.int({ resolve: ({ outcomes }) => outcomes.filter(({ result }) => result.differences.length > 0).length }),
    results: t.field({ type: [RuleCaseResultType], resolve: ({ outcomes }) => [...outcomes] }),
    coverage: t.field({ type: [RuleCoverageType], description: 'Every rule, in the document’s order.', resolve: ({ coverage }) => [...coverage] }),
    untestedRuleIds: t.stringList({ description: 'Rules that fired in no case, or in every one.', resolve: ({ coverage }) => coverage.filter(({ fired, notFired }) => fired === 0 || notFired === 0).map(({ ruleId }) => ruleId) }),
  }),
});
