import { resolveCursorConnection } from '@pothos/plugin-relay';
import { isInterrupting, isStronger, levelSchema, type Level } from '#rules';
import { createBatchLoader } from '../batch-loader.ts';
import { builder, maximumPageSize } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import type { DecisionRow } from '../loaders.ts';
import { checkPage } from '../page.ts';
import { badArgument } from '../request-errors.ts';
import { relatedPatient } from '../visible-rows.ts';
import { DecisionType } from './decision.ts';
import { PatientType } from './patient.ts';

/** A decision that another document makes otherwise. */
export interface DecisionChange {
  readonly id: bigint;
  readonly decisionId: string;
  readonly decidedAt: Date;
  readonly levelBefore: string;
  readonly levelAfter: string;
  readonly foundBefore: readonly string[];
  readonly foundAfter: readonly string[];
  readonly failure: string | null;
  readonly drug?: string | null;
}

type DecisionLoader = (id: string) => Promise<DecisionRow | undefined>;
const loadersByContext = new WeakMap<RequestContext, DecisionLoader>();

/** Reads decisions that the viewer may see, those of a page at once. */
function visibleDecisions(context: RequestContext): DecisionLoader {
  const known = loadersByContext.get(context);
  if (known) return known;
  const { database, visibility } = context;
  const load: DecisionLoader = createBatchLoader(async (ids) => {
    const rows = await database.prisma.decision.findMany({ where: { AND: [{ id: { in: [...ids] } }, visibility.Decision] } });
    return new Map(rows.map((row) => [row.id, row]));
  });
  loadersByContext.set(context, load);
  return load;
}

/** A decision that another document makes otherwise; whose it is, only for those who may see the decision. */
export const DecisionChangeType = builder.objectRef<DecisionChange>('DecisionChange').implement({
  description: 'A decision that another document makes otherwise. Whose it is, only for those who may see the decision.',
  fields: (t) => ({
    decisionId: t.exposeString('decisionId'),
    decidedAt: t.expose('decidedAt', { type: 'DateTime' }),
    levelBefore: t.exposeString('levelBefore', { description: 'HARD | UNKNOWN | PHARMACIST | WARN | PASS' }),
    levelAfter: t.exposeString('levelAfter'),
    rulesBefore: t.stringList({ description: 'Ids of the findings; `missing:<fact>` for a missing value.', resolve: ({ foundBefore }) => [...foundBefore] }),
    rulesAfter: t.stringList({ resolve: ({ foundAfter }) => [...foundAfter] }),
    failure: t.string({ nullable: true, description: 'Code and input, where the document cannot judge at all; `levelAfter` is UNKNOWN then.', resolve: ({ failure }) => failure }),
    drug: t.string({ nullable: true, description: 'The ordered ingredient, where the facts have it.', resolve: ({ drug }) => drug ?? null }),
    decision: t.field({
      type: DecisionType,
      nullable: true,
      description: 'Null for a viewer who may not see it.',
      resolve: async ({ decisionId }, _args, context) => (await visibleDecisions(context)(decisionId)) ?? null,
    }),
    patient: t.field({
      type: PatientType,
      nullable: true,
      description: 'Null for a viewer who may not see the decision, and for a patient of another hospital.',
      resolve: async ({ decisionId }, _args, context) => relatedPatient((await visibleDecisions(context)(decisionId))?.patientId ?? null, context),
    }),
  }),
});

/** How a change moves the level. */
export const DecisionChangeKindEnum = builder.enumType('DecisionChangeKind', {
  values: { STRICTER: { value: 'stricter' }, LOOSER: { value: 'looser' }, OTHER_FINDINGS: { value: 'otherFindings', description: 'Of the same level, with other findings.' }, NEWLY_INTERRUPTING: { value: 'newlyInterrupting', description: 'From PASS or WARN to PHARMACIST, UNKNOWN or HARD.' } } as const,
});
export type DecisionChangeKind = 'stricter' | 'looser' | 'otherFindings' | 'newlyInterrupting';

const kinds: Readonly<Record<DecisionChangeKind, (before: Level, after: Level) => boolean>> = {
  stricter: (before, after) => isStronger(after, before),
  looser: (before, after) => isStronger(before, after),
  otherFindings: (before, after) => before === after,
  newlyInterrupting: (before, after) => !isInterrupting(before) && isInterrupting(after),
};

/** The pairs of levels of a kind, as a filter. */
export function levelsOfKind(kind: DecisionChangeKind): { readonly OR: { levelBefore: string; levelAfter: string }[] } {
  const levels = levelSchema.options;
  return { OR: levels.flatMap((levelBefore) => levels.filter((levelAfter) => kinds[kind](levelBefore, levelAfter)).map((levelAfter) => ({ levelBefore, levelAfter }))) };
}

interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

interface PageOfIds {
  readonly where: { readonly id: { readonly gt?: bigint; readonly lt?: bigint } };
  readonly orderBy: { readonly id: 'asc' | 'desc' };
  readonly take: number;
}

/** A page of changes, in the order in which they were found. Throws INPUT_INVALID for a cursor that is none. */
export function pageOfChanges(args: PageArguments, read: (page: PageOfIds) => Promise<DecisionChange[]>) {
  checkPage(args);
  return resolveCursorConnection<Promise<DecisionChange[]>>({ args, defaultSize: 50, maxSize: maximumPageSize, toCursor: (change) => String(change.id) }, ({ before, after, limit, inverted }) =>
    read({
      where: { id: { ...(after === undefined ? {} : { gt: cursorId(after, 'after') }), ...(before === undefined ? {} : { lt: cursorId(before, 'before') }) } },
      orderBy: { id: inverted ? 'desc' : 'asc' },
      take: limit,
    }),
  );
}

function cursorId(cursor: string, place: string): bigint {
  if (!/^\d{1,18}$/.test(cursor)) throw badArgument('INPUT_INVALID', place, `Expected a cursor of this list in ${place}`);
  return BigInt(cursor);
}
