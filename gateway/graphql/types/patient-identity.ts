import type { LocalizedText } from '#engine';
import { maskedTexts } from '../../identity/policy/fields.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import type { PatientRow } from '../loaders.ts';
import { LocalizedTextType } from './localized-text.ts';

/** As much of a patient as tells one from another, for who may not see more. Rows come from the loader, so that the current stay is there. */
export const PatientIdentityType = builder.objectRef<PatientRow>('PatientIdentity').implement({
  description: 'As much of a patient as tells one from another, for who may not see more.',
  fields: (t) => ({
    patientId: t.exposeString('id'),
    name: t.string({ description: 'A placeholder where a label hides the identity from the viewer.', resolve: (patient, _args, context) => nameOf(patient, context) }),
    birthYear: t.int({ nullable: true, resolve: async (patient, _args, context) => ((await isIdentifiable(patient, context)) ? patient.birthDate.getUTCFullYear() : null) }),
    isSynthetic: t.exposeBoolean('isSynthetic', { description: 'Made up for the demo hospital.' }),
    bed: t.string({ nullable: true, resolve: async (patient, _args, context) => (await stayOf(patient, context))?.bed ?? null }),
    ward: t.string({ nullable: true, resolve: async (patient, _args, context) => (await stayOf(patient, context))?.wardId ?? null }),
    // The column holds a LocalizedText.
    wardName: t.field({ type: LocalizedTextType, nullable: true, resolve: async (patient, _args, context) => ((await stayOf(patient, context))?.ward.name as unknown as LocalizedText | undefined) ?? null }),
    isVisible: t.boolean({ description: 'The viewer may see the patient, by whatever relation.', resolve: ({ id }, _args, context) => maySeePatient(id, context) }),
  }),
});

/** Whether no label hides the identity from the viewer. */
async function isIdentifiable({ id }: PatientRow, { database, visibility }: RequestContext): Promise<boolean> {
  return (await database.prisma.patient.findFirst({ where: { AND: [{ id }, visibility.identifiable] }, select: { id: true } })) !== null;
}

async function nameOf(patient: PatientRow, context: RequestContext): Promise<string> {
  return (await isIdentifiable(patient, context)) ? patient.name : (maskedTexts['Patient.name']?.[context.language] ?? '');
}

async function stayOf(patient: PatientRow, context: RequestContext): Promise<PatientRow['encounters'][number] | undefined> {
  return (await isIdentifiable(patient, context)) ? patient.encounters[0] : undefined;
}

async function maySeePatient(id: string, { database, visibility }: RequestContext): Promise<boolean> {
  return (await database.prisma.patient.findFirst({ where: { AND: [{ id }, visibility.Patient] }, select: { id: true } })) !== null;
}

/** The patient with the id, who is known to exist. */
export async function identityOf(patientId: string, { loaders }: RequestContext): Promise<PatientRow> {
  const row = await loaders.patient(patientId);
  if (!row) throw new Error('Expected the patient of a row, but there is none');
  return row;
}
