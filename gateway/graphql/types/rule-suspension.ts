import type { Prisma } from '#database';
import type { LocalizedText } from '#engine';
import { confirmWithinMs, isOverdue, suspensionStatus } from '../../rule-sets/index.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { AssigneeType } from './actor.ts';
import { LocalizedTextType } from './localized-text.ts';

type SuspensionRow = Prisma.RuleSuspensionGetPayload<{ include: { acts: true } }>;

const RuleSuspensionActType = builder.objectRef<SuspensionRow['acts'][number]>('RuleSuspensionAct').implement({
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'confirmed | liftRequested | lifted' }),
    at: t.expose('at', { type: 'DateTime' }),
    by: t.field({ type: AssigneeType, resolve: ({ actBy }) => ({ id: actBy }) }),
    role: t.exposeString('role'),
    reason: t.exposeString('reason'),
  }),
});

const SuspensionStatusEnum = builder.enumType('RuleSuspensionStatus', {
  values: {
    UNCONFIRMED: { value: 'unconfirmed' },
    CONFIRMED: { value: 'confirmed' },
    LIFT_REQUESTED: { value: 'liftRequested', description: 'One person wants it lifted; another one lifts it. It is in force.' },
    LIFTED: { value: 'lifted' },
  } as const,
});

/** A rule that only advises, in whatever version, until two people have lifted the suspension. */
export const RuleSuspensionType = builder.objectRef<SuspensionRow>('RuleSuspension').implement({
  description: 'A rule that only advises, in whatever version, until two people have lifted the suspension.',
  fields: (t) => ({
    id: t.exposeID('id'),
    ruleSet: t.exposeString('key'),
    ruleId: t.exposeString('ruleId'),
    ruleName: t.field({ type: LocalizedTextType, resolve: (row, _args, context) => ruleName(row, context) }),
    suspendedAt: t.expose('suspendedAt', { type: 'DateTime' }),
    suspendedBy: t.field({ type: AssigneeType, resolve: ({ suspendedBy }) => ({ id: suspendedBy }) }),
    role: t.exposeString('role'),
    reason: t.exposeString('reason'),
    status: t.field({ type: SuspensionStatusEnum, resolve: ({ acts }) => suspensionStatus(acts) }),
    confirmBy: t.field({ type: 'DateTime', description: 'Until when a second person confirms it.', resolve: ({ suspendedAt }) => new Date(suspendedAt.getTime() + confirmWithinMs) }),
    isOverdue: t.boolean({ description: 'Nobody has confirmed it in time. It stays in force.', resolve: (row) => isOverdue(row, new Date()) }),
    acts: t.field({ type: [RuleSuspensionActType], resolve: ({ acts }) => acts.toSorted((a, b) => a.at.getTime() - b.at.getTime()) }),
  }),
});

/** The rule's name in the newest version that has it. */
async function ruleName({ key, ruleId }: { readonly key: string; readonly ruleId: string }, { database }: Pick<RequestContext, 'database'>): Promise<LocalizedText> {
  const { rows } = await database.pool.query<{ name: LocalizedText }>(
    `select rule->'name' as name from rule_set_version v, jsonb_array_elements(v.document->'rules') rule where v.key = $1 and rule->>'id' = $2 order by v.published_at desc limit 1`,
    [key, ruleId],
  );
  return rows[0]?.name ?? { 'zh-CN': ruleId, en: ruleId };
}
