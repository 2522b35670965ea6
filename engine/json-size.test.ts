import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonSize } from './json-size.ts';
import type { Json } from './json.ts';

const exact = (value: Json): number => Buffer.byteLength(JSON.stringify(value));

describe('jsonSize', () => {
  it('is the size in UTF-8 of any object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(jsonSize(value as Json)).toBe(exact(value as Json));
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it.each(['é', '药', '😀', 'a'])('counts the bytes of %s', (character) => {
    const text = character.repeat(200);

    expect(jsonSize(text)).toBe(exact(text));
  });

  it('never takes a short text for smaller than it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => jsonSize(text) >= Buffer.byteLength(text)), { seed: 5 });
  });
});
