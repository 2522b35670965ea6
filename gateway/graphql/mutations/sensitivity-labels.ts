import { builder } from '../builder.ts';
import { plainIdOf } from '../global-ids.ts';
import { LabelCodeEnum, SensitivityLabelType } from '../types/care-team.ts';
import { mutationErrors } from '../types/errors.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { patientAccessAct } from './patient-access-act.ts';

const LabelPatientInput = builder.inputType('LabelPatientInput', {
  fields: (t) => ({
    patientId: t.id({ required: true, validate: inputSchemas.id }),
    code: t.field({ type: LabelCodeEnum, required: true }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const RemoveLabelInput = builder.inputType('RemoveLabelInput', {
  fields: (t) => ({
    labelId: t.id({ required: true, validate: inputSchemas.id }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const labelPayload = (name: string) =>
  builder.objectRef<{ readonly labelId: string }>(name).implement({
    fields: (t) => ({ label: t.field({ type: SensitivityLabelType, resolve: ({ labelId }, _args, { database }) => database.prisma.sensitivityLabel.findUniqueOrThrow({ where: { id: labelId } }) }) }),
  });

builder.mutationField('labelPatient', (t) =>
  t.field({
    type: labelPayload('LabelPatientPayload'),
    description: 'Marks a patient as sensitive: HIV and PSY by a doctor of the patient’s ward, CEL by a privacy officer.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'LabelPatientResult' } },
    args: { input: t.arg({ type: LabelPatientInput, required: true }) },
    resolve: (_root, { input }, context) => patientAccessAct(context, () => context.patientAccess.labelPatient({ ...input, patientId: plainIdOf('Patient', input.patientId), viewer: context.viewer })),
  }),
);

builder.mutationField('removeLabel', (t) =>
  t.field({
    type: labelPayload('RemoveLabelPayload'),
    description: 'Takes a label off, by who may set it; the record keeps it.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'RemoveLabelResult' } },
    args: { input: t.arg({ type: RemoveLabelInput, required: true }) },
    resolve: (_root, { input }, context) => patientAccessAct(context, () => context.patientAccess.removeLabel({ ...input, viewer: context.viewer })),
  }),
);
