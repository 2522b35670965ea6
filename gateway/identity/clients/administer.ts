import { randomBytes, randomUUID } from 'node:crypto';
import { factStatement, systemScope, type KeyStore } from '#activities';
import type { Database, Prisma } from '#database';
import type { Actor, Json, Variables } from '#engine';
import { commandIdOf } from '../../commands/index.ts';
import { digestOf } from '../../rule-sets/index.ts';
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

/** What every act on a client carries. */
export interface ClientCommand {
  readonly actor: Actor;
  /** Unique within the actor; the same key with another payload is refused with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: string;
}

/** A credential that was made. `secret` is there this once: only its hash is kept, and a repeat is answered without it. */
export interface MadeCredential {
  readonly clientId: string;
  readonly credentialId: string;
  /** Whether an earlier request with the same key made it, and was given its secret. */
  readonly isRepeat: boolean;
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

/** What an act came to. `told` is answered this once and kept nowhere. */
interface Done<Result, Told> {
  readonly result: Result;
  readonly told?: Told;
  readonly fact: Fact;
}

/**
 * What administrators do with clients. Each act, its entry of the record and the row that makes a repeat find what the first one did are
 * one transaction; no secret stands there. Each also fails with IDEMPOTENCY_KEY_REUSED.
 */
export function createClientAdministration({ prisma }: Pick<Database, 'prisma'>, keys: KeyStore) {
  async function act<Result extends Json, Told extends object>(kind: string, { actor, idempotencyKey }: ClientCommand, payload: object, work: (transaction: Transaction) => Promise<Done<Result, Told>>): Promise<{ readonly result: Result; readonly told?: Told; readonly isRepeat: boolean }> {
    const id = commandIdOf(actor.id, `clients\u0000${idempotencyKey}`);
    // What is undefined was not given.
    const digest = digestOf([kind, JSON.parse(JSON.stringify(payload))]);
    const key = await keys.keyFor(systemScope);
    return prisma.$transaction(async (transaction) => {
      await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext(${`client-command:${id}`}))`;
      const earlier = await transaction.clientCommand.findUnique({ where: { id } });
      // Written below, by the same act.
      if (earlier?.digest === digest) return { result: earlier.result as Result, isRepeat: true };
      if (earlier) throw new ClientAdministrationError('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
      const { result, told, fact: { about, ...fact } } = await work(transaction);
      const { text, values } = factStatement({ ...fact, factId: `${fact.action}/${randomUUID()}`, actor, at: new Date().toISOString(), detail: { client: about } }, key);
      await transaction.$executeRawUnsafe(text, ...values);
      await transaction.clientCommand.create({ data: { id, kind, digest, result: result as Prisma.InputJsonValue } });
      return { result, isRepeat: false, ...(told === undefined ? {} : { told }) };
    });
  }

  /** Makes a credential: what is kept of it for a repeat are the ids alone. */
  async function make(kind: string, command: ClientCommand, payload: object, work: (transaction: Transaction) => Promise<readonly [CredentialRow, Prepared, Fact]>): Promise<MadeCredential> {
    const { result, told, isRepeat } = await act(kind, command, payload, async (transaction) => {
      const [{ clientId, id }, { secret }, fact] = await work(transaction);
      return { result: { clientId, credentialId: id }, told: secret === undefined ? {} : { secret }, fact };
    });
    return { ...result, ...told, isRepeat };
  }

  return {
    /** Fails: CLIENT_NAME_TAKEN, ROLE_NOT_FOR_SYSTEMS, and as `addCredential`. */
    async create(wish: { readonly name: string; readonly roles: readonly string[]; readonly credential: CredentialWish }, command: ClientCommand): Promise<MadeCredential> {
      const name = wish.name.trim();
      if (name === '') throw new ClientAdministrationError('INPUT_INVALID', 'name');
      const roles = [...new Set(wish.roles)];
      if (roles.length === 0 || roles.some((role) => !(systemRoles as readonly string[]).includes(role))) throw new ClientAdministrationError('ROLE_NOT_FOR_SYSTEMS', 'roles');
      return make('createSystemClient', command, wish, async (transaction) => {
        const prepared = await prepare(wish.credential, new Date());
        const id = `client-${randomBytes(8).toString('hex')}`;
        const { count } = await transaction.systemClient.createMany({ data: { id, name, roles, createdBy: command.actor.id }, skipDuplicates: true });
        if (count === 0) throw new ClientAdministrationError('CLIENT_NAME_TAKEN', 'name');
        const credential = await insert(transaction, id, prepared, command.actor);
        return [credential, prepared, { action: 'client.created', about: id, after: { name, roles, credential: toldOf(credential) } }];
      });
    },

    /**
     * Adds a credential beside those that are there. Fails: CLIENT_NOT_FOUND, CLIENT_ALREADY_REVOKED, TOO_MANY_CREDENTIALS,
     * CREDENTIAL_IN_USE, EXPIRY_PAST, and what `MaterialProblem` names.
     */
    async addCredential(clientId: string, wish: CredentialWish, command: ClientCommand): Promise<MadeCredential> {
      return make('addClientCredential', command, { clientId, wish }, async (transaction) => {
        const prepared = await prepare(wish, new Date());
        await liveClient(transaction, clientId);
        const credential = await insert(transaction, clientId, prepared, command.actor);
        return [credential, prepared, { action: 'client.credentialAdded', about: clientId, after: { credential: toldOf(credential) } }];
      });
    },

    /**
     * Ends a credential now, or at a later instant. Tokens that were given for it live out their quarter of an hour, unless
     * `endTokens`, for a credential that somebody else may have. Fails: CREDENTIAL_NOT_FOUND, CREDENTIAL_ALREADY_REVOKED, EXPIRY_PAST.
     */
    async revokeCredential(credentialId: string, { at, endTokens = false, reason }: { readonly at?: Date | undefined; readonly endTokens?: boolean; readonly reason: string }, command: ClientCommand): Promise<{ readonly clientId: string }> {
      const now = new Date();
      const { result } = await act('revokeClientCredential', command, { credentialId, at, endTokens, reason }, async (transaction) => {
        if (at && at <= now) throw new ClientAdministrationError('EXPIRY_PAST', 'endsAt');
        const found = await transaction.clientCredential.findUnique({ where: { id: credentialId } });
        if (!found) throw new ClientAdministrationError('CREDENTIAL_NOT_FOUND', 'credentialId');
        await lockClient(transaction, found.clientId);
        const before = await transaction.clientCredential.findUniqueOrThrow({ where: { id: credentialId } });
        if (before.revokedAt) throw new ClientAdministrationError('CREDENTIAL_ALREADY_REVOKED', 'credentialId');
        // An end that comes sooner stays: a later one would let a certificate live on that has expired.
        const data = at ? { expiresAt: before.expiresAt && before.expiresAt < at ? before.expiresAt : at } : { revokedAt: now, revokedBy: command.actor.id, ...(endTokens ? { tokensEndedAt: now } : {}) };
        const after = await transaction.clientCredential.update({ where: { id: credentialId }, data });
        return { result: { clientId: before.clientId }, fact: { action: at ? 'client.credentialEnds' : 'client.credentialRevoked', about: before.clientId, before: { credential: toldOf(before) }, after: { credential: toldOf(after), tokensEnded: endTokens && !at }, reason } };
      });
      return result;
    },

    /** Ends a client with all its credentials, tokens and subscriptions. Fails: CLIENT_NOT_FOUND, CLIENT_ALREADY_REVOKED. */
    async revoke(clientId: string, reason: string, command: ClientCommand): Promise<void> {
      await act('revokeSystemClient', command, { clientId, reason }, async (transaction) => {
        const client = await liveClient(transaction, clientId);
        await transaction.systemClient.update({ where: { id: clientId }, data: { revokedAt: new Date(), revokedBy: command.actor.id } });
        return { result: {}, fact: { action: 'client.revoked', about: clientId, before: { name: client.name, roles: client.roles, isRevoked: false }, after: { name: client.name, roles: client.roles, isRevoked: true }, reason } };
      });
    },

    /** Sets a client's own limit, points a minute; null for that of all clients. Fails: CLIENT_NOT_FOUND, CLIENT_ALREADY_REVOKED. */
    async setLimit(clientId: string, pointsPerMinute: number | null, reason: string, command: ClientCommand): Promise<void> {
      await act('setSystemClientLimit', command, { clientId, pointsPerMinute, reason }, async (transaction) => {
        const client = await liveClient(transaction, clientId);
        await transaction.systemClient.update({ where: { id: clientId }, data: { pointsPerMinute } });
        return { result: {}, fact: { action: 'client.limitChanged', about: clientId, before: { pointsPerMinute: client.pointsPerMinute }, after: { pointsPerMinute }, reason } };
      });
    },
  };
}

export type ClientAdministration = ReturnType<typeof createClientAdministration>;

type CredentialRow = Awaited<ReturnType<typeof insert>>;

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

/** What the record says of a credential: never a secret or its hash. */
function toldOf({ id, kind, identifier, expiresAt, revokedAt }: { readonly id: string; readonly kind: string; readonly identifier: string | null; readonly expiresAt: Date | null; readonly revokedAt: Date | null }): Json {
  return { id, kind, identifier, expiresAt: expiresAt?.toISOString() ?? null, revokedAt: revokedAt?.toISOString() ?? null };
}
