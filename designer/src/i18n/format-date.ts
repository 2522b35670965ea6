import { clockParts, formatDate, formatDateTime } from '#rule-words';
import type { Locale } from './message.ts';

export { formatDate, formatDateTime };

/** `14:05:10`, for lists whose day stands in a heading. */
export function formatClock(instant: string, timeZone?: string): string {
  const parts = clockParts(instant, timeZone);
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
