import { formatDate, formatDateTime, offsetWords, type Language } from './calendar.ts';
import { contentWords } from './content.ts';
import type { Reader } from './fact-words.ts';
import { factWords } from './facts.ts';
import { substanceWords } from './substances.ts';

const words: Readonly<Record<string, Readonly<Record<Language, string>>>> = { ...factWords, ...contentWords, ...substanceWords };

/** A reader whose own clock is not known: instants are on the clock of `timeZone`, and say so. */
export function readerOf(locale: Language, timeZone: string): Reader {
  return {
    locale,
    lookup: (key, fallback) => (Object.hasOwn(words, key) ? (words[key]?.[locale] ?? fallback) : fallback),
    dateTime(instant) {
      const offset = offsetWords(instant, timeZone);
      const written = formatDateTime(instant, locale, timeZone);
      return offset === '' ? written : locale === 'zh-CN' ? `${written}（${offset}）` : `${written} (${offset})`;
    },
    date: (day) => formatDate(day, locale, timeZone),
  };
}
