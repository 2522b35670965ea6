import { formatDateTime } from './format-date.ts';
import { localInstants } from './local-instants.ts';

describe('instants in a text', () => {
  const inShanghai = (text: string, locale: 'zh-CN' | 'en'): string => localInstants(text, (instant) => formatDateTime(instant, locale, 'Asia/Shanghai'));

  it('are written in the reader’s own format and zone', () => {
    expect(inShanghai('医嘱 O-1（阿司匹林）2026-11-22T16:00:00Z 的一剂：未执行', 'zh-CN')).toBe('医嘱 O-1（阿司匹林）2026-11-23 00:00 的一剂：未执行');
    expect(inShanghai('planned at 2026-11-22T06:05:10.250Z, window from 2026-11-22T14:00+08:00', 'en')).toBe('planned at 22-Nov-2026 14:05, window from 22-Nov-2026 14:00');
  });

  it('leave a day, a number and other words as they are', () => {
    expect(inShanghai('ZY260112, 2026-11-22, 5 mg', 'en')).toBe('ZY260112, 2026-11-22, 5 mg');
  });
});
