import { z } from 'zod';
import { ClientAdministrationError, type ClientAdministration, type ClientCommand } from '../../identity/clients/index.ts';
import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { codedError } from '../expected-errors.ts';
import { refused } from '../refuse.ts';
import { mutationErrors } from '../types/errors.ts';
import { ClientCredentialKindEnum, SystemClientType } from '../types/system-client.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';

/** A certificate or key of any size that is used is far shorter. */
const material = z.string().min(1).max(16_384);
const name = z.string().trim().min(1).max(80);
const clientIdOptions = { required: true, validate: z.string().min(1).max(100) } as const;

const CredentialInput = builder.inputType('ClientCredentialInput', {
  description: 'How a system will prove who it is. Of a key or certificate the public part alone.',
  fields: (t) => ({
    kind: t.field({ type: ClientCredentialKindEnum, required: true }),
    jwk: t.string({ validate: material, description: 'For JWK: the JSON Web Key (RFC 7517) as text; Ed25519, P-256, or RSA of 2,048 bits and more.' }),
    certificate: t.string({ validate: material, description: 'For CERTIFICATE and SUBJECT: one certificate in PEM.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'Until when it works; a certificate never longer than it says itself.' }),
  }),
});

const CreateSystemClientInput = builder.inputType('CreateSystemClientInput', {
  fields: (t) => ({
    name: t.string({ required: true, validate: name }),
    roles: t.stringList({ required: true, validate: z.array(z.string().max(40)).min(1).max(10) }),
    authentication: t.field({ type: CredentialInput, required: true }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const AddClientCredentialInput = builder.inputType('AddClientCredentialInput', {
  fields: (t) => ({
    clientId: t.id(clientIdOptions),
    credential: t.field({ type: CredentialInput, required: true }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const RevokeClientCredentialInput = builder.inputType('RevokeClientCredentialInput', {
  fields: (t) => ({
    credentialId: t.id({ required: true, validate: z.uuid() }),
    endsAt: t.field({ type: 'DateTime', description: 'A later instant at which it ends; at once without it.' }),
    endTokens: t.boolean({ description: 'Also ends the tokens that were given for it, at once: for a credential that somebody else may have.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const RevokeSystemClientInput = builder.inputType('RevokeSystemClientInput', {
  fields: (t) => ({
    clientId: t.id(clientIdOptions),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const SetSystemClientLimitInput = builder.inputType('SetSystemClientLimitInput', {
  fields: (t) => ({
    clientId: t.id(clientIdOptions),
    pointsPerMinute: t.int({ validate: z.number().int().min(1_000).max(100_000_000), description: 'Null for the limit of all systems.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

interface Payload {
  readonly clientId: string;
  readonly credentialId?: string;
  readonly secret?: string;
  readonly isRepeat?: boolean;
}

/** The client as it is now. */
const clientOf = ({ clientId }: Payload, _args: object, { database }: RequestContext) => database.prisma.systemClient.findUniqueOrThrow({ where: { id: clientId }, include: { credentials: true } });

const clientPayload = (typeName: string) =>
  builder.objectRef<Payload>(typeName).implement({ fields: (t) => ({ client: t.field({ type: SystemClientType, resolve: clientOf }) }) });

const credentialPayload = (typeName: string) =>
  builder.objectRef<Payload>(typeName).implement({
    fields: (t) => ({
      client: t.field({ type: SystemClientType, resolve: clientOf }),
      credentialId: t.id({ resolve: ({ credentialId }) => credentialId ?? '' }),
      secret: t.string({ nullable: true, description: 'Of kind SECRET: shown this once, and kept nowhere; null when a repeat is answered.', resolve: ({ secret }) => secret ?? null }),
      isRepeat: t.boolean({ description: 'An earlier request with the same key made the credential, and was given its secret.', resolve: ({ isRepeat = false }) => isRepeat }),
    }),
  });

/** Does an act on a client; a refusal goes on record and is thrown as its typed error. */
async function clientAct<Result>(context: RequestContext, idempotencyKey: string, work: (administration: ClientAdministration, command: ClientCommand) => Promise<Result>): Promise<Result> {
  try {
    return await work(context.clientAdministration, { actor: actorOf(context.viewer), idempotencyKey });
  } catch (error) {
    if (!(error instanceof ClientAdministrationError)) throw error;
    throw await refused(codedError({ code: error.code, place: error.place }), {}, context);
  }
}

/** Null, which GraphQL lets a caller write, is the same as nothing. */
const wishOf = ({ kind, jwk, certificate, expiresAt }: typeof CredentialInput.$inferInput) => ({ kind, jwk: jwk ?? undefined, certificate: certificate ?? undefined, expiresAt: expiresAt ?? undefined });

builder.mutationField('createSystemClient', (t) =>
  t.field({
    type: credentialPayload('CreateSystemClientPayload'),
    description: 'Lets a system connect, with a first credential.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'CreateSystemClientResult' } },
    args: { input: t.arg({ type: CreateSystemClientInput, required: true }) },
    resolve: (_root, { input }, context): Promise<Payload> => clientAct(context, input.idempotencyKey, (administration, command) => administration.create({ name: input.name, roles: input.roles, credential: wishOf(input.authentication) }, command)),
  }),
);

builder.mutationField('addClientCredential', (t) =>
  t.field({
    type: credentialPayload('AddClientCredentialPayload'),
    description: 'A further credential beside those that are there: both work until the old one is ended.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'AddClientCredentialResult' } },
    args: { input: t.arg({ type: AddClientCredentialInput, required: true }) },
    resolve: (_root, { input }, context): Promise<Payload> => clientAct(context, input.idempotencyKey, (administration, command) => administration.addCredential(input.clientId, wishOf(input.credential), command)),
  }),
);

builder.mutationField('revokeClientCredential', (t) =>
  t.field({
    type: clientPayload('RevokeClientCredentialPayload'),
    description: 'Ends a credential. Tokens that were given for it live out their quarter of an hour, unless they are ended too.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'RevokeClientCredentialResult' } },
    args: { input: t.arg({ type: RevokeClientCredentialInput, required: true }) },
    resolve: (_root, { input }, context): Promise<Payload> => clientAct(context, input.idempotencyKey, (administration, command) => administration.revokeCredential(input.credentialId, { at: input.endsAt ?? undefined, endTokens: input.endTokens ?? false, reason: input.reason }, command)),
  }),
);

builder.mutationField('revokeSystemClient', (t) =>
  t.field({
    type: clientPayload('RevokeSystemClientPayload'),
    description: 'Ends a system’s access with all its credentials, tokens and subscriptions, within three seconds. It cannot be taken back.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'RevokeSystemClientResult' } },
    args: { input: t.arg({ type: RevokeSystemClientInput, required: true }) },
    resolve: (_root, { input: { clientId, reason, idempotencyKey } }, context): Promise<Payload> => clientAct(context, idempotencyKey, async (administration, command) => {
      await administration.revoke(clientId, reason, command);
      return { clientId };
    }),
  }),
);

builder.mutationField('setSystemClientLimit', (t) =>
  t.field({
    type: clientPayload('SetSystemClientLimitPayload'),
    description: 'Gives a system a rate limit of its own.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'SetSystemClientLimitResult' } },
    args: { input: t.arg({ type: SetSystemClientLimitInput, required: true }) },
    resolve: (_root, { input: { clientId, pointsPerMinute, reason, idempotencyKey } }, context): Promise<Payload> => clientAct(context, idempotencyKey, async (administration, command) => {
      await administration.setLimit(clientId, pointsPerMinute ?? null, reason, command);
      return { clientId };
    }),
  }),
);
