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
    birthYear: t.int({ resolve: ({ birthDate }) => birthDate.getUTCFullYear() }),
    isSynthetic: t.exposeBoolean('isSynthetic', { description: 'Made up for the demo hospital.' }),
    bed: t.string({ nullable: true, resolve: ({ encounters }) => encounters[0]?.bed ?? null }),
    ward: t.string({ nullable: true, resolve: ({ encounters }) => encounters[0]?.wardId ?? null }),
    // The column holds a LocalizedText.
    wardName: t.field({ type: LocalizedTextType, nullable: true, resolve: ({ encounters }) => (encounters[0] ? (encounters[0].ward.name as unknown as LocalizedText) : null) }),
    isVisible: t.boolean({ description: 'The viewer may see the patient, by whatever relation.', resolve: ({ id }, _args, context) => maySeePatient(id, context) }),
  }),
});

async function nameOf({ id, name }: PatientRow, { database, visibility, language }: RequestContext): Promise<string> {
  const isIdentifiable = (await database.prisma.patient.findFirst({ where: { AND: [{ id }, visibility.identifiable] }, select: { id: true } })) !== null;
  return isIdentifiable ? name : (maskedTexts['Patient.name']?.[language] ?? '');
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
