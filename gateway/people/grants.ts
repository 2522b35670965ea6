import { randomUUID } from 'node:crypto';
import { isAdministratorRole } from '../identity/role-requirements.ts';
import type { Act, Acting, PeopleCommand } from './act.ts';
import { isQualified, requireFree, requireOtherAdministrator, requirePeriod, requirePerson, requireRole } from './assignment-rules.ts';
import { PeopleRefusal } from './refusal.ts';

export interface GrantRole extends PeopleCommand {
  readonly personId: string;
  readonly role: string;
  /** The ward of a role that works in one. */
  readonly unit?: string;
  /** From now on when absent. */
  readonly validFrom?: Date;
  /** For good when absent; always so for administrators. */
  readonly validUntil?: Date;
  readonly reason: string;
}

export interface DecideProposal extends PeopleCommand {
  readonly proposalId: string;
}

export interface EndAssignment extends PeopleCommand {
  readonly assignmentId: string;
  readonly reason: string;
}

/**
 * Gives a person a role. That of an administrator is only proposed: another administrator confirms it. Nobody gives
 * themselves one. Fails: PERSON_NOT_FOUND, ACCOUNT_DISABLED, SAME_PERSON, ROLE_UNKNOWN, UNIT_MISSING, UNIT_NOT_ALLOWED,
 * WARD_NOT_FOUND, WARD_CLOSED, PERIOD_INVALID, ROLES_EXCLUDE, ROLE_HELD, QUALIFICATION_MISSING, PROPOSAL_OPEN.
 */
export function grantRole(act: Act, { personId, role: asked, unit, validFrom, validUntil, reason, ...command }: GrantRole) {
  const payload = { personId, role: asked, unit: unit ?? null, validFrom: validFrom?.toISOString() ?? null, validUntil: validUntil?.toISOString() ?? null, reason };
  return act('grantRole', command, payload, async (acting) => {
    const { transaction, record, actor, now } = acting;
    if (personId === actor.id) throw new PeopleRefusal('SAME_PERSON', 'personId');
    await requirePerson(acting, personId, 'personId');
    const role = await requireRole(acting, asked, unit);
    const period = requirePeriod({ validFrom, validUntil }, now);
    if (isAdministratorRole(role) && period.validUntil !== null) throw new PeopleRefusal('PERIOD_INVALID', 'validUntil');
    await requireFree(acting, personId, { role, unit, period });
    if (!(await isQualified(transaction, personId, role, period.validFrom))) throw new PeopleRefusal('QUALIFICATION_MISSING', 'role');
    const after = { role, unit: unit ?? null, validFrom: period.validFrom.toISOString(), validUntil: period.validUntil?.toISOString() ?? null };
    if (isAdministratorRole(role)) {
      if ((await transaction.roleProposal.count({ where: { userId: personId, decidedAt: null } })) > 0) throw new PeopleRefusal('PROPOSAL_OPEN', 'personId');
      await transaction.roleProposal.create({ data: { id: randomUUID(), userId: personId, role, reason, validFrom: period.validFrom, proposedBy: actor.id, proposedAt: now } });
      await record({ action: 'role.proposed', personId, reason, after });
    } else {
      await transaction.roleAssignment.create({ data: { id: randomUUID(), userId: personId, role, unit: unit ?? null, ...period, reason, grantedBy: actor.id, grantedAt: now } });
      await record({ action: 'role.granted', personId, reason, after });
    }
    return { personId };
  });
}

/**
 * The second administrator gives what the first proposed. Fails: PROPOSAL_NOT_FOUND, PROPOSAL_DECIDED, SAME_PERSON (whoever
 * proposed it, and whom it is for), ACCOUNT_DISABLED, ROLES_EXCLUDE, ROLE_HELD.
 */
export function confirmRole(act: Act, { proposalId, ...command }: DecideProposal) {
  return act('confirmRole', command, { proposalId }, async (acting) => {
    const { transaction, record, actor, now } = acting;
    const proposal = await requireOpenProposal(acting, proposalId);
    const { userId, role, reason, proposedBy } = proposal;
    if (actor.id === proposedBy || actor.id === userId) throw new PeopleRefusal('SAME_PERSON', 'proposalId');
    await requirePerson(acting, userId, 'proposalId');
    const period = { validFrom: proposal.validFrom > now ? proposal.validFrom : now, validUntil: null };
    await requireFree(acting, userId, { role, unit: undefined, period });
    await transaction.roleProposal.update({ where: { id: proposalId }, data: { decidedBy: actor.id, decidedAt: now, outcome: 'confirmed' } });
    await transaction.roleAssignment.create({ data: { id: randomUUID(), userId, role, ...period, reason, grantedBy: proposedBy, grantedAt: now, confirmedBy: actor.id } });
    await record({ action: 'role.confirmed', personId: userId, reason, after: { role, proposedBy, validFrom: period.validFrom.toISOString() } });
    return { personId: userId };
  });
}

/** Also for whoever proposed it and thinks better of it. Fails: PROPOSAL_NOT_FOUND, PROPOSAL_DECIDED. */
export function rejectRole(act: Act, { proposalId, reason, ...command }: DecideProposal & { readonly reason: string }) {
  return act('rejectRole', command, { proposalId, reason }, async (acting) => {
    const { transaction, record, actor, now } = acting;
    const { userId, role } = await requireOpenProposal(acting, proposalId);
    await transaction.roleProposal.update({ where: { id: proposalId }, data: { decidedBy: actor.id, decidedAt: now, outcome: 'rejected' } });
    await record({ action: 'role.rejected', personId: userId, reason, before: { role } });
    return { personId: userId };
  });
}

/** Ends an assignment now, and with it what was passed on of it. Fails: ASSIGNMENT_NOT_FOUND, ASSIGNMENT_ENDED, LAST_ADMINISTRATOR. */
export function endRole(act: Act, { assignmentId, reason, ...command }: EndAssignment) {
  return act('endRole', command, { assignmentId, reason }, async (acting) => {
    const assignment = await requireStanding(acting, assignmentId);
    await requireOtherAdministrator(acting, assignment.role, assignment.userId);
    await endAssignment(acting, assignment, reason, 'role.ended');
    return { personId: assignment.userId };
  });
}

/** An assignment that has not ended yet; it may lie ahead. Throws ASSIGNMENT_NOT_FOUND, ASSIGNMENT_ENDED. */
export async function requireStanding({ transaction, now }: Acting, id: string) {
  const assignment = await transaction.roleAssignment.findUnique({ where: { id } });
  if (!assignment) throw new PeopleRefusal('ASSIGNMENT_NOT_FOUND', 'assignmentId');
  if (assignment.endedAt !== null || (assignment.validUntil !== null && assignment.validUntil <= now)) throw new PeopleRefusal('ASSIGNMENT_ENDED', 'assignmentId');
  return assignment;
}

/** Ends it and whatever depends on it, each with its entry. */
export async function endAssignment(acting: Acting, { id, userId, role, unit }: { readonly id: string; readonly userId: string; readonly role: string; readonly unit: string | null }, reason: string, action: string): Promise<void> {
  const { transaction, record, actor, now } = acting;
  await transaction.roleAssignment.update({ where: { id }, data: { endedAt: now, endedBy: actor.id, endReason: reason } });
  await record({ action, personId: userId, reason, before: { role, unit } });
  const passedOn = await transaction.roleAssignment.findMany({ where: { sourceId: id, endedAt: null, validUntil: { gt: now } } });
  for (const each of passedOn) await endAssignment(acting, each, reason, 'role.ended');
}

async function requireOpenProposal({ transaction }: Acting, id: string) {
  const proposal = await transaction.roleProposal.findUnique({ where: { id } });
  if (!proposal) throw new PeopleRefusal('PROPOSAL_NOT_FOUND', 'proposalId');
  if (proposal.decidedAt !== null) throw new PeopleRefusal('PROPOSAL_DECIDED', 'proposalId');
  return proposal;
}
