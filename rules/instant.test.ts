import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalInstant, dateToEpochDay, durationToMilliseconds, instantToEpochMs } from './instant.ts';

describe('instants', () => {
  it('agree with the calendar of the platform', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }), (date) => {
        const text = date.toISOString();

        expect(instantToEpochMs(text)).toBe(date.getTime());
        expect(canonicalInstant(text.replace('Z', '+00:00'))).toBe(text);
        expect(dateToEpochDay(text.slice(0, 10))).toBe(Math.floor(date.getTime() / 86_400_000));
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  it('are canonical whatever offset and precision they were written with', () => {
    expect(['2026-01-02T08:00:00+08:00', '2026-01-02T00:00Z', '2026-01-01T23:59:59.9999-00:00'].map(canonicalInstant)).toEqual([
      '2026-01-02T00:00:00.000Z',
      '2026-01-02T00:00:00.000Z',
      '2026-01-01T23:59:59.999Z',
    ]);
  });

  it.each(['2026-02-29T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T00:00:00', '2026-01-01', '2026-1-1T00:00Z', '', 'x'])('refuse %j', (text) => {
    expect(instantToEpochMs(text)).toBeUndefined();
  });
});

describe('durationToMilliseconds', () => {
  it.each([['P7D', 604_800_000], ['PT48H', 172_800_000], ['P1DT1M1S', 86_461_000], ['P1M', undefined], ['P', undefined], ['PT', undefined]])('reads %s', (text, ms) => {
    expect(durationToMilliseconds(text)).toBe(ms);
  });
});
