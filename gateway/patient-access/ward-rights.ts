import type { Database, Prisma } from '#database';
import type { Viewer } from '../identity/index.ts';
import { PatientAccessRefusal } from './refusal.ts';

/** The wards in which the viewer has one of `roles` now; `all` when the role is of the whole hospital. */
export function wardsOf({ assignments }: Pick<Viewer, 'assignments'>, roles: readonly string[]): readonly string[] | 'all' {
  const held = assignments.filter(({ role }) => roles.includes(role));
  return held.some(({ unit }) => unit === undefined) ? 'all' : held.flatMap(({ unit }) => unit ?? []);
}

/** Patients who lie in a ward in which the viewer has one of `roles`. A ward role without a ward reaches nobody's patients. */
export function patientsInCareOf(viewer: Pick<Viewer, 'assignments'>, roles: readonly string[]): Prisma.PatientWhereInput {
  const wards = wardsOf(viewer, roles);
  return { encounters: { some: { endedAt: null, wardId: { in: wards === 'all' ? [] : [...wards] } } } };
}

/** Refuses a patient who lies in no ward where the viewer has one of `roles`, as one whom there is not. Fails: PATIENT_NOT_FOUND. */
export async function requirePatientInCare({ prisma }: Pick<Database, 'prisma'>, viewer: Viewer, patientId: string, roles: readonly string[]): Promise<void> {
  const patient = await prisma.patient.findFirst({ where: { AND: [{ id: patientId }, patientsInCareOf(viewer, roles)] }, select: { id: true } });
  if (!patient) throw new PatientAccessRefusal('PATIENT_NOT_FOUND', 'patientId');
}
