import type { Json, Variables } from '#engine';
import type { RequestContext } from '../context.ts';
import { NotFoundError } from '../expected-errors.ts';

/**
 * The patient whom the variables name, as `patientId` or within one object (`order.patientId`), and the ward
 * where they lie now. Throws PATIENT_NOT_FOUND with the variable as `place`.
 */
export async function subjectOf(variables: Variables, { database }: RequestContext): Promise<{ readonly patientId?: string; readonly unit?: string }> {
  const named = Object.entries(variables).flatMap(([name, value]): [string, string][] => {
    if (name === 'patientId' && typeof value === 'string') return [[name, value]];
    const inner = isObject(value) ? value['patientId'] : undefined;
    return typeof inner === 'string' ? [[`${name}.patientId`, inner]] : [];
  });
  const [place, patientId] = named[0] ?? [];
  if (place === undefined || patientId === undefined) return {};
  const patient = await database.prisma.patient.findUnique({ where: { id: patientId }, select: { id: true, encounters: { where: { endedAt: null }, orderBy: { admittedAt: 'desc' }, take: 1, select: { wardId: true } } } });
  if (!patient) throw new NotFoundError({ code: 'PATIENT_NOT_FOUND', place });
  const unit = patient.encounters[0]?.wardId;
  return { patientId, ...(unit === undefined ? {} : { unit }) };
}

function isObject(value: Json): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
