import { randomUUID } from 'node:crypto';
import type { Prisma } from '#database';
import type { Act, ActDependencies, PatientAccessCommand } from './act.ts';
import { saysSomething, type EmergencyReasonCode } from './emergency-reason.ts';
import { requirePatientId, type PatientReference } from './patient-reference.ts';
import { PatientAccessRefusal } from './refusal.ts';

export interface TakeEmergencyAccess extends PatientAccessCommand {
  readonly patient: PatientReference;
  readonly reasonCode: EmergencyReasonCode;
  readonly reason: string;
}

/** Accesses that one person may take in an hour; far more than any emergency needs, far fewer than a directory has. */
export const accessesAnHour = 10;

const hourMs = 3_600_000;

/**
 * Opens the patient to the viewer for `minutes`, on record and told at once to the privacy officers and to the head nurse
 * of the patient's ward. While one is open it is given again and lasts no longer. ISO 27799, break-glass.
 * Fails: PATIENT_NOT_FOUND, REASON_INSUFFICIENT, EMERGENCY_ACCESS_LIMIT, INPUT_INVALID, IDEMPOTENCY_KEY_REUSED.
 */
export async function takeEmergencyAccess(act: Act, { database }: ActDependencies, minutes: number, { patient, reasonCode, reason, ...command }: TakeEmergencyAccess) {
  if (!saysSomething(reason)) throw new PatientAccessRefusal('REASON_INSUFFICIENT', 'reason');
  const patientId = await requirePatientId(database, patient);
  const { viewer } = command;
  return act({ kind: 'takeEmergencyAccess', patientId, alone: `person:${viewer.id}`, payload: { patientId, reasonCode, reason } }, command, async ({ transaction, now, record }) => {
    const open = await transaction.emergencyAccess.findFirst({ where: { userId: viewer.id, patientId, endedAt: null, expiresAt: { gt: now } }, select: { id: true } });
    if (open) return { accessId: open.id, wasOpen: true };
    if ((await transaction.emergencyAccess.count({ where: { userId: viewer.id, startedAt: { gt: new Date(now.getTime() - hourMs) } } })) >= accessesAnHour) throw new PatientAccessRefusal('EMERGENCY_ACCESS_LIMIT', undefined, patientId);
    const id = randomUUID();
    const expiresAt = new Date(now.getTime() + minutes * 60_000);
    await transaction.emergencyAccess.create({ data: { id, patientId, userId: viewer.id, reasonCode, reason, startedAt: now, expiresAt } });
    const stay = await transaction.encounter.findFirst({ where: { patientId, endedAt: null }, orderBy: { admittedAt: 'desc' }, select: { wardId: true } });
    await record({
      action: 'emergencyAccess.taken',
      reason: reasonCode,
      after: { expiresAt: expiresAt.toISOString(), reason },
      detail: { emergencyAccessId: id, told: [{ role: 'privacy-officer' }, ...(stay ? [{ role: 'head-nurse', unit: stay.wardId }] : [])] },
    });
    if (stay) await tellWard(transaction, { id, patientId, unit: stay.wardId, name: viewer.displayName, now, expiresAt });
    return { accessId: id, wasOpen: false };
  });
}

interface Notice {
  readonly id: string;
  readonly patientId: string;
  readonly unit: string;
  readonly name: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

/** The notice that the patient's ward finds among its alerts. Privacy officers have a page of their own. */
async function tellWard(transaction: Prisma.TransactionClient, { id, patientId, unit, name, now, expiresAt }: Notice): Promise<void> {
  const until = expiresAt.toISOString();
  const text = {
    'zh-CN': `${name} 对本患者启用了紧急访问，至 ${until} 为止。隐私保护专员会审核；如您不知情，请与其本人核实`,
    en: `${name} took emergency access to this patient, until ${until}. A privacy officer will review it; if you do not know why, ask them`,
  };
  await transaction.clinicalAlert.create({ data: { id: `emergency-access:${id}`, patientId, severity: 'warning', code: 'EMERGENCY_ACCESS', text, roles: ['head-nurse'], unit, raisedAt: now } });
  await transaction.outboxEvent.create({ data: { topic: 'alert', unit } });
}
