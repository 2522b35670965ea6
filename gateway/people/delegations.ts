import { randomUUID } from 'node:crypto';
import { canBePassedOn } from '../identity/role-requirements.ts';
import type { Act, PeopleCommand } from './act.ts';
import { isQualified, requireFree, requirePeriod, requirePerson } from './assignment-rules.ts';
import { endAssignment, requireStanding, type EndAssignment } from './grants.ts';
import { PeopleRefusal } from './refusal.ts';

/** The longest time for which a role is passed on. */
export const longestDelegationMs = 30 * 86_400_000;

export interface DelegateRole extends PeopleCommand {
  /** The own assignment that is passed on. */
  readonly assignmentId: string;
  readonly delegateId: string;
  readonly validFrom?: Date;
  readonly validUntil: Date;
  readonly reason: string;
}

/**
 * Passes one of the own roles on for a time; both have it then. What was passed on is not passed on again.
 * Fails: ASSIGNMENT_NOT_FOUND, ASSIGNMENT_ENDED, ROLE_NOT_PASSED_ON, PERSON_NOT_FOUND, ACCOUNT_DISABLED, SAME_PERSON,
 * PERIOD_INVALID, ROLES_EXCLUDE, ROLE_HELD, QUALIFICATION_MISSING.
 */
export function delegateRole(act: Act, { assignmentId, delegateId, validFrom, validUntil, reason, ...command }: DelegateRole) {
  return act('delegateRole', command, { assignmentId, delegateId, validFrom: validFrom?.toISOString() ?? null, validUntil: validUntil.toISOString(), reason }, async (acting) => {
    const { transaction, record, actor, now } = acting;
    const source = await requireStanding(acting, assignmentId);
    if (source.userId !== actor.id) throw new PeopleRefusal('ASSIGNMENT_NOT_FOUND', 'assignmentId');
    const { role, unit } = source;
    if (source.kind !== 'regular' || !canBePassedOn(role)) throw new PeopleRefusal('ROLE_NOT_PASSED_ON', 'assignmentId');
    if (delegateId === actor.id) throw new PeopleRefusal('SAME_PERSON', 'delegateId');
    await requirePerson(acting, delegateId, 'delegateId');
    const period = requirePeriod({ validFrom, validUntil }, now, longestDelegationMs);
    await requireFree(acting, delegateId, { role, unit: unit ?? undefined, period });
    for (const at of [period.validFrom, new Date(validUntil.getTime() - 1)]) if (!(await isQualified(transaction, delegateId, role, at))) throw new PeopleRefusal('QUALIFICATION_MISSING', 'delegateId');
    await transaction.roleAssignment.create({ data: { id: randomUUID(), userId: delegateId, role, unit, kind: 'delegation', sourceId: source.id, onBehalfOf: actor.id, ...period, reason, grantedBy: actor.id, grantedAt: now } });
    await record({ action: 'role.delegated', personId: delegateId, reason, after: { role, unit, validFrom: period.validFrom.toISOString(), validUntil: validUntil.toISOString() } });
    return { personId: delegateId };
  });
}

/** Ends a delegation: who passed it on, or who has it. Fails: ASSIGNMENT_NOT_FOUND, ASSIGNMENT_ENDED, NOT_YOURS. */
export function endDelegation(act: Act, { assignmentId, reason, ...command }: EndAssignment) {
  return act('endDelegation', command, { assignmentId, reason }, async (acting) => {
    const assignment = await requireStanding(acting, assignmentId);
    const { actor } = acting;
    if (assignment.kind !== 'delegation' || (assignment.userId !== actor.id && assignment.onBehalfOf !== actor.id)) throw new PeopleRefusal('NOT_YOURS', 'assignmentId');
    await endAssignment(acting, assignment, reason, 'role.delegationEnded');
    return { personId: assignment.userId };
  });
}
