import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { evaluateDecision } from '../dmn/evaluate-decision.ts';
import { toDecisionModel } from '../dmn/to-decision-model.ts';
import { writeDmnXml } from '../dmn/xml/write-xml.ts';
import { compileRuleSet, evaluateRuleSet, type RuleSetDocument } from '../index.ts';
import { factsArbitrary, ruleSetArbitrary } from '../testing/random-rule-set.ts';
import { fromDmn, toDmn } from './index.ts';

const runs = Math.min(2_000, Number(process.env.CARELOOP_PROPERTY_RUNS ?? 100));
const at = '2026-11-23T08:00:00Z';

/** The ids of the rules that fire, whether or not the hit policy keeps them; undefined where an output is invalid. */
function firedRules(given: RuleSetDocument, facts: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  // A person decides on values of other types, so that they end nothing.
  const ruleSet: RuleSetDocument = { ...given, inputs: given.inputs.map((input) => ({ ...input, whenMissing: input.whenMissing ?? { policy: 'person' } })) };
  const { explanation, failure, findings } = evaluateRuleSet(compileRuleSet(ruleSet), facts, { at, explain: true });
  if (failure) return failure.code === 'HIT_POLICY_VIOLATED' ? failure.rules : undefined;
  if (ruleSet.hitPolicy === 'first') return findings.flatMap(({ kind, ruleId }) => (kind === 'rule' ? [ruleId] : []));
  return (explanation ?? []).flatMap(({ outcome, ruleId }) => (outcome === 'fired' || outcome === 'overruled' ? [ruleId] : []));
}

function documentOf(rules: unknown): RuleSetDocument {
  const inputs: RuleSetDocument['inputs'] = [{ name: 'codes', type: 'list' }, { name: 'weight', type: 'number' }, { name: 'order', type: 'object' }];
  return { format: 'careloop-rules/1', key: 'k', version: '1', name: { 'zh-CN': '规则', en: 'Rule' }, domain: 'pharmacy', inputs, outputs: [], rules: rules as RuleSetDocument['rules'] };
}

describe('a rule set as DMN', () => {
  it('is the same document after export and import', () => {
    fc.assert(fc.property(ruleSetArbitrary, (ruleSet) => {
      const read = fromDmn(writeDmnXml(toDmn(ruleSet).document));

      expect(read).toMatchObject({ findings: [], remaining: [], ruleSets: [{ findings: [] }] });
      expect(read.ruleSets[0]?.ruleSet).toEqual(ruleSet);
    }), { numRuns: runs });
  });

  it('fires the same rows for the same facts', () => {
    let fired = 0;
    fc.assert(fc.property(ruleSetArbitrary, fc.array(factsArbitrary, { minLength: 1, maxLength: 5 }), (ruleSet, many) => {
      const { document, findings } = toDmn(ruleSet);
      const refused = new Set(findings.map(({ elementId }) => elementId));
      const { model } = toDecisionModel(document);
      for (const facts of many) {
        const inputs = Object.fromEntries(Object.entries(facts).map(([name, value]) => [['if', 'date', 'list'].includes(name) ? `fact_${name}` : name, value]));
        const result = evaluateDecision(model, model.decisions.at(-1)?.name ?? '', inputs, { at });
        const rows = result.fired.flatMap(({ rows: each }) => each.flatMap(({ id }) => id?.slice('rule_'.length) ?? []));
        const expected = firedRules(ruleSet, facts);
        if (expected === undefined || (ruleSet.hitPolicy === 'first' && refused.size > 0)) continue;

        expect(rows.filter((id) => !refused.has(id))).toEqual(expected.filter((id) => !refused.has(id)));
        fired += rows.length;
      }
    }), { numRuns: runs });
    expect(fired).toBeGreaterThan(runs / 10);
  });

  it('never fires what is in an empty list, nor for a false that equals the test', () => {
    const ruleSet = documentOf([{ id: 'never', name: { 'zh-CN': '规则', en: 'Rule' }, conditions: { all: [{ fact: 'allergic', operator: 'in', value: [] }] }, event: { type: 'never' }, message: { 'zh-CN': '规则', en: 'Rule' }, source: { grade: 'A', reference: 'r', mark: 'S' } }]);
    const { model } = toDecisionModel(toDmn({ ...ruleSet, inputs: [{ name: 'allergic', type: 'boolean' }] }).document);

    for (const allergic of [false, true, null]) expect(evaluateDecision(model, model.decisions.at(-1)?.name ?? '', { allergic }, { at }).fired.flatMap(({ rows }) => rows)).toEqual([]);
  });

  it('takes a missing fact as null: what is negated holds, and two of them are equal', () => {
    const text = { 'zh-CN': '规则', en: 'Rule' };
    const conditions = [
      { fact: 'codes', operator: 'contains', value: 'a' }, { fact: 'codes', operator: 'doesNotContain', value: 'a' }, { fact: 'weight', operator: 'satisfies', value: '? > 2 * weight' }, { fact: 'weight', operator: 'lessThan', value: 1 },
      { fact: 'order', path: '$.due', operator: 'lessThan', value: '2026-01-01' }, { fact: 'weight', operator: 'equal', value: { fact: 'order', path: '$.dose' } }, { fact: 'weight', operator: 'equal', value: null },
    ] as const;
    const ruleSet = { ...documentOf(conditions.map((condition, index) => ({ id: `r${index}`, name: text, conditions: { all: [condition] }, event: { type: 'r' }, message: text, source: { grade: 'A', reference: 'label', mark: 'S' } }))) };

    const { fired } = evaluateDecision(toDecisionModel(toDmn(ruleSet).document).model, 'Rule', {}, { at });

    expect(fired.map(({ rows }) => rows.map(({ id }) => id))).toEqual([['rule_r1', 'rule_r5', 'rule_r6']]);
  });
});
