import { formatClock, formatDate, formatDateTime, formatDuration, formatRelative, formatWhen } from './format-date.ts';
import { textOf } from './localized-text.ts';

const instant = '2026-11-22T06:05:10.000Z';

describe('dates and times', () => {
  it('are written 2026-11-22 14:05 in Chinese and 22-Nov-2026 14:05 in English', () => {
    expect(formatDateTime(instant, 'zh-CN', 'Asia/Shanghai')).toBe('2026-11-22 14:05');
    expect(formatDateTime(instant, 'en', 'Asia/Shanghai')).toBe('22-Nov-2026 14:05');
  });

  it('count 24 hours, with midnight as 00', () => {
    expect(formatDateTime('2026-11-22T16:00:00Z', 'en', 'Asia/Shanghai')).toBe('23-Nov-2026 00:00');
    expect(formatClock(instant, 'Asia/Shanghai')).toBe('14:05:10');
  });

  it('leave out the day in rows when it is today', () => {
    const now = Date.parse('2026-11-22T09:00:00Z');

    expect(formatWhen(instant, now, 'zh-CN', 'Asia/Shanghai')).toBe('14:05');
    expect(formatWhen('2026-11-22T16:00:00Z', now, 'en', 'Asia/Shanghai')).toBe('23-Nov-2026 00:00');
  });

  it('never move a birth date into another day', () => {
    expect(formatDate('1948-03-01', 'zh-CN', 'America/New_York')).toBe('1948-03-01');
    expect(formatDate('1948-03-01T00:00:00.000Z', 'en', 'America/New_York')).toBe('01-Mar-1948');
  });

  it('leave what is no date as it is', () => {
    expect(formatDateTime('soon', 'zh-CN')).toBe('soon');
    expect(formatDate('soon', 'en')).toBe('soon');
  });

  it.each([
    [5_000, '5 秒', '5 s'],
    [12 * 60_000, '12 分钟', '12 min'],
    [6 * 3_600_000 + 12 * 60_000, '6 小时 12 分钟', '6 h 12 min'],
    [24 * 3_600_000, '1 天', '1 d'],
    [50 * 3_600_000, '2 天 2 小时', '2 d 2 h'],
  ])('say %d ms in the two largest units', (durationMs, chinese, english) => {
    expect(formatDuration(durationMs, 'zh-CN')).toBe(chinese);
    expect(formatDuration(durationMs, 'en')).toBe(english);
  });

  it('say how long ago or how far ahead', () => {
    const now = Date.parse(instant);

    expect(formatRelative('2026-11-22T06:02:10Z', now, 'zh-CN')).toBe('3 分钟前');
    expect(formatRelative('2026-11-22T06:25:10Z', now, 'en')).toBe('in 20 min');
    expect(formatRelative(instant, now, 'zh-CN')).toBe('刚刚');
  });
});

describe('text in two languages', () => {
  it('is read in the language asked for, else in the other', () => {
    expect(textOf({ zhCN: '药师审核', en: 'Pharmacist review' }, 'en')).toBe('Pharmacist review');
    expect(textOf({ 'zh-CN': '药师审核', en: '' }, 'en')).toBe('药师审核');
    expect(textOf(null, 'zh-CN', '—')).toBe('—');
  });
});
