import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Json } from '#engine';
import { digestOf, type Act, type Acting, type RuleSetCommand } from './act.ts';
import { RuleSetRefusal } from './refusal.ts';
import { contentHash, domainOf, freeVersion, readDraft, requireComplete, requireDomain, requireEditor, requireOwner, requireRevision, versionInEffect, versionsOf } from './rule-set-record.ts';
import { openReview } from './reviews.ts';
import { withoutForeignSignatures } from './signatures.ts';

export interface SaveDraft extends RuleSetCommand {
  readonly key: string;
  /** May be half written; what is wrong with it stands at the draft. */
  readonly document: Json;
  /** The newest revision that the writer has seen; 0 for a new rule set. */
  readonly expectedRevision: number;
  readonly reason?: string;
}

export interface DiscardDraft extends RuleSetCommand {
  readonly key: string;
  readonly expectedRevision: number;
  readonly reason: string;
}

export interface RollBack extends DiscardDraft {
  readonly toVersion: string;
}

export interface SignRules extends DiscardDraft {
  readonly ruleIds: readonly string[];
}

/** Saves a draft as a new revision; the same content again is none. Fails: DRAFT_CHANGED, DRAFT_IN_REVIEW, RULE_SET_INVALID, RULE_SET_DOMAIN_CHANGED, NOT_DOMAIN_OWNER. */
export function saveDraft(act: Act, { key, document, expectedRevision, reason, ...command }: SaveDraft) {
  return act('saveDraft', key, command, { document, expectedRevision, ...(reason === undefined ? {} : { reason }) }, async (acting) => {
    const { revision, dropped } = await writeDraft(acting, { document, expectedRevision, reason }, { action: 'rules.draftSaved', detail: {} });
    return { revision, dropped };
  });
}

/** What is written into a draft, and what is put on record with it when it is another content. */
export interface DraftContent extends Pick<SaveDraft, 'document' | 'expectedRevision'> {
  readonly reason?: string | undefined;
}

/** The draft after an act that wrote it. */
export interface WrittenDraft {
  readonly draftId: string;
  readonly revision: number;
  /** The same content is no new revision, and nothing is put on record. */
  readonly isChanged: boolean;
  /** Rules whose signature was taken out. */
  readonly dropped: string[];
}

/** Writes a document into the draft of the rule set, which is made when there is none. Fails as `saveDraft`. */
export async function writeDraft(acting: Acting, { document: given, expectedRevision, reason }: DraftContent, entry: { readonly action: string; readonly detail: Readonly<Record<string, Json>> }): Promise<WrittenDraft> {
  const { key, transaction, actor, now } = acting;
  const read = readDraft(given, key);
  await nextTurn();
  const standing = await domainOf(transaction, key);
  if (standing) requireEditor(standing.domain, actor);
  requireEditor(read.domain, actor);
  if (standing?.isFixed && standing.domain !== read.domain) throw new RuleSetRefusal('RULE_SET_DOMAIN_CHANGED', 'document.domain');
  const { draft, revision } = await requireRevision(acting, expectedRevision);
  const current = await versionInEffect(transaction, key, now);
  const base = draft?.basedOn ? await transaction.ruleSetVersion.findUnique({ where: { key_version: { key, version: draft.basedOn } }, select: { document: true } }) : null;
  const { document, dropped } = await withoutForeignSignatures(read, [draft?.document, base?.document, current?.document], acting);
  await nextTurn();
  const hash = digestOf(document);
  if (draft?.hash === hash) return { draftId: draft.draftId, revision, isChanged: false, dropped: [...dropped] };
  await nextTurn();
  const { draftId } = await writeRevision(acting, { document, hash, revision: revision + 1, draft, basedOn: draft?.basedOn ?? current?.version ?? null, reason });
  const detail = { ...entry.detail, revision: revision + 1, droppedSignatures: [...dropped] };
  await acting.record({ action: entry.action, beforeHash: draft?.hash ?? current?.hash, afterHash: hash, detail, ...(reason === undefined ? {} : { reason }) });
  return { draftId, revision: revision + 1, isChanged: true, dropped: [...dropped] };
}

interface NewRevision {
  readonly document: object;
  readonly hash: string;
  readonly revision: number;
  readonly draft: { readonly draftId: string; readonly editors: readonly string[] } | null;
  readonly basedOn: string | null;
  readonly reason?: string | undefined;
}

/** The document goes to the database as one text and once: value by value, as Prisma sends it, ten thousand rules keep the process for a second. */
async function writeRevision({ transaction, key, actor, now }: Acting, { document, hash, revision, draft, basedOn, reason }: NewRevision): Promise<{ readonly draftId: string }> {
  const draftId = draft?.draftId ?? randomUUID();
  const editors = [...new Set([...(draft?.editors ?? []), actor.id])];
  await transaction.$executeRaw`insert into rule_set_revision (key, revision, draft_id, document, hash, saved_at, saved_by, reason)
    values (${key}, ${revision}, ${draftId}::uuid, ${JSON.stringify(document)}::jsonb, ${hash}, ${now}, ${actor.id}, ${reason ?? null})`;
  await transaction.$executeRaw`insert into rule_set_draft (key, draft_id, revision, document, hash, based_on, saved_at, saved_by, editors)
    select key, draft_id, revision, document, hash, ${basedOn}, saved_at, saved_by, ${editors} from rule_set_revision where key = ${key} and revision = ${revision}
    on conflict (key) do update set draft_id = excluded.draft_id, revision = excluded.revision, document = excluded.document, hash = excluded.hash, saved_at = excluded.saved_at, saved_by = excluded.saved_by, editors = excluded.editors`;
  return { draftId };
}

/** Takes the draft away; its revisions stay on record. Fails: NO_DRAFT, DRAFT_CHANGED, DRAFT_IN_REVIEW, NOT_DOMAIN_OWNER. */
export function discardDraft(act: Act, { key, expectedRevision, reason, ...command }: DiscardDraft) {
  return act('discardDraft', key, command, { expectedRevision, reason }, async (acting) => {
    const { transaction, actor } = acting;
    requireEditor(await requireDomain(transaction, key), actor);
    const { draft } = await requireRevision(acting, expectedRevision);
    if (!draft) throw new RuleSetRefusal('NO_DRAFT', 'key');
    await transaction.ruleSetDraft.delete({ where: { key } });
    await acting.record({ action: 'rules.draftDiscarded', reason, beforeHash: draft.hash, detail: { revision: draft.revision } });
    return { revision: draft.revision };
  });
}

/**
 * Puts an earlier document forward as a new version: it goes to review at once and takes effect when a second person
 * approves it. Fails: RULE_SET_VERSION_NOT_FOUND, DRAFT_OPEN, DRAFT_CHANGED, NOTHING_CHANGED, RULE_SET_INVALID, NOT_DOMAIN_OWNER.
 */
export function rollBack(act: Act, { key, toVersion, expectedRevision, reason, ...command }: RollBack) {
  return act('rollBack', key, command, { toVersion, expectedRevision, reason }, async (acting) => {
    const { transaction, actor } = acting;
    requireEditor(await requireDomain(transaction, key), actor);
    const { draft, revision } = await requireRevision(acting, expectedRevision);
    if (draft) throw new RuleSetRefusal('DRAFT_OPEN', 'key');
    const earlier = await transaction.ruleSetVersion.findUnique({ where: { key_version: { key, version: toVersion } }, select: { document: true } });
    if (!earlier) throw new RuleSetRefusal('RULE_SET_VERSION_NOT_FOUND', 'toVersion');
    const document = { ...requireComplete(earlier.document), version: freeVersion(await versionsOf(transaction, key), undefined) };
    await writeRevision(acting, { document, hash: digestOf(document), revision: revision + 1, draft: null, basedOn: toVersion, reason });
    return openReview(acting, await transaction.ruleSetDraft.findUniqueOrThrow({ where: { key } }), { comment: reason, action: 'rules.rollBackRequested' });
  });
}

/**
 * Signs rules of grade C or D in the draft, which is made from the version in effect when there is none. The signature is
 * part of the document and of its hash; it counts when a second person has approved that document.
 * Fails: RULE_NOT_FOUND, RULE_NEEDS_NO_SIGNATURE, DRAFT_CHANGED, DRAFT_IN_REVIEW, RULE_SET_INVALID, NOT_DOMAIN_OWNER.
 */
export function signRules(act: Act, { key, ruleIds, expectedRevision, reason, ...command }: SignRules) {
  return act('signRules', key, command, { ruleIds: [...ruleIds], expectedRevision, reason }, async (acting) => {
    const { transaction, actor, now } = acting;
    const role = requireOwner(await requireDomain(transaction, key), actor);
    const { draft, revision } = await requireRevision(acting, expectedRevision);
    const current = await versionInEffect(transaction, key, now);
    const source = requireComplete(draft?.document ?? current?.document);
    for (const [index, id] of ruleIds.entries()) {
      const rule = source.rules.find((each) => each.id === id);
      if (!rule) throw new RuleSetRefusal('RULE_NOT_FOUND', `ruleIds.${index}`);
      if (rule.signed || rule.source.grade === 'A' || rule.source.grade === 'B') throw new RuleSetRefusal('RULE_NEEDS_NO_SIGNATURE', `ruleIds.${index}`);
    }
    const signed = { role, name: actor.name, at: now.toISOString() };
    const document = { ...source, rules: source.rules.map((rule) => (ruleIds.includes(rule.id) ? { ...rule, signed } : rule)) };
    const rows = document.rules.filter(({ id }) => ruleIds.includes(id)).map((rule) => ({ id: randomUUID(), key, ruleId: rule.id, ruleHash: digestOf(rule), signedAt: now, signedBy: actor.id, role, reason }));
    await transaction.ruleSignature.createMany({ data: rows });
    const hash = digestOf(document);
    await writeRevision(acting, { document, hash, revision: revision + 1, draft, basedOn: draft?.basedOn ?? current?.version ?? null, reason });
    await acting.record({ action: 'rules.signed', reason, beforeHash: draft?.hash ?? current?.hash, afterHash: hash, detail: { ruleIds: [...ruleIds], revision: revision + 1, contentHash: contentHash(document) } });
    return { revision: revision + 1 };
  });
}
