import type { DataConverter } from '@temporalio/common';
import { createPayloadCodec } from '#activities';

/** Published bundles and large payloads by SHA-256, in memory. */
export type PayloadsByHash = Map<string, Buffer>;

/** A fixed key, so that recorded histories can be read again. It protects nothing. */
const key = { keyId: 'test-key', key: Buffer.alloc(32, 7) };

/** The product's own payload codec on the fixed test key. */
export function testDataConverter(payloads: PayloadsByHash): DataConverter {
  const read = async (hash: string): Promise<Buffer> => {
    const bytes = payloads.get(hash);
    if (!bytes) throw new Error(`Expected a payload with hash ${hash}, but there is none`);
    return bytes;
  };
  const codec = createPayloadCodec({ current: async () => key, byId: async () => key }, { read, write: async (hash, bytes) => void payloads.set(hash, bytes) });
  return { payloadCodecs: [codec] };
}
