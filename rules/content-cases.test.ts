import { compileRuleSet } from './compile-rule-set.ts';
import { contentCases, contentCasesSchema } from './content-cases.ts';
import { createRuleCaseRunner, runRuleCases } from './rule-case.ts';
import type { RuleSetDocument } from './rule-set.ts';

const name = { 'zh-CN': '规则', en: 'Rule' };
const rule = (id: string, limit: number, level: 'HARD' | 'WARN'): RuleSetDocument['rules'][number] => ({ id, name, level, conditions: { all: [{ fact: 'k', operator: 'greaterThan', value: limit }] }, event: { type: id }, message: name, source: { grade: 'A', reference: 'label', mark: 'S' } });
const document: RuleSetDocument = { format: 'careloop-rules/1', key: 'k', version: '1', name, domain: 'pharmacy', outputs: [], inputs: [{ name: 'k', type: 'number', maxAge: 'PT1H', whenMissing: { policy: 'stop' } }], rules: [rule('high', 5, 'HARD'), rule('raised', 4, 'WARN')] };
const file = { ruleSet: 'k', at: '2026-11-23T08:00:00Z', observedAt: { k: '2026-11-23T07:30:00Z' }, facts: { k: 3 }, cases: [{ rule: 'high', fires: true, facts: { k: 6 } }, { rule: 'high', fires: false, facts: { k: 5 } }, { rule: 'raised', fires: false, facts: {} }] };
const cases = contentCases(file, document, JSON.stringify);

describe('cases that come with content', () => {
  it('are named by rule and number, with all facts, and expect the level of their rule', () => {
    expect(cases.map((each) => [each.name, each.facts, each.changes, each.expected])).toEqual([
      ['high #1', { k: 6 }, { k: 6 }, { ruleId: 'high', fires: true, level: 'HARD' }],
      ['high #2', { k: 5 }, { k: 5 }, { ruleId: 'high', fires: false }],
      ['raised #1', { k: 3 }, {}, { ruleId: 'raised', fires: false }],
    ]);
  });

  it('keep their id as long as they say the same, wherever they stand', () => {
    const moved = contentCases({ ...file, cases: [...file.cases].reverse() }, document, JSON.stringify);

    expect(moved.map(({ id }) => id).sort()).toEqual(cases.map(({ id }) => id).sort());
    expect(contentCases({ ...file, at: '2026-11-23T08:01:00Z' }, document, JSON.stringify)[0]?.id).not.toBe(cases[0]?.id);
  });

  it('pass whatever other rules find, count their ages to their own instant, and try rules', () => {
    const { results, coverage } = runRuleCases(compileRuleSet(document), cases);

    expect(results.map(({ differences }) => differences)).toEqual([[], [], []]);
    expect(coverage.map(({ ruleId, fired, notFired }) => [ruleId, fired, notFired])).toEqual([['high', 1, 2], ['raised', 2, 1]]);
  });

  it('fail when the rule fires or not otherwise, at another level, or cannot be judged', () => {
    const under = (rules: RuleSetDocument['rules'], inputs = document.inputs) => {
      const runner = createRuleCaseRunner(compileRuleSet({ ...document, rules, inputs }));
      return cases.map((each) => runner.run(each).differences);
    };

    expect(under([rule('high', 4.5, 'HARD')])).toEqual([[], [{ kind: 'fired', ruleId: 'high' }], []]);
    expect(under([rule('high', 5, 'WARN')])[0]).toEqual([{ kind: 'level', ruleId: 'high', expected: 'HARD', actual: 'WARN' }]);
    expect(under([rule('raised', 4, 'WARN')])[0]).toEqual([{ kind: 'notFired', ruleId: 'high' }]);
    expect(under([{ ...rule('high', 5, 'HARD'), conditions: { all: [] } }], [])[0]).toMatchObject([{ kind: 'failure', expected: 'HARD' }]);
  });

  it('must say at which instant they are decided', () => {
    const { at: _at, ...timeless } = file;

    expect(contentCasesSchema.safeParse(file).success).toBe(true);
    expect(contentCasesSchema.safeParse(timeless).error?.issues[0]?.path).toEqual(['at']);
    expect(contentCasesSchema.safeParse({ ...file, at: 'now' }).error?.issues[0]?.path).toEqual(['at']);
  });
});
