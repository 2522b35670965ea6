import { hkdfSync } from 'node:crypto';

/**
 * The key with which the web app encrypts what a person has entered and not sent, on their device: 32 bytes of their own, base64url,
 * the same in each of their sessions. Derived from `masterKey` (32 bytes) by HKDF-SHA-256 (RFC 5869).
 */
export function createDraftKeys(masterKey: Buffer): (personId: string) => string {
  return (personId) => Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `careloop/drafts/1/${personId}`, 32)).toString('base64url');
}
