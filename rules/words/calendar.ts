/* eslint-disable no-restricted-globals -- Date only reads a given instant: no clock is read. */
import type { LocalizedText } from '../rule-set.ts';

/** A language of the product. */
export type Language = keyof LocalizedText;

/** The parts of an instant on the clock of a time zone, with leading zeros. */
export interface ClockParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the clock of the zone shows, that of the machine when no zone is given; undefined for what is no instant. */
export function clockParts(instant: string, timeZone: string | undefined): ClockParts | undefined {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return undefined;
  const key = timeZone ?? '';
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', ...(timeZone === undefined ? {} : { timeZone }) });
    formatters.set(key, formatter);
  }
  const found: Record<string, string> = {};
  for (const part of formatter.formatToParts(date)) found[part.type] = part.value;
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = found;
  return { year, month, day, hour, minute, second };
}

/** `2026-11-22` in Chinese, `22-Nov-2026` in English. */
export function dayWords({ year, month, day }: Pick<ClockParts, 'year' | 'month' | 'day'>, language: Language): string {
  return language === 'zh-CN' ? `${year}-${month}-${day}` : `${day}-${englishMonths[Number(month) - 1] ?? month}-${year}`;
}

/** `2026-11-22 14:05` in Chinese, `22-Nov-2026 14:05` in English; always 24 hours. The text as given when it is no instant. */
export function formatDateTime(instant: string, language: Language, timeZone?: string): string {
  const parts = clockParts(instant, timeZone);
  return parts === undefined ? instant : `${dayWords(parts, language)} ${parts.hour}:${parts.minute}`;
}

/** The day of an instant, or of a plain date such as a birth date, which has no time zone and is never shifted. */
export function formatDate(value: string, language: Language, timeZone?: string): string {
  const plain = /^(\d{4})-(\d{2})-(\d{2})(?:T00:00:00(?:\.0+)?Z)?$/.exec(value);
  if (plain !== null) {
    const [, year = '', month = '', day = ''] = plain;
    return dayWords({ year, month, day }, language);
  }
  const parts = clockParts(value, timeZone);
  return parts === undefined ? value : dayWords(parts, language);
}

/** `UTC+8`: by how much the zone's clock differs from UTC at the instant. Empty for what is no instant. */
export function offsetWords(instant: string, timeZone: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '';
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return name.replace('GMT', 'UTC');
}
