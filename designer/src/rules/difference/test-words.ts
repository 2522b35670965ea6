import { formatDate, formatDateTime } from '../../i18n/format-date.ts';
import { textOf } from '../../i18n/localized-text.ts';
import type { Locale } from '../../i18n/message.ts';
import { isMessageKey, messages, type MessageKey } from '../../i18n/messages.ts';
import type { Words } from './condition-words.ts';

/** The product's own words of a language, without the app around them. */
export function testWords(locale: Locale): Words {
  const t = (key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string => messages[key][locale].replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(values[name]));
  return { t, locale, lookup: (key, fallback) => (isMessageKey(key) ? t(key) : fallback), of: (text, fallback) => textOf(text, locale, fallback), dateTime: (instant) => formatDateTime(instant, locale, 'Asia/Shanghai'), date: (day) => formatDate(day, locale) };
}
