import type { Text } from '../i18n/use-text.ts';

/** The kinds of codes that a fact's value can be of, by the name of the fact. */
function kindOf(name: string): string {
  if (/route$/i.test(name)) return 'route';
  if (/frequency$/i.test(name)) return 'frequency';
  if (name === 'ruleSet') return 'ruleSet';
  return 'substance';
}

/** A code in the reader's words: of this fact, or else of routes, frequencies, rule sets or substances; one without a text as it stands. */
export function codeWord(name: string, value: string | number | boolean, { lookup }: Pick<Text, 'lookup'>): string {
  const code = String(value);
  return lookup(`value.${name}.${code}`, lookup(`${kindOf(name)}.${code}`, code));
}
