import type { LocalizedText } from '#engine';
import { builder } from '../builder.ts';
import { LocalizedTextType } from './localized-text.ts';
import { maskedFieldsDescription, maskedFieldsOf } from '../masked-fields.ts';
import { relatedPatient } from '../visible-rows.ts';
import { PatientType } from './patient.ts';

/** A notice to a person that asks for attention. */
export const AlertType = builder.prismaNode('ClinicalAlert', {
  name: 'Alert',
  id: { field: 'id' },
  description: 'A notice that asks for attention, with its acknowledgement.',
  fields: (t) => ({
    alertId: t.exposeString('id'),
    severity: t.exposeString('severity'),
    code: t.exposeString('code'),
    // The column holds a LocalizedText.
    text: t.field({ type: LocalizedTextType, resolve: ({ text }) => text as unknown as LocalizedText }),
    patient: t.field({
      type: PatientType,
      nullable: true,
      resolve: ({ patientId }, _args, context) => relatedPatient(patientId, context),
    }),
    processInstanceId: t.exposeString('instanceId', { nullable: true }),
    roles: t.exposeStringList('roles'),
    unit: t.exposeString('unit', { nullable: true }),
    maskedFields: t.stringList({ description: maskedFieldsDescription, resolve: maskedFieldsOf('Alert') }),
    raisedAt: t.expose('raisedAt', { type: 'DateTime' }),
    acknowledgedAt: t.expose('acknowledgedAt', { type: 'DateTime', nullable: true }),
    acknowledgedBy: t.string({ nullable: true, resolve: async ({ acknowledgedBy }, _args, { loaders }) => (acknowledgedBy === null ? null : ((await loaders.actorName(acknowledgedBy)) ?? acknowledgedBy)) }),
  }),
});
