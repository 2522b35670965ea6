import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compileRuleSet, evaluateRuleSet, type Condition, type RuleSetDocument } from './index.ts';
import { compileCondition } from './compile-condition.ts';
import { prepareFacts } from './prepare-facts.ts';
import { indexRules } from './rule-index.ts';

/** Rule sets, with ten sets of facts each; each is compiled, which bounds their number. */
const runs = Math.min(2_000, Number(process.env.CARELOOP_PROPERTY_RUNS ?? 1_000) / 10);
const text = { 'zh-CN': '规则', en: 'Rule' };
const at = '2026-11-23T08:00:00Z';
const inputs: RuleSetDocument['inputs'] = [
  { name: 'drug', type: 'string', whenMissing: { policy: 'stop' } }, { name: 'route', type: 'string' }, { name: 'age', type: 'number', whenMissing: { policy: 'person' } },
  { name: 'urgent', type: 'boolean', whenMissing: { policy: 'branch', value: false } }, { name: 'born', type: 'date', whenMissing: { policy: 'branch' } }, { name: 'codes', type: 'list' },
];
const documentOf = (conditions: readonly Condition[], more: Partial<RuleSetDocument> = {}): RuleSetDocument => ({
  format: 'careloop-rules/1', key: 'k', version: '1', name: text, domain: 'pharmacy', inputs, outputs: [],
  rules: conditions.map((condition, index) => ({ id: `r${index}`, name: text, level: 'WARN', conditions: condition as RuleSetDocument['rules'][number]['conditions'], event: { type: 'e' }, message: text, source: { grade: 'A', reference: 'label', mark: 'S' }, priority: 1 + (index % 3) })),
  ...more,
});

const drug = fc.constantFrom('a', 'b', 'c', 'd');
const comparison = fc.oneof(
  { weight: 5, arbitrary: fc.record({ fact: fc.constantFrom('drug', 'route'), operator: fc.constantFrom('equal', 'equal', 'in', 'notEqual', 'not:equal'), value: drug }).map((each): unknown => (each.operator === 'in' ? { ...each, value: [each.value, 'b'] } : each)) },
  { weight: 2, arbitrary: fc.record({ fact: fc.constant('age'), operator: fc.constantFrom('equal', 'lessThan'), value: fc.constantFrom(0, 1, 2) }) },
  { weight: 1, arbitrary: fc.record({ fact: fc.constant('urgent'), operator: fc.constant('equal'), value: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ fact: fc.constant('born'), operator: fc.constant('equal'), value: fc.constantFrom('2026-01-01', '2026-01-02') }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>({ fact: 'codes', operator: 'contains', value: 'a' }, { fact: 'drug', operator: 'equal', value: { fact: 'route' } }, { fact: 'drug', operator: 'equal', value: null }, { condition: 'oral' }) },
);
const part = fc.oneof({ weight: 6, arbitrary: comparison }, { weight: 1, arbitrary: fc.record({ not: comparison }) }, { weight: 1, arbitrary: fc.record({ any: fc.array(comparison, { minLength: 1, maxLength: 2 }) }) }, { weight: 1, arbitrary: fc.record({ all: fc.array(comparison, { maxLength: 2 }) }) });
const condition = fc.record({ all: fc.array(part, { maxLength: 4 }) }).map((each) => each as Condition);
/** Nine of ten ask for a drug, so that most sets have an index. */
const row = fc.tuple(fc.nat({ max: 9 }), drug, condition).map(([share, asked, each]): Condition => ('all' in each && share < 9 ? { all: [{ fact: 'drug', operator: 'equal', value: asked }, ...each.all] } : each));
const value = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(arbitrary, { nil: null });
const facts = fc.record({ drug: value(fc.oneof(drug, fc.constant('e'))), route: value(drug), age: fc.constantFrom(0, 1, 2, 3, null, 'old'), urgent: value(fc.boolean()), born: value(fc.constantFrom('2026-01-01', '2026-03-01', 'never')), codes: fc.array(drug, { maxLength: 2 }) }, { requiredKeys: [] });
const conditions = { oral: { all: [{ fact: 'route', operator: 'equal', value: 'a' }] } } satisfies RuleSetDocument['conditions'];

describe('the index of a rule set', () => {
  it('leaves out only rules that are certainly false, whatever is missing', () => {
    fc.assert(fc.property(fc.array(condition, { minLength: 1, maxLength: 30 }), fc.array(facts, { minLength: 10, maxLength: 10 }), (roots, sets) => {
      const compiled = compileRuleSet(documentOf(roots, { conditions }));
      const ordered = compiled.rules.map(({ rule }) => rule.conditions);
      const index = indexRules(ordered, compiled.inputsByName, conditions, 1);
      for (const set of sets) {
        const { slots } = prepareFacts(compiled, set, Date.parse(at), undefined);
        const left = new Set(index?.candidates(slots) ?? ordered.keys());
        for (const [place, each] of ordered.entries()) if (!left.has(place)) expect(compileCondition(each, compiled.inputsByName, conditions).test(slots)).toBe(0);
      }
    }), { numRuns: runs });
  }, 3_600_000);

  it('changes nothing: findings, missing values and failures are those of a walk through all rules', () => {
    let indexed = 0;
    fc.assert(fc.property(fc.array(row, { minLength: 16, maxLength: 40 }), fc.array(facts, { minLength: 10, maxLength: 10 }), fc.constantFrom<RuleSetDocument['hitPolicy']>(undefined, 'first', 'unique', 'ruleOrder'), (roots, sets, hitPolicy) => {
      const compiled = compileRuleSet(documentOf(roots, { conditions, ...(hitPolicy ? { hitPolicy } : {}) }));
      indexed += compiled.index ? 1 : 0;
      for (const set of sets) expect(evaluateRuleSet(compiled, set, { at })).toEqual(evaluateRuleSet({ ...compiled, index: undefined }, set, { at }));
    }), { numRuns: runs });
    expect(indexed).toBeGreaterThan(runs / 2);
  }, 3_600_000);

  const rows = (count: number): Condition[] => Array.from({ length: count }, (_, index) => ({ all: [{ fact: 'drug', operator: 'equal', value: `d${index % 20}` }, { fact: 'age', operator: 'greaterThanInclusive', value: index }] }));

  it('finds rules by value, and those that any value may satisfy', () => {
    const compiled = compileRuleSet(documentOf([...rows(100), { any: [{ fact: 'age', operator: 'equal', value: 3 }] }]));
    const found = (set: object): readonly string[] | undefined => compiled.index?.candidates(prepareFacts(compiled, set as Record<string, unknown>, Date.parse(at), undefined).slots)?.map((place) => compiled.rules[place]?.rule.id ?? '');

    expect(found({ drug: 'd3' })?.toSorted()).toEqual(['r100', 'r23', 'r3', 'r43', 'r63', 'r83']);
    expect(found({ drug: 'other' })).toEqual(['r100']);
    expect(found({ age: 3 })).toBeUndefined();
  });

  it('does without where it does not pay, and where FEEL may fail', () => {
    const feel: Condition = { all: [{ fact: 'drug', operator: 'equal', value: 'a' }, { fact: 'age', operator: 'satisfies', value: '> 3' }] };

    expect(compileRuleSet(documentOf(rows(10))).index).toBeUndefined();
    expect(compileRuleSet(documentOf([...rows(40), feel])).index).toBeUndefined();
    expect(compileRuleSet(documentOf([...rows(40), ...rows(40).map((each): Condition => ({ any: [each] }))])).index).toBeUndefined();
  });
});
