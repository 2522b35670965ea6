import { z } from 'zod';
import type { Prisma } from '#database';
import { checkForReview, checkRuleSet, type RuleSetDocument, type RuleSetFinding } from '#rules';
import { ruleDomainOwners, type RuleDomain } from '../identity/policy.ts';
import { unstorable } from '../unstorable-text.ts';
import type { Acting, RuleSetActor } from './act.ts';
import { digestOf } from './act.ts';
import { RuleSetRefusal } from './refusal.ts';

const localized = z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1) });
/** What of a draft must hold already, so that it can be found again and its owner is known; the rest may be half written. */
const envelopeSchema = z.looseObject({
  format: z.literal('careloop-rules/1'),
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9._-]{0,127}$/, 'Expected letters, digits, dots, dashes and underscores, at most 128 characters'),
  name: localized,
  domain: z.enum(['pharmacy', 'nursing', 'medical', 'finance']),
});
/** A document that may be half written. */
export type DraftDocument = z.infer<typeof envelopeSchema>;

/** Reads a draft's document. Throws RULE_SET_INVALID with what is wrong, RULE_SET_KEY_DIFFERS. */
export function readDraft(document: unknown, key: string): DraftDocument {
  const read = envelopeSchema.safeParse(document);
  const findings: RuleSetFinding[] = read.success ? [] : read.error.issues.map((issue) => ({ code: 'DOCUMENT_INVALID', message: issue.message, path: issue.path.join('.') }));
  const place = unstorable(document);
  if (place !== undefined) findings.push({ code: 'DOCUMENT_INVALID', message: 'Expected text without the character NUL and halves of characters', path: place });
  if (!read.success || findings.length > 0) throw new RuleSetRefusal('RULE_SET_INVALID', 'document', { findings });
  if (read.data.key !== key) throw new RuleSetRefusal('RULE_SET_KEY_DIFFERS', 'document.key');
  return read.data;
}

/** A document that can judge. Throws RULE_SET_INVALID with every finding. */
export function requireComplete(document: unknown): RuleSetDocument {
  return withoutFindings(document, checkRuleSet(document));
}

/** A document that can be reviewed: it can judge, and its units are those of UCUM. Throws RULE_SET_INVALID with every finding. */
export function requireReviewable(document: unknown): RuleSetDocument {
  return withoutFindings(document, checkForReview(document));
}

function withoutFindings(document: unknown, findings: readonly RuleSetFinding[]): RuleSetDocument {
  if (findings.length > 0) throw new RuleSetRefusal('RULE_SET_INVALID', 'document', { findings });
  // `checkRuleSet` has no finding for a rule set document only.
  return document as RuleSetDocument;
}

/** Throws NOT_DOMAIN_OWNER unless the actor has the role that answers for the domain, which it gives. */
export function requireOwner(domain: RuleDomain, actor: RuleSetActor): string {
  const role = ruleDomainOwners[domain];
  if (actor.kind !== 'person' || !actor.roles.includes(role)) throw new RuleSetRefusal('NOT_DOMAIN_OWNER');
  return role;
}

/** Drafts are written by the domain's owners and by process owners. */
export function requireEditor(domain: RuleDomain, actor: RuleSetActor): void {
  if (actor.kind !== 'person' || !actor.roles.some((role) => role === ruleDomainOwners[domain] || role === 'process-owner')) throw new RuleSetRefusal('NOT_DOMAIN_OWNER');
}

/** A published version with its document. */
export interface PublishedVersion {
  readonly version: string;
  readonly document: RuleSetDocument;
  readonly hash: string;
}

/** The version in effect at `at`; the newest effect wins, and of the same effect the one published last. */
export async function versionInEffect({ ruleSetVersion }: Pick<Prisma.TransactionClient, 'ruleSetVersion'>, key: string, at: Date, except?: string): Promise<PublishedVersion | undefined> {
  const row = await ruleSetVersion.findFirst({
    where: { key, status: 'published', effectiveAt: { lte: at }, ...(except === undefined ? {} : { version: { not: except } }) },
    orderBy: [{ effectiveAt: 'desc' }, { publishedAt: 'desc' }, { version: 'desc' }],
  });
  // The column holds what was checked before it was published.
  return row ? { version: row.version, hash: row.hash, document: row.document as unknown as RuleSetDocument } : undefined;
}

/** The domain that a rule set has had from its first version on; of one without versions, its draft's. */
export async function domainOf(transaction: Prisma.TransactionClient, key: string): Promise<{ readonly domain: RuleDomain; readonly isFixed: boolean } | undefined> {
  const version = await transaction.ruleSetVersion.findFirst({ where: { key }, orderBy: { publishedAt: 'desc' }, select: { document: true } });
  const row = version ?? (await transaction.ruleSetDraft.findUnique({ where: { key }, select: { document: true } }));
  // Both columns hold documents whose domain was read when they were written.
  return row ? { domain: (row.document as unknown as { readonly domain: RuleDomain }).domain, isFixed: version !== null } : undefined;
}

/** The domain of a rule set that must be there. Throws RULE_SET_NOT_FOUND. */
export async function requireDomain(transaction: Prisma.TransactionClient, key: string): Promise<RuleDomain> {
  const found = await domainOf(transaction, key);
  if (!found) throw new RuleSetRefusal('RULE_SET_NOT_FOUND', 'key');
  return found.domain;
}

/** The number of the newest revision, over all drafts; 0 when there was none. */
export async function revisionOf(transaction: Pick<Prisma.TransactionClient, 'ruleSetRevision'>, key: string): Promise<number> {
  const { _max } = await transaction.ruleSetRevision.aggregate({ where: { key }, _max: { revision: true } });
  return _max.revision ?? 0;
}

/** The draft, if any, when nobody else has changed it and it is not in review. Throws DRAFT_CHANGED, DRAFT_IN_REVIEW. */
export async function requireRevision({ transaction, key }: Acting, expectedRevision: number) {
  const [draft, revision] = [await transaction.ruleSetDraft.findUnique({ where: { key } }), await revisionOf(transaction, key)];
  // Who begins a rule set anew cannot know of drafts that were discarded before anything was published.
  const isNew = expectedRevision === 0 && !draft && (await transaction.ruleSetVersion.findFirst({ where: { key }, select: { key: true } })) === null;
  if (revision !== expectedRevision && !isNew) throw new RuleSetRefusal('DRAFT_CHANGED', 'expectedRevision', { changed: { key, expectedRevision } });
  if (draft?.reviewId) throw new RuleSetRefusal('DRAFT_IN_REVIEW', 'key');
  return { draft, revision };
}

/** A hash of what a document says, whatever its version is called. */
export function contentHash(document: object): string {
  return digestOf({ ...document, version: '' });
}

/** A version name that was not published yet: the document's own if it is free, else the next number. */
export function freeVersion(taken: readonly string[], wished: unknown): string {
  if (typeof wished === 'string' && wished !== '' && wished.length <= 64 && !taken.includes(wished)) return wished;
  const numbers = taken.map((version) => /^\d{1,9}/.exec(version)?.[0]).map((digits) => Number(digits ?? 0));
  return String(Math.max(0, ...numbers) + 1);
}

/** Names of all versions of the rule set. */
export async function versionsOf(transaction: Pick<Prisma.TransactionClient, 'ruleSetVersion'>, key: string): Promise<readonly string[]> {
  return (await transaction.ruleSetVersion.findMany({ where: { key }, select: { version: true } })).map(({ version }) => version);
}

/** Whether a caller's text can be the id of a review or suspension, so that PostgreSQL is not asked for what is none. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
