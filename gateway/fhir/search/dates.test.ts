import { instantFilters, periodFilters, readDate } from './dates.ts';

const range = (text: string) => {
  const { prefix, start, end } = readDate('date', text);
  return [prefix, start.toISOString(), end.toISOString()];
};

describe('a date of a search', () => {
  it.each([
    ['2026', ['eq', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']],
    ['ge2026-12', ['ge', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']],
    ['ne2024-02-29', ['ne', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z']],
    ['lt2026-11-20T08:00', ['lt', '2026-11-20T08:00:00.000Z', '2026-11-20T08:01:00.000Z']],
    ['9999', ['eq', '9999-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']],
    ['2026-11-20T08:00:05+08:00', ['eq', '2026-11-20T00:00:05.000Z', '2026-11-20T00:00:06.000Z']],
    ['sa2026-11-20T08:00:05.12Z', ['sa', '2026-11-20T08:00:05.120Z', '2026-11-20T08:00:05.130Z']],
  ])('is as long as it was written: %s', (text, expected) => {
    expect(range(text)).toEqual(expected);
  });

  it.each(['', 'today', '2026-02-30', '2026-13', '0000', '0001-01-01T00:00+14:00', '26-01-01', 'ap2026', 'xx2026', '2026-11-20T25:00', '2026-11-20T08', '2026-11-20 08:00', '2026-11-20T08:00+99:99', '-2026'])('is refused when it is none: %s', (text) => {
    expect(() => readDate('date', text)).toThrow(expect.objectContaining({ status: 400, issue: 'value', parameter: 'date' }));
  });

  it('has no time where the row has none', () => {
    expect(() => readDate('birthdate', '1948-03-01T00:00', true)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

const start = new Date('2026-11-20T00:00:00Z');
const end = new Date('2026-11-21T00:00:00Z');

it('compares an instant by the prefix', () => {
  const filters = (prefix: string) => instantFilters(readDate('date', `${prefix}2026-11-20`));

  expect(filters('')).toEqual([{ gte: start, lt: end }]);
  expect(filters('ne')).toEqual([{ lt: start }, { gte: end }]);
  expect([filters('gt'), filters('sa')]).toEqual([[{ gte: end }], [{ gte: end }]]);
  expect([filters('lt'), filters('eb')]).toEqual([[{ lt: start }], [{ lt: start }]]);
  expect([filters('ge'), filters('le')]).toEqual([[{ gte: start }], [{ lt: end }]]);
});

it('compares a stay that may still last by the prefix', () => {
  const filters = (prefix: string) => periodFilters(readDate('date', `${prefix}2026-11-20`));
  const within = { start: { gte: start }, end: { lte: end } };

  expect(filters('')).toEqual([within]);
  expect(filters('gt')).toEqual([{ end: { gt: end }, isOpen: true }]);
  expect(filters('le')).toEqual([{ start: { lt: start } }, within]);
  expect([filters('sa'), filters('eb')]).toEqual([[{ start: { gte: end } }], [{ end: { lte: start } }]]);
});
