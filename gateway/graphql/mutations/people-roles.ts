import { z } from 'zod';
import { builder } from '../builder.ts';
import { mutationErrors } from '../types/errors.ts';
import { PersonRoleEnum, QualificationCodeEnum } from '../types/person.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { peopleAct, personPayload } from './people-act.ts';

const rowId = z.uuid();

const GrantRoleInput = builder.inputType('GrantRoleInput', {
  fields: (t) => ({
    personId: t.id({ required: true, validate: inputSchemas.id }),
    role: t.field({ type: PersonRoleEnum, required: true }),
    unit: t.string({ validate: inputSchemas.id, description: 'The ward of a role that works in one; none for the others.' }),
    validFrom: t.field({ type: 'DateTime', description: 'From now on when absent.' }),
    validUntil: t.field({ type: 'DateTime', description: 'For good when absent; always so for administrators.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const ConfirmRoleInput = builder.inputType('ConfirmRoleInput', { fields: (t) => ({ proposalId: t.id({ required: true, validate: rowId }), idempotencyKey: t.string(idempotencyKeyOptions) }) });

const RejectRoleInput = builder.inputType('RejectRoleInput', {
  fields: (t) => ({ proposalId: t.id({ required: true, validate: rowId }), reason: t.string({ required: true, validate: inputSchemas.reason }), idempotencyKey: t.string(idempotencyKeyOptions) }),
});

const EndRoleInput = builder.inputType('EndRoleInput', {
  fields: (t) => ({ assignmentId: t.id({ required: true, validate: rowId }), reason: t.string({ required: true, validate: inputSchemas.reason }), idempotencyKey: t.string(idempotencyKeyOptions) }),
});

const RecordQualificationInput = builder.inputType('RecordQualificationInput', {
  fields: (t) => ({
    personId: t.id({ required: true, validate: inputSchemas.id }),
    code: t.field({ type: QualificationCodeEnum, required: true }),
    identifier: t.string({ required: true, validate: z.string().trim().min(1).max(64), description: 'Number of the certificate.' }),
    validFrom: t.field({ type: 'DateTime', required: true }),
    validUntil: t.field({ type: 'DateTime', description: 'For good when absent.' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const RevokeQualificationInput = builder.inputType('RevokeQualificationInput', {
  fields: (t) => ({ qualificationId: t.id({ required: true, validate: rowId }), reason: t.string({ required: true, validate: inputSchemas.reason }), idempotencyKey: t.string(idempotencyKeyOptions) }),
});

const GrantRolePayload = personPayload('GrantRolePayload');
const ConfirmRolePayload = personPayload('ConfirmRolePayload');
const RejectRolePayload = personPayload('RejectRolePayload');
const EndRolePayload = personPayload('EndRolePayload');
const RecordQualificationPayload = personPayload('RecordQualificationPayload');
const RevokeQualificationPayload = personPayload('RevokeQualificationPayload');

builder.mutationField('grantRole', (t) =>
  t.field({
    type: GrantRolePayload,
    description: 'Gives a person a role. An administrator’s role is proposed by that; another administrator confirms it (`confirmRole`).',
    errors: { types: mutationErrors, directResult: true, union: { name: 'GrantRoleResult' } },
    args: { input: t.arg({ type: GrantRoleInput, required: true }) },
    resolve: (_root, { input: { personId, role, unit, validFrom, validUntil, reason, idempotencyKey } }, context) =>
      peopleAct(context, (actor) => context.peopleService.grantRole({ actor, personId, role, reason, idempotencyKey, ...(unit ? { unit } : {}), ...(validFrom ? { validFrom } : {}), ...(validUntil ? { validUntil } : {}) })),
  }),
);

builder.mutationField('confirmRole', (t) =>
  t.field({
    type: ConfirmRolePayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'ConfirmRoleResult' } },
    args: { input: t.arg({ type: ConfirmRoleInput, required: true }) },
    resolve: (_root, { input }, context) => peopleAct(context, (actor) => context.peopleService.confirmRole({ ...input, actor })),
  }),
);

builder.mutationField('rejectRole', (t) =>
  t.field({
    type: RejectRolePayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'RejectRoleResult' } },
    args: { input: t.arg({ type: RejectRoleInput, required: true }) },
    resolve: (_root, { input }, context) => peopleAct(context, (actor) => context.peopleService.rejectRole({ ...input, actor })),
  }),
);

builder.mutationField('endRole', (t) =>
  t.field({
    type: EndRolePayload,
    description: 'Ends an assignment now, and what was passed on of it.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'EndRoleResult' } },
    args: { input: t.arg({ type: EndRoleInput, required: true }) },
    resolve: (_root, { input }, context) => peopleAct(context, (actor) => context.peopleService.endRole({ ...input, actor })),
  }),
);

builder.mutationField('recordQualification', (t) =>
  t.field({
    type: RecordQualificationPayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'RecordQualificationResult' } },
    args: { input: t.arg({ type: RecordQualificationInput, required: true }) },
    resolve: (_root, { input: { validUntil, ...input } }, context) => peopleAct(context, (actor) => context.peopleService.recordQualification({ ...input, actor, ...(validUntil ? { validUntil } : {}) })),
  }),
);

builder.mutationField('revokeQualification', (t) =>
  t.field({
    type: RevokeQualificationPayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'RevokeQualificationResult' } },
    args: { input: t.arg({ type: RevokeQualificationInput, required: true }) },
    resolve: (_root, { input }, context) => peopleAct(context, (actor) => context.peopleService.revokeQualification({ ...input, actor })),
  }),
);
