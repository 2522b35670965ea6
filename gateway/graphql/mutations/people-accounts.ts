import { z } from 'zod';
import type { NewLink } from '../../people/index.ts';
import { builder } from '../builder.ts';
import { mutationErrors } from '../types/errors.ts';
import { PersonType } from '../types/person.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { peopleAct, personPayload } from './people-act.ts';

const name = z.string().trim().min(1).max(100);
const staffNumber = z.string().trim().min(1).max(32);
const username = z.string().regex(/^[a-zA-Z0-9_.-]{3,64}$/, 'Expected 3 to 64 letters, digits, dots, dashes and underscores');

const CreatePersonInput = builder.inputType('CreatePersonInput', {
  fields: (t) => ({
    name: t.string({ required: true, validate: name }),
    username: t.string({ required: true, validate: username }),
    staffNumber: t.string({ validate: staffNumber, description: '工号' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const RenamePersonInput = builder.inputType('RenamePersonInput', {
  fields: (t) => ({
    personId: t.id({ required: true, validate: inputSchemas.id }),
    name: t.string({ required: true, validate: name }),
    staffNumber: t.string({ validate: staffNumber, description: '工号; none when absent.' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const accountInput = (typeName: string) =>
  builder.inputType(typeName, {
    fields: (t) => ({
      personId: t.id({ required: true, validate: inputSchemas.id }),
      reason: t.string({ required: true, validate: inputSchemas.reason }),
      idempotencyKey: t.string(idempotencyKeyOptions),
    }),
  });
const DisablePersonInput = accountInput('DisablePersonInput');
const EnablePersonInput = accountInput('EnablePersonInput');

const RenewFirstPasswordLinkInput = builder.inputType('RenewFirstPasswordLinkInput', {
  fields: (t) => ({ personId: t.id({ required: true, validate: inputSchemas.id }), idempotencyKey: t.string(idempotencyKeyOptions) }),
});

const linkPayload = (typeName: string) =>
  builder.objectRef<NewLink>(typeName).implement({
    fields: (t) => ({
      person: t.prismaField({ type: PersonType, resolve: (query, { personId }, _args, { database }) => database.prisma.user.findUniqueOrThrow({ ...query, where: { id: personId } }) }),
      firstPasswordPath: t.string({ nullable: true, description: 'Where the person sets their first password, once, within a day. Told this once: null when the call is repeated.', resolve: ({ token }) => (token === undefined ? null : `/recover#${token}`) }),
    }),
  });
const CreatePersonPayload = linkPayload('CreatePersonPayload');
const RenewFirstPasswordLinkPayload = linkPayload('RenewFirstPasswordLinkPayload');
const RenamePersonPayload = personPayload('RenamePersonPayload');
const DisablePersonPayload = personPayload('DisablePersonPayload');
const EnablePersonPayload = personPayload('EnablePersonPayload');

builder.mutationField('createPerson', (t) =>
  t.field({
    type: CreatePersonPayload,
    description: 'Makes an account without a role. It has no password: its person sets one with the link.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'CreatePersonResult' } },
    args: { input: t.arg({ type: CreatePersonInput, required: true }) },
    resolve: (_root, { input: { staffNumber: number, ...input } }, context) => peopleAct(context, (actor) => context.peopleService.createPerson({ ...input, actor, ...(number ? { staffNumber: number } : {}) })),
  }),
);

builder.mutationField('renamePerson', (t) =>
  t.field({
    type: RenamePersonPayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'RenamePersonResult' } },
    args: { input: t.arg({ type: RenamePersonInput, required: true }) },
    resolve: (_root, { input: { staffNumber: number, ...input } }, context) => peopleAct(context, (actor) => context.peopleService.renamePerson({ ...input, actor, ...(number ? { staffNumber: number } : {}) })),
  }),
);

builder.mutationField('disablePerson', (t) =>
  t.field({
    type: DisablePersonPayload,
    description: 'Ends the person’s sessions at once; their roles are not in force while the account is disabled. There is no deletion.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'DisablePersonResult' } },
    args: { input: t.arg({ type: DisablePersonInput, required: true }) },
    resolve: (_root, { input }, context) => peopleAct(context, (actor) => context.peopleService.disablePerson({ ...input, actor })),
  }),
);

builder.mutationField('enablePerson', (t) =>
  t.field({
    type: EnablePersonPayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'EnablePersonResult' } },
    args: { input: t.arg({ type: EnablePersonInput, required: true }) },
    resolve: (_root, { input }, context) => peopleAct(context, (actor) => context.peopleService.enablePerson({ ...input, actor })),
  }),
);

builder.mutationField('renewFirstPasswordLink', (t) =>
  t.field({
    type: RenewFirstPasswordLinkPayload,
    description: 'For a person who has not set a password yet; the earlier link is worthless then.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'RenewFirstPasswordLinkResult' } },
    args: { input: t.arg({ type: RenewFirstPasswordLinkInput, required: true }) },
    resolve: (_root, { input }, context) => peopleAct(context, (actor) => context.peopleService.renewFirstPasswordLink({ ...input, actor })),
  }),
);
