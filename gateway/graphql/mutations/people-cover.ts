import { z } from 'zod';
import { builder } from '../builder.ts';
import { mutationErrors } from '../types/errors.ts';
import { OwnRolesType } from '../types/own-roles.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { peopleAct } from './people-act.ts';

const rowId = z.uuid();

const DelegateRoleInput = builder.inputType('DelegateRoleInput', {
  fields: (t) => ({
    assignmentId: t.id({ required: true, validate: rowId, description: 'The own assignment that is passed on.' }),
    delegateId: t.id({ required: true, validate: inputSchemas.id }),
    validFrom: t.field({ type: 'DateTime', description: 'From now on when absent.' }),
    validUntil: t.field({ type: 'DateTime', required: true, description: 'At most thirty days later.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const EndDelegationInput = builder.inputType('EndDelegationInput', {
  fields: (t) => ({ assignmentId: t.id({ required: true, validate: rowId }), reason: t.string({ required: true, validate: inputSchemas.reason }), idempotencyKey: t.string(idempotencyKeyOptions) }),
});

const EnterAbsenceInput = builder.inputType('EnterAbsenceInput', {
  fields: (t) => ({
    personId: t.id({ validate: inputSchemas.id, description: 'The viewer when absent.' }),
    substituteId: t.id({ required: true, validate: inputSchemas.id }),
    startsAt: t.field({ type: 'DateTime', description: 'From now on when absent.' }),
    endsAt: t.field({ type: 'DateTime', required: true, description: 'At most half a year later.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const EndAbsenceInput = builder.inputType('EndAbsenceInput', {
  fields: (t) => ({ absenceId: t.id({ required: true, validate: rowId }), reason: t.string({ required: true, validate: inputSchemas.reason }), idempotencyKey: t.string(idempotencyKeyOptions) }),
});

/** What the viewer has and passed on after the act. */
const ownPayload = (name: string) => builder.objectRef<object>(name).implement({ fields: (t) => ({ ownRoles: t.field({ type: OwnRolesType, resolve: (_payload, _args, { viewer }) => ({ userId: viewer.id }) }) }) });
const DelegateRolePayload = ownPayload('DelegateRolePayload');
const EndDelegationPayload = ownPayload('EndDelegationPayload');
const EnterAbsencePayload = ownPayload('EnterAbsencePayload');
const EndAbsencePayload = ownPayload('EndAbsencePayload');

builder.mutationField('delegateRole', (t) =>
  t.field({
    type: DelegateRolePayload,
    description: 'Passes one of the own roles on for a time. Administration, audit, privacy and the answering for rules are not passed on.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'DelegateRoleResult' } },
    args: { input: t.arg({ type: DelegateRoleInput, required: true }) },
    resolve: (_root, { input: { validFrom, ...input } }, context) => peopleAct(context, (actor) => context.peopleService.delegateRole({ ...input, actor, ...(validFrom ? { validFrom } : {}) })),
  }),
);

builder.mutationField('endDelegation', (t) =>
  t.field({
    type: EndDelegationPayload,
    description: 'For who passed the role on, and for who has it.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'EndDelegationResult' } },
    args: { input: t.arg({ type: EndDelegationInput, required: true }) },
    resolve: (_root, { input }, context) => peopleAct(context, (actor) => context.peopleService.endDelegation({ ...input, actor })),
  }),
);

builder.mutationField('enterAbsence', (t) =>
  t.field({
    type: EnterAbsencePayload,
    description: 'Enters that the viewer, a person of their ward, or (for a security administrator) anybody is away. The substitute has their roles for the time, and their open tasks when it begins.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'EnterAbsenceResult' } },
    args: { input: t.arg({ type: EnterAbsenceInput, required: true }) },
    resolve: (_root, { input: { personId, startsAt, ...input } }, context) =>
      peopleAct(context, (actor) => context.peopleService.enterAbsence({ ...input, actor, actorRoles: context.viewer.assignments, personId: personId ?? context.viewer.id, ...(startsAt ? { startsAt } : {}) })),
  }),
);

builder.mutationField('endAbsence', (t) =>
  t.field({
    type: EndAbsencePayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'EndAbsenceResult' } },
    args: { input: t.arg({ type: EndAbsenceInput, required: true }) },
    resolve: (_root, { input }, context) => peopleAct(context, (actor) => context.peopleService.endAbsence({ ...input, actor, actorRoles: context.viewer.assignments })),
  }),
);
