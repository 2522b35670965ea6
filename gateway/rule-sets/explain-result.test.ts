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
    expect(sentence(facts, 'high')).toEqual(text('规则“血钾过高”触发，因为血钾为 6.8 mmol/L，“大于 5.5 mmol/L”成立。', 'Rule “Potassium too high” fired because potassium was 6.8 mmol/L, which is greater than 5.5 mmol/L.'));
    expect(sentence(facts, 'not-low')?.en).toBe('Rule “Not low” fired because potassium was 6.8 mmol/L, so that “is less than 3.5 mmol/L” does not hold.');
  });

  it('says of a rule that fired what else it read, so that the value is seen for which it fired', () => {
    expect(sentence({ ...facts, groups: ['potassium-supplement'] }, 'supplement')).toEqual(
      text('规则“补钾”触发，因为药物类别为 补钾药，“包含 补钾药”成立。另外血钾为 6.8 mmol/L。', 'Rule “Supplement” fired because drug groups was potassium supplements, which contains potassium supplements. Besides, it read potassium 6.8 mmol/L.'),
    );
  });

  it('says what the condition expected of a rule that did not fire, and what there was, with the reader’s numbers', () => {
    expect(sentence(facts, 'many')).toEqual(text('规则“次数过多”未触发，因为条件要求count大于 12,000，实际为 11,500。', 'Rule “Too many” did not fire because the condition asks that “count is greater than 12,000”, and there was 11,500.'));
    expect(sentence({ ...facts, potassium: 3 }, 'not-low')?.en).toBe('Rule “Not low” did not fire because the condition asks that “potassium is less than 3.5 mmol/L” does not hold, and there was 3 mmol/L.');
  });

  it('writes times as readers do, on the hospital’s clock', () => {
    const told = sentence(facts, 'old');

    expect(told?.['zh-CN']).toContain('实际为 2026-11-23 06:05（UTC+8）');
    expect(told?.en).toContain('there was 23-Nov-2026 06:05 (UTC+8)');
  });

  it('says codes in words, and yes, no and lists in the reader’s way', () => {
    const input = (name: string, type: string) => ({ name, type, whenMissing: { policy: 'person' } }) as RuleSetDocument['inputs'][number];
    const [rule] = document.rules;
    if (!rule) throw new Error('Expected a rule');
    const told = explainResult(
      { ...document, inputs: [input('orderedGroups', 'list'), input('isPregnant', 'boolean')] },
      { level: 'HARD', explanation: [
        { ruleId: 'high', outcome: 'fired', because: { fact: 'orderedGroups', operator: 'contains', expected: 'potassium-supplement', actual: ['potassium-supplement', 'local-x'], holds: true } },
        { ruleId: 'old', outcome: 'notFired', because: { fact: 'isPregnant', operator: 'equal', expected: true, actual: false, holds: false } },
      ] },
    );

    expect(told?.rules.map(({ sentence: each }) => each)).toEqual([
      text('规则“血钾过高”触发，因为医嘱药物类别为 补钾药、代码 local-x，“包含 补钾药”成立。', 'Rule “Potassium too high” fired because groups of the ordered drug was potassium supplements, code local-x, which contains potassium supplements.'),
      text('规则“测量过早”未触发，因为条件要求isPregnant等于 是，实际为 否。', 'Rule “Measured too early” did not fire because the condition asks that “isPregnant equals yes”, and there was no.'),
    ]);
  });

  it('names what is missing, and what that means', () => {
    const told = explain({ measuredAt: facts.measuredAt, groups: [] });

    expect(told?.rules.find(({ ruleId }) => ruleId === 'high')).toMatchObject({ outcome: 'unknown', sentence: { 'zh-CN': '规则“血钾过高”无法判断，因为血钾未提供（条件：大于 5.5 mmol/L）。', en: 'Rule “Potassium too high” could not be judged because potassium is not given (the condition: it is greater than 5.5 mmol/L).' } });
    expect(told?.missing).toEqual([text('血钾未提供，由人判断。', 'Potassium is not given; a person decides.'), text('count未提供，须先补齐。', 'Count is not given; it has to be found out first.')]);
    expect(told?.summary.en).toBe('Cannot be decided, data are missing: of the 5 rules of “Potassium check”, 0 fired, and 2 values are missing.');
  });

  it('gives nothing for a record that is no result', () => {
    expect(explainResult(document, { findings: 'none' })).toBeUndefined();
  });
});
