import { overrideReasonName } from '../../cds-hooks/index.ts';
import { readRuleStatistics, type OverrideCount, type ReviewCounts, type RuleStatistic, type RuleStatistics } from '../../rule-sets/index.ts';
import { builder } from '../builder.ts';
import { badArgument } from '../request-errors.ts';
import { readRuleSet } from '../rule-set-list.ts';
import { LocalizedTextType } from '../types/localized-text.ts';
import { readBacktest, readBacktests, RuleSetBacktestType, seesAllWards } from '../types/rule-backtest.ts';
import { readShadow, readShadows, RuleShadowType } from '../types/rule-shadow.ts';

const maximumDays = 366;

builder.queryField('backtest', (t) =>
  t.field({ type: RuleSetBacktestType, nullable: true, description: 'How far a backtest has come and what it found.', args: { id: t.arg.id({ required: true }) }, resolve: (_root, { id }, context) => readBacktest(id, context) }),
);

builder.queryField('backtests', (t) =>
  t.field({ type: [RuleSetBacktestType], description: 'Backtests of a rule set, newest first, at most 50.', args: { key: t.arg.string({ required: true }) }, resolve: (_root, { key }, context) => readBacktests(key, context) }),
);

builder.queryField('ruleShadow', (t) =>
  t.field({ type: RuleShadowType, nullable: true, description: 'What a shadow found so far.', args: { id: t.arg.id({ required: true }) }, resolve: (_root, { id }, context) => readShadow(id, context) }),
);

builder.queryField('ruleShadows', (t) =>
  t.field({ type: [RuleShadowType], description: 'Shadows of a rule set, newest first, at most 50.', args: { key: t.arg.string({ required: true }) }, resolve: (_root, { key }, context) => readShadows(key, context) }),
);

const OverrideReasonType = builder.objectRef<OverrideCount>('OverrideReason').implement({
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Of the clinical system; empty when it gave none.' }),
    name: t.field({ type: LocalizedTextType, nullable: true, description: 'Null for a code of another system.', resolve: ({ code }) => overrideReasonName(code) ?? null }),
    count: t.exposeInt('count'),
  }),
});

const ApprovalReasonType = builder.objectRef<ReviewCounts['approvalReasons'][number]>('ApprovalReason').implement({
  fields: (t) => ({ text: t.exposeString('text', { description: 'As the pharmacist wrote it.' }), count: t.exposeInt('count') }),
});

const ReviewCountsType = builder.objectRef<ReviewCounts>('RuleReviewCounts').implement({
  description: 'What pharmacists decided about the orders that a rule put before them. Each decision of the rule set counts with the review that was about it.',
  fields: (t) => ({
    approved: t.exposeInt('approved', { description: 'The order was let pass.' }),
    returned: t.exposeInt('returned', { description: 'It was sent back to whoever ordered.' }),
    rechecked: t.exposeInt('rechecked', { description: 'It was checked again, with data completed.' }),
    notDecided: t.exposeInt('notDecided', { description: 'The review ended before anybody decided.' }),
    unknown: t.exposeInt('unknown', { description: 'Not known how it was decided: the record cannot be opened, or says something else.' }),
    approvalReasons: t.field({ type: [ApprovalReasonType], nullable: true, description: 'Why orders were let pass, most frequent first, at most 20. Null for a viewer who does not see all wards: the words may tell of a patient.', resolve: ({ approvalReasons }, _args, { viewer }) => (seesAllWards(viewer) ? [...approvalReasons] : null) }),
  }),
});

const RuleStatisticType = builder.objectRef<RuleStatistic>('RuleStatistic').implement({
  description: 'How one rule fared.',
  fields: (t) => ({
    ruleId: t.exposeString('ruleId', { description: '`missing:<fact>` for a missing value, `missing` for several on one card.' }),
    name: t.field({ type: LocalizedTextType, nullable: true, description: 'Null for a rule that the version in effect does not have, and for a missing value.', resolve: ({ name }) => name ?? null }),
    fired: t.exposeInt('fired', { description: 'Decisions in which it was a finding.' }),
    cards: t.exposeInt('cards', { description: 'Cards with it that a clinical system was given.' }),
    accepted: t.exposeInt('accepted'),
    overridden: t.exposeInt('overridden', { description: 'By the last answer to each card; cards without an answer are neither.' }),
    reviews: t.field({ type: ReviewCountsType, resolve: ({ reviews }) => reviews }),
    overrideReasons: t.field({ type: [OverrideReasonType], description: 'Most frequent first.', resolve: ({ overrideReasons }) => [...overrideReasons] }),
  }),
});

const RuleStatisticsType = builder.objectRef<RuleStatistics>('RuleStatistics').implement({
  fields: (t) => ({
    decisions: t.exposeInt('decisions', { description: 'Recorded decisions of the rule set in the range.' }),
    rules: t.field({ type: [RuleStatisticType], description: 'Those that fired most first; all rules in effect, also those that never did.', resolve: ({ rules }) => [...rules] }),
  }),
});

builder.queryField('ruleStatistics', (t) =>
  t.field({
    type: RuleStatisticsType,
    description: 'How often each rule of a rule set fired, and what became of the cards that showed it and of the orders that it put before a pharmacist. At most 366 days.',
    args: { key: t.arg.string({ required: true }), from: t.arg({ type: 'DateTime', required: true }), to: t.arg({ type: 'DateTime', required: true }) },
    resolve: async (_root, { key, from, to }, context) => {
      if (!(from < to)) throw badArgument('INPUT_INVALID', 'to', 'Expected `to` after `from`, but it is not');
      if (to.getTime() - from.getTime() > maximumDays * 86_400_000) throw badArgument('INPUT_INVALID', 'to', `Expected at most ${maximumDays} days`);
      if (!(await readRuleSet(key, context))) throw badArgument('RULE_SET_NOT_FOUND', 'key', 'Expected a rule set with this key, but there is none');
      return readRuleStatistics(context.database, context.openPayload, key, from, to);
    },
  }),
);
