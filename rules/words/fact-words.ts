import type { LocalizedText } from '../rule-set.ts';
import type { Language } from './calendar.ts';

/** Who reads, and how texts, instants and days are written for them. */
export interface Reader {
  readonly locale: Language;
  /** The text of a key (`substance.warfarin`, `unit.mm[Hg]`), or the fallback when there is none. */
  readonly lookup: (key: string, fallback: string) => string;
  readonly dateTime: (instant: string) => string;
  readonly date: (day: string) => string;
}

/** What of an input's declaration says how it is named and written; of a document that may be half written. */
export interface DeclaredInput {
  readonly type?: unknown;
  readonly unit?: unknown;
  readonly description?: unknown;
}

const maximumItems = 10;
/** Characters of a text that a sentence repeats. */
const maximumTextLength = 200;
const numbers = { 'zh-CN': new Intl.NumberFormat('zh-CN', { maximumSignificantDigits: 15 }), en: new Intl.NumberFormat('en', { maximumSignificantDigits: 15 }) };
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const day = /^\d{4}-\d{2}-\d{2}$/;
/** A text without spaces in ASCII is a code; anything else was written for people. */
const codeLike = /^[\u0021-\u007e]+$/;

const texts = {
  nothing: { 'zh-CN': '无数据', en: 'no data' },
  yes: { 'zh-CN': '是', en: 'yes' },
  no: { 'zh-CN': '否', en: 'no' },
  emptyList: { 'zh-CN': '空列表', en: 'an empty list' },
  group: { 'zh-CN': '一组数据', en: 'a group of values' },
} as const satisfies Readonly<Record<string, LocalizedText>>;

/** The kinds of codes that a fact's value can be of, by the name of the fact. */
function kindOf(name: string): string {
  if (/route$/i.test(name)) return 'route';
  if (/frequency$/i.test(name)) return 'frequency';
  if (name === 'ruleSet') return 'ruleSet';
  if (name === 'unit') return 'unit';
  return 'substance';
}

/** A code in the reader's words: of this fact, or else of routes, frequencies, rule sets, units or substances; one without a text as it stands. */
export function codeWord(name: string, value: string | number | boolean, { lookup }: Pick<Reader, 'lookup'>): string {
  return knownCode(name, String(value), { lookup }) ?? String(value);
}

/** The words of a code of a fact; undefined when there are none. */
export function knownCode(name: string, code: string, { lookup }: Pick<Reader, 'lookup'>): string | undefined {
  const word = lookup(`value.${name}.${code}`, '') || lookup(`${kindOf(name)}.${code}`, '');
  return word === '' ? undefined : word;
}

/** What a fact is called: the description of its input, else the words for its name, else its name; with the place in it. */
export function factName(fact: string, path: unknown, input: DeclaredInput | undefined, { locale, lookup }: Pick<Reader, 'locale' | 'lookup'>): string {
  const name = textIn(input?.description, locale) ?? lookup(`fact.${fact}`, fact);
  const place = typeof path === 'string' ? path.replace(/^\$\.?/, '') : '';
  if (place === '') return name;
  return locale === 'zh-CN' ? `${name}（${place}）` : `${name} (${place})`;
}

/** A unit in its usual print form, with the space before it; empty for none and for a plain number. */
export function unitWords(unit: unknown, { lookup }: Pick<Reader, 'lookup'>): string {
  return typeof unit !== 'string' || unit === '1' ? '' : ` ${lookup(`unit.${unit}`, unit)}`;
}

/**
 * A value of a fact as readers write it: numbers with the input's unit, codes in words, instants and days in the reader's form,
 * what is not there in words. A code without words stays as it is and is said to be a code. `nameOf` names another fact that stands
 * in place of a value.
 */
export function valueWords(value: unknown, fact: string, input: DeclaredInput | undefined, reader: Reader, nameOf: (fact: string, path: unknown) => string = (other, path) => factName(other, path, undefined, reader)): string {
  const { locale } = reader;
  if (value === null || value === undefined) return texts.nothing[locale];
  if (typeof value === 'boolean') return texts[value ? 'yes' : 'no'][locale];
  if (typeof value === 'number') return `${numbers[locale].format(value)}${unitWords(input?.unit, reader)}`;
  if (typeof value === 'string') return stringWords(value, fact, reader);
  if (Array.isArray(value)) {
    if (value.length === 0) return texts.emptyList[locale];
    const shown = value.slice(0, maximumItems).map((item) => valueWords(item, fact, input, reader, nameOf)).join(locale === 'zh-CN' ? '、' : ', ');
    const more = value.length - maximumItems;
    return more <= 0 ? shown : locale === 'zh-CN' ? `${shown} 等 ${value.length} 项` : `${shown} and ${more} more`;
  }
  const { fact: other, path } = value as { readonly fact?: unknown; readonly path?: unknown };
  return typeof other === 'string' ? nameOf(other, path) : texts.group[locale];
}

function stringWords(value: string, fact: string, reader: Reader): string {
  if (instant.test(value)) return reader.dateTime(value);
  if (day.test(value)) return reader.date(value);
  const word = knownCode(fact, value, reader);
  if (word !== undefined) return word;
  // A sentence is not the place for a whole document; the record has it.
  const shown = value.length > maximumTextLength ? `${value.slice(0, maximumTextLength)}…` : value;
  if (!codeLike.test(value)) return `“${shown}”`;
  return reader.locale === 'zh-CN' ? `代码 ${shown}` : `code ${shown}`;
}

/** `大于`, `contains`, `其中某项 等于`: an operator with what stands before it. */
export function operatorWords(operator: string, { lookup }: Pick<Reader, 'lookup'>): string {
  const parts = operator.split(':');
  const base = parts.pop() ?? operator;
  return [...parts.map((part) => lookup(`decorator.${part}`, part)), lookup(`operator.${base}`, base)].join(' ');
}

function textIn(value: unknown, locale: Language): string | undefined {
  const text = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[locale] : undefined;
  return typeof text === 'string' && text !== '' ? text : undefined;
}
