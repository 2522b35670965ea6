import { randomUUID } from 'node:crypto';
import type { Database, Prisma } from '#database';
import type { RuleSetDocument } from '#rules';
import { digestOf, type Act, type Acting, type RuleSetCommand } from './act.ts';
import { RuleSetRefusal } from './refusal.ts';
import { requireCasesPass } from './rule-cases.ts';
import { contentHash, freeVersion, isId, requireComplete, requireDomain, requireEditor, requireOwner, requireReviewable, requireRevision, versionInEffect, versionsOf } from './rule-set-record.ts';
import { stopShadowOf } from './shadows.ts';

export interface SubmitForReview extends RuleSetCommand {
  readonly key: string;
  readonly expectedRevision: number;
  readonly comment: string;
  /** The name of the new version; the document's own, or the next number, when absent. */
  readonly version?: string;
  /** ISO 8601; when it should take effect, at once when absent. The approver may set another time. */
  readonly effectiveAt?: string;
}

export interface ReviewVerdict extends RuleSetCommand {
  readonly reviewId: string;
  readonly comment: string;
}

export interface Approve extends ReviewVerdict {
  /** ISO 8601; as the request says when absent. */
  readonly effectiveAt?: string;
}

/** What clocks of callers may differ by. */
const clockToleranceMs = 5_000;

interface DraftToReview {
  readonly draftId: string;
  readonly revision: number;
  readonly document: unknown;
  readonly editors: readonly string[];
}

/** Puts a draft before a second person. Fails: NO_DRAFT, DRAFT_CHANGED, DRAFT_IN_REVIEW, RULE_SET_INVALID, VERSION_TAKEN, NOTHING_CHANGED, EFFECTIVE_AT_PAST, CASES_FAILED, NOT_DOMAIN_OWNER. */
export function submitForReview(act: Act, { key, expectedRevision, comment, version, effectiveAt, ...command }: SubmitForReview) {
  return act('submitForReview', key, command, { expectedRevision, comment, ...(version === undefined ? {} : { version }), ...(effectiveAt === undefined ? {} : { effectiveAt }) }, async (acting) => {
    requireEditor(await requireDomain(acting.transaction, key), acting.actor);
    const { draft } = await requireRevision(acting, expectedRevision);
    if (!draft) throw new RuleSetRefusal('NO_DRAFT', 'key');
    await requireCasesPass(acting, requireReviewable(draft.document));
    return openReview(acting, draft, { comment, action: 'rules.reviewRequested', version, effectiveAt });
  });
}

/** Opens the review of a draft: of exactly this document, under a version name that is free. */
export async function openReview(acting: Acting, draft: DraftToReview, { comment, action, version: wished, effectiveAt }: { readonly comment: string; readonly action: string; readonly version?: string | undefined; readonly effectiveAt?: string | undefined }) {
  const { transaction, key, actor, now } = acting;
  const taken = await versionsOf(transaction, key);
  if (wished !== undefined && taken.includes(wished)) throw new RuleSetRefusal('VERSION_TAKEN', 'version');
  const complete = requireComplete(draft.document);
  const version = freeVersion(taken, wished ?? complete.version);
  const document = { ...complete, version };
  const current = await versionInEffect(transaction, key, now);
  if (current && contentHash(current.document) === contentHash(document)) throw new RuleSetRefusal('NOTHING_CHANGED', 'key');
  if (effectiveAt !== undefined && Date.parse(effectiveAt) < now.getTime() - clockToleranceMs) throw new RuleSetRefusal('EFFECTIVE_AT_PAST', 'effectiveAt');
  const id = randomUUID();
  const hash = digestOf(document);
  await transaction.ruleSetReview.create({
    data: {
      id, key, draftId: draft.draftId, revision: draft.revision, version, document: document as unknown as Prisma.InputJsonObject, hash, requestedAt: now, requestedBy: actor.id, comment,
      effectiveAt: effectiveAt === undefined ? null : new Date(effectiveAt), editors: [...new Set([...draft.editors, actor.id])],
    },
  });
  await transaction.ruleSetDraft.update({ where: { key }, data: { reviewId: id } });
  await acting.record({ action, version, reason: comment, beforeHash: current?.hash, afterHash: hash, detail: { reviewId: id, revision: draft.revision, basedOn: current?.version ?? null } });
  return { reviewId: id };
}

/** The rule set that a review is of. Throws REVIEW_NOT_FOUND. */
async function keyOf(reviewId: string, { prisma }: Pick<Database, 'prisma'>): Promise<string> {
  const review = isId(reviewId) ? await prisma.ruleSetReview.findUnique({ where: { id: reviewId }, select: { key: true } }) : null;
  if (!review) throw new RuleSetRefusal('REVIEW_NOT_FOUND', 'reviewId');
  return review.key;
}

async function requireOpen({ transaction }: Acting, reviewId: string) {
  const review = await transaction.ruleSetReview.findUniqueOrThrow({ where: { id: reviewId }, include: { verdict: true } });
  if (review.verdict) throw new RuleSetRefusal('REVIEW_CLOSED', 'reviewId');
  return review;
}

/** Gives a draft back to its writers; who submitted it may withdraw it in the same way. Fails: REVIEW_NOT_FOUND, REVIEW_CLOSED, NOT_DOMAIN_OWNER. */
export async function returnReview(act: Act, database: Pick<Database, 'prisma'>, { reviewId, comment, ...command }: ReviewVerdict) {
  const key = await keyOf(reviewId, database);
  return act('returnReview', key, command, { reviewId, comment }, async (acting) => {
    const { transaction, actor, now } = acting;
    const review = await requireOpen(acting, reviewId);
    const domain = await requireDomain(transaction, key);
    const role = review.requestedBy === actor.id ? (actor.roles[0] ?? '') : requireOwner(domain, actor);
    await transaction.ruleSetVerdict.create({ data: { reviewId, kind: 'returned', decidedAt: now, decidedBy: actor.id, role, comment, hash: review.hash } });
    await transaction.ruleSetDraft.update({ where: { key }, data: { reviewId: null } });
    await acting.record({ action: 'rules.reviewReturned', version: review.version, reason: comment, afterHash: review.hash, detail: { reviewId } });
    return { reviewId };
  });
}

/**
 * Whether a document says what the version said that its draft was made of, as that of a roll back does: going back to it must not
 * wait for cases that were written for a later version. What a recalled version said has to pass them: they may say why it was recalled.
 */
async function goesBack({ transaction, key }: Acting, document: RuleSetDocument): Promise<boolean> {
  const draft = await transaction.ruleSetDraft.findUnique({ where: { key }, select: { basedOn: true } });
  if (draft?.basedOn == null) return false;
  const earlier = await transaction.ruleSetVersion.findUnique({ where: { key_version: { key, version: draft.basedOn }, status: 'published' }, select: { document: true } });
  // An object by its schema.
  return earlier !== null && contentHash(earlier.document as object) === contentHash(document);
}

/**
 * Publishes what was reviewed, from `effectiveAt` on. The approver is a person of the role that owns the domain who has
 * not changed, signed or submitted anything in it.
 * Fails: REVIEW_NOT_FOUND, REVIEW_CLOSED, NOT_DOMAIN_OWNER, SAME_PERSON, EFFECTIVE_AT_PAST, VERSION_TAKEN, RULE_SET_INVALID, CASES_FAILED.
 */
export async function approve(act: Act, database: Pick<Database, 'prisma'>, { reviewId, comment, effectiveAt, ...command }: Approve) {
  const key = await keyOf(reviewId, database);
  return act('approve', key, command, { reviewId, comment, ...(effectiveAt === undefined ? {} : { effectiveAt }) }, async (acting) => {
    const { transaction, actor, now } = acting;
    const review = await requireOpen(acting, reviewId);
    const role = requireOwner(await requireDomain(transaction, key), actor);
    if (review.editors.includes(actor.id) || review.requestedBy === actor.id) throw new RuleSetRefusal('SAME_PERSON');
    if (effectiveAt !== undefined && Date.parse(effectiveAt) < now.getTime() - clockToleranceMs) throw new RuleSetRefusal('EFFECTIVE_AT_PAST', 'effectiveAt');
    if ((await versionsOf(transaction, key)).includes(review.version)) throw new RuleSetRefusal('VERSION_TAKEN', 'reviewId');
    // A release since the request may check more, and cases may have been saved since.
    const document = requireComplete(review.document);
    if (!(await goesBack(acting, document))) await requireCasesPass(acting, document);
    const asked = effectiveAt === undefined ? review.effectiveAt : new Date(effectiveAt);
    const from = asked !== null && asked > now ? asked : now;
    const before = await versionInEffect(transaction, key, now);
    await transaction.ruleSetVersion.create({
      data: { key, version: review.version, document: review.document as Prisma.InputJsonObject, hash: review.hash, effectiveAt: from, publishedAt: now, publishedBy: actor.id, reviewId },
    });
    await transaction.ruleSetVerdict.create({ data: { reviewId, kind: 'approved', decidedAt: now, decidedBy: actor.id, role, comment, hash: review.hash, effectiveAt: from } });
    await transaction.ruleSetDraft.delete({ where: { key } });
    if (from <= now) await stopShadowOf(acting, document);
    await acting.record({ action: 'rules.published', version: review.version, reason: comment, beforeHash: before?.hash, afterHash: review.hash, detail: { reviewId, effectiveAt: from.toISOString(), requestedBy: review.requestedBy, inEffectBefore: before?.version ?? null } });
    await acting.spread({ kind: 'published', version: review.version, from });
    return { reviewId, version: review.version };
  });
}
