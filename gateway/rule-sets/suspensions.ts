import { randomUUID } from 'node:crypto';
import type { Database } from '#database';
import { digestOf, type Act, type Acting, type RuleSetCommand } from './act.ts';
import { RuleSetRefusal } from './refusal.ts';
import { isId, requireDomain, requireOwner, versionInEffect } from './rule-set-record.ts';

export interface SuspendRule extends RuleSetCommand {
  readonly key: string;
  readonly ruleId: string;
  readonly reason: string;
}

export interface SuspensionCommand extends RuleSetCommand {
  readonly suspensionId: string;
  readonly reason: string;
}

/**
 * Within this time a second person confirms a suspension. One that nobody confirmed stays in force and is shown as
 * overdue: a rule that was found wrong must not begin to block again by the clock, with nobody looking.
 */
export const confirmWithinMs = 24 * 3_600_000;

/** Where a suspension stands. */
export type SuspensionStatus = 'unconfirmed' | 'confirmed' | 'liftRequested' | 'lifted';

/** Reads it from what was done about it. */
export function suspensionStatus(acts: readonly { readonly kind: string }[]): SuspensionStatus {
  const has = (kind: string) => acts.some((act) => act.kind === kind);
  return has('lifted') ? 'lifted' : has('liftRequested') ? 'liftRequested' : has('confirmed') ? 'confirmed' : 'unconfirmed';
}

/** True when nobody has confirmed a suspension that is still in force within the time for it. */
export function isOverdue({ suspendedAt, acts }: { readonly suspendedAt: Date; readonly acts: readonly { readonly kind: string }[] }, now: Date): boolean {
  return now.getTime() > suspendedAt.getTime() + confirmWithinMs && !acts.some(({ kind }) => kind === 'confirmed' || kind === 'lifted');
}

/** Lets a rule only advise, at once and in every version. Fails: RULE_SET_NOT_FOUND, RULE_NOT_FOUND, RULE_ALREADY_SUSPENDED, NOT_DOMAIN_OWNER. */
export function suspendRule(act: Act, { key, ruleId, reason, ...command }: SuspendRule) {
  return act('suspendRule', key, command, { ruleId, reason }, async (acting) => {
    const { transaction, actor, now } = acting;
    const role = requireOwner(await requireDomain(transaction, key), actor);
    const current = await versionInEffect(transaction, key, now);
    const rule = current?.document.rules.find(({ id }) => id === ruleId);
    if (!current || !rule) throw new RuleSetRefusal('RULE_NOT_FOUND', 'ruleId');
    if (await transaction.ruleSuspension.findFirst({ where: { key, ruleId, acts: { none: { kind: 'lifted' } } }, select: { id: true } })) throw new RuleSetRefusal('RULE_ALREADY_SUSPENDED', 'ruleId');
    const id = randomUUID();
    await transaction.ruleSuspension.create({ data: { id, key, ruleId, suspendedAt: now, suspendedBy: actor.id, role, reason } });
    await acting.record({ action: 'rules.ruleSuspended', version: current.version, reason, detail: { suspensionId: id, ruleId, ruleHash: digestOf(rule), level: rule.level ?? 'PASS' } });
    await acting.spread({ kind: 'suspended', ruleId, from: now });
    return { suspensionId: id };
  });
}

async function keyOf(suspensionId: string, { prisma }: Pick<Database, 'prisma'>): Promise<string> {
  const suspension = isId(suspensionId) ? await prisma.ruleSuspension.findUnique({ where: { id: suspensionId }, select: { key: true } }) : null;
  if (!suspension) throw new RuleSetRefusal('SUSPENSION_NOT_FOUND', 'suspensionId');
  return suspension.key;
}

async function requireInForce({ transaction }: Acting, suspensionId: string) {
  const suspension = await transaction.ruleSuspension.findUniqueOrThrow({ where: { id: suspensionId }, include: { acts: true } });
  if (suspensionStatus(suspension.acts) === 'lifted') throw new RuleSetRefusal('SUSPENSION_CLOSED', 'suspensionId');
  return suspension;
}

/** The second person's word on a suspension. Fails: SUSPENSION_NOT_FOUND, SUSPENSION_CLOSED (lifted, or confirmed before), SAME_PERSON, NOT_DOMAIN_OWNER. */
export async function confirmSuspension(act: Act, database: Pick<Database, 'prisma'>, { suspensionId, reason, ...command }: SuspensionCommand) {
  const key = await keyOf(suspensionId, database);
  return act('confirmSuspension', key, command, { suspensionId, reason }, async (acting) => {
    const { transaction, actor, now } = acting;
    const role = requireOwner(await requireDomain(transaction, key), actor);
    const suspension = await requireInForce(acting, suspensionId);
    if (suspension.acts.some(({ kind }) => kind === 'confirmed')) throw new RuleSetRefusal('SUSPENSION_CLOSED', 'suspensionId');
    if (suspension.suspendedBy === actor.id) throw new RuleSetRefusal('SAME_PERSON');
    await transaction.ruleSuspensionAct.create({ data: { suspensionId, kind: 'confirmed', at: now, actBy: actor.id, role, reason } });
    await acting.record({ action: 'rules.suspensionConfirmed', reason, detail: { suspensionId, ruleId: suspension.ruleId, wasOverdue: isOverdue(suspension, now) } });
    return { suspensionId };
  });
}

/** Asks for the end of a suspension; another person's call ends it. Fails: SUSPENSION_NOT_FOUND, SUSPENSION_CLOSED, SAME_PERSON, NOT_DOMAIN_OWNER. */
export async function liftSuspension(act: Act, database: Pick<Database, 'prisma'>, { suspensionId, reason, ...command }: SuspensionCommand) {
  const key = await keyOf(suspensionId, database);
  return act('liftSuspension', key, command, { suspensionId, reason }, async (acting) => {
    const { transaction, actor, now } = acting;
    const role = requireOwner(await requireDomain(transaction, key), actor);
    const { ruleId, acts } = await requireInForce(acting, suspensionId);
    const asked = acts.find(({ kind }) => kind === 'liftRequested');
    if (asked?.actBy === actor.id) throw new RuleSetRefusal('SAME_PERSON');
    const kind = asked ? 'lifted' : 'liftRequested';
    await transaction.ruleSuspensionAct.create({ data: { suspensionId, kind, at: now, actBy: actor.id, role, reason } });
    await acting.record({ action: asked ? 'rules.suspensionLifted' : 'rules.suspensionLiftRequested', reason, detail: { suspensionId, ruleId } });
    if (asked) await acting.spread({ kind: 'lifted', ruleId, from: now });
    return { suspensionId };
  });
}
