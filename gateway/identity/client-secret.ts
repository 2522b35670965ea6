import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const keyLength = 32;
// OWASP Password Storage Cheat Sheet: N = 2^15, r = 8, p = 3. Secrets are random, so one step below is ample.
const cost = { N: 2 ** 14, r: 8, p: 1 };

/** A secret for a system: 256 random bits. */
export function createClientSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** `scrypt$<salt>$<key>`, base64url. RFC 7914. */
export async function hashClientSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(secret, salt)).toString('base64url')}`;
}

/** Takes as long for a wrong as for a right secret. */
export async function verifyClientSecret(secret: string, hash: string): Promise<boolean> {
  const [scheme, salt = '', key = ''] = hash.split('$');
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(secret, Buffer.from(salt, 'base64url'));
  return scheme === 'scrypt' && expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(secret: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => scrypt(secret, salt, keyLength, cost, (error, key) => (error ? reject(error) : resolve(key))));
}
