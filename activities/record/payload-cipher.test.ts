import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Variables } from '#engine';
import { decryptPayload, encryptPayload } from './payload-cipher.ts';

const key = { keyId: 'dk-1', scope: 'patient-1', key: randomBytes(32) };

describe('encryptPayload', () => {
  it('opens to the same values, and never says the same thing twice in the same way', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (after, detail) => {
        // Arbitrary JSON, as fast-check types it.
        const payload = JSON.parse(JSON.stringify({ after, detail })) as { after: Variables; detail: null };
        const first = encryptPayload(payload, 'fact', key);
        const second = encryptPayload(payload, 'fact', key);
        if (!first || !second) throw new Error('Expected a payload');
        expect(decryptPayload(first, 'fact', key)).toEqual(payload);
        expect(first.ciphertext + first.iv).not.toBe(second.ciphertext + second.iv);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('is nothing when there is nothing to hide', () => {
    expect(encryptPayload({}, 'fact', key)).toBeUndefined();
  });

  it('does not open with another key, for another fact, or after a change', () => {
    const encrypted = encryptPayload({ detail: 'secret' }, 'fact', key);
    if (!encrypted) throw new Error('Expected a payload');
    const damaged = expect.objectContaining({ code: 'PAYLOAD_DAMAGED' });

    expect(() => decryptPayload(encrypted, 'fact', { key: randomBytes(32) })).toThrow(damaged);
    expect(() => decryptPayload(encrypted, 'other', key)).toThrow(damaged);
    for (const part of ['iv', 'ciphertext', 'tag'] as const) {
      const bytes = Buffer.from(encrypted[part], 'base64');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      expect(() => decryptPayload({ ...encrypted, [part]: bytes.toString('base64') }, 'fact', key)).toThrow(damaged);
    }
  });
});
