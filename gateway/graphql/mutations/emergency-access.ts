import { z } from 'zod';
import { reasonLength } from '../../patient-access/index.ts';
import { builder } from '../builder.ts';
import { plainIdOf } from '../global-ids.ts';
import { EmergencyAccessType, EmergencyReasonCodeEnum, ReviewOutcomeEnum } from '../types/emergency-access.ts';
import { mutationErrors } from '../types/errors.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { patientAccessAct } from './patient-access-act.ts';

const TakeEmergencyAccessInput = builder.inputType('TakeEmergencyAccessInput', {
  fields: (t) => ({
    patientId: t.id({ validate: inputSchemas.id, description: 'Of these three exactly one.' }),
    wristband: t.string({ validate: inputSchemas.id, description: 'What the wristband’s barcode says.' }),
    encounterId: t.string({ validate: inputSchemas.id, description: '住院号' }),
    reasonCode: t.field({ type: EmergencyReasonCodeEnum, required: true }),
    reason: t.string({ required: true, validate: z.string().trim().max(reasonLength.maximum), description: `In words: ${reasonLength.minimum} to ${reasonLength.maximum} characters.` }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const EndEmergencyAccessInput = builder.inputType('EndEmergencyAccessInput', {
  fields: (t) => ({ accessId: t.id({ required: true, validate: inputSchemas.id }), idempotencyKey: t.string(idempotencyKeyOptions) }),
});

const ReviewEmergencyAccessInput = builder.inputType('ReviewEmergencyAccessInput', {
  fields: (t) => ({
    accessId: t.id({ required: true, validate: inputSchemas.id }),
    outcome: t.field({ type: ReviewOutcomeEnum, required: true }),
    comment: t.string({ required: true, validate: inputSchemas.reason }),
    corrects: t.id({ validate: inputSchemas.id, description: 'The review that counts now, when there is one.' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

interface AccessPayload {
  readonly accessId: string;
}

const TakeEmergencyAccessPayload = builder.objectRef<AccessPayload & { readonly wasOpen: boolean }>('TakeEmergencyAccessPayload').implement({
  fields: (t) => ({
    emergencyAccess: t.field({ type: EmergencyAccessType, resolve: ({ accessId }, _args, { database }) => database.prisma.emergencyAccess.findUniqueOrThrow({ where: { id: accessId } }) }),
    wasOpen: t.exposeBoolean('wasOpen', { description: 'It was open before; its time stays what it was.' }),
  }),
});

const accessPayload = (name: string) =>
  builder.objectRef<AccessPayload>(name).implement({
    fields: (t) => ({ emergencyAccess: t.field({ type: EmergencyAccessType, resolve: ({ accessId }, _args, { database }) => database.prisma.emergencyAccess.findUniqueOrThrow({ where: { id: accessId } }) }) }),
  });

builder.mutationField('takeEmergencyAccess', (t) =>
  t.field({
    type: TakeEmergencyAccessPayload,
    description: 'Break-glass: opens a patient to the viewer for a limited time, on record, told at once to privacy officers and to the head nurse of the patient’s ward.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'TakeEmergencyAccessResult' } },
    args: { input: t.arg({ type: TakeEmergencyAccessInput, required: true }) },
    resolve: (_root, { input: { patientId, wristband, encounterId, ...input } }, context) =>
      patientAccessAct(context, async () => {
        const taken = await context.patientAccess.takeEmergencyAccess({ ...input, viewer: context.viewer, patient: { patientId: patientId ? plainIdOf('Patient', patientId) : undefined, wristband, encounterId } });
        // What the viewer may see was found out before.
        await context.renew(context);
        return taken;
      }),
  }),
);

builder.mutationField('endEmergencyAccess', (t) =>
  t.field({
    type: accessPayload('EndEmergencyAccessPayload'),
    description: 'Ends the viewer’s own emergency access before its time.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'EndEmergencyAccessResult' } },
    args: { input: t.arg({ type: EndEmergencyAccessInput, required: true }) },
    resolve: (_root, { input }, context) => patientAccessAct(context, () => context.patientAccess.endEmergencyAccess({ ...input, viewer: context.viewer })),
  }),
);

builder.mutationField('reviewEmergencyAccess', (t) =>
  t.field({
    type: accessPayload('ReviewEmergencyAccessPayload'),
    description: 'What a privacy officer found about an access that is over. A correction names the review that it corrects, which stays.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'ReviewEmergencyAccessResult' } },
    args: { input: t.arg({ type: ReviewEmergencyAccessInput, required: true }) },
    resolve: (_root, { input }, context) => patientAccessAct(context, () => context.patientAccess.reviewEmergencyAccess({ ...input, viewer: context.viewer })),
  }),
);
