import { compileRuleSet, selectFacts, type RuleSetDocument } from './index.ts';

const text = { 'zh-CN': '名称', en: 'name' };
const ruleSet: RuleSetDocument = {
  format: 'careloop-rules/1', key: 'k', version: '1', name: text, domain: 'pharmacy', outputs: [],
  inputs: [{ name: 'weightKg', type: 'number', required: true, whenMissing: { policy: 'stop' } }],
  rules: [{ id: 'light', name: text, level: 'WARN', conditions: { all: [{ fact: 'weightKg', operator: 'lessThan', value: 40 }] }, event: { type: 'light' }, message: text, source: { grade: 'B', reference: 'test', mark: 'G' } }],
};

describe('selectFacts', () => {
  const compiled = compileRuleSet(ruleSet);

  it('passes named facts as they are, undeclared ones too', () => {
    expect(selectFacts(compiled, { weightKg: 60, wieghtKg: 61 })).toEqual({ facts: { weightKg: 60, wieghtKg: 61 } });
  });

  it('takes the declared inputs and their ages out of one gathered object', () => {
    const observedAt = { weightKg: '2026-01-01T00:00:00.000Z' };

    const selected = selectFacts(compiled, { facts: { weightKg: 60, potassium: 4, observedAt } });

    expect(selected).toEqual({ facts: { weightKg: 60 }, observedAt });
  });

  it('takes nothing from the prototype of the gathered object', () => {
    expect(selectFacts(compiled, { facts: Object.create({ weightKg: 60 }) as object })).toEqual({ facts: {} });
  });
});
