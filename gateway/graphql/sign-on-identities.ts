import { z } from 'zod';
import type { Prisma } from '#database';
import { actorOf } from '../identity/viewer.ts';
import type { LinkOutcome } from '../identity/oidc/index.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { ConflictError, NotFoundError } from './expected-errors.ts';
import { inputSchemas } from './mutations/inputs.ts';
import { refused } from './refuse.ts';
import { mutationErrors } from './types/errors.ts';

type IdentityRow = Prisma.SignOnIdentityGetPayload<object>;

const SignOnIdentityType = builder.objectRef<IdentityRow>('SignOnIdentity').implement({
  description: 'That somebody whom a provider of sign-on knows is a person here.',
  fields: (t) => ({
    id: t.exposeID('id'),
    provider: t.string({ nullable: true, description: 'Null where the sign-on file no longer has it.', resolve: ({ issuer }, _args, { identityLinks }) => identityLinks.providerOf(issuer) ?? null }),
    issuer: t.exposeString('issuer'),
    subject: t.exposeString('subject'),
    linkedBy: t.exposeString('linkedBy', { description: 'Id of the administrator; `sign-on` where the first sign-on did it.' }),
    linkedAt: t.expose('linkedAt', { type: 'DateTime' }),
  }),
});

builder.queryField('signOnIdentities', (t) =>
  t.field({
    type: [SignOnIdentityType],
    description: 'By which accounts of the hospital a person signs on, the oldest first.',
    args: { personId: t.arg.id({ required: true, validate: inputSchemas.id }) },
    resolve: (_root, { personId }, { identityLinks }) => identityLinks.list(personId),
  }),
);

const payload = (name: string) =>
  builder.objectRef<{ readonly userId: string }>(name).implement({
    fields: (t) => ({ identities: t.field({ type: [SignOnIdentityType], description: 'What the person has now.', resolve: ({ userId }, _args, { identityLinks }) => identityLinks.list(userId) }) }),
  });

const LinkSignOnIdentityInput = builder.inputType('LinkSignOnIdentityInput', {
  fields: (t) => ({
    personId: t.id({ required: true, validate: inputSchemas.id }),
    provider: t.string({ required: true, validate: z.string().min(1).max(32), description: 'Its id in the sign-on file.' }),
    subject: t.string({ required: true, validate: z.string().min(1).max(255), description: 'The claim `sub` that the provider gives for them.' }),
  }),
});

builder.mutationField('linkSignOnIdentity', (t) =>
  t.field({
    type: payload('LinkSignOnIdentityPayload'),
    description: 'Lets a person sign on by an account of the hospital.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'LinkSignOnIdentityResult' } },
    args: { input: t.arg({ type: LinkSignOnIdentityInput, required: true }) },
    resolve: async (_root, { input: { personId, provider, subject } }, context) => done(await context.identityLinks.link({ userId: personId, provider, subject }, actorOf(context.viewer)), context),
  }),
);

const UnlinkSignOnIdentityInput = builder.inputType('UnlinkSignOnIdentityInput', { fields: (t) => ({ identityId: t.id({ required: true, validate: z.uuid() }) }) });

builder.mutationField('unlinkSignOnIdentity', (t) =>
  t.field({
    type: payload('UnlinkSignOnIdentityPayload'),
    description: 'Takes that away, and ends the sessions that began by it.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'UnlinkSignOnIdentityResult' } },
    args: { input: t.arg({ type: UnlinkSignOnIdentityInput, required: true }) },
    resolve: async (_root, { input: { identityId } }, context) => done(await context.identityLinks.unlink(identityId, actorOf(context.viewer)), context),
  }),
);

async function done(outcome: LinkOutcome, context: RequestContext): Promise<{ readonly userId: string }> {
  if (outcome.kind === 'done') return { userId: outcome.userId };
  const { code, place } = outcome;
  throw await refused(code === 'SIGN_ON_IDENTITY_TAKEN' ? new ConflictError({ code, place }) : new NotFoundError({ code, place }), {}, context);
}
