import type { Prisma } from '#database';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { AssigneeType } from './actor.ts';
import { DecisionChangeKindEnum, DecisionChangeType, levelsOfKind, pageOfChanges } from './decision-change.ts';

/** A shadow and its end, if somebody stopped it; without its document. */
export type ShadowRow = Omit<Prisma.RuleShadowGetPayload<{ include: { end: true } }>, 'document'>;

/** Shadows of a rule set, newest first, at most 50. */
export function readShadows(key: string, { database }: Pick<RequestContext, 'database'>): Promise<ShadowRow[]> {
  return database.prisma.ruleShadow.findMany({ where: { key }, include: { end: true }, omit: { document: true }, orderBy: { startedAt: 'desc' }, take: 50 });
}

/** One of them; null for an id that is none. */
export async function readShadow(id: string, { database }: Pick<RequestContext, 'database'>): Promise<ShadowRow | null> {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? database.prisma.ruleShadow.findUnique({ where: { id }, include: { end: true }, omit: { document: true } }) : null;
}

interface ShadowCounts {
  readonly judged: number;
  readonly differing: number;
  readonly notComparable: number;
  readonly skipped: number;
  readonly kept: number;
}

const ShadowCountsType = builder.objectRef<ShadowCounts>('RuleShadowCounts').implement({
  fields: (t) => ({
    judged: t.exposeInt('judged'),
    differing: t.exposeInt('differing'),
    notComparable: t.exposeInt('notComparable', { description: 'The outcome depends on an input that the decision was not given, or a fact is not declared.' }),
    skipped: t.exposeInt('skipped', { description: 'Decisions that came faster than it may judge.' }),
    kept: t.exposeInt('kept', { description: 'Differences that can be opened: at most `hourlyLimit` an hour.' }),
  }),
});

/** A document that judges beside the version in effect, without effect. */
export const RuleShadowType = builder.objectRef<ShadowRow>('RuleShadow').implement({
  description: 'A document that judges beside the version in effect, without effect.',
  fields: (t) => ({
    id: t.exposeID('id'),
    ruleSet: t.exposeString('key'),
    candidate: t.exposeString('candidate', { description: 'The version, that of the review, or # and the draft’s revision.' }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the document that judges, whatever became of the draft since.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
    startedBy: t.field({ type: AssigneeType, resolve: ({ startedBy }) => ({ id: startedBy }) }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: 'When it ends by itself.' }),
    hourlyLimit: t.exposeInt('hourlyLimit'),
    isRunning: t.boolean({ resolve: ({ end, endsAt }) => end === null && endsAt > new Date() }),
    stoppedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ end }) => end?.endedAt ?? null }),
    stoppedBy: t.field({ type: AssigneeType, nullable: true, resolve: ({ end }) => (end ? { id: end.endedBy } : null) }),
    stopReason: t.string({ nullable: true, resolve: ({ end }) => end?.reason ?? null }),
    counts: t.field({
      type: ShadowCountsType,
      resolve: async ({ id }, _args, { database }) => {
        const { _sum: sum } = await database.prisma.ruleShadowHour.aggregate({ where: { shadowId: id }, _sum: { judged: true, differing: true, notComparable: true, skipped: true, kept: true } });
        return { judged: sum.judged ?? 0, differing: sum.differing ?? 0, notComparable: sum.notComparable ?? 0, skipped: sum.skipped ?? 0, kept: sum.kept ?? 0 };
      },
    }),
    differences: t.connection({
      type: DecisionChangeType,
      description: 'The differences that were kept, oldest first.',
      args: { kind: t.arg({ type: DecisionChangeKindEnum }), levelBefore: t.arg.string(), levelAfter: t.arg.string() },
      resolve: ({ id }, { kind, levelBefore, levelAfter, ...page }, { database }) => {
        const filters: Prisma.RuleShadowDifferenceWhereInput[] = [{ shadowId: id }, ...(kind ? [levelsOfKind(kind)] : []), ...(levelBefore ? [{ levelBefore }] : []), ...(levelAfter ? [{ levelAfter }] : [])];
        return pageOfChanges(page, ({ where, ...rest }) => database.prisma.ruleShadowDifference.findMany({ where: { AND: [...filters, where] }, ...rest }));
      },
    }),
  }),
});
