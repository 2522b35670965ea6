import type { Prisma } from '#database';
import { systems } from '../ids.ts';
import { afterInTime, doorOf, hidesOf, placeInTime } from '../kind.ts';
import { encounterResource, inpatient, type EncounterRow } from '../mappers/encounter.ts';
import { periodFilters, type PeriodFilter } from '../search/dates.ts';
import { dateParameter, idParameter, referenceParameter, tokenParameter, type Parameter } from '../search/parameters.ts';

type Where = Prisma.EncounterWhereInput;

/** The field of the policy table that a stay is. */
const field = 'Patient.encounter';

const patient: Parameter<Where> = referenceParameter('Patient', (keys) => ({ patientId: { in: [...keys] } }));

function stayWithin({ start, end, isOpen }: PeriodFilter): Where {
  const ended: Where | undefined = end && (isOpen ? { OR: [{ endedAt: end }, { endedAt: null }] } : { endedAt: end });
  return { AND: [start ? { admittedAt: start } : {}, ended ?? {}] };
}

export const encounterDoor = doorOf<Where, EncounterRow>({
  type: 'Encounter',
  searchOperation: 'Query.patients',
  parameters: {
    _id: idParameter((keys) => ({ id: { in: [...keys] } })),
    identifier: {
      ...tokenParameter<Where>({ [systems.encounter]: (code) => (code === undefined ? {} : { id: code }), [systems.wristband]: (code) => (code === undefined ? {} : { wristband: code }) }),
      isIdentifying: true,
    },
    patient,
    subject: patient,
    status: tokenParameter({ 'http://hl7.org/fhir/encounter-status': (code) => (code === undefined ? {} : code === 'in-progress' ? { endedAt: null } : code === 'finished' ? { endedAt: { not: null } } : undefined) }),
    class: tokenParameter({ [inpatient.system]: (code) => (code === undefined || code === inpatient.code ? {} : undefined) }),
    date: dateParameter((date) => periodFilters(date).map(stayWithin)),
    location: referenceParameter('Location', (keys) => ({ wardId: { in: [...keys] } })),
  },
  visible: ({ visibility, rights }) => ({ patient: { AND: [visibility.Patient, rights.whose(field)] } }),
  byKey: (id) => ({ id }),
  count: (where, { database }) => database.prisma.encounter.count({ where }),
  page: (where, { after, take }, { database }) => database.prisma.encounter.findMany({ where: { AND: [where, afterInTime('admittedAt', after)] }, orderBy: [{ admittedAt: 'desc' }, { id: 'asc' }], take }),
  placeOf: ({ admittedAt, id }) => placeInTime(admittedAt, id),
  async write(row, { access, loaders, reads, language }) {
    const subject = { patientId: row.patientId };
    if (!access.reaches('Patient', subject) || !(await access.sees(field, subject))) return undefined;
    reads.add(row.patientId);
    return encounterResource(row, (await loaders.wardName(row.wardId))?.[language]);
  },
  isHiding: ({ patients }, context) => hidesOf(field, patients, context),
});
