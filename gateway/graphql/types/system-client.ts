import type { Prisma } from '#database';
import { credentialStatus, endedWithClient } from '../../identity/clients/index.ts';
import { builder } from '../builder.ts';
import { AssigneeType } from './actor.ts';

type ClientRow = Prisma.SystemClientGetPayload<{ include: { credentials: true } }>;

export const ClientCredentialKindEnum = builder.enumType('ClientCredentialKind', {
  values: {
    SECRET: { value: 'secret', description: 'A shared secret that Careloop makes.' },
    JWK: { value: 'jwk', description: 'A key that signs assertions (private_key_jwt, RFC 7523).' },
    CERTIFICATE: { value: 'certificate', description: 'This one certificate (self_signed_tls_client_auth, RFC 8705 §2.2).' },
    SUBJECT: { value: 'subject', description: 'Any certificate with this name from an authority that the gateway trusts (tls_client_auth, RFC 8705 §2.1).' },
  } as const,
});

const ClientCredentialStatusEnum = builder.enumType('ClientCredentialStatus', {
  values: {
    ACTIVE: { value: 'active' },
    EXPIRES_SOON: { value: 'expiresSoon', description: 'Within 30 days. It works until then.' },
    EXPIRED: { value: 'expired' },
    REVOKED: { value: 'revoked' },
  } as const,
});

const ClientCredentialType = builder.objectRef<ClientRow['credentials'][number]>('ClientCredential').implement({
  description: 'One of the ways in which a system proves who it is. Nothing of a secret can be read.',
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.field({ type: ClientCredentialKindEnum, resolve: ({ kind }) => kind as 'secret' | 'jwk' | 'certificate' | 'subject' }),
    identifier: t.exposeString('identifier', { nullable: true, description: 'The key’s kid, the certificate’s SHA-256 thumbprint (base64url), or the name. Null of a secret.' }),
    status: t.field({ type: ClientCredentialStatusEnum, resolve: (row) => credentialStatus(row, new Date()) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    createdBy: t.field({ type: AssigneeType, nullable: true, description: 'Null when it came with the installation.', resolve: ({ createdBy }) => (createdBy === null ? null : { id: createdBy }) }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'When a token was last asked for with it, to the minute.' }),
  }),
});

/** A system that connects. */
export const SystemClientType = builder.objectRef<ClientRow>('SystemClient').implement({
  description: 'A system that connects with tokens (RFC 6749 §4.4).',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its client_id.' }),
    name: t.exposeString('name'),
    roles: t.stringList({ resolve: ({ roles }) => roles }),
    pointsPerMinute: t.exposeInt('pointsPerMinute', { nullable: true, description: 'Its own rate limit; null for that of all systems.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
    lastUsedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ credentials }) => credentials.reduce<Date | null>((latest, { lastUsedAt }) => (lastUsedAt && (!latest || lastUsedAt > latest) ? lastUsedAt : latest), null) }),
    credentials: t.field({ type: [ClientCredentialType], description: 'Newest first.', resolve: (client) => endedWithClient(client).toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime()) }),
  }),
});
