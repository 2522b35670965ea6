import type { Prisma } from '#database';
import { systems } from '../ids.ts';
import { afterInTime, doorOf, hidesOf, placeInTime } from '../kind.ts';
import { isLoinc, loinc, observationResource, type ObservationRow } from '../mappers/observation.ts';
import { instantFilters } from '../search/dates.ts';
import { dateParameter, idParameter, referenceParameter, tokenParameter, type Parameter } from '../search/parameters.ts';

type Where = Prisma.ObservationWhereInput;

/** The field of the policy table that observations are; a label hides some of them by their code. */
const field = 'Patient.latestObservations';

const patient: Parameter<Where> = referenceParameter('Patient', (keys) => ({ patientId: { in: [...keys] } }));

/** PostgreSQL has no pattern here: codes of our own begin with letters, LOINC's with digits. */
const ofAnyLoinc: Where = { OR: [...'0123456789'].map((digit) => ({ code: { startsWith: digit } })) };

export const observationDoor = doorOf<Where, ObservationRow>({
  type: 'Observation',
  searchOperation: 'Query.patients',
  parameters: {
    _id: idParameter((keys) => ({ id: { in: [...keys] } })),
    _lastUpdated: dateParameter((date) => instantFilters(date).map((receivedAt) => ({ receivedAt }))),
    patient,
    subject: patient,
    code: tokenParameter({
      [loinc]: (code) => (code === undefined ? ofAnyLoinc : isLoinc(code) ? { code } : undefined),
      [systems.observation]: (code) => (code === undefined ? { NOT: ofAnyLoinc } : isLoinc(code) ? undefined : { code }),
    }),
    date: dateParameter((date) => instantFilters(date).map((observedAt) => ({ observedAt }))),
    status: tokenParameter({ 'http://hl7.org/fhir/observation-status': (code) => (code === undefined || code === 'final' ? {} : undefined) }),
  },
  visible: ({ visibility, rights }) => ({ AND: [{ patient: visibility.Patient }, rights.observations()] }),
  byKey: (id) => ({ id }),
  count: (where, { database }) => database.prisma.observation.count({ where }),
  page: (where, { after, take }, { database }) => database.prisma.observation.findMany({ where: { AND: [where, afterInTime('observedAt', after)] }, orderBy: [{ observedAt: 'desc' }, { id: 'asc' }], take }),
  placeOf: ({ observedAt, id }) => placeInTime(observedAt, id),
  async write(row, { access, reads }) {
    const subject = { patientId: row.patientId };
    if (!access.reaches('Patient', subject) || !(await access.sees(field, subject)) || !(await access.seesObservation(row.code, subject))) return undefined;
    reads.add(row.patientId);
    return observationResource(row);
  },
  isHiding: ({ patients }, context) => hidesOf(field, patients, context),
});
