import { randomBytes, randomUUID } from 'node:crypto';
import { factStatement, systemScope, type KeyStore } from '#activities';
import type { Database, Prisma } from '#database';
import type { Actor, Json, Variables } from '#engine';
import { createClientSecret, hashClientSecret } from '../client-secret.ts';
import { systemRoles } from '../policy.ts';
import { ClientAdministrationError } from './administration-error.ts';
import { readCertificate, readPublicJwk } from './credential-material.ts';

/** A new credential as an administrator gives it. Keys and certificates are the text that was pasted. */
export interface CredentialWish {
  readonly kind: CredentialKind;
  /** Of kind jwk. */
  readonly jwk?: string | undefined;
  /** PEM; of kind certificate the client's own, of kind subject one with the name that counts. */
  readonly certificate?: string | undefined;
  readonly expiresAt?: Date | undefined;
}

/**
 * secret: a shared secret that we make. jwk: a key that signs assertions. certificate: this one certificate. subject: any
 * certificate with this name from an authority that the gateway trusts.
 */
export type CredentialKind = 'secret' | 'jwk' | 'certificate' | 'subject';

/** A credential that was made. `secret` is there this once: only its hash is kept. */
export interface MadeCredential {
  readonly clientId: string;
  readonly credentialId: string;
  readonly secret?: string;
}

/** Live credentials of one client at a time: enough to change from one to the next, too few to forget one. */
const maximumCredentials = 5;

type Transaction = Prisma.TransactionClient;
interface Fact {
  readonly action: string;
  readonly about: string;
  readonly before?: Variables;
  readonly after?: Variables;
  readonly reason?: string;
}

/** What administrators do with clients. Each act and its entry of the record are one transaction; no secret stands there. */
export function createClientAdministration({ prisma }: Pick<Database, 'prisma'>, keys: KeyStore) {
  async function act<Result>(actor: Actor, work: (transaction: Transaction) => Promise<readonly [Result, Fact]>): Promise<Result> {
    const key = await keys.keyFor(systemScope);
    return prisma.$transaction(async (transaction) => {
      const [result, { about, ...fact }] = await work(transaction);
      const { text, values } = factStatement({ ...fact, factId: `${fact.action}/${randomUUID()}`, actor, at: new Date().toISOString(), detail: { client: about } }, key);
      await transaction.$executeRawUnsafe(text, ...values);
      return result;
    });
  }

  return {
    /** Fails: CLIENT_NAME_TAKEN, ROLE_NOT_FOR_SYSTEMS, and as `addCredential`. */
    async create(wish: { readonly name: string; readonly roles: readonly string[]; readonly credential: CredentialWish }, actor: Actor): Promise<MadeCredential> {
      const name = wish.name.trim();
      if (name === '') throw new ClientAdministrationError('INPUT_INVALID', 'name');
      const roles = [...new Set(wish.roles)];
      if (roles.length === 0 || roles.some((role) => !(systemRoles as readonly string[]).includes(role))) throw new ClientAdministrationError('ROLE_NOT_FOR_SYSTEMS', 'roles');
      const prepared = await prepare(wish.credential, new Date());
      return act(actor, async (transaction) => {
        const id = `client-${randomBytes(8).toString('hex')}`;
        const { count } = await transaction.systemClient.createMany({ data: { id, name, roles, createdBy: actor.id }, skipDuplicates: true });
        if (count === 0) throw new ClientAdministrationError('CLIENT_NAME_TAKEN', 'name');
        const credential = await insert(transaction, id, prepared, actor);
        return [made(credential, prepared), { action: 'client.created', about: id, after: { name, roles, credential: toldOf(credential) } }];
      });
    },

    /**
     * Adds a credential beside those that are there. Fails: CLIENT_NOT_FOUND, CLIENT_ALREADY_REVOKED, TOO_MANY_CREDENTIALS,
     * CREDENTIAL_IN_USE, EXPIRY_PAST, and what `MaterialProblem` names.
     */
    async addCredential(clientId: string, wish: CredentialWish, actor: Actor): Promise<MadeCredential> {
      const prepared = await prepare(wish, new Date());
      return act(actor, async (transaction) => {
        await liveClient(transaction, clientId);
        const credential = await insert(transaction, clientId, prepared, actor);
        return [made(credential, prepared), { action: 'client.credentialAdded', about: clientId, after: { credential: toldOf(credential) } }];
      });
    },

    /**
     * Ends a credential now, or at a later instant. Tokens that were given for it live out their quarter of an hour, unless
     * `endTokens`, for a credential that somebody else may have. Fails: CREDENTIAL_NOT_FOUND, CREDENTIAL_ALREADY_REVOKED, EXPIRY_PAST.
     */
    async revokeCredential(credentialId: string, { at, endTokens = false, reason }: { readonly at?: Date | undefined; readonly endTokens?: boolean; readonly reason: string }, actor: Actor): Promise<{ readonly clientId: string }> {
      const now = new Date();
      if (at && at <= now) throw new ClientAdministrationError('EXPIRY_PAST', 'endsAt');
      return act(actor, async (transaction) => {
        const found = await transaction.clientCredential.findUnique({ where: { id: credentialId } });
        if (!found) throw new ClientAdministrationError('CREDENTIAL_NOT_FOUND', 'credentialId');
        await lockClient(transaction, found.clientId);
        const before = await transaction.clientCredential.findUniqueOrThrow({ where: { id: credentialId } });
        if (before.revokedAt) throw new ClientAdministrationError('CREDENTIAL_ALREADY_REVOKED', 'credentialId');
        // An end that comes sooner stays: a later one would let a certificate live on that has expired.
        const data = at ? { expiresAt: before.expiresAt && before.expiresAt < at ? before.expiresAt : at } : { revokedAt: now, revokedBy: actor.id, ...(endTokens ? { tokensEndedAt: now } : {}) };
        const after = await transaction.clientCredential.update({ where: { id: credentialId }, data });
        return [{ clientId: before.clientId }, { action: at ? 'client.credentialEnds' : 'client.credentialRevoked', about: before.clientId, before: { credential: toldOf(before) }, after: { credential: toldOf(after), tokensEnded: endTokens && !at }, reason }];
      });
    },

    /** Ends a client with all its credentials, tokens and subscriptions. Fails: CLIENT_NOT_FOUND, CLIENT_ALREADY_REVOKED. */
    async revoke(clientId: string, reason: string, actor: Actor): Promise<void> {
      await act(actor, async (transaction) => {
        const client = await liveClient(transaction, clientId);
        await transaction.systemClient.update({ where: { id: clientId }, data: { revokedAt: new Date(), revokedBy: actor.id } });
        return [undefined, { action: 'client.revoked', about: clientId, before: { name: client.name, roles: client.roles, isRevoked: false }, after: { name: client.name, roles: client.roles, isRevoked: true }, reason }];
      });
    },

    /** Sets a client's own limit, points a minute; null for that of all clients. Fails: CLIENT_NOT_FOUND, CLIENT_ALREADY_REVOKED. */
    async setLimit(clientId: string, pointsPerMinute: number | null, reason: string, actor: Actor): Promise<void> {
      await act(actor, async (transaction) => {
        const client = await liveClient(transaction, clientId);
        await transaction.systemClient.update({ where: { id: clientId }, data: { pointsPerMinute } });
        return [undefined, { action: 'client.limitChanged', about: clientId, before: { pointsPerMinute: client.pointsPerMinute }, after: { pointsPerMinute }, reason }];
      });
    },
  };
}

export type ClientAdministration = ReturnType<typeof createClientAdministration>;

interface Prepared {
  readonly kind: CredentialKind;
  readonly secret?: string;
  readonly secretHash?: string;
  readonly jwk?: Prisma.InputJsonObject;
  readonly identifier?: string;
  readonly expiresAt?: Date;
}

/** Checks what was pasted, or makes a secret. */
async function prepare({ kind, jwk = '', certificate = '', expiresAt }: CredentialWish, now: Date): Promise<Prepared> {
  if (expiresAt && expiresAt <= now) throw new ClientAdministrationError('EXPIRY_PAST', 'expiresAt');
  const ends = expiresAt === undefined ? {} : { expiresAt };
  if (kind === 'secret') {
    const secret = createClientSecret();
    return { kind, secret, secretHash: await hashClientSecret(secret), ...ends };
  }
  if (kind === 'jwk') {
    const read = readPublicJwk(jwk);
    if (typeof read === 'string') throw new ClientAdministrationError(read, 'jwk');
    return { kind, jwk: { ...read }, identifier: read.kid, ...ends };
  }
  const read = readCertificate(certificate, now);
  if (typeof read === 'string') throw new ClientAdministrationError(read, 'certificate');
  // A name outlives the certificate that it was read from; the certificate itself does not.
  if (kind === 'subject') return { kind, identifier: read.subject, ...ends };
  return { kind, identifier: read.thumbprint, expiresAt: expiresAt && expiresAt < read.validTo ? expiresAt : read.validTo };
}

/** Locks the client, so that two administrators at once do not go beyond what one may. */
async function lockClient(transaction: Transaction, clientId: string): Promise<void> {
  await transaction.$queryRaw`select 1 from system_client where id = ${clientId} for update`;
}

async function liveClient(transaction: Transaction, clientId: string) {
  await lockClient(transaction, clientId);
  const client = await transaction.systemClient.findUnique({ where: { id: clientId } });
  if (!client) throw new ClientAdministrationError('CLIENT_NOT_FOUND', 'clientId');
  if (client.revokedAt) throw new ClientAdministrationError('CLIENT_ALREADY_REVOKED', 'clientId');
  return client;
}

async function insert(transaction: Transaction, clientId: string, { kind, secretHash, jwk, identifier, expiresAt }: Prepared, actor: Actor) {
  const live = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] };
  if ((await transaction.clientCredential.count({ where: { clientId, ...live } })) >= maximumCredentials) throw new ClientAdministrationError('TOO_MANY_CREDENTIALS', 'clientId');
  // Names of keys are each client's own; a certificate is one client's.
  if (identifier !== undefined && (await transaction.clientCredential.count({ where: { kind, identifier, ...live, ...(kind === 'jwk' ? { clientId } : {}) } })) > 0) throw new ClientAdministrationError('CREDENTIAL_IN_USE', kind === 'jwk' ? 'jwk' : 'certificate');
  return transaction.clientCredential.create({
    data: { id: randomUUID(), clientId, kind, createdBy: actor.id, ...(secretHash === undefined ? {} : { secretHash }), ...(jwk === undefined ? {} : { jwk }), ...(identifier === undefined ? {} : { identifier }), ...(expiresAt === undefined ? {} : { expiresAt }) },
  });
}

function made({ clientId, id }: { readonly clientId: string; readonly id: string }, { secret }: Prepared): MadeCredential {
  return { clientId, credentialId: id, ...(secret === undefined ? {} : { secret }) };
}

/** What the record says of a credential: never a secret or its hash. */
function toldOf({ id, kind, identifier, expiresAt, revokedAt }: { readonly id: string; readonly kind: string; readonly identifier: string | null; readonly expiresAt: Date | null; readonly revokedAt: Date | null }): Json {
  return { id, kind, identifier, expiresAt: expiresAt?.toISOString() ?? null, revokedAt: revokedAt?.toISOString() ?? null };
}
