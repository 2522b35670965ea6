import { z } from 'zod';
import { decryptPayload, type EntryPayload, type KeyStore } from '#activities';

const encryptedPayload = z.object({ keyId: z.string(), iv: z.string(), ciphertext: z.string(), tag: z.string() });

/** What a reader gets to see of an entry's values; `isErased` when the patient's key was destroyed. */
export type ReadablePayload = EntryPayload & { readonly isErased?: true };

/**
 * Opens the payload of an entry for a reader who may see the patient: the caller checks that, and records the
 * read. Empty when the entry has none. Fails: KEY_NOT_FOUND, PAYLOAD_DAMAGED.
 */
export async function decryptEntryPayload(keys: KeyStore, { factId, payload }: { readonly factId: string; readonly payload: unknown }): Promise<ReadablePayload> {
  if (payload === null || payload === undefined) return {};
  const parsed = encryptedPayload.parse(payload);
  try {
    return decryptPayload(parsed, factId, await keys.byId(parsed.keyId));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'KEY_DESTROYED') return { isErased: true };
    throw error;
  }
}
