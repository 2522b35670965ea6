import { randomUUID } from 'node:crypto';
import type { Act, ActDependencies, PatientAccessCommand } from './act.ts';
import { findCarer } from './carers.ts';
import { PatientAccessRefusal } from './refusal.ts';
import { requirePatientInCare } from './ward-rights.ts';

export const careTeamReasonCodes = ['consultation', 'transfer', 'follow-up'] as const;
export type CareTeamReasonCode = (typeof careTeamReasonCodes)[number];

/** Who brings others into the care of a patient of the own ward. */
export const careTeamLeaders = ['doctor', 'head-nurse'] as const;

export interface AddCareTeamMember extends PatientAccessCommand {
  readonly patientId: string;
  readonly userId: string;
  readonly reasonCode: CareTeamReasonCode;
  /** Seven days from now when absent. */
  readonly validUntil?: Date | null | undefined;
}

const dayMs = 24 * 3_600_000;
const defaultDays = 7;
const longestDays = 30;

/**
 * Gives a carer from elsewhere a care relationship to a patient of the viewer's ward. FHIR CareTeam.participant.
 * Fails: PATIENT_NOT_FOUND (also another ward's), MEMBER_NOT_ELIGIBLE, CARE_TEAM_MEMBER_EXISTS, VALID_UNTIL_INVALID, IDEMPOTENCY_KEY_REUSED.
 */
export async function addCareTeamMember(act: Act, { database }: ActDependencies, { patientId, userId, reasonCode, validUntil, ...command }: AddCareTeamMember) {
  const { viewer } = command;
  await requirePatientInCare(database, viewer, patientId, careTeamLeaders);
  if (!(await findCarer(database, userId))) throw new PatientAccessRefusal('MEMBER_NOT_ELIGIBLE', 'userId', patientId);
  const payload = { patientId, userId, reasonCode, validUntil: validUntil?.toISOString() ?? null };
  return act({ kind: 'addCareTeamMember', patientId, alone: `patient:${patientId}`, payload }, command, async ({ transaction, now, record }) => {
    const until = validUntil ?? new Date(now.getTime() + defaultDays * dayMs);
    if (until <= now || until.getTime() > now.getTime() + longestDays * dayMs) throw new PatientAccessRefusal('VALID_UNTIL_INVALID', 'validUntil', patientId);
    if (await transaction.careTeamMember.findFirst({ where: { patientId, userId, endedAt: null, validUntil: { gt: now } }, select: { id: true } })) throw new PatientAccessRefusal('CARE_TEAM_MEMBER_EXISTS', 'userId', patientId);
    const id = randomUUID();
    await transaction.careTeamMember.create({ data: { id, patientId, userId, reasonCode, validFrom: now, validUntil: until, addedBy: viewer.id } });
    await record({ action: 'careTeam.memberAdded', reason: reasonCode, after: { userId, validUntil: until.toISOString() }, detail: { membershipId: id } });
    return { membershipId: id };
  });
}
