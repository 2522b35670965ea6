import { formatTimestamp, parseTimestamp } from './timestamp.ts';

describe('parseTimestamp', () => {
  it.each([
    ['20261122080000', '2026-11-22T00:00:00.000Z'],
    ['202611220800+0000', '2026-11-22T08:00:00.000Z'],
    ['20261122080000.1234-0330', '2026-11-22T11:30:00.123Z'],
    ['20261122', '2026-11-21T16:00:00.000Z'],
    ['20240229', '2024-02-28T16:00:00.000Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(parseTimestamp(text)).toBe(instant);
  });

  it.each(['', 'today', '20260229', '20261322', '2026112208000', '20261122250000', '20261122080000Z'])('refuses %j', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

describe('formatTimestamp', () => {
  it('writes local time with its zone', () => {
    expect(formatTimestamp('2026-11-22T23:30:00.000Z')).toBe('20261123073000+0800');
  });
});
