import type { Prisma } from '#database';
import { silentAfterMs, type BacktestGroup, type BacktestRule, type BacktestTally } from '../../rule-sets/index.ts';
import type { Role } from '../../identity/policy.ts';
import { statisticsPolicy } from '../../identity/policy/types.ts';
import type { Viewer } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { badArgument } from '../request-errors.ts';
import { AssigneeType } from './actor.ts';
import { DecisionChangeKindEnum, DecisionChangeType, levelsOfKind, pageOfChanges } from './decision-change.ts';
import { LocalizedTextType } from './localized-text.ts';

const whole = { progress: true, result: true } as const;

/** A backtest with how far it has come and what it found. */
export type BacktestRow = Prisma.RuleBacktestGetPayload<{ include: typeof whole }>;

/** Whether the viewer counts decisions of every ward. */
export function seesAllWards({ roles }: Viewer): boolean {
  return roles.some((role) => statisticsPolicy[role as Role] === 'hospital');
}

/** Whether the viewer may ask about these wards: every one, for who sees all of them; else none but the own. */
export function mayAskWards(wards: readonly string[], viewer: Viewer): boolean {
  return seesAllWards(viewer) || wards.every((ward) => viewer.assignments.some(({ role, unit }) => unit === ward && statisticsPolicy[role as Role] === 'ward'));
}

/** Backtests of a rule set that the viewer may see, newest first, at most 50. */
export async function readBacktests(key: string, { database, viewer }: RequestContext): Promise<BacktestRow[]> {
  const rows = await database.prisma.ruleBacktest.findMany({ where: { key }, include: whole, orderBy: { requestedAt: 'desc' }, take: 50 });
  return rows.filter(({ wards }) => mayAskWards(wards, viewer));
}

/** One of them; null for an id that is none. */
export async function readBacktest(id: string, { database, viewer }: RequestContext): Promise<BacktestRow | null> {
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return null;
  const row = await database.prisma.ruleBacktest.findUnique({ where: { id }, include: whole });
  return row && mayAskWards(row.wards, viewer) ? row : null;
}

const BacktestStatusEnum = builder.enumType('BacktestStatus', {
  values: { WAITING: { value: 'waiting' }, RUNNING: { value: 'running' }, DONE: { value: 'done' }, FAILED: { value: 'failed' }, INTERRUPTED: { value: 'interrupted', description: 'Its server ended; ask again.' } } as const,
});

function statusOf({ result, progress }: BacktestRow): 'waiting' | 'running' | 'done' | 'failed' | 'interrupted' {
  if (result) return result.failure === null ? 'done' : result.failure === 'INTERRUPTED' ? 'interrupted' : 'failed';
  if (!progress || Date.now() - progress.beatAt.getTime() > silentAfterMs) return 'interrupted';
  return progress.startedAt === null ? 'waiting' : 'running';
}

const BacktestGroupType = builder.objectRef<BacktestGroup & { readonly isWard?: true }>('BacktestGroup').implement({
  description: 'Compared decisions of one ward, drug or level.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Empty for decisions that have none.' }),
    name: t.field({ type: LocalizedTextType, nullable: true, description: 'Of a ward.', resolve: async ({ key, isWard }, _args, { loaders }) => (isWard && key !== '' ? ((await loaders.wardName(key)) ?? null) : null) }),
    decisions: t.exposeInt('decisions'),
    changed: t.exposeInt('changed'),
    stricter: t.exposeInt('stricter'),
    looser: t.exposeInt('looser'),
    newlyInterrupting: t.exposeInt('newlyInterrupting'),
  }),
});

const BacktestRuleType = builder.objectRef<BacktestRule>('BacktestRule').implement({
  description: 'How many decisions a rule fires in that it did not fire in before, and the other way round.',
  fields: (t) => ({ ruleId: t.exposeString('ruleId'), newlyFired: t.exposeInt('newlyFired'), noLongerFired: t.exposeInt('noLongerFired') }),
});

const BacktestMatrixCellType = builder.objectRef<BacktestTally['matrix'][number]>('BacktestMatrixCell').implement({
  description: 'Compared decisions of one level before and one after; cells without any are left out.',
  fields: (t) => ({ from: t.exposeString('from'), to: t.exposeString('to'), count: t.exposeInt('count') }),
});

const NotComparableReasonType = builder.objectRef<BacktestTally['notComparableReasons'][number]>('NotComparableReason').implement({
  description: 'FACT_UNDECLARED: the document does not declare a fact of the decision. INPUT_UNRECORDED: the outcome depends on an input that the decision did not read, or read in another type or unit.',
  fields: (t) => ({ code: t.exposeString('code'), fact: t.exposeString('fact'), count: t.exposeInt('count') }),
});

const BacktestFailureType = builder.objectRef<BacktestTally['failures'][number]>('BacktestFailure').implement({
  description: 'Decisions that the document could not judge at all.',
  fields: (t) => ({ failure: t.exposeString('failure', { description: 'Code and input.' }), count: t.exposeInt('count') }),
});

const BacktestResultType = builder.objectRef<BacktestTally>('BacktestResult').implement({
  description: '`decisions` = `compared` + `notComparable`; `changed` = `stricter` + `looser` + `otherFindings`.',
  fields: (t) => ({
    decisions: t.exposeInt('decisions'),
    compared: t.exposeInt('compared'),
    changed: t.exposeInt('changed'),
    stricter: t.exposeInt('stricter'),
    looser: t.exposeInt('looser'),
    otherFindings: t.exposeInt('otherFindings', { description: 'Of the same level, with other findings.' }),
    newlyInterrupting: t.exposeInt('newlyInterrupting', { description: 'From PASS or WARN to PHARMACIST, UNKNOWN or HARD.' }),
    noLongerInterrupting: t.exposeInt('noLongerInterrupting'),
    failed: t.exposeInt('failed', { description: 'Changed ones that the document could not judge at all.' }),
    failures: t.field({ type: [BacktestFailureType], resolve: ({ failures }) => [...failures] }),
    notComparable: t.exposeInt('notComparable', { description: 'What they would have been cannot be told from what was recorded; never guessed.' }),
    notComparableReasons: t.field({ type: [NotComparableReasonType], resolve: ({ notComparableReasons }) => [...notComparableReasons] }),
    matrix: t.field({ type: [BacktestMatrixCellType], resolve: ({ matrix }) => [...matrix] }),
    byWard: t.field({ type: [BacktestGroupType], description: 'Most changes first, at most 500. Empty for a viewer who does not see all wards.', resolve: ({ byWard }, _args, { viewer }) => (seesAllWards(viewer) ? byWard.map((group) => ({ ...group, isWard: true as const })) : []) }),
    byDrug: t.field({ type: [BacktestGroupType], description: 'By ordered ingredient, most changes first, at most 500.', resolve: ({ byDrug }) => [...byDrug] }),
    bySeverity: t.field({ type: [BacktestGroupType], description: 'By the level that the document gives.', resolve: ({ bySeverity }) => [...bySeverity] }),
    byRule: t.field({ type: [BacktestRuleType], description: 'Rules that begin to fire or fire no more, most first.', resolve: ({ byRule }) => [...byRule] }),
  }),
});

/** A document of a rule set asked what it would have decided. */
export const RuleSetBacktestType = builder.objectRef<BacktestRow>('RuleSetBacktest').implement({
  description: 'A document of a rule set asked what it would have decided. It alters no decision.',
  fields: (t) => ({
    id: t.exposeID('id'),
    ruleSet: t.exposeString('key'),
    candidate: t.exposeString('candidate', { description: 'The version, that of the review, or # and the draft’s revision.' }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the document that was run, whatever became of the draft since.' }),
    from: t.expose('since', { type: 'DateTime' }),
    to: t.expose('until', { type: 'DateTime' }),
    wards: t.stringList({ description: 'Empty for all.', resolve: ({ wards }) => [...wards] }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime' }),
    requestedBy: t.field({ type: AssigneeType, resolve: ({ requestedBy }) => ({ id: requestedBy }) }),
    status: t.field({ type: BacktestStatusEnum, resolve: statusOf }),
    read: t.int({ description: 'Decisions read so far.', resolve: ({ progress }) => progress?.read ?? 0 }),
    total: t.int({ nullable: true, description: 'Decisions of the range; null until they were counted, and while a backtest of some wards runs.', resolve: ({ progress }) => progress?.total ?? null }),
    finishedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ result }) => result?.finishedAt ?? null }),
    failure: t.string({ nullable: true, description: 'INTERRUPTED | BACKTEST_TOO_LONG | BACKTEST_FAILED', resolve: ({ result }) => result?.failure ?? null }),
    // The column holds what the backtest counted.
    result: t.field({ type: BacktestResultType, nullable: true, description: 'Null until it is done.', resolve: ({ result }) => (result?.tally ?? null) as BacktestTally | null }),
    changes: t.connection({
      type: DecisionChangeType,
      description: 'The decisions that change, oldest first. While it runs those found so far.',
      args: {
        kind: t.arg({ type: DecisionChangeKindEnum }),
        levelBefore: t.arg.string(),
        levelAfter: t.arg.string(),
        ward: t.arg.string({ description: 'For a viewer who sees all wards, or the own ward.' }),
        drug: t.arg.string(),
        ruleId: t.arg.string({ description: 'Those in which this rule begins to fire, or fires no more.' }),
      },
      resolve: ({ id }, { kind, levelBefore, levelAfter, ward, drug, ruleId, ...page }, { database, viewer }) => {
        if (ward !== null && ward !== undefined && !mayAskWards([ward], viewer)) throw badArgument('WARD_NOT_YOURS', 'ward', 'Expected the own ward, but it is another one');
        const filters: Prisma.RuleBacktestChangeWhereInput[] = [
          { backtestId: id },
          ...(kind ? [levelsOfKind(kind)] : []),
          ...(levelBefore ? [{ levelBefore }] : []),
          ...(levelAfter ? [{ levelAfter }] : []),
          ...(typeof ward === 'string' ? [{ ward: ward === '' ? null : ward }] : []),
          ...(typeof drug === 'string' ? [{ drug: drug === '' ? null : drug }] : []),
          ...(ruleId ? [{ OR: [{ foundBefore: { has: ruleId }, NOT: { foundAfter: { has: ruleId } } }, { foundAfter: { has: ruleId }, NOT: { foundBefore: { has: ruleId } } }] }] : []),
        ];
        return pageOfChanges(page, ({ where, ...rest }) => database.prisma.ruleBacktestChange.findMany({ where: { AND: [...filters, where] }, ...rest }));
      },
    }),
  }),
});
