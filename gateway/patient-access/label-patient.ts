import { randomUUID } from 'node:crypto';
import type { Database } from '#database';
import type { Viewer } from '../identity/index.ts';
import type { Act, ActDependencies, PatientAccessCommand } from './act.ts';
import { PatientAccessRefusal } from './refusal.ts';
import { requirePatientInCare } from './ward-rights.ts';

/** Codes of HL7 v3 ActInformationSensitivityPolicy: HIV, psychiatric, celebrity (VIP). */
export const labelCodes = ['HIV', 'PSY', 'CEL'] as const;
export type LabelCode = (typeof labelCodes)[number];

/** Who sets and removes each label: what is clinical a doctor of the patient's ward, who is known to the public a privacy officer. */
export const labelSetters: Readonly<Record<LabelCode, 'doctor' | 'privacy-officer'>> = { HIV: 'doctor', PSY: 'doctor', CEL: 'privacy-officer' };

export interface LabelPatient extends PatientAccessCommand {
  readonly patientId: string;
  readonly code: LabelCode;
  readonly reason: string;
}

/** Refuses who may not set the label on the patient. Fails: FORBIDDEN (another role sets it), PATIENT_NOT_FOUND (also another ward's). */
export async function requireLabelSetter(database: Pick<Database, 'prisma'>, viewer: Viewer, patientId: string, code: LabelCode): Promise<void> {
  const role = labelSetters[code];
  if (!viewer.roles.includes(role)) throw new PatientAccessRefusal('FORBIDDEN', 'code');
  if (role === 'doctor') return requirePatientInCare(database, viewer, patientId, [role]);
  if (!(await database.prisma.patient.findUnique({ where: { id: patientId }, select: { id: true } }))) throw new PatientAccessRefusal('PATIENT_NOT_FOUND', 'patientId');
}

/** Marks a patient as sensitive. What the label is stands in the encrypted part of the record only. Fails: FORBIDDEN, PATIENT_NOT_FOUND, LABEL_EXISTS, IDEMPOTENCY_KEY_REUSED. */
export async function labelPatient(act: Act, { database }: ActDependencies, { patientId, code, reason, ...command }: LabelPatient) {
  const { viewer } = command;
  await requireLabelSetter(database, viewer, patientId, code);
  return act({ kind: 'labelPatient', patientId, alone: `patient:${patientId}`, payload: { patientId, code, reason } }, command, async ({ transaction, now, record }) => {
    if (await transaction.sensitivityLabel.findFirst({ where: { patientId, code, removedAt: null }, select: { id: true } })) throw new PatientAccessRefusal('LABEL_EXISTS', 'code', patientId);
    const id = randomUUID();
    await transaction.sensitivityLabel.create({ data: { id, patientId, code, reason, setBy: viewer.id, setAt: now } });
    await record({ action: 'sensitivityLabel.set', after: { code, reason }, detail: { labelId: id } });
    return { labelId: id };
  });
}
