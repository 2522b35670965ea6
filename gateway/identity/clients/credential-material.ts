import { createHash, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { isInTime, subjectOf, thumbprintOf } from './client-certificate.ts';

/** Why a key or certificate cannot be a client's credential. */
export type MaterialProblem = 'JWK_INVALID' | 'PRIVATE_KEY_GIVEN' | 'KEY_TOO_WEAK' | 'KEY_NOT_SUPPORTED' | 'CERTIFICATE_INVALID' | 'CERTIFICATE_EXPIRED';

/** Signature algorithms of assertions, by the key. RFC 7518 §3, RFC 8037 §3.1. */
export type AssertionAlgorithm = 'EdDSA' | 'ES256' | 'PS256';

/** The public half of a client's signing key: what of RFC 7517 is needed, and nothing else. */
export type PublicJwk =
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string; readonly kid: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string; readonly kid: string }
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string; readonly kid: string };

const minimumRsaBits = 2048;
// Verifying with a longer one would be a way to keep a gateway busy.
const maximumRsaBits = 8192;
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const base64url = z.string().regex(/^[\w-]+$/).max(2_048);
const common = { kid: z.string().min(1).max(200).optional(), use: z.literal('sig').optional(), key_ops: z.array(z.string()).refine((operations) => operations.includes('verify')).optional() };
const jwkSchema = z.discriminatedUnion('kty', [
  z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: base64url, alg: z.enum(['EdDSA', 'Ed25519']).optional(), ...common }),
  z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: base64url, y: base64url, alg: z.literal('ES256').optional(), ...common }),
  z.object({ kty: z.literal('RSA'), n: base64url, e: base64url, alg: z.literal('PS256').optional(), ...common }),
]);

/**
 * Reads a JSON Web Key that a person pasted: Ed25519, P-256 or RSA of 2,048 bits and more, public part alone. A key
 * without a `kid` gets its thumbprint (RFC 7638).
 */
export function readPublicJwk(text: string): PublicJwk | MaterialProblem {
  const given = readJson(text);
  if (isObject(given) && privateMembers.some((name) => Object.hasOwn(given, name))) return 'PRIVATE_KEY_GIVEN';
  if (text.includes('PRIVATE KEY')) return 'PRIVATE_KEY_GIVEN';
  if (isObject(given) && given['kty'] === 'EC' && typeof given['crv'] === 'string' && given['crv'] !== 'P-256') return 'KEY_NOT_SUPPORTED';
  const parsed = jwkSchema.safeParse(given);
  if (!parsed.success) return 'JWK_INVALID';
  const key = keyOf(parsed.data);
  if (!key) return 'JWK_INVALID';
  const problem = weaknessOf(key);
  if (problem) return problem;
  const jwk = parsed.data;
  if (jwk.kty === 'OKP') return { kty: 'OKP', crv: jwk.crv, x: jwk.x, kid: jwk.kid ?? thumbprint({ crv: jwk.crv, kty: jwk.kty, x: jwk.x }) };
  if (jwk.kty === 'EC') return { kty: 'EC', crv: jwk.crv, x: jwk.x, y: jwk.y, kid: jwk.kid ?? thumbprint({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y }) };
  return { kty: 'RSA', n: jwk.n, e: jwk.e, kid: jwk.kid ?? thumbprint({ e: jwk.e, kty: jwk.kty, n: jwk.n }) };
}

/** The one algorithm that a key signs with: an assertion does not choose it. */
export function algorithmOf({ kty }: PublicJwk): AssertionAlgorithm {
  return ({ OKP: 'EdDSA', EC: 'ES256', RSA: 'PS256' } as const)[kty];
}

/** What a certificate says that may become a credential. */
export interface CertificateMaterial {
  /** `x5t#S256`. */
  readonly thumbprint: string;
  readonly subject: string;
  readonly validTo: Date;
}

/** Reads the one certificate, in PEM, that a person pasted. */
export function readCertificate(text: string, at: Date): CertificateMaterial | MaterialProblem {
  if (text.includes('PRIVATE KEY')) return 'PRIVATE_KEY_GIVEN';
  if (text.split('-----BEGIN CERTIFICATE-----').length !== 2) return 'CERTIFICATE_INVALID';
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(text.trim());
  } catch {
    return 'CERTIFICATE_INVALID';
  }
  const problem = weaknessOf(certificate.publicKey);
  if (problem) return problem;
  const times = { validFrom: new Date(certificate.validFrom), validTo: new Date(certificate.validTo) };
  if (!isInTime({ ...times, validFrom: new Date(0) }, at)) return 'CERTIFICATE_EXPIRED';
  return { thumbprint: thumbprintOf(certificate), subject: subjectOf(certificate), validTo: times.validTo };
}

/** NIST SP 800-57 part 1, table 2: at least 112 bits of strength. */
function weaknessOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): 'KEY_TOO_WEAK' | 'KEY_NOT_SUPPORTED' | undefined {
  if (asymmetricKeyType === 'ed25519') return undefined;
  if (asymmetricKeyType === 'ec') return ['prime256v1', 'secp384r1', 'secp521r1'].includes(asymmetricKeyDetails?.namedCurve ?? '') ? undefined : 'KEY_NOT_SUPPORTED';
  if (asymmetricKeyType !== 'rsa') return 'KEY_NOT_SUPPORTED';
  const { modulusLength = 0, publicExponent = 0n } = asymmetricKeyDetails ?? {};
  if (modulusLength > maximumRsaBits) return 'KEY_NOT_SUPPORTED';
  return modulusLength < minimumRsaBits || publicExponent < 65_537n ? 'KEY_TOO_WEAK' : undefined;
}

function keyOf(jwk: z.infer<typeof jwkSchema>): KeyObject | undefined {
  try {
    // Node checks here that the point lies on its curve.
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** RFC 7638 §3: the required members in the order of their names. */
function thumbprint(members: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
