import { describe, expect, it } from '@jest/globals';
import type { VariableType } from './definition/index.ts';
import { declare } from './testing/process-builder.ts';
import type { Json } from './json.ts';
import { validateVariables } from './variables.ts';

const codes = (type: VariableType, value: Json) => validateVariables(declare({ v: type }), { v: value }, { requireRequired: false }).map(({ code }) => code);

describe('validateVariables', () => {
  it.each<[VariableType, Json]>([
    ['string', 'a'], ['number', 1.5], ['boolean', false], ['date', '2026-03-01'], ['dateTime', '2026-03-01T08:00:00+08:00'], ['object', { a: 1 }], ['list', [1]], ['number', null],
  ])('accepts for %s %j', (type, value) => {
    expect(codes(type, value)).toEqual([]);
  });

  it.each<[VariableType, Json]>([
    ['string', 1], ['number', '1'], ['boolean', 'true'], ['date', '2026-02-30'], ['date', '2026-03-01T00:00:00Z'], ['dateTime', '2026-03-01'], ['dateTime', '2026-03-01T08:00:00'], ['object', [1]], ['list', { a: 1 }],
  ])('refuses for %s %j', (type, value) => {
    expect(codes(type, value)).toEqual(['VARIABLE_WRONG_TYPE']);
  });

  it('names the variable and its type, never the value', () => {
    expect(validateVariables(declare({ weight: 'number' }), { weight: 'Zhang San' }, { requireRequired: false })).toEqual([
      { code: 'VARIABLE_WRONG_TYPE', message: 'Expected variable weight to be of type number, but got a string', place: 'weight' },
    ]);
  });

  it('measures in UTF-8: 100,000 Chinese characters are too large, 80,000 are not', () => {
    expect(codes('string', '药'.repeat(100_000))).toEqual(['VARIABLE_TOO_LARGE']);
    expect(codes('string', '药'.repeat(80_000))).toEqual([]);
    expect(codes('list', ['药'.repeat(100_000)])).toEqual(['VARIABLE_TOO_LARGE']);
  });

  it('asks for required variables only at the start', () => {
    const declarations = declare({ a: 'string', b: 'string' }, ['a']);

    expect(validateVariables(declarations, {}, { requireRequired: true }).map(({ place }) => place)).toEqual(['a']);
    expect(validateVariables(declarations, {}, { requireRequired: false })).toEqual([]);
  });
});
