import type { Prisma } from '#database';
import type { FhirContext } from '../context.ts';
import { keyOfFhirId, systems } from '../ids.ts';
import { afterInTime, doorOf, hidesOf, placeInTime } from '../kind.ts';
import { active, allergyResource, classesOf, noKnownAllergy, noneKnownResource, patientOfNoneKnown, type AllergyRow } from '../mappers/allergy-intolerance.ts';
import { instantFilters } from '../search/dates.ts';
import { any, dateParameter, referenceParameter, tokenParameter, type Parameter } from '../search/parameters.ts';

/** Two kinds of rows: allergies, and patients who know of none. */
interface Where {
  readonly allergies?: Prisma.AllergyIntoleranceWhereInput;
  readonly patients?: Prisma.PatientWhereInput;
  /** In the place of both: any of these, as `any` makes them. */
  readonly OR?: readonly Where[];
}
type Row = { readonly allergy: AllergyRow } | { readonly noneKnown: string };

const nothing = { id: { in: [] as string[] } };
const allergies = (where: Prisma.AllergyIntoleranceWhereInput): Where => ({ allergies: where, patients: nothing });
const noneKnown = (where: Prisma.PatientWhereInput): Where => ({ allergies: nothing, patients: where });
const everything: Where = { allergies: {}, patients: {} };

/** The fields of the policy table that allergies are; no label hides them. */
const allergiesField = 'Patient.allergies';
const statusField = 'Patient.allergyStatus';

const allergiesOf = (where: Where): Prisma.AllergyIntoleranceWhereInput => where.allergies ?? any((where.OR ?? []).map(allergiesOf));
const patientsOf = (where: Where): Prisma.PatientWhereInput => where.patients ?? any((where.OR ?? []).map(patientsOf));

const patient: Parameter<Where> = referenceParameter('Patient', (keys) => ({ allergies: { patientId: { in: [...keys] } }, patients: { id: { in: [...keys] } } }));

/** Patients come after the allergies of all; their places begin with this. */
const patientPlace = 'none-known/';

async function page(where: Where, { after, take }: { readonly after: string | undefined; readonly take: number }, { database }: FhirContext): Promise<readonly Row[]> {
  const isPastAllergies = after?.startsWith(patientPlace) === true;
  const rows: Row[] = isPastAllergies
    ? []
    : (await database.prisma.allergyIntolerance.findMany({ where: { AND: [allergiesOf(where), afterInTime('recordedAt', after)] }, orderBy: [{ recordedAt: 'desc' }, { id: 'asc' }], take })).map((allergy) => ({ allergy }));
  if (rows.length === take) return rows;
  const patients = await database.prisma.patient.findMany({ where: { AND: [patientsOf(where), isPastAllergies ? { id: { gt: after.slice(patientPlace.length) } } : {}] }, orderBy: { id: 'asc' }, take: take - rows.length, select: { id: true } });
  return [...rows, ...patients.map(({ id }) => ({ noneKnown: id }))];
}

export const allergyIntoleranceDoor = doorOf<Where, Row>({
  type: 'AllergyIntolerance',
  searchOperation: 'Query.patients',
  parameters: {
    _id: {
      type: 'token',
      read: ({ values }) => {
        const keys = values.flatMap((value) => keyOfFhirId(value) ?? []);
        const patients = values.flatMap((value) => keyOfFhirId(patientOfNoneKnown(value) ?? '') ?? []);
        return () => ({ allergies: { id: { in: keys } }, patients: { id: { in: patients } } });
      },
    },
    patient,
    code: tokenParameter({
      [systems.substance]: (code) => allergies(code === undefined ? {} : { substance: code }),
      [noKnownAllergy.system]: (code) => (code === undefined || code === noKnownAllergy.code ? noneKnown({}) : undefined),
    }),
    criticality: tokenParameter({ 'http://hl7.org/fhir/allergy-intolerance-criticality': (code) => allergies(code === undefined ? {} : { reactionClass: { in: [...classesOf(code)] } }) }),
    'clinical-status': tokenParameter({ [active.system]: (code) => (code === undefined || code === active.code ? everything : undefined) }),
    date: dateParameter((date) => instantFilters(date).map((recordedAt) => allergies({ recordedAt }))),
  },
  visible: ({ visibility, rights }) => ({
    allergies: { patient: { AND: [visibility.Patient, rights.whose(allergiesField)] } },
    patients: { AND: [{ allergyStatus: 'none-known', allergies: { none: {} } }, visibility.Patient, rights.whose(statusField)] },
  }),
  byKey: (id) => allergies({ id }),
  ownKey: (fhirId) => {
    const key = keyOfFhirId(patientOfNoneKnown(fhirId) ?? '');
    return key === undefined ? undefined : noneKnown({ id: key });
  },
  all: (conditions) => ({ allergies: { AND: conditions.map(allergiesOf) }, patients: { AND: conditions.map(patientsOf) } }),
  async count(where, { database }) {
    const [one, other] = await Promise.all([database.prisma.allergyIntolerance.count({ where: allergiesOf(where) }), database.prisma.patient.count({ where: patientsOf(where) })]);
    return one + other;
  },
  page,
  placeOf: (row) => ('allergy' in row ? placeInTime(row.allergy.recordedAt, row.allergy.id) : `${patientPlace}${row.noneKnown}`),
  async write(row, { access, reads }) {
    const patientId = 'allergy' in row ? row.allergy.patientId : row.noneKnown;
    const subject = { patientId };
    if (!access.reaches('Patient', subject) || !(await access.sees('allergy' in row ? allergiesField : statusField, subject))) return undefined;
    reads.add(patientId);
    return 'allergy' in row ? allergyResource(row.allergy) : noneKnownResource(row.noneKnown);
  },
  isHiding: ({ patients }, context) => hidesOf(allergiesField, patients, context),
});
