import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';

/** A 256-bit data key by its id. */
export interface PayloadKey {
  readonly keyId: string;
  readonly key: Buffer;
}

/** Where keys come from: `current` encrypts, `byId` decrypts what an earlier key wrote. */
export interface PayloadKeys {
  current(): Promise<PayloadKey>;
  byId(keyId: string): Promise<PayloadKey>;
}

/** Encoding of a payload that stands for a published process bundle: outside its data is the bundle's hash, inside the bundle. */
export type BundleEncoding = 'careloop/bundle';

/** Where bytes too large for the history are kept, by SHA-256 (hex), and the published bundles. */
export interface PayloadStore {
  read(hash: string): Promise<Buffer>;
  write(hash: string, bytes: Buffer): Promise<void>;
}

/** Encrypted payloads above this size leave a reference in the history and keep their bytes in the store. */
const claimCheckBytes = 64 * 1024;

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const string = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

const bundleEncoding: BundleEncoding = 'careloop/bundle';
const encrypted = text('binary/encrypted');
const claimCheck = text('careloop/claim-check');

/**
 * What stands between the workers' memory and Temporal's history: references to process bundles (which hold
 * no patient data) are followed, everything else is encrypted with AES-256-GCM under the key whose id stands in the payload's metadata.
 * Opening a payload that was changed fails.
 */
export function createPayloadCodec(keys: PayloadKeys, store: PayloadStore): PayloadCodec {
  return {
    encode: (payloads) => Promise.all(payloads.map((payload) => encodeOne(payload, keys, store))),
    decode: (payloads) => Promise.all(payloads.map((payload) => decodeOne(payload, keys, store))),
  };
}

async function encodeOne(payload: Payload, keys: PayloadKeys, store: PayloadStore): Promise<Payload> {
  if (string(payload.metadata?.['encoding']) === bundleEncoding) return payload;
  const data = payload.data ?? new Uint8Array();
  const { keyId, key } = await keys.current();
  const bytes = seal(Buffer.from(JSON.stringify({ metadata: metadataOf(payload), data: Buffer.from(data).toString('base64') })), key);
  if (bytes.length <= claimCheckBytes) return { metadata: { encoding: encrypted, 'encryption-key-id': text(keyId) }, data: bytes };
  const hash = createHash('sha256').update(bytes).digest('hex');
  await store.write(hash, bytes);
  return { metadata: { encoding: claimCheck, 'encryption-key-id': text(keyId) }, data: text(hash) };
}

async function decodeOne(payload: Payload, keys: PayloadKeys, store: PayloadStore): Promise<Payload> {
  const encoding = string(payload.metadata?.['encoding']);
  if (encoding === bundleEncoding) return { ...payload, data: await store.read(string(payload.data)) };
  if (encoding !== 'binary/encrypted' && encoding !== 'careloop/claim-check') return payload;
  const { key } = await keys.byId(string(payload.metadata?.['encryption-key-id']));
  const bytes = encoding === 'careloop/claim-check' ? await store.read(string(payload.data)) : Buffer.from(payload.data ?? []);
  const opened = JSON.parse(open(bytes, key).toString('utf8')) as { metadata: Record<string, string>; data: string };
  return {
    metadata: Object.fromEntries(Object.entries(opened.metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')])),
    data: Buffer.from(opened.data, 'base64'),
  };
}

function metadataOf(payload: Payload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value ?? []).toString('base64')]));
}

/** 12 bytes nonce, 16 bytes tag, ciphertext. NIST SP 800-38D. */
function seal(plain: Buffer, key: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function open(bytes: Buffer, key: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
}
