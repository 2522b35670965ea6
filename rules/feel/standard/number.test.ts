import { describe, expect, it } from '@jest/globals';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { add, compareNumbers, divide, exponential, modulo, multiply, numberText, power, subtract, toFeelNumber, type FeelNumber } from './number.ts';

const runs = Number(process.env.CARELOOP_PROPERTY_RUNS ?? 1_000);
const Exact = Decimal.clone({ precision: 34, rounding: Decimal.ROUND_HALF_EVEN });

/** Amounts as people write them, long ones, and those whose digits do not end. */
const decimals: fc.Arbitrary<FeelNumber> = fc.oneof(
  fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: -3, max: 8 })).map(([digits, places]) => toFeelNumber(`${digits}e${-places}`) ?? 0),
  fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -5, max: 25 })).map(([digits, places]) => toFeelNumber(`${digits}e${-places}`) ?? 0),
  fc.tuple(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 1_000 })).map(([left, right]) => divide(left, right) ?? 0),
  fc.constantFrom<FeelNumber>(0, 1, -1, 0.1, 0.2, 0.3, 1e15, 999_999_999_999_999, 9_007_199_254_740_993, 1e-7, 1e-20),
);

describe('numbers of FEEL', () => {
  it.each<readonly [string, (left: FeelNumber, right: FeelNumber) => FeelNumber | null, (left: Decimal, right: Decimal) => Decimal]>([
    ['a sum', add, (left, right) => left.plus(right)],
    ['a difference', subtract, (left, right) => left.minus(right)],
    ['a product', multiply, (left, right) => left.times(right)],
    ['a quotient', divide, (left, right) => left.div(right)],
    ['a remainder', modulo, (left, right) => left.minus(left.div(right).floor().times(right))],
  ])('give %s with 34 digits, whichever way it is worked out', (_name, ours, exact) => {
    fc.assert(fc.property(decimals, decimals, (left, right) => {
      const result = ours(left, right);
      const expected = exact(new Exact(left), new Exact(right));
      return (result === null ? 'null' : numberText(result)) === (expected.isFinite() ? expected.toFixed().replace(/^-0$/, '0') : 'null') && !Object.is(result, -0);
    }), { numRuns: runs });
  });

  it('are ordered by value, however they are kept', () => {
    fc.assert(fc.property(decimals, decimals, (left, right) => compareNumbers(left, right) === new Exact(left).comparedTo(right)), { numRuns: runs });
  });

  it('end at the bounds of decimal128, quickly', () => {
    expect([power(10, 6_144), power(10, 7_000), power(10, -7_000), exponential(1e9), exponential(-1e9), power(2, 1e10), divide(1, 0)].map((value) => (value === null ? null : numberText(value).length))).toEqual([6_145, null, 1, null, 1, null, null]);
  });
});
