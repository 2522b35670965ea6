import type { Rule, RuleSetDocument } from '#rules';
import { sameJson } from '../same-json.ts';

/**
 * The document with the signatures that a save would leave in it: those of rules that are still exactly as `base` has them
 * signed. Without it an edited rule of grade C or D would be tried at its own level, and only advise once it is saved.
 */
export function withHeldSignatures(document: RuleSetDocument, base: RuleSetDocument): RuleSetDocument {
  const signed = new Map(base.rules.filter(isSigned).map((rule) => [rule.id, rule]));
  const holds = (rule: Rule): boolean => !isSigned(rule) || sameJson(rule, signed.get(rule.id));
  return document.rules.every(holds) ? document : { ...document, rules: document.rules.map((rule) => (holds(rule) ? rule : unsigned(rule))) };
}

function isSigned({ signed }: Rule): boolean {
  return signed !== undefined;
}

function unsigned({ signed: _signed, ...rule }: Rule): Rule {
  return rule;
}
