import { randomUUID } from 'node:crypto';
import type { Database, Prisma } from '#database';
import type { Act, Acting, RuleSetCommand } from './act.ts';
import { RuleSetRefusal } from './refusal.ts';
import { contentHash, isId, requireComplete, requireDomain, requireEditor } from './rule-set-record.ts';
import { readSide, type RuleSetSide } from './rule-set-side.ts';

export interface StartShadow extends RuleSetCommand {
  readonly key: string;
  readonly candidate: RuleSetSide;
  /** 1 to 720; it ends by itself then. */
  readonly hours: number;
  /** Differences kept an hour; the others are only counted. */
  readonly hourlyLimit: number;
}

export interface StopShadow extends RuleSetCommand {
  readonly shadowId: string;
  readonly reason: string;
}

/**
 * Lets a document judge beside the version in effect, without effect, from the next few seconds on. One at a time for a rule set.
 * Fails: RULE_SET_NOT_FOUND, RULE_SET_INVALID, SHADOW_RUNNING, NOT_DOMAIN_OWNER, and what `readSide` throws.
 */
export function startShadow(act: Act, { key, candidate, hours, hourlyLimit, ...command }: StartShadow) {
  const payload = { candidate: { version: candidate.version ?? null, reviewId: candidate.reviewId ?? null, draft: candidate.draft ?? false }, hours, hourlyLimit };
  return act('startShadow', key, command, payload, async (acting) => {
    const { transaction, actor, now } = acting;
    requireEditor(await requireDomain(transaction, key), actor);
    const { name, document, hash } = await readSide(key, candidate, 'candidate', transaction);
    const complete = requireComplete(document);
    const running = await transaction.ruleShadow.findFirst({ where: { key, endsAt: { gt: now }, end: null }, select: { id: true } });
    if (running) throw new RuleSetRefusal('SHADOW_RUNNING', 'key');
    const id = randomUUID();
    const endsAt = new Date(now.getTime() + hours * 3_600_000);
    // A rule set document is JSON by its schema.
    await transaction.ruleShadow.create({ data: { id, key, candidate: name, hash, document: complete as unknown as Prisma.InputJsonObject, startedAt: now, startedBy: actor.id, endsAt, hourlyLimit } });
    await acting.record({ action: 'rules.shadowStarted', afterHash: hash, detail: { shadowId: id, candidate: name, endsAt: endsAt.toISOString(), hourlyLimit } });
    return { shadowId: id };
  });
}

/** Ends a shadow; what it found stays. Fails: SHADOW_NOT_FOUND, SHADOW_ENDED, NOT_DOMAIN_OWNER. */
export async function stopShadow(act: Act, { prisma }: Pick<Database, 'prisma'>, { shadowId, reason, ...command }: StopShadow) {
  const shadow = isId(shadowId) ? await prisma.ruleShadow.findUnique({ where: { id: shadowId }, select: { key: true, endsAt: true } }) : null;
  if (!shadow) throw new RuleSetRefusal('SHADOW_NOT_FOUND', 'shadowId');
  return act('stopShadow', shadow.key, command, { shadowId, reason }, async (acting) => {
    const { transaction, actor, now } = acting;
    requireEditor(await requireDomain(transaction, shadow.key), actor);
    const ended = await transaction.ruleShadowEnd.findUnique({ where: { shadowId } });
    if (ended || shadow.endsAt <= now) throw new RuleSetRefusal('SHADOW_ENDED', 'shadowId');
    await transaction.ruleShadowEnd.create({ data: { shadowId, endedAt: now, endedBy: actor.id, reason } });
    await acting.record({ action: 'rules.shadowStopped', reason, detail: { shadowId } });
    return { shadowId };
  });
}

/** The reason of a shadow that ended because what it judged by took effect. */
export const publishedReason = 'PUBLISHED';

/** Ends the shadow of a rule set that judges by this document, which takes effect now: it would be compared with itself. */
export async function stopShadowOf({ transaction, key, actor, now, record }: Acting, document: object): Promise<void> {
  const running = await transaction.ruleShadow.findMany({ where: { key, endsAt: { gt: now }, end: null }, select: { id: true, document: true } });
  // The column holds a rule set document.
  for (const { id: shadowId } of running.filter((shadow) => contentHash(shadow.document as object) === contentHash(document))) {
    await transaction.ruleShadowEnd.create({ data: { shadowId, endedAt: now, endedBy: actor.id, reason: publishedReason } });
    await record({ action: 'rules.shadowStopped', reason: publishedReason, detail: { shadowId } });
  }
}
