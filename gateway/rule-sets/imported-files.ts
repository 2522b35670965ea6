import { createHash, randomUUID } from 'node:crypto';
import type { Prisma } from '#database';
import type { Json } from '#engine';
import type { Act, RuleSetCommand } from './act.ts';
import { writeDraft } from './drafts.ts';
import { RuleSetRefusal } from './refusal.ts';
import type { RuleSetSide } from './rule-set-side.ts';

/** A file as it came, and what it says. */
export interface FileToImport {
  readonly content: string;
  readonly format: 'dmn' | 'json';
  /** The decision that was taken; of a JSON file, the key that it had. */
  readonly decisionId: string;
  /** What an owner has to look at: warnings only. */
  readonly findings: readonly Json[];
}

export interface ImportDraft extends RuleSetCommand {
  readonly key: string;
  /** What the file says, under the key and in the domain that the caller chose. */
  readonly document: Json;
  readonly file: FileToImport;
  readonly expectedRevision: number;
  readonly reason?: string;
}

/**
 * Writes what a file says into the draft, and keeps the file: what of it a rule set does not have goes out with the rule set
 * again. Fails as `saveDraft`.
 */
export function importDraft(act: Act, { key, document, file, expectedRevision, reason, ...command }: ImportDraft) {
  const content = Buffer.from(file.content);
  const hash = createHash('sha256').update(content).digest('hex');
  // The file stands for the document: the same decision of it is the same content.
  const { domain = null } = document as { readonly domain?: Json };
  const payload = { file: hash, decisionId: file.decisionId, domain, expectedRevision, ...(reason === undefined ? {} : { reason }) };
  return act('importDraft', key, command, payload, async (acting) => {
    const { transaction, actor, now } = acting;
    const { format, decisionId, findings } = file;
    if (decisionId.includes('\u0000') || /\p{Surrogate}/u.test(decisionId)) throw new RuleSetRefusal('INPUT_INVALID', 'decisionId');
    const detail = { format, file: hash, decisionId, warnings: findings.length };
    const action = 'rules.draftImported';
    const { draftId, revision, isChanged, dropped } = await writeDraft(acting, { document, expectedRevision, reason }, { action, detail });
    // What is foreign in the file may be another.
    if (!isChanged) await acting.record({ action, detail: { ...detail, revision }, ...(reason === undefined ? {} : { reason }) });
    await transaction.ruleSetFile.create({ data: { id: randomUUID(), key, revision, draftId, format, decisionId, content, hash, findings: findings as Prisma.InputJsonArray, importedAt: now, importedBy: actor.id } });
    return { revision, dropped };
  });
}

/** Columns of a file beside its content, which may be large. */
const described = { id: true, key: true, revision: true, draftId: true, format: true, decisionId: true, hash: true, findings: true, importedAt: true, importedBy: true } as const;

/** A file that a draft was made of. */
export type ImportedFile = Prisma.RuleSetFileGetPayload<{ select: typeof described }>;

/** The file that a draft was last made of; null for one that was only written here. */
export function importOfDraft({ key, draftId }: { readonly key: string; readonly draftId: string }, { ruleSetFile }: Pick<Prisma.TransactionClient, 'ruleSetFile'>): Promise<ImportedFile | null> {
  return ruleSetFile.findFirst({ where: { key, draftId }, orderBy: { importedAt: 'desc' }, select: described });
}

type Tables = Pick<Prisma.TransactionClient, 'ruleSetFile' | 'ruleSetReview' | 'ruleSetVersion' | 'ruleSetDraft'>;

/** The draft and revision that a side is or was; null for a version that came with a process folder. */
async function originOf(key: string, { version, reviewId, draft }: RuleSetSide, tables: Tables): Promise<{ readonly draftId: string; readonly revision: number } | null> {
  if (draft === true) return tables.ruleSetDraft.findUnique({ where: { key }, select: { draftId: true, revision: true } });
  const published = typeof version === 'string' ? await tables.ruleSetVersion.findUnique({ where: { key_version: { key, version } }, select: { reviewId: true } }) : null;
  const id = reviewId ?? published?.reviewId ?? null;
  return id === null ? null : tables.ruleSetReview.findUnique({ where: { id }, select: { draftId: true, revision: true } });
}

/**
 * The newest DMN file that is behind a side that is there: one of its own draft, else of a version that was published before. Files of
 * drafts that were discarded do not count.
 */
export async function sourceOf(key: string, side: RuleSetSide, tables: Tables): Promise<{ readonly xml: string; readonly decisionId: string } | undefined> {
  const origin = await originOf(key, side, tables);
  if (!origin) return undefined;
  const { draftId, revision } = origin;
  const published = await tables.ruleSetReview.findMany({ where: { key, verdict: { kind: 'approved' } }, select: { draftId: true } });
  const drafts = [draftId, ...published.map((review) => review.draftId)];
  const file = await tables.ruleSetFile.findFirst({ where: { key, format: 'dmn', revision: { lte: revision }, draftId: { in: drafts } }, orderBy: { importedAt: 'desc' }, select: { content: true, decisionId: true } });
  return file ? { xml: Buffer.from(file.content).toString(), decisionId: file.decisionId } : undefined;
}
