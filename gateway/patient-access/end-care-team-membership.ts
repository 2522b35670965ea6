import { isUuid } from '../graphql/global-ids.ts';
import type { Act, ActDependencies, PatientAccessCommand } from './act.ts';
import { careTeamLeaders } from './add-care-team-member.ts';
import { PatientAccessRefusal } from './refusal.ts';
import { patientsInCareOf } from './ward-rights.ts';

export interface EndCareTeamMembership extends PatientAccessCommand {
  readonly membershipId: string;
}

/**
 * Ends a membership before its time: by who may add one to the patient's team, or by the member.
 * Fails: CARE_TEAM_MEMBER_NOT_FOUND (also of another ward's patient), CARE_TEAM_MEMBERSHIP_ENDED, IDEMPOTENCY_KEY_REUSED.
 */
export async function endCareTeamMembership(act: Act, { database }: ActDependencies, { membershipId, ...command }: EndCareTeamMembership) {
  const { viewer } = command;
  const reached = { OR: [{ userId: viewer.id }, { patient: patientsInCareOf(viewer, careTeamLeaders) }] };
  const membership = isUuid(membershipId) ? await database.prisma.careTeamMember.findFirst({ where: { AND: [{ id: membershipId }, reached] } }) : null;
  if (!membership) throw new PatientAccessRefusal('CARE_TEAM_MEMBER_NOT_FOUND', 'membershipId');
  const { patientId, userId } = membership;
  return act({ kind: 'endCareTeamMembership', patientId, alone: `patient:${patientId}`, payload: { membershipId } }, command, async ({ transaction, now, record }) => {
    const { count } = await transaction.careTeamMember.updateMany({ where: { id: membershipId, endedAt: null, validUntil: { gt: now } }, data: { endedAt: now, endedBy: viewer.id } });
    if (count === 0) throw new PatientAccessRefusal('CARE_TEAM_MEMBERSHIP_ENDED', 'membershipId', patientId);
    await record({ action: 'careTeam.memberEnded', before: { userId }, detail: { membershipId } });
    return { membershipId };
  });
}
