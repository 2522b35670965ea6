import { createPrivateKey, createPublicKey, hkdfSync, randomUUID } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** Life of a token, seconds. */
export const accessTokenLifeSeconds = 900;

const algorithm = 'EdDSA';
const audience = 'careloop';
// Ours have these alone: a token that names a key, brings one, or says where to fetch it (kid, jwk, jku, x5u, x5c) is another's.
const ourHeaders = ['alg', 'typ'];
const thumbprintName = 'x5t#S256';

const instant = z.number().transform((seconds) => new Date(seconds * 1000).toISOString());
// A confirmation of another kind is one that we would not check: such a token is none of ours.
const verifiedSchema = z
  .object({ sub: z.string(), jti: z.string(), iat: instant, exp: instant, credential_id: z.string().optional(), cnf: z.strictObject({ [thumbprintName]: z.string() }).optional() })
  .transform(({ sub, jti, iat, exp, credential_id: credentialId, cnf }): VerifiedToken => ({ clientId: sub, tokenId: jti, issuedAt: iat, expiresAt: exp, ...(credentialId === undefined ? {} : { credentialId }), ...(cnf === undefined ? {} : { certificateThumbprint: cnf[thumbprintName] }) }));
/** DER of an Ed25519 private key up to its 32 bytes seed. RFC 8410 §7. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface AccessToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** How the client that asked for a token has proved who it is. */
export interface TokenProof {
  readonly credentialId?: string;
  /** Of the connection that it asked over: the token works over connections with the same certificate alone. RFC 8705 §3. */
  readonly certificateThumbprint?: string;
}

/** What a valid token says. Instants are ISO 8601. */
export interface VerifiedToken extends TokenProof {
  readonly clientId: string;
  readonly tokenId: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** Issues and verifies the tokens of systems: JWT access tokens, EdDSA. RFC 9068. */
export interface AccessTokens {
  issue(clientId: string, at?: Date, proof?: TokenProof): Promise<AccessToken>;
  /** What it says; undefined for whatever is not a valid token of this issuer. Whether it came over its connection, the caller compares. */
  verify(token: string): Promise<VerifiedToken | undefined>;
}

/** `masterKey` (32 bytes) gives the signing key (RFC 5869), so that every gateway has the same; `issuer` is the base URL. */
export function createAccessTokens(masterKey: Buffer, issuer: string): AccessTokens {
  const seed = Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), 'careloop/access-token/1', 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);

  return {
    async issue(clientId, at = new Date(), { credentialId, certificateThumbprint } = {}) {
      const issuedAt = Math.floor(at.getTime() / 1000);
      const token = await new SignJWT({ client_id: clientId, ...(credentialId === undefined ? {} : { credential_id: credentialId }), ...(certificateThumbprint === undefined ? {} : { cnf: { [thumbprintName]: certificateThumbprint } }) })
        .setProtectedHeader({ alg: algorithm, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setSubject(clientId)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + accessTokenLifeSeconds)
        .setJti(randomUUID())
        .sign(privateKey);
      return { token, expiresInSeconds: accessTokenLifeSeconds };
    },

    async verify(token) {
      try {
        const header = decodeProtectedHeader(token);
        if (Object.keys(header).some((name) => !ourHeaders.includes(name))) return undefined;
        const { payload } = await jwtVerify(token, publicKey, { issuer, audience, algorithms: [algorithm], typ: 'at+jwt', requiredClaims: ['exp', 'iat', 'jti', 'sub'] });
        return verifiedSchema.parse(payload);
      } catch {
        // jose throws for each kind of invalid token; which one it was is not told.
        return undefined;
      }
    },
  };
}
