import type { CaseDifference, RuleSetDocument } from '#rules';
import { factName, inputsOf, operatorWords, valueWords, type Words } from '../difference/condition-words.ts';
import { listWords, ruleNaming } from '../rule-name.ts';

/** What came out otherwise, one sentence each: expected this, got that. */
export function differenceWords(differences: readonly CaseDifference[], document: RuleSetDocument, words: Words): readonly string[] {
  const nameOf = ruleNaming(document, words);
  const level = (value: unknown): string => words.lookup(`decision.level.${String(value)}`, String(value));
  return differences.map(({ kind, ruleId = '', expected, actual }) => {
    switch (kind) {
      case 'level':
        return words.t('trials.difference.level', { expected: level(expected), actual: level(actual) });
      case 'notFired':
        return words.t('trials.difference.notFired', { rule: nameOf(ruleId) });
      case 'fired':
        return words.t('trials.difference.fired', { rule: nameOf(ruleId) });
      case 'outputs':
        return words.t('trials.difference.outputs', { expected: JSON.stringify(expected), actual: JSON.stringify(actual) });
      case 'failure':
        return words.t('trials.difference.failure', { reason: failureWords(String(actual), document, words) });
    }
  });
}

/** Why a document could not judge at all, from its code and the input, or the rules, that it failed on: `FACT_UNDECLARED inr`. */
export function failureWords(failure: string, document: unknown, words: Words): string {
  const [code = '', fact = '', ...ruleIds] = failure.split(' ');
  return words.t('trials.failure.about', { reason: words.lookup(`trials.failure.${code}`, code), fact: ruleIds.length > 0 ? listWords(ruleIds.map(ruleNaming(document, words)), words) : factName(fact, undefined, inputsOf(document), words) });
}

/** The comparison that settled a rule: `血钾 是 5.3 mmol/L；条件：> 5.5 mmol/L`. */
export function comparisonWords(comparison: { readonly fact: string; readonly path?: string; readonly operator: string; readonly expected: unknown; readonly actual: unknown }, document: RuleSetDocument, words: Words): string {
  const inputs = inputsOf(document);
  const { fact, path, operator, expected, actual } = comparison;
  const wanted = operator === 'satisfies' ? String(expected) : valueWords(expected, fact, inputs, words);
  return words.t('trials.because', { fact: factName(fact, path, inputs, words), actual: valueWords(actual, fact, inputs, words), operator: operatorWords(operator, words), expected: wanted });
}
