import { isLocalizedText, textOf } from '../i18n/localized-text.ts';
import type { Locale } from '../i18n/message.ts';

/** Replaces every `{"zh-CN", "en"}` inside free JSON (a form's schema and layout) by the reader's text. */
export function localizeJson(value: unknown, locale: Locale): unknown {
  if (isLocalizedText(value)) return textOf(value, locale);
  if (Array.isArray(value)) return value.map((item) => localizeJson(item, locale));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, localizeJson(item, locale)]));
}
