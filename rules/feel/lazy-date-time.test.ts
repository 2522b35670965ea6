import { describe, expect, it } from '@jest/globals';
import { dateAndTime, evaluate, FeelDateTime } from 'feelin';
import { seeded } from '../gold-set/random.ts';
import { compileExpression, type FeelResult } from './compile-expression.ts';
import { readLazily } from './lazy-date-time.ts';

const runs = Number(process.env.CARELOOP_PROPERTY_RUNS ?? 1_000);
const texts = 5 * runs;
const random = seeded(20_261_123);
const two = (value: number): string => String(value).padStart(2, '0');
const within = (low: number, high: number): string => two(random.between(low, high));

/** One that is meant to be good, in two of three. */
const mostly = <Value>(good: readonly Value[], others: readonly Value[]): Value => (random.between(0, 2) > 0 ? random.pick(good) : random.pick(others));

/** A text that is a date and time, nearly one, or none. */
function anyText(): string {
  const year = mostly(['2026', '2024', '1900', '2000', '9999', String(random.between(1_000, 9_999))], ['0000', '0099', '-2026', '12026', '+002026', '26']);
  const day = mostly([within(1, 28)], ['29', within(1, 31), within(0, 33)]);
  const clock = mostly([`${within(0, 23)}:${within(0, 59)}:${within(0, 59)}`], [`${within(0, 25)}:${within(0, 61)}:${within(0, 61)}`, '24:00:00', '23:59:60', '00:00', '10']);
  const fraction = mostly(['', `.${String(random.between(0, 999_999_999))}`], [`.${String(random.between(0, 999_999_999_999)).slice(0, random.between(1, 12))}`, '.', ',5', '.1234567890', '.123456789012']);
  const zone = mostly(['Z', `+${within(0, 14)}:${within(0, 59)}`, `-${within(0, 12)}:00`], ['', 'z', '+24:00', '-00:00', '+14:60', '+08:00:30', '-08:00:00', '@Europe/Paris', '@UTC', '+0800', '+8:00', ' Z']);
  return damaged(`${year}-${mostly(['02', within(1, 12)], [within(0, 13)])}-${day}${mostly(['T'], ['t', ' '])}${clock}${fraction}${zone}`);
}

/** Mostly as it is; else with a character gone, doubled or another. */
function damaged(text: string): string {
  const at = random.between(0, text.length - 1);
  return random.pick([text, text, text, text, `${text.slice(0, at)}${text.slice(at + 1)}`, `${text.slice(0, at)}${text.charAt(at)}${text.slice(at)}`, `${text.slice(0, at)}${random.pick([...'0123456789:-+TZ.٣ '])}${text.slice(at + 1)}`]);
}

/** What feelin reads; undefined where it gives null or throws. */
function peer(text: string): FeelDateTime | undefined {
  try {
    return dateAndTime(text) ?? undefined;
  } catch {
    return undefined;
  }
}

describe('a date and time that is read lazily', () => {
  it(`is what feelin reads, over ${texts} random and damaged texts`, () => {
    let lazy = 0;
    const differing: unknown[] = [];
    for (let round = 0; round < texts; round += 1) {
      const text = anyText();
      const read = readLazily(text);
      if (!read) continue;
      lazy += 1;
      const expected = peer(text);
      const { moment } = read as unknown as { readonly moment: { readonly day: number; readonly nanoseconds: number } };

      const ours = [read.zone, String(read), BigInt(moment.day) * 86_400_000_000_000n + BigInt(moment.nanoseconds)];
      const theirs = [expected?.zone, String(expected), expected?.unwrap().toZonedDateTime(expected.zone ?? 'UTC').epochNanoseconds];
      if (ours.some((part, index) => part !== theirs[index])) differing.push([text, ours, theirs]);
    }

    expect(differing).toEqual([]);
    expect(lazy).toBeGreaterThan(texts / 20);
  }, 120_000);

  it.each(['2026-11-23T08:00:00Z', '2026-11-23T08:00:00.5+08:00', '2024-02-29T23:59:59.123456789-11:30', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])('takes %s', (text) => {
    const read = readLazily(text);

    expect(read).toBeInstanceOf(FeelDateTime);
    expect([read?.year, read?.weekday, read?.minute, JSON.stringify(read)]).toEqual([peer(text)?.year, peer(text)?.weekday, peer(text)?.minute, JSON.stringify(peer(text))]);
  });

  it.each(['2026-02-29T08:00:00Z', '1900-02-29T00:00:00Z', '2026-11-23T24:00:00Z', '2026-11-23T08:00:60Z', '2026-11-23T08:00:00', '2026-11-23T08:00Z', '2026-11-23T08:00:00.Z', '2026-11-23T08:00:00.1234567890Z', '2026-11-23T08:00:00+15:00', '2026-11-23T08:00:00+08:00:30', '-2026-11-23T08:00:00Z', '12026-11-23T08:00:00Z', '2026-11-23T08:00:00@Europe/Paris', ''])('leaves %s to the full reading', (text) => {
    expect(readLazily(text)).toBeUndefined();
  });
});

describe('comparisons of dates and times in process conditions', () => {
  const sources = ['a', 'date and time(a)', 'date and time(from: a)'].flatMap((left) => ['<', '<=', '>', '>=', '=', '!='].flatMap((sign) => ['date and time(b)', 'date  and  time(b)', 'date and time(date(b), time(b))', 'date and time("2026-11-23T08:00:00Z")'].map((right) => `${left} ${sign} ${right}`)));
  const more = ['date and time(a) between date and time(b) and date and time(c)', 'date and time(a) in [date and time(b)..date and time(c)]', 'date and time(a) > date and time(b) and date and time(a).year = 2026', 'date and time(a) - date and time(b) > duration("PT1H")', 'if date and time(a) < date and time(b) then date and time(a) else date and time(b)', 'some x in [a, b] satisfies date and time(x) = date and time(c)', 'date and time(a) < b', '[date and time(a)] = date and time(b)', 'nothing < date and time(a)', 'date and time(a) < date and time(nothing)'];

  it('are those of feelin, with its warnings in their places, over random and damaged texts', () => {
    const outcome = (run: () => FeelResult): unknown => {
      try {
        const { value, warnings } = run();
        return JSON.stringify({ value, warnings: warnings.map(({ type, message, position }) => ({ type, message, position })) });
      } catch {
        return 'throws';
      }
    };
    const differing: unknown[] = [];
    for (let round = 0; round < runs; round += 1) {
      const source = random.pick([...sources, ...more]);
      const context = { a: anyText(), b: anyText(), c: anyText() };

      const [ours, theirs] = [outcome(() => compileExpression(source).evaluate(context, { at: '2026-11-23T08:00:00Z' })), outcome(() => evaluate(source, { ...context }))];

      if (ours !== theirs) differing.push([source, context, ours, theirs]);
    }

    expect(differing).toEqual([]);
  }, 120_000);
});
