import { compileRuleSet, evaluateRuleSet, type RuleSetDocument } from '#rules';
import { explainResult } from './explain-result.ts';

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const source = { grade: 'A', reference: 'label', mark: 'S' } as const;
const when = (condition: object) => ({ all: [condition] }) as RuleSetDocument['rules'][number]['conditions'];
const document: RuleSetDocument = {
  format: 'careloop-rules/1', key: 'potassium', version: '1', name: text('血钾核对', 'Potassium check'), domain: 'pharmacy', outputs: [],
  inputs: [
    { name: 'potassium', type: 'number', unit: 'mmol/L', whenMissing: { policy: 'person' }, description: text('血钾', 'potassium') },
    { name: 'measuredAt', type: 'dateTime', whenMissing: { policy: 'person' }, description: text('测量时间', 'time of measurement') },
    { name: 'count', type: 'number', whenMissing: { policy: 'stop' } },
    { name: 'groups', type: 'list', whenMissing: { policy: 'branch', value: [] }, description: text('药物类别', 'drug groups') },
  ],
  rules: [
    { id: 'high', name: text('血钾过高', 'Potassium too high'), level: 'HARD', conditions: when({ fact: 'potassium', operator: 'greaterThan', value: 5.5 }), event: { type: 'high' }, message: text('高', 'high'), source },
    { id: 'old', name: text('测量过早', 'Measured too early'), level: 'WARN', conditions: when({ fact: 'measuredAt', operator: 'lessThan', value: '2026-11-01T00:00:00Z' }), event: { type: 'old' }, message: text('早', 'early'), source },
    { id: 'many', name: text('次数过多', 'Too many'), level: 'HARD', conditions: when({ fact: 'count', operator: 'greaterThan', value: 12000 }), event: { type: 'many' }, message: text('多', 'many'), source },
    { id: 'not-low', name: text('不低', 'Not low'), level: 'WARN', conditions: { not: { fact: 'potassium', operator: 'lessThan', value: 3.5 } }, event: { type: 'notLow' }, message: text('不低', 'not low'), source },
    { id: 'supplement', name: text('补钾', 'Supplement'), level: 'HARD', conditions: { all: [{ fact: 'groups', operator: 'contains', value: 'potassium-supplement' }, { fact: 'potassium', operator: 'greaterThan', value: 5.5 }] }, event: { type: 'supplement' }, message: text('补钾', 'supplement'), source },
  ],
};
const explain = (facts: Record<string, unknown>) => explainResult(document, evaluateRuleSet(compileRuleSet(document), facts, { at: '2026-11-23T08:00:00.000Z', explain: true }));
const sentence = (facts: Record<string, unknown>, id: string) => explain(facts)?.rules.find(({ ruleId }) => ruleId === id)?.sentence;
const facts = { potassium: 6.8, measuredAt: '2026-11-22T22:05:00.000Z', count: 11500 };

describe('a decision in words', () => {
  it('says why a rule fired', () => {
    expect(sentence(facts, 'high')).toEqual(text('规则“血钾过高”触发，因为血钾为 6.8 mmol/L，符合“大于5.5 mmol/L”。', 'Rule “Potassium too high” fired because potassium was 6.8 mmol/L, which is greater than 5.5 mmol/L.'));
    expect(sentence(facts, 'not-low')?.en).toBe('Rule “Not low” fired because potassium was 6.8 mmol/L, which is not “less than 3.5 mmol/L”.');
  });

  it('says of a rule that fired what else it read, so that the value is seen for which it fired', () => {
    expect(sentence({ ...facts, groups: ['potassium-supplement'] }, 'supplement')).toEqual(
      text('规则“补钾”触发，因为药物类别包含“potassium-supplement”。另外血钾为 6.8 mmol/L。', 'Rule “Supplement” fired because drug groups contained “potassium-supplement”. Besides, it read potassium 6.8 mmol/L.'),
    );
    expect(sentence({ ...facts, groups: ['statin'] }, 'supplement')?.en).toBe('Rule “Supplement” did not fire because the condition expected drug groups to contain “potassium-supplement”, and there was “statin”.');
  });

  it('says what the condition expected of a rule that did not fire, and what there was, with the reader’s numbers', () => {
    expect(sentence(facts, 'many')).toEqual(text('规则“次数过多”未触发，因为条件要求count大于12,000，实际为 11,500。', 'Rule “Too many” did not fire because the condition expected count to be greater than 12,000, and there was 11,500.'));
    expect(sentence({ ...facts, potassium: 3 }, 'not-low')?.en).toBe('Rule “Not low” did not fire because the condition expected potassium not to be less than 3.5 mmol/L, and there was 3 mmol/L.');
  });

  it('writes times as readers do, on the hospital’s clock', () => {
    const told = sentence(facts, 'old');

    expect(told?.['zh-CN']).toContain('实际为 2026年11月23日 06:05');
    expect(told?.en).toMatch(/there was Nov 23, 2026, 6:05\sAM/);
  });

  it('names what is missing, and what that means', () => {
    const told = explain({ measuredAt: facts.measuredAt, groups: [] });

    expect(told?.rules.find(({ ruleId }) => ruleId === 'high')).toMatchObject({ outcome: 'unknown', sentence: { 'zh-CN': '规则“血钾过高”无法判断，因为血钾未提供（条件：大于5.5 mmol/L）。', en: 'Rule “Potassium too high” could not be judged because potassium is not given (the condition expects greater than 5.5 mmol/L).' } });
    expect(told?.missing).toEqual([text('血钾未提供，由人判断。', 'Potassium is not given; a person decides.'), text('count未提供，须先补齐。', 'Count is not given; it has to be found out first.')]);
    expect(told?.summary.en).toBe('Cannot be decided, data are missing: of the 5 rules of “Potassium check”, 0 fired, and 2 values are missing.');
  });

  it('gives nothing for a record that is no result', () => {
    expect(explainResult(document, { findings: 'none' })).toBeUndefined();
  });
});
