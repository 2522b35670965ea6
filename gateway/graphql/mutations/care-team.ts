import { builder } from '../builder.ts';
import { plainIdOf } from '../global-ids.ts';
import { CareTeamMemberType, CareTeamReasonCodeEnum } from '../types/care-team.ts';
import { mutationErrors } from '../types/errors.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { patientAccessAct } from './patient-access-act.ts';

const AddCareTeamMemberInput = builder.inputType('AddCareTeamMemberInput', {
  fields: (t) => ({
    patientId: t.id({ required: true, validate: inputSchemas.id }),
    userId: t.string({ required: true, validate: inputSchemas.id }),
    reasonCode: t.field({ type: CareTeamReasonCodeEnum, required: true }),
    validUntil: t.field({ type: 'DateTime', description: 'At most 30 days from now; 7 when absent.' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const EndCareTeamMembershipInput = builder.inputType('EndCareTeamMembershipInput', {
  fields: (t) => ({ membershipId: t.id({ required: true, validate: inputSchemas.id }), idempotencyKey: t.string(idempotencyKeyOptions) }),
});

const memberPayload = (name: string) =>
  builder.objectRef<{ readonly membershipId: string }>(name).implement({
    fields: (t) => ({ member: t.field({ type: CareTeamMemberType, resolve: ({ membershipId }, _args, { database }) => database.prisma.careTeamMember.findUniqueOrThrow({ where: { id: membershipId } }) }) }),
  });

builder.mutationField('addCareTeamMember', (t) =>
  t.field({
    type: memberPayload('AddCareTeamMemberPayload'),
    description: 'Gives a carer from elsewhere a care relationship to a patient of the viewer’s ward, for a time.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'AddCareTeamMemberResult' } },
    args: { input: t.arg({ type: AddCareTeamMemberInput, required: true }) },
    resolve: (_root, { input }, context) => patientAccessAct(context, () => context.patientAccess.addCareTeamMember({ ...input, patientId: plainIdOf('Patient', input.patientId), viewer: context.viewer })),
  }),
);

builder.mutationField('endCareTeamMembership', (t) =>
  t.field({
    type: memberPayload('EndCareTeamMembershipPayload'),
    errors: { types: mutationErrors, directResult: true, union: { name: 'EndCareTeamMembershipResult' } },
    args: { input: t.arg({ type: EndCareTeamMembershipInput, required: true }) },
    resolve: (_root, { input }, context) => patientAccessAct(context, () => context.patientAccess.endCareTeamMembership({ ...input, viewer: context.viewer })),
  }),
);
