import type { Rule, RuleSetDocument } from '#rules';
import type { Text } from '../i18n/use-text.ts';

/** So many names stand in a sentence. */
const namedAtMost = 5;

/** The rules of grade C or D that nobody signed: they only advise. */
export function unsignedRules({ rules }: Pick<RuleSetDocument, 'rules'>): readonly Rule[] {
  return rules.filter(({ source, signed }) => (source.grade === 'C' || source.grade === 'D') && signed === undefined);
}

/** The names of rules for a sentence; of many, the first. */
export function ruleNames(rules: readonly Rule[], { of, locale }: Pick<Text, 'of' | 'locale'>): string {
  const names = rules.slice(0, namedAtMost).map(({ id, name }) => of(name, id)).join(locale === 'zh-CN' ? '、' : ', ');
  return rules.length > namedAtMost ? `${names} …` : names;
}
