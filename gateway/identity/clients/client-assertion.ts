import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify, type JWTPayload } from 'jose';
import { algorithmOf, type PublicJwk } from './credential-material.ts';

/** `client_assertion_type` of RFC 7523 §2.2. */
export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Longest life of an assertion, seconds. */
export const assertionLifeSeconds = 300;
/** How far a client's clock may be off, seconds. */
const clockToleranceSeconds = 15;

const algorithms = ['EdDSA', 'ES256', 'PS256'];
// A header that brings a key or says where to fetch one (jwk, jku, x5u, x5c), or wants to be understood (crit), is refused whole.
const knownHeaders = ['alg', 'typ', 'kid'];
const knownTypes = ['jwt', 'client-authentication+jwt'];

/** One of a client's keys. */
export interface ClientKey {
  readonly credentialId: string;
  readonly jwk: PublicJwk;
}

/** What an assertion says before anybody has verified it: whose it claims to be. */
export interface UnverifiedAssertion {
  readonly token: string;
  readonly clientId: string;
  readonly algorithm: string;
  readonly kid?: string;
  readonly jti: string;
  readonly expiresAt: Date;
}

/**
 * Reads an assertion and refuses what no key could make right; the sentence tells the caller about what it sent itself.
 * `audiences`: issuer and token endpoint, of which it names one alone. RFC 7523 §3.
 */
export function readAssertion(token: string, audiences: readonly string[], at: Date): UnverifiedAssertion | { readonly problem: string } {
  let header: ReturnType<typeof decodeProtectedHeader>;
  let payload: JWTPayload;
  try {
    header = decodeProtectedHeader(token);
    payload = decodeJwt(token);
  } catch {
    return { problem: 'Expected client_assertion to be a JWT, but it is not' };
  }
  const { alg, typ, kid } = header;
  if (typeof alg !== 'string' || !algorithms.includes(alg)) return { problem: `Expected alg to be one of ${algorithms.join(', ')}, but it is not` };
  if (Object.keys(header).some((name) => !knownHeaders.includes(name))) return { problem: `Expected no headers but ${knownHeaders.join(', ')}, but there are others` };
  if (typ !== undefined && !knownTypes.includes(String(typ).toLowerCase())) return { problem: 'Expected typ to be JWT, but it is not' };
  if (kid !== undefined && typeof kid !== 'string') return { problem: 'Expected kid to be text, but it is not' };
  const { iss, sub, aud, exp, iat, nbf, jti } = payload;
  if (typeof iss !== 'string' || iss === '' || iss !== sub) return { problem: 'Expected iss and sub to be the client, but they are not' };
  // One audience alone: with several, another server that the assertion also names could use it here.
  const audience: unknown = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud;
  if (typeof audience !== 'string' || !audiences.includes(audience)) return { problem: 'Expected aud to be the issuer of this server or its token endpoint alone, but it is not' };
  if (typeof jti !== 'string' || jti === '' || jti.length > 256) return { problem: 'Expected jti, text of at most 256 characters, but it is missing' };
  const now = at.getTime() / 1000;
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return { problem: 'Expected exp, but it is missing' };
  if (exp <= now - clockToleranceSeconds) return { problem: 'Expected an assertion that has not expired, but it has' };
  if (exp > now + assertionLifeSeconds + clockToleranceSeconds) return { problem: `Expected exp within ${assertionLifeSeconds} s, but it is later` };
  for (const [name, instant] of [['iat', iat], ['nbf', nbf]] as const) {
    if (instant !== undefined && !(typeof instant === 'number' && instant <= now + clockToleranceSeconds)) return { problem: `Expected ${name} not to be in the future, but it is: compare the clocks` };
  }
  return { token, clientId: iss, algorithm: alg, ...(kid === undefined ? {} : { kid }), jti, expiresAt: new Date((exp + clockToleranceSeconds) * 1000) };
}

/** The key that signed it; undefined when none of `keys` did. A `kid` chooses among them, and each key has one algorithm. */
export async function signerOf(assertion: UnverifiedAssertion, keys: readonly ClientKey[], at: Date): Promise<ClientKey | undefined> {
  for (const key of keys) {
    const algorithm = algorithmOf(key.jwk);
    if (algorithm !== assertion.algorithm || (assertion.kid !== undefined && assertion.kid !== key.jwk.kid)) continue;
    try {
      await jwtVerify(assertion.token, await importJWK({ ...key.jwk }, algorithm), { algorithms: [algorithm], currentDate: at, clockTolerance: clockToleranceSeconds });
      return key;
    } catch {
      // Not by this key.
    }
  }
  return undefined;
}
