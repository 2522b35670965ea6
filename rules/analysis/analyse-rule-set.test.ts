import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compileRuleSet, evaluateRuleSet, type Condition, type RuleSetDocument } from '../index.ts';
import { analyseRuleSet } from './analyse-rule-set.ts';

const text = { 'zh-CN': '规则', en: 'Rule' };
type Rule = RuleSetDocument['rules'][number];
const rule = (id: string, all: readonly object[], params: NonNullable<Rule['event']['params']> = {}, more: Partial<Rule> = {}): Rule => ({ id, name: text, conditions: { all: all as Condition[] }, event: { type: id, params }, message: text, source: { grade: 'A', reference: 'label', mark: 'S' }, ...more });
const inputs: RuleSetDocument['inputs'] = [{ name: 'age', type: 'number' }, { name: 'route', type: 'string', allowedValues: ['po', 'iv'] }, { name: 'born', type: 'date' }, { name: 'urgent', type: 'boolean' }];
const document = (hitPolicy: RuleSetDocument['hitPolicy'], rules: Rule[], more: Partial<RuleSetDocument> = {}): RuleSetDocument => ({ format: 'careloop-rules/1', key: 'k', version: '1', name: text, domain: 'pharmacy', inputs, outputs: [{ name: 'dose', type: 'number', allowedValues: [3, 2, 1] }], rules, ...(hitPolicy ? { hitPolicy } : {}), ...more });
const age = (operator: string, value: unknown) => ({ fact: 'age', operator, value });
const route = (operator: string, value: unknown) => ({ fact: 'route', operator, value });
const at = '2026-11-23T08:00:00Z';

describe('analyseRuleSet', () => {
  it('finds a gap with an example that no rule fires for', () => {
    const given = document('unique', [rule('young', [age('lessThan', 18)]), rule('old', [age('greaterThan', 18), route('equal', 'po')])]);

    const { findings, isComplete } = analyseRuleSet(given);

    expect(findings).toEqual([{ kind: 'gap', rules: [], example: { age: 18, route: 'iv' } }, { kind: 'gap', rules: [], example: { age: 19, route: 'iv' } }]);
    expect(isComplete).toBe(true);
    for (const finding of findings) expect(evaluateRuleSet(compileRuleSet(given), 'example' in finding ? finding.example : {}, { at }).findings).toEqual([]);
  });

  it('finds an overlap with an example that both rules fire for', () => {
    const given = document('unique', [rule('a', [age('lessThanInclusive', 18)]), rule('b', [age('greaterThanInclusive', 18)])]);

    expect(analyseRuleSet(given).findings).toEqual([{ kind: 'overlap', rules: ['a', 'b'], example: { age: 18 } }]);
    expect(analyseRuleSet({ ...given, hitPolicy: 'any' }).findings).toEqual([{ kind: 'sameAs', rules: ['a', 'b'] }].slice(1));
    expect(analyseRuleSet(document('any', [rule('a', [age('lessThanInclusive', 18)], { dose: 1 }), rule('b', [age('greaterThanInclusive', 18)], { dose: 2 })])).findings).toMatchObject([{ kind: 'overlap' }]);
  });

  it('finds rules that never hold, that others overrule, and that say the same', () => {
    const never = rule('never', [age('lessThan', 3), age('greaterThan', 5)]);

    expect(analyseRuleSet(document(undefined, [never, rule('between days', [{ fact: 'born', operator: 'greaterThan', value: '2026-01-01' }, { fact: 'born', operator: 'lessThan', value: '2026-01-02' }].map((part) => part), {}, { id: 'days' })])).findings).toEqual([{ kind: 'neverHolds', rules: ['never'] }, { kind: 'neverHolds', rules: ['days'] }]);
    expect(analyseRuleSet(document('first', [rule('low', [age('lessThan', 50)]), rule('high', [age('greaterThanInclusive', 50)]), rule('middle', [age('greaterThan', 40), age('lessThan', 60)])])).findings).toEqual([{ kind: 'unreachable', rules: ['middle'], by: ['low', 'high'] }]);
    expect(analyseRuleSet(document('priority', [rule('weak', [age('lessThan', 50)], { dose: 1 }), rule('strong', [], { dose: 3 })])).findings).toEqual([{ kind: 'unreachable', rules: ['weak'], by: ['strong'] }]);
    expect(analyseRuleSet(document(undefined, [rule('a', [age('lessThan', 50)]), rule('b', [{ not: age('greaterThanInclusive', 50) }])])).findings).toEqual([{ kind: 'sameAs', rules: ['a', 'b'] }]);
  });

  it('says what it did not read, and claims no gap or overlap there', () => {
    const given = document('unique', [rule('feel', [{ fact: 'age', operator: 'satisfies', value: '? > 2 * 9' }]), rule('either', [{ any: [age('lessThan', 3), route('equal', 'po')] }])]);

    expect(analyseRuleSet(given)).toEqual({ errors: [], findings: [], notAnalysed: [{ ruleId: 'feel', because: 'age satisfies' }, { ruleId: 'either', because: 'any' }], isComplete: true });
  });

  it('gives the type errors of a document that cannot be evaluated', () => {
    expect(analyseRuleSet(document('unique', [rule('a', [age('lessThan', '18')])])).errors).toMatchObject([{ code: 'TYPE_MISMATCH', ruleId: 'a' }]);
  });

  const bound = fc.integer({ min: 0, max: 4 });
  const condition = fc.oneof(
    fc.record({ fact: fc.constant('age'), operator: fc.constantFrom('lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive', 'equal', 'notEqual'), value: bound }),
    fc.record({ fact: fc.constant('route'), operator: fc.constantFrom('equal', 'notEqual', 'not:equal'), value: fc.constantFrom('po', 'iv') }),
    fc.record({ any: fc.array(fc.record({ fact: fc.constant('age'), operator: fc.constantFrom('equal', 'greaterThan'), value: bound }), { minLength: 1, maxLength: 2 }) }),
    fc.record({ fact: fc.constant('urgent'), operator: fc.constant('equal'), value: fc.boolean() }),
  );

  it('agrees with the evaluation of every class of facts, over random rule sets', () => {
    fc.assert(fc.property(fc.array(fc.array(condition, { maxLength: 3 }), { minLength: 1, maxLength: 5 }), (rules) => {
      const given = document('first', rules.map((all, index) => rule(`r${index}`, all, { dose: 1 + (index % 3) })));
      const compiled = compileRuleSet({ ...given, hitPolicy: 'collect' });
      const fired = new Map(given.rules.map(({ id }) => [id, 0]));
      const first = new Map(fired);
      let uncoveredFacts = 0;
      for (const value of [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5]) for (const by of ['po', 'iv']) for (const urgent of [true, false]) {
        const found = evaluateRuleSet(compiled, { age: value, route: by, urgent }, { at }).findings.map(({ ruleId }) => ruleId);
        if (found.length === 0) uncoveredFacts += 1;
        for (const id of found) fired.set(id, (fired.get(id) ?? 0) + 1);
        if (found[0] !== undefined) first.set(found[0], (first.get(found[0]) ?? 0) + 1);
      }

      const { findings } = analyseRuleSet(given);

      const named = (kind: string): string[] => findings.filter((finding) => finding.kind === kind).map(({ rules: [id] }) => id ?? '').sort();
      expect(named('neverHolds')).toEqual([...fired].filter(([, count]) => count === 0).map(([id]) => id).sort());
      expect(named('unreachable')).toEqual([...first].filter(([id, count]) => count === 0 && (fired.get(id) ?? 0) > 0).map(([id]) => id).sort());
      expect(findings.some(({ kind }) => kind === 'gap')).toBe(uncoveredFacts > 0);
    }), { numRuns: 200 });
  });

  it('keeps to its budget for a thousand rows of six columns', () => {
    const wide = ['a', 'b', 'c', 'd', 'e', 'f'];
    const rules = Array.from({ length: 1_000 }, (_, index) => rule(`r${index}`, wide.flatMap((fact, place) => {
      const low = (index * (7 + place * 4)) % 97;
      return [{ fact, operator: 'greaterThanInclusive', value: low }, { fact, operator: 'lessThan', value: low + 5 }];
    })));
    const given = document('first', rules, { inputs: wide.map((name) => ({ name, type: 'number' })) });
    analyseRuleSet(given);

    const start = performance.now();
    analyseRuleSet(given);
    const ms = performance.now() - start;

    // Ten times the measured time: the machine may be busy.
    expect(ms).toBeLessThan(2_000);
    if (process.env.CARELOOP_TIMES) process.stdout.write(`analysis of 1,000 rows: ${ms.toFixed(0)} ms\n`);
  });
});
