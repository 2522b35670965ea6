import type { LocalizedText } from '#engine';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { maskedFieldsDescription, maskedFieldsOf } from '../masked-fields.ts';
import type { ObservationRow, PatientRow } from '../loaders.ts';
import { LocalizedTextType } from './localized-text.ts';

const AllergyType = builder.objectRef<PatientRow['allergies'][number]>('Allergy').implement({
  fields: (t) => ({
    substance: t.exposeString('substance', { description: 'Drug group or ingredient.' }),
    reactionClass: t.exposeString('reactionClass', { description: 'immediate | delayed-mild | severe-cutaneous' }),
  }),
});

const EncounterType = builder.objectRef<PatientRow['encounters'][number]>('EncounterInfo').implement({
  description: 'The stay in hospital now.',
  fields: (t) => ({
    id: t.exposeID('id', { description: '住院号' }),
    bed: t.exposeString('bed'),
    ward: t.string({ resolve: (encounter) => encounter.wardId }),
    // The column holds a LocalizedText.
    wardName: t.field({ type: LocalizedTextType, resolve: (encounter) => encounter.ward.name as unknown as LocalizedText }),
    wristband: t.exposeString('wristband', { description: "What the wristband's barcode says." }),
  }),
});

const ObservationType = builder.objectRef<ObservationRow>('ObservationValue').implement({
  fields: (t) => ({
    code: t.exposeString('code', { description: 'LOINC' }),
    value: t.exposeFloat('value'),
    unit: t.exposeString('unit', { description: 'UCUM' }),
    observedAt: t.expose('observedAt', { type: 'DateTime' }),
  }),
});

/** LOINC: body weight. */
const bodyWeight = '29463-7';

/** A patient; rows come from the loader, so that allergies and the current stay are there. */
export const PatientType = builder.prismaNode('Patient', {
  id: { field: 'id' },
  description: 'A patient. Reads are on record.',
  fields: (t) => ({
    patientId: t.exposeString('id'),
    name: t.exposeString('name'),
    gender: t.exposeString('gender', { description: 'FHIR administrative-gender' }),
    birthDate: t.string({ nullable: true, resolve: ({ birthDate }) => birthDate.toISOString().slice(0, 10) }),
    age: t.int({ description: 'Completed years.', resolve: ({ birthDate }) => completedYears(birthDate, new Date()) }),
    maskedFields: t.stringList({ description: maskedFieldsDescription, resolve: maskedFieldsOf('Patient') }),
    isSynthetic: t.exposeBoolean('isSynthetic', { description: 'Made up for the demo hospital.' }),
    allergyStatus: t.exposeString('allergyStatus', { nullable: true, description: 'recorded | none-known | not-asked' }),
    allergies: t.field({ type: [AllergyType], resolve: async ({ id }, _args, { loaders }) => (await loaders.patient(id))?.allergies ?? [] }),
    encounter: t.field({ type: EncounterType, nullable: true, resolve: async ({ id }, _args, { loaders }) => (await loaders.patient(id))?.encounters[0] ?? null }),
    weightKg: t.float({
      nullable: true,
      resolve: async ({ id }, _args, { loaders }) => (await loaders.latestObservations(id))?.find(({ code, unit }) => code === bodyWeight && unit === 'kg')?.value ?? null,
    }),
    latestObservations: t.field({ type: [ObservationType], resolve: async ({ id }, _args, context) => seenObservations(id, context) }),
  }),
});

/** The newest values, without those that a label hides from the viewer. */
async function seenObservations(patientId: string, { loaders, access }: RequestContext): Promise<ObservationRow[]> {
  const observations = (await loaders.latestObservations(patientId)) ?? [];
  const isSeen = await Promise.all(observations.map(({ code }) => access.seesObservation(code, { patientId })));
  return observations.filter((_observation, index) => isSeen[index]);
}

/** Completed years of life on the day of `at`. */
export function completedYears(birthDate: Date, at: Date): number {
  const years = at.getUTCFullYear() - birthDate.getUTCFullYear();
  const hadBirthday = at.getUTCMonth() > birthDate.getUTCMonth() || (at.getUTCMonth() === birthDate.getUTCMonth() && at.getUTCDate() >= birthDate.getUTCDate());
  return hadBirthday ? years : years - 1;
}
