import { factName, inputsOf, membersOf, entriesOf, type Words } from './difference/condition-words.ts';

const missing = 'missing:';

/** The names of a document's rules for a reader; a missing value by its input, an unknown rule by its id. */
export function ruleNaming(document: unknown, words: Words): (ruleId: string) => string {
  const names = new Map(entriesOf(membersOf(document)['rules']).map((rule) => [String(rule['id']), words.of(rule['name'] as never, String(rule['id']))]));
  const inputs = inputsOf(document);
  return (ruleId) => (ruleId.startsWith(missing) ? words.t('trials.missing', { fact: factName(ruleId.slice(missing.length), undefined, inputs, words) }) : (names.get(ruleId) ?? ruleId));
}

/** Several names in a line, in the reader's way. */
export function listWords(names: readonly string[], { locale }: Pick<Words, 'locale'>): string {
  return names.join(locale === 'zh-CN' ? '、' : ', ');
}
