import { createRemoteJWKSet, customFetch as joseFetch, decodeProtectedHeader, errors, importPKCS8, jwtVerify, type JWTPayload } from 'jose';
import * as oidc from 'openid-client';
import type { Outbound } from '../../outbound/index.ts';
import { unstorable } from '../../unstorable-text.ts';
import type { AttemptProof } from './attempt.ts';
import { readLogoutToken, type LogoutOrder } from './logout-token.ts';
import { refusalOf } from './refusal-of.ts';
import type { SignOnProvider } from './sign-on-file.ts';
import { SignOnRefusal } from './sign-on-refusal.ts';

/** Between the provider's clock and ours, seconds. */
const clockToleranceSeconds = 30;
const metadataLifeMs = 10 * 60_000;
const timeoutMs = 5_000;
const maximumBytes = 256 * 1024;
/** Of an ID token or logout token, from its making to its coming here. */
const maximumTokenAge = '10 minutes';

/** What a provider has said of somebody, all of it checked. */
export interface SignedOn {
  readonly subject: string;
  readonly sid?: string;
  /** ISO 8601; absent where the provider does not say. */
  readonly authenticatedAt?: string;
  readonly idToken: string;
  /** Of the ID token or, where the settings say so, of the user info. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** One provider, as its client sees it. Each function fails with a `SignOnRefusal`. */
export interface ProviderClient {
  authorizationAddress(proof: AttemptProof, more: { readonly isReauthentication: boolean; readonly locale?: string }): Promise<string>;
  /** Takes the address that the browser was sent back to. `since` (seconds): the person must have signed in there after it. */
  redeem(callback: URL, proof: AttemptProof, since?: number): Promise<SignedOn>;
  /** OpenID Connect Back-Channel Logout 1.0 §2.6. */
  readLogoutOrder(token: string): Promise<LogoutOrder>;
  /** Where the person signs out there too (RP-Initiated Logout 1.0 §2); undefined where the provider has no such place. */
  signOutAddress(idToken: string | undefined, backTo: string): Promise<string | undefined>;
}

interface Known {
  readonly config: oidc.Configuration;
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
  readonly readAt: number;
}

/** Makes the client of one provider. Its metadata are read at the first use and again after ten minutes. */
export function createProviderClient(provider: SignOnProvider, outbound: Outbound, redirectUri: string): ProviderClient {
  let known: Known | undefined;
  let reading: Promise<Known> | undefined;

  /** The form of a fetch function that both libraries ask by. They never follow redirects here. */
  const fetchGuarded = async (address: string, { method = 'GET', headers, body }: { readonly method?: string; readonly headers?: unknown; readonly body?: unknown } = {}): Promise<Response> => {
    const answer = await outbound.request(address, {
      // Both send GET and POST alone, headers that can be read so, and text or form bodies.
      method: method as 'GET' | 'POST',
      headers: Object.fromEntries(new Headers(headers as Record<string, string>)),
      ...(body === undefined || body === null ? {} : { body: String(body) }),
      allow: provider.allowAddresses,
      maximumBytes,
      timeoutMs,
    });
    return new Response(answer.body.length === 0 ? null : new Uint8Array(answer.body), { status: answer.status, headers: answer.headers });
  };

  async function read(): Promise<Known> {
    const metadata = { [oidc.clockTolerance]: clockToleranceSeconds };
    const config = await oidc.discovery(new URL(provider.issuer), provider.clientId, metadata, await authenticationOf(provider), {
      algorithm: 'oidc',
      timeout: timeoutMs / 1_000,
      // Which addresses may be asked by http is the guard's to say.
      execute: [oidc.allowInsecureRequests],
      [oidc.customFetch]: fetchGuarded as oidc.CustomFetch,
    });
    const server = config.serverMetadata();
    // The library makes exceptions for some well-known issuers; the settings pin one.
    if (server.issuer !== provider.issuer) throw new SignOnRefusal('SIGN_ON_UNAVAILABLE', 'metadata of another issuer');
    if (server.jwks_uri === undefined) throw new SignOnRefusal('SIGN_ON_UNAVAILABLE', 'metadata without keys');
    const keys = createRemoteJWKSet(new URL(server.jwks_uri), { timeoutDuration: timeoutMs, cacheMaxAge: metadataLifeMs, [joseFetch]: fetchGuarded });
    return { config, keys, readAt: Date.now() };
  }

  async function current(): Promise<Known> {
    if (known && Date.now() - known.readAt < metadataLifeMs) return known;
    // Many who sign on at once, while the provider is slow, make one request.
    reading ??= read().then((found) => (known = found)).finally(() => (reading = undefined));
    return reading;
  }

  /** Signature and claims that every token of the provider has. Keys come from its metadata alone, whatever a header says. */
  async function verify({ keys }: Known, token: string, mayFetchKeys: boolean): Promise<{ readonly payload: JWTPayload; readonly type: string | undefined }> {
    const header = decodeProtectedHeader(token);
    if (['jku', 'jwk', 'x5u', 'x5c', 'crit'].some((name) => name in header)) throw new SignOnRefusal('SIGN_ON_ANSWER_INVALID', 'a token that brings its key');
    const options = { issuer: provider.issuer, audience: provider.clientId, algorithms: [...provider.algorithms], clockTolerance: clockToleranceSeconds, maxTokenAge: maximumTokenAge, requiredClaims: ['exp', 'iat'] };
    try {
      const { payload } = await jwtVerify(token, keys, options);
      return { payload, type: header.typ };
    } catch (error) {
      // A key that the provider began to use a moment ago. Only its own answer may make us ask again at once: a logout token may be anybody's.
      if (!mayFetchKeys || !(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await keys.reload();
      return { payload: (await jwtVerify(token, keys, options)).payload, type: header.typ };
    }
  }

  return {
    async authorizationAddress(proof, { isReauthentication, locale }) {
      const { config } = await current().catch(refuse('SIGN_ON_UNAVAILABLE'));
      return oidc.buildAuthorizationUrl(config, {
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: provider.scope,
        state: proof.state,
        nonce: proof.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(proof.codeVerifier),
        code_challenge_method: 'S256',
        ...(provider.acceptedAcr.length === 0 ? {} : { acr_values: provider.acceptedAcr.join(' ') }),
        ...(isReauthentication ? { prompt: 'login', max_age: '0' } : {}),
        ...(locale === undefined ? {} : { ui_locales: locale }),
      }).href;
    },

    async redeem(callback, proof, since) {
      const now = await current().catch(refuse('SIGN_ON_UNAVAILABLE'));
      try {
        const maxAge = since === undefined ? {} : { maxAge: Math.ceil(Date.now() / 1_000) - since };
        const tokens = await oidc.authorizationCodeGrant(now.config, callback, { expectedState: proof.state, expectedNonce: proof.nonce, pkceCodeVerifier: proof.codeVerifier, idTokenExpected: true, ...maxAge });
        const idToken = tokens.id_token ?? '';
        const { payload } = await verify(now, idToken, true);
        checkAudience(payload, provider.clientId);
        const { sub: subject } = payload;
        if (unstorable({ subject, sid: payload['sid'] }) !== undefined) throw new SignOnRefusal('SIGN_ON_ANSWER_INVALID', 'a text that cannot be kept');
        if (subject === undefined || subject === '' || subject.length > 255) throw new SignOnRefusal('SIGN_ON_ANSWER_INVALID', 'a token without a subject');
        if (since !== undefined && (typeof payload['auth_time'] !== 'number' || payload['auth_time'] < since - clockToleranceSeconds)) throw new SignOnRefusal('SIGN_ON_ANSWER_INVALID', 'an older sign-in than was asked for');
        checkFactors(payload, provider);
        const claims = provider.claimsFrom === 'userInfo' ? await oidc.fetchUserInfo(now.config, tokens.access_token, subject) : payload;
        return {
          subject,
          idToken,
          claims,
          ...(typeof payload['sid'] === 'string' ? { sid: payload['sid'] } : {}),
          ...(typeof payload['auth_time'] === 'number' ? { authenticatedAt: new Date(payload['auth_time'] * 1_000).toISOString() } : {}),
        };
      } catch (error) {
        throw refusalOf(error, 'SIGN_ON_ANSWER_INVALID');
      }
    },

    async readLogoutOrder(token) {
      const now = await current().catch(refuse('SIGN_ON_UNAVAILABLE'));
      try {
        const { payload, type } = await verify(now, token, false);
        checkAudience(payload, provider.clientId);
        return readLogoutToken(payload, type);
      } catch (error) {
        throw refusalOf(error, 'SIGN_ON_ANSWER_INVALID');
      }
    },

    async signOutAddress(idToken, backTo) {
      const { config } = await current().catch(refuse('SIGN_ON_UNAVAILABLE'));
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: backTo, ...(idToken === undefined ? {} : { id_token_hint: idToken }) }).href;
    },
  };
}

function refuse(code: 'SIGN_ON_UNAVAILABLE'): (error: unknown) => never {
  return (error) => {
    throw refusalOf(error, code);
  };
}

async function authenticationOf({ clientAuthentication, secret }: SignOnProvider): Promise<oidc.ClientAuth> {
  if (clientAuthentication.method === 'client_secret_basic') return oidc.ClientSecretBasic(secret);
  const { algorithm, keyId } = clientAuthentication;
  const key = await importPKCS8(secret, algorithm);
  return oidc.PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId });
}

/** The token is for us and nobody else: another client that also got it could sign on with it. OpenID Connect Core 1.0 §3.1.3.7, 3 to 5. */
function checkAudience({ aud, azp }: JWTPayload, clientId: string): void {
  if (Array.isArray(aud) && aud.length !== 1) throw new SignOnRefusal('SIGN_ON_ANSWER_INVALID', 'a token for others too');
  if (azp !== undefined && azp !== clientId) throw new SignOnRefusal('SIGN_ON_ANSWER_INVALID', 'a token of another client');
}

function checkFactors({ acr, amr }: JWTPayload, { acceptedAcr, acceptedAmr }: SignOnProvider): void {
  if (acceptedAcr.length > 0 && !(typeof acr === 'string' && acceptedAcr.includes(acr))) throw new SignOnRefusal('SIGN_ON_FACTOR_MISSING', 'acr');
  if (acceptedAmr.length > 0 && !(Array.isArray(amr) && amr.some((one) => acceptedAmr.includes(one)))) throw new SignOnRefusal('SIGN_ON_FACTOR_MISSING', 'amr');
}
