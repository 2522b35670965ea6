import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds of one time step. RFC 6238 §5.2. */
export const stepSeconds = 30;
const digits = 6;
/** Steps to either side that are accepted, for clocks that differ. RFC 6238 §6. */
const driftSteps = 1;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The time step of an instant, epoch milliseconds. RFC 6238 §4.2. */
export function stepAt(now: number): number {
  return Math.floor(now / 1_000 / stepSeconds);
}

/** The six digits of one step: HMAC-SHA-1, which every authenticator knows. RFC 4226 §5.3. */
export function codeOfStep(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/** The step near `now` whose code this is; undefined for a wrong, late or early one. Spaces, as authenticators show them, do not count. */
export function stepOfCode(secret: Uint8Array, typed: string, now: number): number | undefined {
  const code = typed.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(code)) return undefined;
  const current = stepAt(now);
  let found: number | undefined;
  // All are compared, so that the time taken does not tell which one it was.
  for (let step = current - driftSteps; step <= current + driftSteps; step += 1) if (timingSafeEqual(Buffer.from(codeOfStep(secret, step)), Buffer.from(code))) found = step;
  return found;
}

/** RFC 4648 §6, without padding. */
export function base32(bytes: Uint8Array): string {
  let [value, bits, text] = [0, 0, ''];
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet.charAt((value >>> (bits - 5)) & 31);
  }
  return bits === 0 ? text : text + alphabet.charAt((value << (5 - bits)) & 31);
}

/** What an authenticator reads from the picture: the key URI format `otpauth://`. */
export function keyUri(secret: Uint8Array, account: string): string {
  const issuer = 'Careloop';
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${new URLSearchParams({ secret: base32(secret), issuer, algorithm: 'SHA1', digits: String(digits), period: String(stepSeconds) }).toString()}`;
}
