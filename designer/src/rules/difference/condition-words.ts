import { factName as nameOfFact, operatorWords as wordsOfOperator, valueWords as wordsOfValue } from '#rule-words';
import type { Text } from '../../i18n/use-text.ts';

/** What the words need of the reader's language. */
export type Words = Pick<Text, 't' | 'lookup' | 'of' | 'locale' | 'dateTime' | 'date'>;

/** A JSON object of a document that may be half written. */
export type Members = Readonly<Record<string, unknown>>;

/** The object, or an empty one where there is none. */
export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

/** The entries of a list of objects, such as `rules` or `inputs`. */
export function entriesOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.map(membersOf) : [];
}

/** The inputs of a document by name. */
export function inputsOf(document: unknown): ReadonlyMap<string, Members> {
  return new Map(entriesOf(membersOf(document)['inputs']).map((input) => [String(input['name'] ?? ''), input]));
}

const symbols: Readonly<Record<string, string>> = { equal: '=', notEqual: '≠', lessThan: '<', lessThanInclusive: '≤', greaterThan: '>', greaterThanInclusive: '≥' };

/** What a fact is called, with the place in it. */
export function factName(fact: string, path: unknown, inputs: ReadonlyMap<string, Members>, words: Words): string {
  return nameOfFact(fact, path, inputs.get(fact), words);
}

/** `>`, `包含`, `每一项 ≥`: short, as on a table. */
export function operatorWords(operator: string, { lookup }: Pick<Words, 'lookup'>): string {
  return wordsOfOperator(operator, { lookup: (key, fallback) => symbols[key.replace(/^operator\./, '')] ?? lookup(key, fallback) });
}

/** A value as the reader writes it: with the unit of the input, codes in words, another fact by its name. */
export function valueWords(value: unknown, fact: string, inputs: ReadonlyMap<string, Members>, words: Words): string {
  return wordsOfValue(value, fact, inputs.get(fact), words, (other, path) => factName(other, path, inputs, words));
}

/** A condition in a sentence: `血钾 > 5.5 mmol/L 且（…或…）`. Takes what is half written as it stands. */
export function conditionWords(condition: unknown, inputs: ReadonlyMap<string, Members>, words: Words, isInner = false): string {
  const members = membersOf(condition);
  const group = (parts: unknown, join: string): string => {
    const texts = (Array.isArray(parts) ? parts : []).map((part) => conditionWords(part, inputs, words, true));
    const text = texts.join(join);
    return isInner && texts.length > 1 ? words.t('rules.condition.group', { text }) : text;
  };
  if ('all' in members) return Array.isArray(members['all']) && members['all'].length === 0 ? words.t('rules.condition.always') : group(members['all'], words.t('rules.condition.and'));
  if ('any' in members) return group(members['any'], words.t('rules.condition.or'));
  if ('not' in members) return words.t('rules.condition.not', { text: conditionWords(members['not'], inputs, words, true) });
  if (typeof members['condition'] === 'string') return words.t('rules.condition.named', { name: members['condition'] });
  if (typeof members['fact'] === 'string' && typeof members['operator'] === 'string') {
    const { fact, path, operator, value } = members as { fact: string; path: unknown; operator: string; value: unknown };
    return `${factName(fact, path, inputs, words)} ${operatorWords(operator, words)} ${operator === 'satisfies' ? String(value) : valueWords(value, fact, inputs, words)}`;
  }
  return words.t('rules.condition.unreadable');
}
