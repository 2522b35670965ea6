import { describe, expect, it } from '@jest/globals';
import type { FeelDateTime } from 'feelin';
import { seeded } from '../../gold-set/random.ts';
import { movedDateTime } from './far-date.ts';
import { compareMoments, durationBetween, momentOf, parseDateTimeText, wholeMonths } from './temporal.ts';

const rounds = Number(process.env.CARELOOP_PROPERTY_RUNS ?? 300);
const random = seeded(20_260_723);
const two = (value: number): string => String(value).padStart(2, '0');

const yearText = (year: number): string => `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;

function read(text: string): FeelDateTime {
  const value = parseDateTimeText(text);
  if (!value) throw new Error(`Expected a date and time, but ${text} is none`);
  return value;
}

/** A date and time of the years that the runtime has. */
function anyDateTime(zone = ''): FeelDateTime {
  const year = random.between(0, 9) === 0 ? random.between(-200_000, 200_000) : random.between(1_600, 2_400);
  const month = random.between(1, 12);
  // The last days of a month as often as all others.
  const day = random.pick([random.between(1, 28), Math.min(random.between(28, 31), [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 28)]);
  return read(`${yearText(year)}-${two(month)}-${two(day)}T${two(random.between(0, 23))}:${two(random.between(0, 59))}:${two(random.between(0, 59))}.${String(random.between(0, 999_999_999)).padStart(9, '0')}${zone}`);
}

/** The same date and time, so many cycles of 400 years later. */
const later = (value: FeelDateTime, cycles: number): FeelDateTime => read(String(value).replace(/^[+-]?\d+/, yearText(value.year + cycles * 400)));

describe('moments', () => {
  it("are those of the runtime's own dates", () => {
    for (let round = 0; round < rounds; round += 1) {
      const value = anyDateTime(['', 'Z', '+05:30', '-08:00', '@Europe/Paris'][round % 5]);
      const expected = value.unwrap().toZonedDateTime(value.zone ?? 'UTC').epochNanoseconds;

      const { day, nanoseconds } = momentOf(value);

      expect(BigInt(day) * 86_400_000_000_000n + BigInt(nanoseconds)).toBe(expected);
    }
  });

  it('are as far apart as the dates', () => {
    for (let round = 0; round < rounds; round += 1) {
      const [from, to] = [anyDateTime(), anyDateTime()];

      expect(String(durationBetween(momentOf(from), momentOf(to)))).toBe(String(from.unwrap().until(to.unwrap(), { largestUnit: 'day' })));
    }
  });
});

describe('whole months', () => {
  it("are those of the runtime's own dates", () => {
    for (let round = 0; round < rounds; round += 1) {
      const [from, to] = [anyDateTime(), anyDateTime()];
      const { years, months } = from.unwrap().until(to.unwrap(), { largestUnit: 'month' });

      expect([String(from), String(to), wholeMonths(from, to)]).toEqual([String(from), String(to), years * 12 + months]);
    }
  });
});

describe('far dates', () => {
  it('move as those of the same place in the calendar do', () => {
    for (let round = 0; round < rounds; round += 1) {
      const near = read(`${random.between(2_000, 2_399)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}T10:00:00`);
      const cycles = random.between(800, 2_000) * (round % 2 === 0 ? 1 : -1);
      const by = round % 3 === 0 ? { months: random.between(-5_000, 5_000) } : { seconds: random.between(-1e10, 1e10), nanoseconds: 0 };

      const moved = movedDateTime(later(near, cycles).unwrap(), by);

      const expected = movedDateTime(near.unwrap(), by);
      expect([moved.year - cycles * 400, moved.month, moved.day, moved.hour, moved.minute, moved.second, moved.dayOfWeek, moved.dayOfYear]).toEqual([expected.year, expected.month, expected.day, expected.hour, expected.minute, expected.second, expected.dayOfWeek, expected.dayOfYear]);
    }
  });

  it('come after the near ones, and go back to them', () => {
    for (let round = 0; round < 300; round += 1) {
      const near = read(`${random.between(2_000, 2_399)}-06-15T10:00:00`);
      const cycles = random.between(800, 2_000);
      const far = later(near, cycles);

      expect(compareMoments(momentOf(near), momentOf(far))).toBeLessThan(0);
      expect(movedDateTime(far.unwrap(), { months: -cycles * 4_800 }).toString()).toBe(near.unwrap().toString());
    }
  });
});
