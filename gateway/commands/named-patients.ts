import type { Json, Variables } from '#engine';
import type { Database } from '#database';

/** A patient whom variables name, and where: `order.patientId`. */
export interface NamedPatient {
  readonly place: string;
  readonly patientId: string;
}

/** The patient whom a case with these variables is about: named as `patientId` or within one object. */
export function patientOfCase(variables: Variables): NamedPatient | undefined {
  return namedPatients(variables).find(({ place }) => place.split('.').length <= 2);
}

/** All patients whom variables name as `patientId`, however deep, in their order. */
export function namedPatients(value: Json, path: readonly (string | number)[] = []): readonly NamedPatient[] {
  if (typeof value !== 'object' || value === null) return path.at(-1) === 'patientId' && typeof value === 'string' ? [{ place: path.join('.'), patientId: value }] : [];
  return Object.entries(value).flatMap(([name, inner]) => namedPatients(inner as Json, [...path, name]));
}

/** The patient as a case has them: with the ward where they lie now. Undefined when there is no such patient. */
export async function findSubject({ prisma }: Pick<Database, 'prisma'>, patientId: string): Promise<{ readonly patientId: string; readonly unit?: string } | undefined> {
  const patient = await prisma.patient.findUnique({ where: { id: patientId }, select: { encounters: { where: { endedAt: null }, orderBy: { admittedAt: 'desc' }, take: 1, select: { wardId: true } } } });
  const unit = patient?.encounters[0]?.wardId;
  return patient === null ? undefined : { patientId, ...(unit === undefined ? {} : { unit }) };
}
