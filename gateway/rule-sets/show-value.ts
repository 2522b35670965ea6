import { hospitalTimeZone } from '#activities';
import type { LocalizedText } from '#engine';

export type Language = keyof LocalizedText;

/** What of an input's declaration says how its values are shown. */
export interface ShownInput {
  readonly type: string;
  readonly unit?: string | undefined;
  readonly description?: LocalizedText | undefined;
}

const maximumItems = 10;
const numbers = { 'zh-CN': new Intl.NumberFormat('zh-CN', { maximumSignificantDigits: 15 }), en: new Intl.NumberFormat('en', { maximumSignificantDigits: 15 }) };
const days = { 'zh-CN': new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'UTC' }), en: new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }) };
const moments = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short', timeZone: hospitalTimeZone }),
  en: new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: hospitalTimeZone }),
};

/** What a fact is called: its description, else its name; with the place in it. */
export function describeFact(fact: string, path: string | undefined, input: ShownInput | undefined, language: Language): string {
  const place = path === undefined || path === '$' ? '' : path.slice(1);
  return `${input?.description?.[language] ?? fact}${place === '' ? '' : language === 'zh-CN' ? `（${place.replace(/^\./, '')}）` : ` (${place.replace(/^\./, '')})`}`;
}

/** A value as readers of the language write it, with the input's unit; times on the hospital's clock. */
export function showValue(value: unknown, input: ShownInput | undefined, language: Language): string {
  const isChinese = language === 'zh-CN';
  if (value === null || value === undefined) return isChinese ? '空' : 'nothing';
  if (typeof value === 'boolean') return isChinese ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (typeof value === 'number') return `${numbers[language].format(value)}${input?.unit === undefined || input.unit === '1' ? '' : ` ${input.unit}`}`;
  if (typeof value === 'string') return showText(value, input, language);
  if (Array.isArray(value)) {
    if (value.length === 0) return isChinese ? '空列表' : 'an empty list';
    const shown = value.slice(0, maximumItems).map((item) => showValue(item, input, language));
    return `${shown.join(isChinese ? '、' : ', ')}${value.length > maximumItems ? (isChinese ? ` 等 ${value.length} 项` : ` and ${value.length - maximumItems} more`) : ''}`;
  }
  return isChinese ? '一组数据' : 'a group of values';
}

function showText(value: string, input: ShownInput | undefined, language: Language): string {
  const at = Date.parse(value);
  if (input?.type === 'date' && !Number.isNaN(at)) return days[language].format(at);
  if (input?.type === 'dateTime' && !Number.isNaN(at)) return moments[language].format(at);
  return `“${value}”`;
}
