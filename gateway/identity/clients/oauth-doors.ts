import type { AccessTokens } from '../access-token.ts';
import { claimedClientId, type AuthenticateClient, type ClientProof, type ClientRefusal } from './authenticate-client.ts';
import type { SpentTokens } from './spent-tokens.ts';

/** What a door of OAuth answers; without a body where the standard has none. RFC 6749 §5. */
export interface OauthAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, string | number>>;
}

export interface OauthRequest extends Pick<ClientProof, 'authorization' | 'certificate'> {
  readonly contentType: string | undefined;
  readonly body: string;
  /** Of whoever asks. */
  readonly address: string;
}

/** How often clients may ask; see `limits/`. */
export interface OauthLimits {
  /** Seconds to wait when the address has failed too often, or the client has had too many tokens; undefined when it may go on. */
  blockedFor(address: string, claimedClientId: string | undefined): Promise<number | undefined>;
  failed(address: string): Promise<void>;
  /** Counts a token. Seconds to wait when the client has had too many. */
  countToken(clientId: string): Promise<number | undefined>;
}

export interface OauthDependencies {
  readonly authenticate: AuthenticateClient;
  readonly tokens: AccessTokens;
  readonly spent: SpentTokens;
  readonly limits: OauthLimits;
  /** Hears of each failed authentication, for the record. */
  readonly onRefused: (clientId: string, reason: ClientRefusal) => Promise<void>;
}

type OauthError = 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'slow_down';

const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' };

/** `POST /oauth/token`: the client credentials grant. RFC 6749 §4.4, RFC 8705 §3. */
export function createTokenDoor(dependencies: OauthDependencies) {
  const { tokens, limits } = dependencies;
  return async function answer(request: OauthRequest): Promise<OauthAnswer> {
    const asked = await whoAsks(request, 'grant_type', dependencies);
    if ('status' in asked) return asked;
    const { form, clientId, credentialId } = asked;
    if (form.get('grant_type') !== 'client_credentials') return refusal('unsupported_grant_type', 'Expected grant_type client_credentials');
    const waitSeconds = await limits.countToken(clientId);
    if (waitSeconds !== undefined) return tooMany(waitSeconds);
    const { token, expiresInSeconds } = await tokens.issue(clientId, new Date(), { credentialId, ...(request.certificate ? { certificateThumbprint: request.certificate.thumbprint } : {}) });
    return { status: 200, headers: noStore, body: { access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds } };
  };
}

/**
 * `POST /oauth/revoke`: a client gives back its own token before it ends. What is no token of this client is answered
 * alike. RFC 7009 §2.
 */
export function createRevocationDoor(dependencies: OauthDependencies) {
  const { tokens, spent } = dependencies;
  return async function answer(request: OauthRequest): Promise<OauthAnswer> {
    const asked = await whoAsks(request, 'token', dependencies);
    if ('status' in asked) return asked;
    const verified = await tokens.verify(asked.form.get('token') ?? '');
    if (verified?.clientId === asked.clientId) await spent.revoke(verified);
    return { status: 200, headers: noStore };
  };
}

/** Where the doors are and what they understand. RFC 8414 §2, RFC 8705 §3.3. */
export function serverMetadata(issuer: string): Readonly<Record<string, unknown>> {
  const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'];
  const algorithms = ['EdDSA', 'ES256', 'PS256'];
  return {
    issuer,
    token_endpoint: `${issuer}/oauth/token`,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: algorithms,
    tls_client_certificate_bound_access_tokens: true,
  };
}

async function whoAsks({ contentType, body, authorization, certificate, address }: OauthRequest, required: 'grant_type' | 'token', { authenticate, limits, onRefused }: OauthDependencies): Promise<OauthAnswer | { readonly form: URLSearchParams; readonly clientId: string; readonly credentialId: string }> {
  if (contentType?.split(';')[0]?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return refusal('invalid_request', 'Expected a form-encoded body');
  const form = new URLSearchParams(body);
  // RFC 6749 §3.2: a parameter appears once.
  if (new Set(form.keys()).size !== [...form.keys()].length) return refusal('invalid_request', 'Expected each parameter once, but one is repeated');
  const claimed = claimedClientId({ form, authorization });
  // Who sends no credentials hears that first: the challenge says how.
  if (claimed !== undefined && !form.has(required)) return refusal('invalid_request', `Expected ${required}, but it is missing`);
  const waitSeconds = await limits.blockedFor(address, claimed);
  if (waitSeconds !== undefined) return tooMany(waitSeconds);
  const found = await authenticate({ form, authorization, certificate });
  if (found.kind === 'client') return { form, clientId: found.clientId, credentialId: found.credentialId };
  if (found.reason) {
    await limits.failed(address);
    await onRefused(found.clientId ?? 'unknown', found.reason);
  }
  return refusal(found.error, found.description);
}

/** RFC 6585 §4; the error's name is that of RFC 8628 §3.5. */
function tooMany(waitSeconds: number): OauthAnswer {
  return { ...refusal('slow_down', 'Expected fewer requests, but there were too many: ask again later'), status: 429, headers: { ...noStore, 'retry-after': String(waitSeconds) } };
}

function refusal(error: OauthError, description: string): OauthAnswer {
  const isClient = error === 'invalid_client';
  return {
    status: isClient ? 401 : 400,
    headers: { ...noStore, ...(isClient ? { 'www-authenticate': 'Basic realm="careloop", charset="UTF-8"' } : {}) },
    body: { error, error_description: description },
  };
}
