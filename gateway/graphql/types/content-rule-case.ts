import { counts, type CaseOutcome, type StandingContentCase } from '../../rule-sets/index.ts';
import { builder } from '../builder.ts';
import { AssigneeType } from './actor.ts';
import { CaseDifferenceType } from './case-difference.ts';

const ContentCaseMarkType = builder.objectRef<NonNullable<StandingContentCase['mark']>>('ContentCaseMark').implement({
  description: 'What the owner of the domain last said about a case of the content.',
  fields: (t) => ({
    isSuperseded: t.exposeBoolean('isSuperseded'),
    reason: t.exposeString('reason'),
    markedAt: t.expose('markedAt', { type: 'DateTime' }),
    markedBy: t.field({ type: AssigneeType, resolve: ({ markedBy }) => ({ id: markedBy }) }),
  }),
});

/** A case that came with the content of a rule set. */
export const ContentRuleCaseType = builder.objectRef<StandingContentCase>('ContentRuleCase').implement({
  description: 'A case that came with the content of a rule set, about one of its rules. It cannot be changed; its owner can set it aside.',
  fields: (t) => ({
    id: t.id({ description: 'The same as long as the case says the same.', resolve: (row) => row.case.id }),
    ruleSet: t.exposeString('key'),
    version: t.exposeString('version', { description: 'The version of the rule set that it came with.' }),
    name: t.string({ description: 'The rule and a number, as CASES_FAILED names it.', resolve: (row) => row.case.name }),
    ruleId: t.string({ resolve: (row) => row.case.expected.ruleId }),
    fires: t.boolean({ description: 'Whether the rule is to be a finding, whatever the others find.', resolve: (row) => row.case.expected.fires }),
    level: t.string({ nullable: true, description: 'The level that its finding is to have.', resolve: (row) => row.case.expected.level ?? null }),
    facts: t.field({ type: 'JSON', description: 'By input name.', resolve: (row) => row.case.facts as never }),
    changes: t.field({ type: 'JSON', description: 'What of the facts differs from those at which nothing fires.', resolve: (row) => row.case.changes as never }),
    observedAt: t.field({ type: 'JSON', description: 'ISO 8601 instants by input name.', resolve: (row) => row.case.observedAt as never }),
    at: t.field({ type: 'DateTime', description: 'The instant of the decision: ages are counted to it.', resolve: (row) => new Date(row.case.at) }),
    isSuperseded: t.boolean({ description: 'It is run, but counts neither as failed nor for coverage.', resolve: (row) => !counts(row) }),
    mark: t.field({ type: ContentCaseMarkType, nullable: true, resolve: ({ mark }) => mark ?? null }),
  }),
});

/** What became of one case of the content. */
export const ContentRuleCaseResultType = builder.objectRef<CaseOutcome<StandingContentCase>>('ContentRuleCaseResult').implement({
  fields: (t) => ({
    case: t.field({ type: ContentRuleCaseType, resolve: ({ row }) => row }),
    passed: t.boolean({ resolve: ({ result }) => result.differences.length === 0 }),
    level: t.string({ description: 'Of the whole decision.', resolve: ({ result }) => result.level }),
    differences: t.field({ type: [CaseDifferenceType], resolve: ({ result }) => [...result.differences] }),
  }),
});
