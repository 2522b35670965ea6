import type { Prisma } from '#database';
import type { Json } from '#engine';
import { RuleSetRefusal } from './refusal.ts';
import { isId } from './rule-set-record.ts';

/** One document of a rule set: exactly one of the three. */
export interface RuleSetSide {
  readonly version?: string | null | undefined;
  readonly reviewId?: string | null | undefined;
  /** The draft as it stands. */
  readonly draft?: boolean | null | undefined;
}

/** What a side stands for: `name` is the version, or `#` and the revision of a draft. */
export interface SideDocument {
  readonly name: string;
  readonly document: Json;
  /** SHA-256 of the document. */
  readonly hash: string;
}

/** Reads a side. `place` is where it was given. Throws INPUT_INVALID, RULE_SET_VERSION_NOT_FOUND, REVIEW_NOT_FOUND, NO_DRAFT. */
export async function readSide(key: string, { version, reviewId, draft }: RuleSetSide, place: string, tables: Pick<Prisma.TransactionClient, 'ruleSetVersion' | 'ruleSetReview' | 'ruleSetDraft'>): Promise<SideDocument> {
  if ([version, reviewId, draft].filter((given) => given !== null && given !== undefined && given !== false).length !== 1) throw new RuleSetRefusal('INPUT_INVALID', place);
  // The columns hold JSON.
  if (typeof version === 'string') {
    const row = await tables.ruleSetVersion.findUnique({ where: { key_version: { key, version } }, select: { document: true, hash: true } });
    if (!row) throw new RuleSetRefusal('RULE_SET_VERSION_NOT_FOUND', place);
    return { name: version, document: row.document as Json, hash: row.hash };
  }
  if (typeof reviewId === 'string') {
    const row = isId(reviewId) ? await tables.ruleSetReview.findUnique({ where: { id: reviewId }, select: { key: true, version: true, document: true, hash: true } }) : null;
    if (row?.key !== key) throw new RuleSetRefusal('REVIEW_NOT_FOUND', place);
    return { name: row.version, document: row.document as Json, hash: row.hash };
  }
  const row = await tables.ruleSetDraft.findUnique({ where: { key }, select: { revision: true, document: true, hash: true } });
  if (!row) throw new RuleSetRefusal('NO_DRAFT', place);
  return { name: `#${row.revision}`, document: row.document as Json, hash: row.hash };
}
