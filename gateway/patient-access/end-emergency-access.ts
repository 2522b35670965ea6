import type { Act, ActDependencies, PatientAccessCommand } from './act.ts';
import { isUuid } from '../graphql/global-ids.ts';
import { PatientAccessRefusal } from './refusal.ts';

export interface EndEmergencyAccess extends PatientAccessCommand {
  readonly accessId: string;
}

/** Ends the viewer's own access before its time. Fails: EMERGENCY_ACCESS_NOT_FOUND (also another person's), EMERGENCY_ACCESS_ENDED, IDEMPOTENCY_KEY_REUSED. */
export async function endEmergencyAccess(act: Act, { database }: ActDependencies, { accessId, ...command }: EndEmergencyAccess) {
  const { viewer } = command;
  const own = isUuid(accessId) ? await database.prisma.emergencyAccess.findFirst({ where: { id: accessId, userId: viewer.id }, select: { patientId: true } }) : null;
  if (!own) throw new PatientAccessRefusal('EMERGENCY_ACCESS_NOT_FOUND', 'accessId');
  const { patientId } = own;
  return act({ kind: 'endEmergencyAccess', patientId, alone: `person:${viewer.id}`, payload: { accessId } }, command, async ({ transaction, now, record }) => {
    const { count } = await transaction.emergencyAccess.updateMany({ where: { id: accessId, endedAt: null, expiresAt: { gt: now } }, data: { endedAt: now } });
    if (count === 0) throw new PatientAccessRefusal('EMERGENCY_ACCESS_ENDED', 'accessId', patientId);
    await record({ action: 'emergencyAccess.ended', after: { endedAt: now.toISOString() }, detail: { emergencyAccessId: accessId } });
    return { accessId };
  });
}
