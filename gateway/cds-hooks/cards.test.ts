import type { Finding } from '../graphql/context.ts';
import { cardOf, mergeMissing } from './cards.ts';

const finding = (fields: Partial<Finding>): Finding => ({ ruleSet: 'interaction', ruleId: 'nsaid-warfarin', version: '1', level: 'PHARMACIST', message: { 'zh-CN': '出血风险', en: 'Risk of bleeding' }, facts: {}, ...fields });

describe('a card', () => {
  it.each([
    ['HARD', 'critical'],
    ['UNKNOWN', 'warning'],
    ['PHARMACIST', 'warning'],
    ['WARN', 'info'],
  ] as const)('of %s is %s', (level, indicator) => {
    expect(cardOf(finding({ level }), 'Ketorolac', ['key'], 'en').card.indicator).toBe(indicator);
  });

  it('says rule, source and facts, in the reader’s language, and lets no foreign text be rendered', () => {
    const { card } = cardOf(finding({ source: 'Label', sourceGrade: 'A', facts: { inr: 2.5, weightKg: null, orderedGroups: ['nsaid', 'newgroup'], measuredAt: '2026-11-22T22:05:00Z', potassium: 6.8 } }), 'Ketorolac <b>10</b> [x](y)', ['key'], 'zh-CN', new Map([['potassium', { type: 'number', unit: 'mmol/L', description: { 'zh-CN': '血清钾', en: 'serum potassium' } }]]));

    expect(card.summary).toBe('出血风险');
    expect(card.detail).toContain('**规则**：interaction 1 / nsaid-warfarin');
    expect(card.detail).toContain('**来源**：Label (等级 A)');
    expect(card.detail).toContain('- INR：2.5');
    expect(card.detail).toContain('- 体重：无数据');
    expect(card.detail).toContain('- 医嘱药物类别：非甾体抗炎药、代码 newgroup');
    expect(card.detail).toContain('- measuredAt：2026-11-23 06:05（UTC\\+8）');
    expect(card.detail).toContain('- 血清钾：6.8 mmol/L');
    expect(card.detail).toContain('Ketorolac \\<b\\>10\\</b\\> \\[x\\]\\(y\\)');
    expect(card.detail).not.toContain('<b>');
  });

  it('has a summary of at most 140 characters', () => {
    const { card } = cardOf(finding({ message: { 'zh-CN': '药'.repeat(300), en: '' } }), 'x', ['key'], 'zh-CN');

    expect([...card.summary]).toHaveLength(140);
    expect(card.detail).toContain('药'.repeat(300));
  });

  it('is the same one for the same question, another for another', () => {
    const uuid = (key: string, ruleId = 'a') => cardOf(finding({ ruleId }), 'x', [key], 'en').card.uuid;

    expect(uuid('one')).toBe(uuid('one'));
    expect(new Set([uuid('one'), uuid('two'), uuid('one', 'b')]).size).toBe(3);
  });
});

it('tells of all missing values at once, by the strictest policy', () => {
  const missing = (fact: string, level: Finding['level']) => finding({ ruleId: `missing:${fact}`, level, facts: { [fact]: null } });
  const merged = mergeMissing([finding({}), missing('weightKg', 'PHARMACIST'), missing('singleDoseMg', 'UNKNOWN')]);

  expect(merged.map(({ ruleId, level, facts }) => ({ ruleId, level, facts }))).toEqual([
    { ruleId: 'nsaid-warfarin', level: 'PHARMACIST', facts: {} },
    { ruleId: 'missing', level: 'UNKNOWN', facts: { weightKg: null, singleDoseMg: null } },
  ]);
  expect(mergeMissing([missing('weightKg', 'PHARMACIST')])).toHaveLength(1);
});
