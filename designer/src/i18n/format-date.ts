import type { Locale } from './message.ts';

const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function partsOf(instant: string, timeZone: string | undefined): Parts | undefined {
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

function dayOf({ year, month, day }: Pick<Parts, 'year' | 'month' | 'day'>, locale: Locale): string {
  return locale === 'zh-CN' ? `${year}-${month}-${day}` : `${day}-${englishMonths[Number(month) - 1] ?? month}-${year}`;
}

/** `2026-11-22 14:05` in Chinese, `22-Nov-2026 14:05` in English; always 24 hours. The text as given when it is no instant. */
export function formatDateTime(instant: string, locale: Locale, timeZone?: string): string {
  const parts = partsOf(instant, timeZone);
  return parts === undefined ? instant : `${dayOf(parts, locale)} ${parts.hour}:${parts.minute}`;
}

/** `14:05:10`, for lists whose day stands in a heading. */
export function formatClock(instant: string, timeZone?: string): string {
  const parts = partsOf(instant, timeZone);
  return parts === undefined ? instant : `${parts.hour}:${parts.minute}:${parts.second}`;
}

/** `14:05`. */
export function formatTime(instant: string, timeZone?: string): string {
  return formatClock(instant, timeZone).slice(0, 5);
}

/** `14:05` of today, else day and time: for rows, where the day would repeat. */
export function formatWhen(instant: string, nowMs: number, locale: Locale, timeZone?: string): string {
  const isToday = formatDate(instant, locale, timeZone) === formatDate(new Date(nowMs).toISOString(), locale, timeZone);
  return isToday ? formatTime(instant, timeZone) : formatDateTime(instant, locale, timeZone);
}

/** The day of an instant, or of a plain date such as a birth date, which has no time zone and is never shifted. */
export function formatDate(value: string, locale: Locale, timeZone?: string): string {
  const plain = /^(\d{4})-(\d{2})-(\d{2})(?:T00:00:00(?:\.0+)?Z)?$/.exec(value);
  if (plain !== null) {
    const [, year = '', month = '', day = ''] = plain;
    return dayOf({ year, month, day }, locale);
  }
  const parts = partsOf(value, timeZone);
  return parts === undefined ? value : dayOf(parts, locale);
}

const words = {
  'zh-CN': { day: ' 天', hour: ' 小时', minute: ' 分钟', second: ' 秒', join: ' ', past: (age: string) => `${age}前`, future: (age: string) => `${age}后`, now: '刚刚' },
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s', join: ' ', past: (age: string) => `${age} ago`, future: (age: string) => `in ${age}`, now: 'just now' },
} as const;

/** A length of time in its two largest units: `6 小时 12 分钟`, `6 h 12 min`. */
export function formatDuration(durationMs: number, locale: Locale): string {
  const word = words[locale];
  const seconds = Math.floor(Math.abs(durationMs) / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return `${seconds}${word.second}`;
  if (hours < 1) return `${minutes}${word.minute}`;
  if (hours < 24) return minutes % 60 === 0 ? `${hours}${word.hour}` : `${hours}${word.hour}${word.join}${minutes % 60}${word.minute}`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days}${word.day}` : `${days}${word.day}${word.join}${hours % 24}${word.hour}`;
}

/** The age of an instant beside its absolute time: `3 分钟前`, `in 20 min`. */
export function formatRelative(instant: string, nowMs: number, locale: Locale): string {
  const difference = new Date(instant).getTime() - nowMs;
  if (Number.isNaN(difference)) return '';
  const word = words[locale];
  if (Math.abs(difference) < 45_000) return word.now;
  return difference < 0 ? word.past(formatDuration(difference, locale)) : word.future(formatDuration(difference, locale));
}
