import { compileRuleSet } from './compile-rule-set.ts';
import { runRuleCases, type RuleCase } from './rule-case.ts';
import type { RuleSetDocument } from './rule-set.ts';

const text = (en: string) => ({ 'zh-CN': en, en });
const document: RuleSetDocument = {
  format: 'careloop-rules/1', key: 'set', version: '1', name: text('set'), domain: 'pharmacy',
  inputs: [{ name: 'potassium', type: 'number', maxAge: 'P1D', whenMissing: { policy: 'stop' } }, { name: 'sodium', type: 'number' }],
  outputs: [{ name: 'hold', type: 'boolean' }],
  rules: [
    { id: 'high', name: text('high'), level: 'HARD', conditions: { all: [{ fact: 'potassium', operator: 'greaterThan', value: 5.5 }] }, event: { type: 'high', params: { hold: true } }, message: text('high'), source: { grade: 'A', reference: 'label', mark: 'S' } },
    { id: 'salty', name: text('salty'), level: 'WARN', conditions: { all: [{ fact: 'sodium', operator: 'greaterThan', value: 150 }] }, event: { type: 'salty', params: { hold: false } }, message: text('salty'), source: { grade: 'A', reference: 'label', mark: 'S' } },
  ],
};
const at = '2020-03-02T08:00:00.000Z';
const one = (id: string, facts: RuleCase['facts'], expected: RuleCase['expected'], observedAt: RuleCase['observedAt'] = { potassium: '2020-03-02T07:00:00Z' }): RuleCase => ({ id, name: id, facts, observedAt, at, expected });
const run = (...cases: readonly RuleCase[]) => runRuleCases(compileRuleSet(document), cases);

describe('saved cases', () => {
  it('pass when level, findings and outputs are as expected', () => {
    const { results } = run(one('high', { potassium: 6, sodium: 140 }, { level: 'HARD', ruleIds: ['high'], outputs: [{ hold: true }] }), one('quiet', { potassium: 4, sodium: 140 }, { level: 'PASS', ruleIds: [] }));

    expect(results.map(({ differences }) => differences)).toEqual([[], []]);
  });

  it('say what came out otherwise', () => {
    const { results } = run(one('high', { potassium: 6, sodium: 160 }, { level: 'WARN', ruleIds: ['salty', 'gone'], outputs: [{ hold: false }] }));

    expect(results[0]).toMatchObject({
      level: 'HARD',
      differences: [{ kind: 'level', expected: 'WARN', actual: 'HARD' }, { kind: 'notFired', ruleId: 'gone' }, { kind: 'fired', ruleId: 'high' }, { kind: 'outputs', expected: [{ hold: false }], actual: [{ hold: true }, { hold: false }] }],
    });
  });

  it('count ages to the instant of the case, not to now', () => {
    const { results } = run(one('old', { potassium: 6, sodium: 140 }, { level: 'UNKNOWN', ruleIds: ['missing:potassium'] }, { potassium: '2020-02-29T07:00:00Z' }));

    expect(results[0]?.differences).toEqual([]);
  });

  it('fail with code and fact when they cannot be judged', () => {
    const { results } = run(one('misspelt', { potasium: 6 }, { level: 'HARD', ruleIds: ['high'] }));

    expect(results[0]?.differences).toEqual([{ kind: 'failure', expected: 'HARD', actual: 'FACT_UNDECLARED potasium' }]);
  });

  it('name both rules of a unique rule set that fire', () => {
    const [high] = document.rules;
    const twice = compileRuleSet({ ...document, hitPolicy: 'unique', rules: [{ ...high, id: 'first' }, { ...high, id: 'second' }] } as RuleSetDocument);

    expect(runRuleCases(twice, [one('two', { potassium: 6, sodium: 140 }, { level: 'HARD', ruleIds: ['first'] })]).results[0]?.differences).toEqual([{ kind: 'failure', expected: 'HARD', actual: 'HIT_POLICY_VIOLATED hitPolicy first second' }]);
  });

  it('count for each rule the cases in which it fired and did not, and neither where it is unknown', () => {
    const { coverage } = run(
      one('high', { potassium: 6, sodium: 140 }, { level: 'HARD', ruleIds: ['high'] }),
      one('quiet', { potassium: 4, sodium: 140 }, { level: 'PASS', ruleIds: [] }),
      one('missing', { sodium: 140 }, { level: 'UNKNOWN', ruleIds: ['missing:potassium'] }),
    );

    expect(coverage).toEqual([{ ruleId: 'high', name: text('high'), fired: 1, notFired: 1 }, { ruleId: 'salty', name: text('salty'), fired: 0, notFired: 3 }]);
  });
});
