import type { Prisma } from '#database';
import type { Json } from '#engine';
import { compareRuleSets, type RuleSetDifference } from '../rule-sets/index.ts';
import type { RequestContext } from './context.ts';

type VersionColumns = Omit<Prisma.RuleSetVersionGetPayload<object>, 'document'>;

/** A version without its document, which may be large. */
export interface VersionRow extends VersionColumns {
  readonly state: 'scheduled' | 'inEffect' | 'superseded' | 'recalled';
  readonly supersededAt: Date | null;
}

/** Two documents of a rule set and what differs. */
export interface NamedDifference extends RuleSetDifference {
  readonly from: string;
  readonly to: string;
}

const maximumVersions = 200;

/** The versions of a rule set, newest effect first, each with what it is now. */
export async function readVersions(key: string, { database }: Pick<RequestContext, 'database'>, now = new Date()): Promise<readonly VersionRow[]> {
  const rows = await database.prisma.ruleSetVersion.findMany({ where: { key }, omit: { document: true }, orderBy: [{ effectiveAt: 'desc' }, { publishedAt: 'desc' }, { version: 'desc' }], take: maximumVersions });
  const standing = rows.filter(({ status }) => status !== 'recalled');
  const inEffect = standing.find(({ effectiveAt }) => effectiveAt <= now);
  return rows.map((row) => {
    if (row.status === 'recalled') return { ...row, state: 'recalled', supersededAt: null };
    const next = standing[standing.indexOf(row) - 1];
    const state = row === inEffect ? 'inEffect' : row.effectiveAt > now ? 'scheduled' : 'superseded';
    return { ...row, state, supersededAt: state === 'superseded' ? (next?.effectiveAt ?? null) : null };
  });
}

/** One of them. */
export async function readVersion(key: string, version: string, context: Pick<RequestContext, 'database'>): Promise<VersionRow | undefined> {
  return (await readVersions(key, context)).find((row) => row.version === version);
}

/** The document of a version; undefined when there is no such version. */
export async function readDocument(key: string, version: string, { database }: Pick<RequestContext, 'database'>): Promise<Json | undefined> {
  const row = await database.prisma.ruleSetVersion.findUnique({ where: { key_version: { key, version } }, select: { document: true } });
  // The column holds JSON.
  return row?.document as Json | undefined;
}

/** The draft of a rule set, if it has one. */
export function readDraft(key: string, { database }: Pick<RequestContext, 'database'>) {
  return database.prisma.ruleSetDraft.findUnique({ where: { key } });
}

/** A review with its verdict, without its document; null for an id that is none. */
export async function readReview(id: string, { database }: Pick<RequestContext, 'database'>) {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? database.prisma.ruleSetReview.findUnique({ where: { id }, include: { verdict: true }, omit: { document: true } }) : null;
}

/** The document of a review that is there. */
export async function readReviewDocument(id: string, { database }: Pick<RequestContext, 'database'>): Promise<Json> {
  // The column holds JSON.
  return (await database.prisma.ruleSetReview.findUniqueOrThrow({ where: { id }, select: { document: true } })).document as Json;
}

/** The number of the newest revision over all drafts of a rule set. */
export async function revisionNow(key: string, { database }: Pick<RequestContext, 'database'>): Promise<number> {
  const { _max } = await database.prisma.ruleSetRevision.aggregate({ where: { key }, _max: { revision: true } });
  return _max.revision ?? 0;
}

/** What has changed in a draft since a revision; since the version in effect where there was none. Null when the draft is gone. */
export async function draftDifference({ key, expectedRevision }: { readonly key: string; readonly expectedRevision: number }, context: Pick<RequestContext, 'database'>): Promise<NamedDifference | null> {
  const [draft, known] = await Promise.all([readDraft(key, context), context.database.prisma.ruleSetRevision.findUnique({ where: { key_revision: { key, revision: expectedRevision } }, select: { document: true } })]);
  if (!draft) return null;
  const basis = known === null && draft.basedOn !== null ? await readDocument(key, draft.basedOn, context) : known?.document;
  return { from: known === null ? (draft.basedOn ?? '') : `#${expectedRevision}`, to: `#${draft.revision}`, ...compareRuleSets((basis ?? {}) as Json, draft.document as Json) };
}
