import { codeWord, factName, operatorWords, valueWords } from './fact-words.ts';
import { readerOf } from './reader.ts';

const [zh, en] = [readerOf('zh-CN', 'Asia/Shanghai'), readerOf('en', 'Asia/Shanghai')];

describe('codes in words', () => {
  const word = (name: string, value: string | number): string => codeWord(name, value, zh);

  it('are those of drugs, routes and frequencies', () => {
    expect(['nsaid', 'antiplatelet'].map((code) => word('groups', code))).toEqual(['非甾体抗炎药', '抗血小板药']);
    expect([word('ingredient', 'aspirin'), word('route', 'PO'), word('orderedRoute', 'IV'), word('frequency', 'qd'), word('priority', 'stat')]).toEqual(['阿司匹林', '口服', '静脉', '每日 1 次', '立即']);
  });

  it('are those of rule sets, failed checks and ways out', () => {
    expect([word('ruleSet', 'allergy'), word('checkCode', 'WRONG_DRUG'), word('resolution', 'skip')]).toEqual(['过敏核对', '药品不匹配', '跳过']);
  });

  it('leave what has no words as it stands', () => {
    expect([word('orderId', 'STORY-2'), word('route', 'XYZ'), word('doses', 3)]).toEqual(['STORY-2', 'XYZ', '3']);
  });
});

describe('a value in words', () => {
  it.each([
    [null, '无数据', 'no data'],
    [true, '是', 'yes'],
    [[], '空列表', 'an empty list'],
    ['potassium-supplement', '补钾药', 'potassium supplements'],
    [['aspirin', 'unheard-of'], '阿司匹林、代码 unheard-of', 'aspirin, code unheard-of'],
    ['自由文本 free', '“自由文本 free”', '“自由文本 free”'],
    ['2026-11-22T22:05:00.000Z', '2026-11-23 06:05（UTC+8）', '23-Nov-2026 06:05 (UTC+8)'],
    ['2026-11-22', '2026-11-22', '22-Nov-2026'],
    [{ a: 1 }, '一组数据', 'a group of values'],
    [{ fact: 'weightKg' }, '体重', 'weight'],
  ])('of %j is %s, %s', (value, inChinese, inEnglish) => {
    expect([valueWords(value, 'orderedGroups', undefined, zh), valueWords(value, 'orderedGroups', undefined, en)]).toEqual([inChinese, inEnglish]);
  });

  it('has the unit in its usual print form', () => {
    expect([valueWords(12_000.5, 'x', { unit: '/min' }, zh), valueWords(90, 'x', { unit: 'mm[Hg]' }, en), valueWords(3, 'x', { unit: '1' }, en), valueWords(1, 'x', { unit: 'meq/L' }, en)]).toEqual(['12,000.5 次/分', '90 mmHg', '3', '1 meq/L']);
  });

  it('says how many more a long list has', () => {
    const twelve = Array.from({ length: 12 }, (_none, index) => index);

    expect(valueWords(twelve, 'x', undefined, zh)).toMatch(/、9 等 12 项$/);
    expect(valueWords(twelve, 'x', undefined, en)).toMatch(/, 9 and 2 more$/);
  });
});

it('names a fact by its description, then by its name, with the place in it', () => {
  expect([factName('weightKg', undefined, undefined, en), factName('weightKg', '$.last', { description: { 'zh-CN': '当前体重', en: 'weight now' } }, zh), factName('notKnown', '$', { description: null }, en)]).toEqual(['weight', '当前体重（last）', 'notKnown']);
});

it('says operators and what stands before them', () => {
  expect([operatorWords('greaterThan', zh), operatorWords('someFact:contains', en), operatorWords('own', en)]).toEqual(['大于', 'some item contains', 'own']);
});

it('cuts texts that are longer than a sentence', () => {
  expect(valueWords('很'.repeat(201), 'note', undefined, zh)).toBe(`“${'很'.repeat(200)}…”`);
  expect(valueWords('x'.repeat(200), 'note', undefined, en)).toBe(`code ${'x'.repeat(200)}`);
});
