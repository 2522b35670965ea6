import { describe, expect, it } from '@jest/globals';
import { addWorkingTime, nextWorkingTime } from './business-calendar.ts';
import type { BusinessCalendar } from './definition/index.ts';
import { formatInstant, parseDuration, parseInstant } from './instant.ts';

const day = [{ from: '08:00', to: '12:00' }, { from: '14:00', to: '18:00' }];
const calendar: BusinessCalendar = {
  offsets: [{ from: '2000-01-01T00:00:00Z', offsetMinutes: 480 }],
  week: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day },
  holidays: ['2026-10-01', '2026-10-02'],
  exceptions: [{ date: '2026-10-10', hours: [{ from: '08:00', to: '12:00' }] }],
};
const ms = (text: string) => parseInstant(text) ?? 0;
const after = (from: string, duration: string, by = calendar) => {
  const at = addWorkingTime(by, ms(from), parseDuration(duration) ?? { months: 0, ms: 0 });
  return at === undefined ? undefined : formatInstant(at);
};

describe('working time', () => {
  it.each([
    ['within an opening', '2026-09-29T09:00:00+08:00', 'PT2H', '2026-09-29T03:00:00.000Z'],
    ['over the lunch break', '2026-09-29T11:00:00+08:00', 'PT2H', '2026-09-29T07:00:00.000Z'],
    ['from the night to the morning', '2026-09-29T22:00:00+08:00', 'PT1H', '2026-09-30T01:00:00.000Z'],
    ['over a holiday and a weekend', '2026-09-30T17:00:00+08:00', 'PT2H', '2026-10-05T01:00:00.000Z'],
    ['on a working Saturday', '2026-10-09T17:00:00+08:00', 'PT3H', '2026-10-10T02:00:00.000Z'],
    ['to the very end of an opening', '2026-09-29T09:00:00+08:00', 'PT3H', '2026-09-29T04:00:00.000Z'],
    ['of months, then to the next opening', '2026-09-05T09:00:00+08:00', 'P1M', '2026-10-05T01:00:00.000Z'],
  ])('passes %s', (_what, from, duration, expected) => {
    expect(after(from, duration)).toBe(expected);
  });

  it('takes nights as shifts that end at midnight and go on after it', () => {
    const nights: BusinessCalendar = { ...calendar, week: { monday: [{ from: '22:00', to: '24:00' }], tuesday: [{ from: '00:00', to: '06:00' }] } };

    expect(after('2026-09-28T23:00:00+08:00', 'PT3H', nights)).toBe('2026-09-28T18:00:00.000Z');
  });

  it('follows a change of the offset that the calendar tells', () => {
    const summer: BusinessCalendar = { offsets: [{ from: '2026-01-01T00:00:00Z', offsetMinutes: 60 }, { from: '2026-03-29T01:00:00Z', offsetMinutes: 120 }], week: { monday: day, sunday: day } };

    expect(after('2026-03-29T17:30:00+02:00', 'PT1H', summer)).toBe('2026-03-30T06:30:00.000Z');
  });

  it('is none in a calendar that never opens again, for a negative duration, or after a hundred years', () => {
    expect(after('2026-01-01T00:00:00Z', 'PT1H', { ...calendar, week: {}, exceptions: [] })).toBeUndefined();
    expect(after('2026-01-01T00:00:00Z', '-PT1H')).toBeUndefined();
    expect(after('2026-01-01T00:00:00Z', 'PT9000000H')).toBeUndefined();
  });

  it('begins at once in an opening, otherwise at the next', () => {
    expect(formatInstant(nextWorkingTime(calendar, ms('2026-09-29T09:30:00+08:00')) ?? 0)).toBe('2026-09-29T01:30:00.000Z');
    expect(formatInstant(nextWorkingTime(calendar, ms('2026-09-29T12:30:00+08:00')) ?? 0)).toBe('2026-09-29T06:00:00.000Z');
  });
});
