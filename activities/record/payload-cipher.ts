import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Json, Variables } from '#engine';
import type { DataKey } from './key-store.ts';
import { RecordError } from './record-error.ts';

/** What of an entry is encrypted: values before and after, by variable, and what else it shows. */
export interface EntryPayload {
  readonly before?: Variables;
  readonly after?: Variables;
  readonly detail?: Json;
}

/** AES-256-GCM, binary members in base64. */
export interface EncryptedPayload {
  readonly keyId: string;
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
}

/**
 * Encrypts an entry's payload, bound to the entry's `factId`, so that it cannot be moved to another entry.
 * Undefined when the entry has none of the three. NIST SP 800-38D.
 */
export function encryptPayload({ before, after, detail }: EntryPayload, factId: string, { keyId, key }: DataKey): EncryptedPayload | undefined {
  if (before === undefined && after === undefined && detail === undefined) return undefined;
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(factId));
  const ciphertext = cipher.update(JSON.stringify({ before, after, detail }), 'utf8', 'base64') + cipher.final('base64');
  return { keyId, iv: iv.toString('base64'), ciphertext, tag: cipher.getAuthTag().toString('base64') };
}

/** Opens what `encryptPayload` made for the same `factId`. Fails: PAYLOAD_DAMAGED. */
export function decryptPayload({ iv, ciphertext, tag }: EncryptedPayload, factId: string, { key }: Pick<DataKey, 'key'>): EntryPayload {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64')).setAAD(Buffer.from(factId));
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    const text = decipher.update(ciphertext, 'base64', 'utf8') + decipher.final('utf8');
    // Written by encryptPayload: the tag proves it.
    return JSON.parse(text) as EntryPayload;
  } catch {
    throw new RecordError('PAYLOAD_DAMAGED', `Expected the payload of ${factId} to open, but it was changed`);
  }
}
