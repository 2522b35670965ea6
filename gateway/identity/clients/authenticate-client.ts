import type { Database } from '#database';
import { hashClientSecret, verifyClientSecret } from '../client-secret.ts';
import { isInTime, type ClientCertificate } from './client-certificate.ts';
import { assertionType, readAssertion, signerOf, type ClientKey } from './client-assertion.ts';
import type { PublicJwk } from './credential-material.ts';
import type { SpentTokens } from './spent-tokens.ts';

/** What a request to a door of OAuth brings to prove whose it is. */
export interface ClientProof {
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
  /** Of the connection. */
  readonly certificate: ClientCertificate | undefined;
}

/** A client and the credential that it used; or the error of RFC 6749 §5.2, and for the record the reason and, where it exists, the client. */
export type ClientAuthentication =
  | { readonly kind: 'client'; readonly clientId: string; readonly credentialId: string }
  | { readonly kind: 'refused'; readonly error: 'invalid_request' | 'invalid_client'; readonly description: string; readonly reason?: ClientRefusal; readonly clientId?: string };

export type ClientRefusal = 'CLIENT_REVOKED' | 'CLIENT_CREDENTIALS_WRONG' | 'ASSERTION_INVALID' | 'ASSERTION_REUSED';

/** Last use is noted once in this time, ms. */
const useNotedMs = 60_000;
const wrong = 'Expected the credentials of a client of this server, but they are not';

/**
 * Finds the client by a secret (RFC 6749 §2.3.1, Basic or form), an assertion that it signed (private_key_jwt, RFC 7523
 * §2.2) or the certificate of its connection (tls_client_auth, self_signed_tls_client_auth, RFC 8705 §2). Takes as long
 * for an unknown client as for the wrong secret of a client with one. `audiences`: issuer and token endpoint.
 */
export function createClientAuthentication({ prisma, pool }: Pick<Database, 'prisma' | 'pool'>, spent: SpentTokens, audiences: readonly string[]) {
  const decoy = hashClientSecret('no client has this');
  const notedAt = new Map<string, number>();

  async function liveCredentials(clientId: string) {
    // A name that no client can have, which PostgreSQL could not even compare.
    if (!/^[\w.-]{1,100}$/.test(clientId)) return undefined;
    const now = new Date();
    return prisma.systemClient.findUnique({ where: { id: clientId }, include: { credentials: { where: { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }, orderBy: { createdAt: 'asc' } } } });
  }
  type Client = NonNullable<Awaited<ReturnType<typeof liveCredentials>>>;

  async function accepted(client: Client, credentialId: string): Promise<ClientAuthentication> {
    if (client.revokedAt) return { kind: 'refused', error: 'invalid_client', description: wrong, reason: 'CLIENT_REVOKED', clientId: client.id };
    await noteUse(credentialId);
    return { kind: 'client', clientId: client.id, credentialId };
  }

  async function noteUse(credentialId: string): Promise<void> {
    if (Date.now() - (notedAt.get(credentialId) ?? 0) < useNotedMs) return;
    notedAt.set(credentialId, Date.now());
    await pool.query('update client_credential set last_used_at = now() where id = $1', [credentialId]);
  }

  async function bySecret(clientId: string, secret: string): Promise<ClientAuthentication> {
    const client = await liveCredentials(clientId);
    const secrets = (client?.credentials ?? []).filter(({ kind }) => kind === 'secret');
    let right: string | undefined;
    for (const { id, secretHash } of secrets.length === 0 ? [{ id: undefined, secretHash: await decoy }] : secrets) if (await verifyClientSecret(secret, secretHash ?? '')) right ??= id;
    return client && right !== undefined ? accepted(client, right) : refused(client);
  }

  async function byAssertion(token: string, formClientId: string | null): Promise<ClientAuthentication> {
    const now = new Date();
    const assertion = readAssertion(token, audiences, now);
    if ('problem' in assertion) return { kind: 'refused', error: 'invalid_client', description: assertion.problem, reason: 'ASSERTION_INVALID' };
    if (formClientId !== null && formClientId !== assertion.clientId) return { kind: 'refused', error: 'invalid_client', description: 'Expected client_id to be the subject of the assertion, but it is not', reason: 'ASSERTION_INVALID' };
    const client = await liveCredentials(assertion.clientId);
    const keys = (client?.credentials ?? []).filter(({ kind }) => kind === 'jwk').map(({ id, jwk }): ClientKey => ({ credentialId: id, jwk: jwk as unknown as PublicJwk }));
    const signer = await signerOf(assertion, keys, now);
    if (!client || !signer) return refused(client);
    if (!(await spent.useAssertion(assertion))) return { kind: 'refused', error: 'invalid_client', description: 'Expected an assertion that was not used before, but its jti was', reason: 'ASSERTION_REUSED', clientId: client.id };
    return accepted(client, signer.credentialId);
  }

  async function byCertificate(clientId: string, certificate: ClientCertificate): Promise<ClientAuthentication> {
    const client = await liveCredentials(clientId);
    const credential = isInTime(certificate, new Date())
      ? client?.credentials.find(({ kind, identifier }) => (kind === 'certificate' && identifier === certificate.thumbprint) || (kind === 'subject' && certificate.isTrusted && identifier === certificate.subject))
      : undefined;
    return client && credential ? accepted(client, credential.id) : refused(client);
  }

  return async function authenticate({ form, authorization, certificate }: ClientProof): Promise<ClientAuthentication> {
    const basic = authorization === undefined ? undefined : readBasic(authorization);
    const secret = form.get('client_secret');
    const assertion = form.get('client_assertion');
    if ([basic !== undefined, secret !== null, assertion !== null].filter(Boolean).length > 1) return malformed('Expected one way of authentication, but got two');
    if (assertion !== null) {
      if (form.get('client_assertion_type') !== assertionType) return malformed(`Expected client_assertion_type ${assertionType}`);
      return byAssertion(assertion, form.get('client_id'));
    }
    if (basic) {
      if (form.has('client_id') && form.get('client_id') !== basic.clientId) return malformed('Expected client_id to be that of the header, but it is not');
      return bySecret(basic.clientId, basic.secret);
    }
    if (secret !== null) return bySecret(form.get('client_id') ?? '', secret);
    const clientId = form.get('client_id');
    if (clientId !== null && certificate) return byCertificate(clientId, certificate);
    return { kind: 'refused', error: 'invalid_client', description: 'Expected client credentials, but got none' };
  };
}

export type AuthenticateClient = ReturnType<typeof createClientAuthentication>;

function refused(client: { readonly id: string; readonly revokedAt: Date | null } | null | undefined): ClientAuthentication {
  return { kind: 'refused', error: 'invalid_client', description: wrong, reason: client?.revokedAt ? 'CLIENT_REVOKED' : 'CLIENT_CREDENTIALS_WRONG', ...(client ? { clientId: client.id } : {}) };
}

function malformed(description: string): ClientAuthentication {
  return { kind: 'refused', error: 'invalid_request', description };
}

/** Whose credentials a request says it brings; empty for an assertion, undefined when it brings none. Nothing is verified. */
export function claimedClientId({ form, authorization }: Pick<ClientProof, 'form' | 'authorization'>): string | undefined {
  const basic = authorization === undefined ? undefined : readBasic(authorization);
  return basic?.clientId ?? form.get('client_id') ?? (form.has('client_assertion') ? '' : undefined);
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. Undefined when it is not Basic. */
function readBasic(authorization: string): { readonly clientId: string; readonly secret: string } | undefined {
  const [scheme, encoded] = authorization.split(' ');
  if (scheme?.toLowerCase() !== 'basic' || !encoded) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0) return undefined;
  try {
    return { clientId: formDecode(decoded.slice(0, colon)), secret: formDecode(decoded.slice(colon + 1)) };
  } catch {
    return undefined;
  }
}

function formDecode(value: string): string {
  return decodeURIComponent(value.replaceAll('+', ' '));
}
