import { hkdfSync } from 'node:crypto';
import { EncryptJWT, jwtDecrypt, type JWTPayload } from 'jose';

/** Encrypts what the product gives away and takes back: a cookie, a column. JWE (RFC 7516), `dir` with A256GCM. */
export interface SealedText {
  seal(content: JWTPayload, lifeSeconds: number): Promise<string>;
  /** Undefined for what was not sealed here, for another purpose, or too long ago. */
  open(text: string): Promise<JWTPayload | undefined>;
}

/** `masterKey` (32 bytes) gives a key of its own for each purpose (RFC 5869). */
export function createSealedText(masterKey: Buffer, purpose: string): SealedText {
  const key = Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `careloop/${purpose}/1`, 32));
  return {
    seal: (content, lifeSeconds) => new EncryptJWT(content).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).setIssuedAt().setExpirationTime(Math.floor(Date.now() / 1_000) + lifeSeconds).encrypt(key),
    async open(text) {
      try {
        return (await jwtDecrypt(text, key, { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'], requiredClaims: ['iat', 'exp'] })).payload;
      } catch {
        // Which of the ways it is wrong is told to nobody.
        return undefined;
      }
    },
  };
}
