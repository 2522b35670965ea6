import type { EntryChange, FieldChange } from '../model.ts';
import { documentLines, entryLines, ruleSentence } from './change-lines.ts';
import { conditionWords, inputsOf } from './condition-words.ts';
import { testWords } from './test-words.ts';

const [chinese, english] = [testWords('zh-CN'), testWords('en')];
const potassium = (limit: number) => ({ all: [{ any: [{ fact: 'orderedGroups', operator: 'contains', value: 'potassium-supplement' }, { fact: 'onDialysis', operator: 'equal', value: true }] }, { fact: 'k', operator: 'greaterThan', value: limit }] });
const rule = (limit: number, more: object = {}) => ({ id: 'high', name: { 'zh-CN': '高钾', en: 'High' }, level: 'HARD', conditions: potassium(limit), message: { 'zh-CN': '暂停', en: 'Hold' }, ...more });
const document = (...rules: readonly object[]) => ({
  inputs: [
    { name: 'orderedGroups', type: 'list', description: { 'zh-CN': '药物类别', en: 'groups' } },
    { name: 'onDialysis', type: 'boolean', description: { 'zh-CN': '透析', en: 'dialysis' } },
    { name: 'k', type: 'number', unit: 'mmol/L', description: { 'zh-CN': '血钾', en: 'potassium' } },
  ],
  rules,
});
const inputs = inputsOf(document());
const change = (fields: readonly FieldChange[]): EntryChange => ({ id: 'high', kind: 'CHANGED', name: null, fromIndex: 0, toIndex: 0, fields });

describe('a condition in words', () => {
  it('names facts, compares with units, and puts inner groups in brackets', () => {
    expect(conditionWords(potassium(5.5), inputs, chinese)).toBe('（药物类别 包含 补钾药 或 透析 = 是） 且 血钾 > 5.5 mmol/L');
    expect(conditionWords(potassium(5.5), inputs, english)).toBe('(groups contains potassium supplements or dialysis = yes) and potassium > 5.5 mmol/L');
  });

  it('says not, named conditions, other facts, decorators, paths and FEEL', () => {
    const condition = { all: [{ not: { condition: 'adult' } }, { fact: 'k', operator: 'everyFact:lessThanInclusive', value: { fact: 'limit', path: '$.upper' } }, { fact: 'k', path: '$.last', operator: 'satisfies', value: '[3.5..5.5]' }] };

    expect(conditionWords(condition, inputs, chinese)).toBe('非（条件“adult”成立） 且 血钾 其中每项 ≤ limit（upper） 且 血钾（last） 符合 [3.5..5.5]');
  });

  it('takes what is half written as it stands', () => {
    expect([undefined, { all: [] }, { any: [{ fact: 'k' }] }].map((condition) => conditionWords(condition, inputs, english))).toEqual(['(an unfinished condition)', 'always', '(an unfinished condition)']);
  });
});

describe('a changed rule in words', () => {
  it('says which limit changed, from what to what, with its unit', () => {
    const fields = [{ path: 'conditions.all.1.value', before: 5.5, after: 5.2 }];

    expect(entryLines('rules', change(fields), { before: document(rule(5.5)), after: document(rule(5.2)) }, chinese)).toEqual([{ label: '血钾 >', before: '5.5 mmol/L', after: '5.2 mmol/L' }]);
  });

  it('says so too when the table has written the parts in another order, and that an order alone decides nothing', () => {
    const [first, second] = potassium(5.2).all;
    const turned = rule(5.2, { conditions: { all: [second, first] } });
    const fields = [{ path: 'conditions.all.0.fact', before: null, after: 'k' }, { path: 'conditions.all.1.any', before: null, after: [] }];

    expect(entryLines('rules', change(fields), { before: document(rule(5.5)), after: document(turned) }, chinese)).toEqual([{ label: '血钾 >', before: '5.5 mmol/L', after: '5.2 mmol/L' }]);
    expect(entryLines('rules', change(fields), { before: document(rule(5.2)), after: document(turned) }, english)).toEqual([{ label: 'Order of the parts of the condition (decides nothing)' }]);
  });

  it('shows both whole conditions, once, when more than a limit changed', () => {
    const after = { all: [{ fact: 'k', operator: 'greaterThanInclusive', value: 5.2 }] };
    const fields = [{ path: 'conditions.all.0.any', before: [], after: null }, { path: 'conditions.all.0.fact', before: null, after: 'k' }, { path: 'conditions.all.1', before: {}, after: null }];

    expect(entryLines('rules', change(fields), { before: document(rule(5.5)), after: document(rule(5.2, { conditions: after })) }, chinese)).toEqual([
      { label: '条件', before: '（药物类别 包含 补钾药 或 透析 = 是） 且 血钾 > 5.5 mmol/L', after: '血钾 ≥ 5.2 mmol/L' },
    ]);
  });

  it('says who had signed, level and texts in their language', () => {
    const signed = { role: 'pharmacist', name: 'A', at: '2026-11-01T00:00:00Z' };
    const fields = [{ path: 'signed.role', before: 'pharmacist', after: null }, { path: 'signed.name', before: 'A', after: null }, { path: 'level', before: 'HARD', after: 'WARN' }, { path: 'message.en', before: 'Hold', after: 'Wait' }, { path: 'event.params.dose', before: null, after: 3 }];

    expect(entryLines('rules', change(fields), { before: document(rule(5.5, { signed })), after: document(rule(5.5, { level: 'WARN' })) }, english)).toEqual([
      { label: 'Level', before: 'blocked', after: 'warning' },
      { label: 'Message (English)', before: 'Hold', after: 'Wait' },
      { label: 'Output dose', after: '3' },
      { label: 'Signature', before: 'pharmacist · A · 01-Nov-2026 08:00' },
    ]);
  });

  it('is a sentence when it was added or removed', () => {
    expect(ruleSentence(rule(5.5), document(), english)).toBe('(groups contains potassium supplements or dialysis = yes) and potassium > 5.5 mmol/L → blocked: Hold');
  });
});

describe('what differs elsewhere', () => {
  it('is an input’s unit and what a missing value means', () => {
    const [before, after] = [{ inputs: [{ name: 'k', whenMissing: { policy: 'stop' } }] }, { inputs: [{ name: 'k', unit: 'meq/L', whenMissing: { policy: 'branch', value: 4 } }] }];
    const fields = [{ path: 'unit', before: null, after: 'meq/L' }, { path: 'whenMissing.policy', before: 'stop', after: 'branch' }, { path: 'whenMissing.value', before: null, after: 4 }];

    expect(entryLines('inputs', { ...change(fields), id: 'k' }, { before, after }, chinese)).toEqual([{ label: '单位', after: 'meq/L' }, { label: '缺失时', before: '停下', after: '按指定值 (4)' }]);
  });

  it('is the name, the hit policy or a named condition of the document', () => {
    const [before, after] = [{ ...document(), conditions: { adult: { all: [{ fact: 'k', operator: 'lessThan', value: 1 }] } } }, { ...document(), conditions: { adult: { all: [{ fact: 'k', operator: 'lessThan', value: 2 }] } } }];
    const fields = [{ path: 'name.zh-CN', before: '甲', after: '乙' }, { path: 'hitPolicy', before: null, after: 'first' }, { path: 'conditions.adult.all.0.value', before: 1, after: 2 }];

    expect(documentLines(fields, { before, after }, chinese)).toEqual([
      { label: '名称（中文）', before: '甲', after: '乙' },
      { label: '命中方式', after: '取第一行' },
      { label: '条件“adult”', before: '血钾 < 1 mmol/L', after: '血钾 < 2 mmol/L' },
    ]);
  });
});
