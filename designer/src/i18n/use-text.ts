import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime, formatDuration, formatRelative, formatWhen } from './format-date.ts';
import { textOf, type LocalizedText } from './localized-text.ts';
import type { Locale } from './message.ts';
import { isMessageKey, type MessageKey } from './messages.ts';

export type MessageValues = Readonly<Record<string, string | number>>;

/** What a component needs to speak the reader's language. */
export interface Text {
  readonly locale: Locale;
  readonly t: (key: MessageKey, values?: MessageValues) => string;
  /** A text whose key ends in a value of the server, which may be newer than this app. */
  readonly lookup: (key: string, fallback: string) => string;
  readonly of: (text: LocalizedText | string | null | undefined, fallback?: string) => string;
  readonly dateTime: (instant: string) => string;
  /** Without the day when that is today. */
  readonly when: (instant: string, nowMs: number) => string;
  readonly date: (value: string) => string;
  readonly duration: (durationMs: number) => string;
  readonly relative: (instant: string, nowMs: number) => string;
}

/** The texts and formats of the current language. */
export function useText(): Text {
  const { t, i18n } = useTranslation();
  const locale: Locale = i18n.language === 'en' ? 'en' : 'zh-CN';
  return useMemo(
    () => ({
      locale,
      t: (key, values) => t(key, values ?? {}),
      lookup: (key, fallback) => (isMessageKey(key) ? t(key) : fallback),
      of: (text, fallback) => textOf(text, locale, fallback),
      dateTime: (instant) => formatDateTime(instant, locale),
      when: (instant, nowMs) => formatWhen(instant, nowMs, locale),
      date: (value) => formatDate(value, locale),
      duration: (durationMs) => formatDuration(durationMs, locale),
      relative: (instant, nowMs) => formatRelative(instant, nowMs, locale),
    }),
    [t, locale],
  );
}
