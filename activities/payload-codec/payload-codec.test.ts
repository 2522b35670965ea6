import { randomBytes } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import { createPayloadCodec, type PayloadKeys, type PayloadStore } from './payload-codec.ts';

const encode = (value: string): Uint8Array => new TextEncoder().encode(value);
const decode = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
const payloadOf = (value: unknown): Payload => ({ metadata: { encoding: encode('json/plain') }, data: encode(JSON.stringify(value)) });

describe('the payload codec', () => {
  const keys = new Map([['k1', randomBytes(32)], ['k2', randomBytes(32)]]);
  let current = 'k1';
  const keyOf = (keyId: string) => {
    const key = keys.get(keyId);
    if (!key) throw new Error(`Expected a known key, but ${keyId} is none`);
    return { keyId, key };
  };
  const payloadKeys: PayloadKeys = { current: async () => keyOf(current), byId: async (keyId) => keyOf(keyId) };
  const stored = new Map<string, Buffer>();
  const store: PayloadStore = {
    read: async (hash) => stored.get(hash) ?? Buffer.alloc(0),
    write: async (hash, bytes) => void stored.set(hash, bytes),
  };
  const codec = createPayloadCodec(payloadKeys, store);

  it('gives back what it was given, and shows nothing of it in between', async () => {
    const payload = payloadOf({ name: '卫秀英', dose: 500 });

    const [hidden = {}] = await codec.encode([payload]);
    const [opened = {}] = await codec.decode([hidden]);

    expect(JSON.stringify(hidden)).not.toContain('500');
    expect(Buffer.from(hidden.data ?? []).includes(Buffer.from('卫秀英'))).toBe(false);
    expect(decode(hidden.metadata?.['encryption-key-id'])).toBe('k1');
    expect(decode(opened.data)).toBe(decode(payload.data));
    expect(decode(opened.metadata?.['encoding'])).toBe('json/plain');
  });

  it('opens what an earlier key wrote', async () => {
    current = 'k1';
    const [hidden = {}] = await codec.encode([payloadOf('old')]);
    current = 'k2';

    const [opened = {}] = await codec.decode([hidden]);

    expect(decode(opened.data)).toBe('"old"');
  });

  it('refuses a payload of which one bit was changed', async () => {
    const [hidden = {}] = await codec.encode([payloadOf({ potassium: 4.1 })]);
    const changed = Buffer.from(hidden.data ?? []);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;

    await expect(codec.decode([{ ...hidden, data: changed }])).rejects.toThrow();
  });

  it('leaves only a reference to a large payload in the history', async () => {
    const large = 'x'.repeat(200_000);

    const [hidden = {}] = await codec.encode([payloadOf(large)]);
    const [opened = {}] = await codec.decode([hidden]);

    expect(hidden.data?.length).toBe(64);
    expect([...stored.values()].some((bytes) => bytes.includes(Buffer.from('xxxxxxxx')))).toBe(false);
    expect(decode(opened.data)).toBe(JSON.stringify(large));
  });

  it('puts the published bytes in the place of a reference to a bundle', async () => {
    const hash = 'b'.repeat(64);
    stored.set(hash, Buffer.from('{"format":"careloop-bundle/1"}'));
    const reference: Payload = { metadata: { encoding: encode('careloop/bundle') }, data: encode(hash) };

    const [sent = {}] = await codec.encode([reference]);
    const [opened = {}] = await codec.decode([sent]);

    expect(sent).toEqual(reference);
    expect(decode(opened.data)).toBe('{"format":"careloop-bundle/1"}');
  });
});
