import type { Locale } from './message.ts';

/** Text from the server in both languages. */
export interface LocalizedText {
  readonly 'zh-CN'?: string | null;
  readonly zhCN?: string | null;
  readonly en?: string | null;
}

/** The text in the reader's language, else in the other one, else `fallback`. */
export function textOf(text: LocalizedText | string | null | undefined, locale: Locale, fallback = ''): string {
  if (text === null || text === undefined) return fallback;
  if (typeof text === 'string') return text;
  const chinese = text['zh-CN'] ?? text.zhCN ?? '';
  const english = text.en ?? '';
  const [first, second] = locale === 'zh-CN' ? [chinese, english] : [english, chinese];
  return first !== '' ? first : second !== '' ? second : fallback;
}

/** True for `{"zh-CN": …, "en": …}` inside free JSON. */
export function isLocalizedText(value: unknown): value is LocalizedText {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && ('zh-CN' in value || 'zhCN' in value) && 'en' in value;
}
