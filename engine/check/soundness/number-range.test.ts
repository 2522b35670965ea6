import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Bound } from './formula.ts';
import { impliedBy } from './number-range.ts';

const holds = ({ operator, value }: Bound, x: number): boolean => (operator === '<' ? x < value : operator === '<=' ? x <= value : operator === '>' ? x > value : x >= value);
const boundArbitrary: fc.Arbitrary<Bound> = fc.record({ operator: fc.constantFrom('<', '<=', '>', '>='), value: fc.integer({ min: 0, max: 4 }) });
/** Between and beyond all the values that bounds name. */
const samples = Array.from({ length: 13 }, (_item, index) => index / 2 - 1);

describe('comparisons that follow from others', () => {
  it('are those that hold for every number that is left', () => {
    fc.assert(fc.property(fc.array(boundArbitrary, { maxLength: 3 }), fc.constantFrom(...samples), boundArbitrary, (bounds, x, asked) => {
      const decided = bounds.map((bound) => ({ bound, answer: holds(bound, x) }));
      const left = samples.filter((sample) => decided.every(({ bound, answer }) => holds(bound, sample) === answer));
      const answers = new Set(left.map((sample) => holds(asked, sample)));

      expect(impliedBy(decided, asked)).toBe(answers.size === 1 ? [...answers][0] : undefined);
    }), { seed: 20_261_123, numRuns: 2_000 });
  });
});
