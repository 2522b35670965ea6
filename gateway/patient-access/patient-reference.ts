import type { Database } from '#database';
import { PatientAccessRefusal } from './refusal.ts';

/** Names one patient, in one of three ways. */
export interface PatientReference {
  readonly patientId?: string | null | undefined;
  /** What the wristband's barcode says; of a stay that goes on. */
  readonly wristband?: string | null | undefined;
  /** 住院号, of a stay that goes on. */
  readonly encounterId?: string | null | undefined;
}

/** The patient's id. Fails: INPUT_INVALID (not exactly one way), PATIENT_NOT_FOUND. */
export async function requirePatientId({ prisma }: Pick<Database, 'prisma'>, reference: PatientReference): Promise<string> {
  const given = Object.entries({ patientId: reference.patientId, wristband: reference.wristband, encounterId: reference.encounterId }).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const [place, value] = given[0] ?? [];
  if (place === undefined || value === undefined || value === null || given.length > 1) throw new PatientAccessRefusal('INPUT_INVALID', 'patientId');
  const where = place === 'patientId' ? { id: value } : { encounters: { some: { endedAt: null, ...(place === 'wristband' ? { wristband: value } : { id: value }) } } };
  const patient = await prisma.patient.findFirst({ where, select: { id: true } });
  if (!patient) throw new PatientAccessRefusal('PATIENT_NOT_FOUND', place);
  return patient.id;
}
