import { resolveCursorConnection } from '@pothos/plugin-relay';
import { z } from 'zod';
import type { Prisma } from '#database';
import { compareRuleSets, confirmWithinMs, lastJudgedQuery } from '../../rule-sets/index.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { checkPage } from '../page.ts';
import { countRuleSets, listRuleSets, readRuleSet, type RuleSetRow } from '../rule-set-list.ts';
import { readReview, readVersion, type NamedDifference } from '../rule-set-rows.ts';
import { querySide, RuleSetSideInput } from '../rule-set-side.ts';
import { ProcessInstanceType } from '../types/process-instance.ts';
import { RuleSetReviewType } from '../types/rule-set-draft.ts';
import { RuleSetDifferenceType } from '../types/rule-set-difference.ts';
import { RuleSetType } from '../types/rule-set.ts';
import { RuleSetVersionType } from '../types/rule-set-version.ts';
import { RuleSuspensionType } from '../types/rule-suspension.ts';

const maximumSuspensions = 200;

const RuleSetShow = builder.enumType('RuleSetShow', {
  values: { TO_REVIEW: { value: 'toReview', description: 'With an open review.' }, DRAFT: { value: 'draft', description: 'With a draft that is not in review.' }, SUSPENDED: { value: 'suspended', description: 'With a suspension in force.' } } as const,
});

builder.queryField('ruleSets', (t) =>
  t.connection(
    {
      type: RuleSetType,
      description: 'Rule sets, by key.',
      args: { search: t.arg.string({ validate: z.string().max(200), description: 'Words that all have to be in the names or the key.' }), show: t.arg({ type: RuleSetShow }) },
      resolve: async (_root, args, context) => {
        checkPage(args);
        const page = await resolveCursorConnection<Promise<readonly RuleSetRow[]>>({ args, toCursor: ({ key }) => key }, ({ before, after, limit, inverted }) => listRuleSets(args, { after, before, limit, isBackward: inverted }, context));
        return { pageInfo: page.pageInfo, edges: page.edges, filter: args };
      },
    },
    { fields: (c) => ({ totalCount: c.int({ resolve: ({ filter }, _args, context) => countRuleSets(filter, context) }) }) },
  ),
);

builder.queryField('ruleSet', (t) =>
  t.field({ type: RuleSetType, nullable: true, description: 'Null when it has neither a version nor a draft.', args: { key: t.arg.string({ required: true }) }, resolve: async (_root, { key }, context) => (await readRuleSet(key, context)) ?? null }),
);

builder.queryField('ruleSetVersion', (t) =>
  t.field({
    type: RuleSetVersionType,
    nullable: true,
    args: { key: t.arg.string({ required: true }), version: t.arg.string({ required: true }) },
    resolve: async (_root, { key, version }, context) => (await readVersion(key, version, context)) ?? null,
  }),
);

builder.queryField('ruleSetReview', (t) =>
  t.field({ type: RuleSetReviewType, nullable: true, args: { id: t.arg.id({ required: true }) }, resolve: (_root, { id }, context) => readReview(id, context) }),
);

builder.queryField('ruleSetDifference', (t) =>
  t.field({
    type: RuleSetDifferenceType,
    description: 'What differs between two documents of a rule set, rule by rule and field by field.',
    args: { key: t.arg.string({ required: true }), from: t.arg({ type: RuleSetSideInput, required: true }), to: t.arg({ type: RuleSetSideInput, required: true }) },
    resolve: async (_root, { key, from, to }, context): Promise<NamedDifference> => {
      const [before, after] = [await querySide(key, from, 'from', context), await querySide(key, to, 'to', context)];
      return { from: before.name, to: after.name, ...compareRuleSets(before.document, after.document) };
    },
  }),
);

builder.queryField('ruleSuspensions', (t) =>
  t.field({
    type: [RuleSuspensionType],
    description: 'Over all rule sets, newest first, at most 200.',
    args: { open: t.arg.boolean({ description: 'Only those in force, or only those lifted.' }), overdue: t.arg.boolean({ description: 'Only those in force that nobody confirmed in time.' }) },
    resolve: (_root, { open, overdue }, { database }) => {
      const lifted: Prisma.RuleSuspensionWhereInput = { acts: { some: { kind: 'lifted' } } };
      return database.prisma.ruleSuspension.findMany({
        where: {
          AND: [
            open === true ? { NOT: lifted } : open === false ? lifted : {},
            overdue === true ? { suspendedAt: { lt: new Date(Date.now() - confirmWithinMs) }, acts: { none: { kind: { in: ['confirmed', 'lifted'] } } } } : {},
          ],
        },
        include: { acts: true },
        orderBy: { suspendedAt: 'desc' },
        take: maximumSuspensions,
      });
    },
  }),
);

async function casesWhere({ key, version, ruleId }: { key: string; version: string; ruleId?: string | null | undefined }, { database, visibility }: RequestContext): Promise<Prisma.ProcessInstanceWhereInput> {
  const { rows } = await database.pool.query<{ instance_id: string }>(lastJudgedQuery, [key, version, ruleId ?? null]);
  return { AND: [visibility.ProcessInstance, { id: { in: rows.map(({ instance_id: id }) => id) } }] };
}

builder.queryField('casesLastJudgedBy', (t) =>
  t.prismaConnection({
    type: ProcessInstanceType,
    cursor: 'id',
    description: 'Open cases that a version of a rule set judged last, at this moment; with `ruleId`, those in which the rule fired then.',
    args: { key: t.arg.string({ required: true }), version: t.arg.string({ required: true }), ruleId: t.arg.string() },
    totalCount: async (_connection, args, context) => context.database.prisma.processInstance.count({ where: await casesWhere(args, context) }),
    resolve: async (query, _root, args, context) => {
      checkPage(args, 'uuid');
      return context.database.prisma.processInstance.findMany({ ...query, where: await casesWhere(args, context), orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] });
    },
  }),
);
