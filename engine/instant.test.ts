import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDuration, formatInstant, parseDuration, parseInstant } from './instant.ts';

const plus = (instant: string, duration: string): string | undefined => {
  const [from, length] = [parseInstant(instant), parseDuration(duration)];
  const to = from === undefined || !length ? undefined : addDuration(from, length);
  return to === undefined ? undefined : formatInstant(to);
};

describe('instants', () => {
  it('agree with the platform on every day and millisecond', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }), (date) => {
        expect(formatInstant(date.getTime())).toBe(date.toISOString());
        expect(parseInstant(date.toISOString())).toBe(date.getTime());
      }),
      { seed: 3, numRuns: 2_000 },
    );
  });

  it.each([
    ['2026-03-01T08:00:00+08:00', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T00:30:00-01:30', '2026-03-01T02:00:00.000Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T08:00Z', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T08:00:00.123456789Z', '2026-03-01T08:00:00.123Z'],
  ])('reads %s', (text, expected) => {
    expect(formatInstant(parseInstant(text) ?? Number.NaN)).toBe(expected);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-01-01T24:00:00Z', 'tomorrow', '', '2026-01-01T08:60:00Z'])('takes %j for no instant', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('durations', () => {
  it.each([
    ['2026-03-01T08:00:00Z', 'PT36H', '2026-03-02T20:00:00.000Z'],
    ['2026-01-31T08:00:00Z', 'P1M', '2026-02-28T08:00:00.000Z'],
    ['2024-02-29T08:00:00Z', 'P1Y', '2025-02-28T08:00:00.000Z'],
    ['2026-03-01T00:00:00Z', '-P1D', '2026-02-28T00:00:00.000Z'],
    ['2026-03-01T00:00:00Z', 'P1W', '2026-03-08T00:00:00.000Z'],
    ['2026-03-01T00:00:00Z', 'PT0.5S', '2026-03-01T00:00:00.500Z'],
    ['2026-12-31T00:00:00Z', 'P1M1DT1H', '2027-02-01T01:00:00.000Z'],
  ])('adds to %s %s', (instant, duration, expected) => {
    expect(plus(instant, duration)).toBe(expected);
  });

  it.each(['P', 'PT', 'P1', '1H', 'PT1', 'P1H', ''])('takes %j for no duration', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('has no instants beyond the year 9999', () => {
    expect(plus('2026-03-01T00:00:00Z', 'P9000Y')).toBeUndefined();
  });
});
