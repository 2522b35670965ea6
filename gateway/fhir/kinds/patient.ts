import type { Prisma } from '#database';
import { labelCodes } from '../../identity/policy/labels.ts';
import { mayCall } from '../../identity/policy.ts';
import { subjectOf } from '../../identity/subjects.ts';
import { systems } from '../ids.ts';
import { doorOf, hidesOf } from '../kind.ts';
import { genders, patientResource, type PatientRow } from '../mappers/patient.ts';
import { instantFilters } from '../search/dates.ts';
import { dateParameter, idParameter, textParameter, tokenParameter, type Parameter } from '../search/parameters.ts';

type Where = Prisma.PatientWhereInput;

/** The fields of the policy table by which a patient is searched. */
const fields = { name: 'Patient.name', birthdate: 'Patient.birthDate' } as const;

/** A parameter that finds nobody by a field that is hidden from the viewer. */
function bySeen(field: (typeof fields)[keyof typeof fields], parameter: Parameter<Where>): Parameter<Where> {
  return {
    ...parameter,
    isIdentifying: true,
    read: (sent, base) => {
      const condition = parameter.read(sent, base);
      return async (context) => ({ AND: [context.rights.whose(field), await condition(context)] });
    },
  };
}

export const patientDoor = doorOf<Where, PatientRow>({
  type: 'Patient',
  searchOperation: 'Query.patients',
  parameters: {
    _id: idParameter((keys) => ({ id: { in: [...keys] } })),
    // The number is the patient's id: it is seen by whoever sees the patient.
    identifier: tokenParameter({ [systems.patient]: (code) => (code === undefined ? {} : { id: code }) }),
    name: bySeen(fields.name, textParameter((name) => ({ name }))),
    birthdate: bySeen(fields.birthdate, dateParameter((date) => instantFilters(date).map((birthDate) => ({ birthDate })), { isDateOnly: true })),
    gender: tokenParameter({ 'http://hl7.org/fhir/administrative-gender': (code) => (code === undefined ? {} : code === 'unknown' ? { gender: { notIn: genders.filter((each) => each !== 'unknown') } } : { gender: code }) }),
  },
  visible: ({ visibility }) => visibility.Patient,
  byKey: (id) => ({ id }),
  count: (where, { database }) => database.prisma.patient.count({ where }),
  page: (where, { after, take }, { database }) => database.prisma.patient.findMany({ where: { AND: [where, after === undefined ? {} : { id: { gt: after } }] }, orderBy: { id: 'asc' }, take }),
  placeOf: ({ id }) => id,
  async isHiding({ searchedBy }, context) {
    const hides = await Promise.all(Object.entries(fields).map(([parameter, field]) => searchedBy.includes(parameter) && hidesOf(field, undefined, context)));
    return hides.includes(true);
  },
  async write(row, { viewer, access, loaders, reads }) {
    const subject = subjectOf('Patient', row);
    if (!access.reaches('Patient', subject)) return undefined;
    reads.add(row.id);
    const labels = mayCall('Query.sensitivityLabels', viewer.roles) ? ((await loaders.labels(row.id)) ?? []) : [];
    return patientResource(row, { seesName: await access.sees('Patient.name', subject), seesBirthDate: await access.sees('Patient.birthDate', subject), labels: labelCodes.filter((code) => labels.includes(code)) });
  },
});
