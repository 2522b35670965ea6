import { createPrivateKey, createPublicKey, hkdfSync, randomUUID } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';

/** Life of a token, seconds. */
export const accessTokenLifeSeconds = 900;

const algorithm = 'EdDSA';
const audience = 'careloop';
// Ours have these alone: a token that names a key, brings one, or says where to fetch it (kid, jwk, jku, x5u, x5c) is another's.
const ourHeaders = ['alg', 'typ'];
/** DER of an Ed25519 private key up to its 32 bytes seed. RFC 8410 §7. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface AccessToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** Issues and verifies the tokens of systems: JWT access tokens, EdDSA. RFC 9068. */
export interface AccessTokens {
  issue(clientId: string, at?: Date): Promise<AccessToken>;
  /** The client and the end of the token's life; undefined for whatever is not a valid token of this issuer. */
  verify(token: string): Promise<{ readonly clientId: string; readonly expiresAt: string } | undefined>;
}

/** `masterKey` (32 bytes) gives the signing key (RFC 5869), so that every gateway has the same; `issuer` is the base URL. */
export function createAccessTokens(masterKey: Buffer, issuer: string): AccessTokens {
  const seed = Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), 'careloop/access-token/1', 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);

  return {
    async issue(clientId, at = new Date()) {
      const issuedAt = Math.floor(at.getTime() / 1000);
      const token = await new SignJWT({ client_id: clientId })
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
        if (payload.sub === undefined || payload.exp === undefined) return undefined;
        return { clientId: payload.sub, expiresAt: new Date(payload.exp * 1000).toISOString() };
      } catch {
        // jose throws for each kind of invalid token; which one it was is not told.
        return undefined;
      }
    },
  };
}
