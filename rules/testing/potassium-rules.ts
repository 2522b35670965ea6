import { compileRuleSet, evaluateRuleSet, type Rule, type RuleSetDocument } from '../index.ts';

/** The instant of every decision in these tests. */
export const at = '2026-11-23T08:00:00.000Z';
export const text = (en: string) => ({ 'zh-CN': en, en });

/** A rule of level HARD from a label, with its id as its name. */
export function rule(id: string, conditions: Rule['conditions'], more: Partial<Rule> = {}): Rule {
  return { id, name: text(id), level: 'HARD', conditions, event: { type: id }, message: text(`${id} fired`), source: { grade: 'A', reference: 'label', mark: 'S' }, ...more };
}

/** Version 3 of the rule set `orders`. */
export function ruleSet(inputs: RuleSetDocument['inputs'], rules: Rule[]): RuleSetDocument {
  return { format: 'careloop-rules/1', key: 'orders', version: '3', name: text('Orders'), domain: 'pharmacy', inputs, outputs: [], rules };
}

/** The input `potassium`, mmol/L. */
export const potassium = (more: Partial<RuleSetDocument['inputs'][number]> = {}) => ({ name: 'potassium', type: 'number' as const, unit: 'mmol/L', ...more });
/** Fires above 5.5 mmol/L. */
export const high = rule('potassium-high', { all: [{ fact: 'potassium', operator: 'greaterThan', value: 5.5 }] });
/** Compiles and judges at `at`. */
export const evaluate = (document: RuleSetDocument, facts: Record<string, unknown>, options: object = {}) => evaluateRuleSet(compileRuleSet(document), facts, { at, ...options });
