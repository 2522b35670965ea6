import type { Json } from '#engine';
import type { Database } from '#database';
import type { EndedInstance } from './batch.ts';
import type { DataKey, KeyStore } from './key-store.ts';
import { decryptPayload, encryptPayload, type EncryptedPayload } from './payload-cipher.ts';

/** To what the encrypted state is bound, so that it cannot be put in the place of another one. */
const nameOf = (instanceId: string, sequence: number): string => `${instanceId}/${sequence}/ended`;

/** How an instance has ended, encrypted with its patient's key. */
export function endedPayload(ended: EndedInstance, instanceId: string, sequence: number, key: DataKey): EncryptedPayload | undefined {
  // The state is JSON by definition.
  return encryptPayload({ detail: ended as unknown as Json }, nameOf(instanceId, sequence), key);
}

/**
 * How the instance has ended with the batch `sequence`, as that batch put it on record; undefined when it did not, or by a
 * release that kept no such thing. Fails: KEY_DESTROYED, PAYLOAD_DAMAGED.
 */
export async function readEndedInstance({ pool }: Pick<Database, 'pool'>, keys: KeyStore, instanceId: string, sequence: number): Promise<EndedInstance | undefined> {
  const { rows } = await pool.query<{ state: EncryptedPayload }>('select state from ended_state where instance_id = $1 and sequence = $2', [instanceId, sequence]);
  const [row] = rows;
  if (!row) return undefined;
  const { detail } = decryptPayload(row.state, nameOf(instanceId, sequence), await keys.byId(row.state.keyId));
  // Written by `endedPayload`: the tag proves it.
  return detail as unknown as EndedInstance;
}
