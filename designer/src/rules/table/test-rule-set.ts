import type { RuleSetDocument } from '#rules';

/** A small rule set of dose limits with Chinese texts, for tests of its table. */
export const doseLimits: RuleSetDocument = {
  format: 'careloop-rules/1',
  key: 'dose-limits',
  version: '1',
  name: { 'zh-CN': '剂量上限', en: 'Dose limits' },
  domain: 'pharmacy',
  hitPolicy: 'unique',
  inputs: [
    { name: 'ageYears', type: 'number', unit: 'a', description: { 'zh-CN': '年龄', en: 'Age' } },
    { name: 'route', type: 'string', allowedValues: ['po', 'iv'] },
  ],
  outputs: [{ name: 'maxDose', type: 'number', unit: 'mg', description: { 'zh-CN': '每日上限', en: 'Daily limit' } }],
  rules: [
    { id: 'adult', name: { 'zh-CN': '成人', en: 'Adults' }, level: 'HARD', conditions: { all: [{ fact: 'ageYears', operator: 'greaterThanInclusive', value: 18 }] }, event: { type: 'dose', params: { maxDose: 400 } }, message: { 'zh-CN': '超过每日上限。', en: 'Over the daily limit.' }, source: { grade: 'A', reference: 'Label', mark: 'S' } },
    { id: 'child', name: { 'zh-CN': '儿童', en: 'Children' }, conditions: { all: [{ fact: 'ageYears', operator: 'lessThan', value: 18 }, { any: [{ fact: 'route', operator: 'equal', value: 'po' }, { not: { fact: 'ageYears', operator: 'lessThan', value: 1 } }] }] }, event: { type: 'dose', params: { maxDose: 100 } }, message: { 'zh-CN': '超过儿童上限。', en: 'Over the limit for children.' }, source: { grade: 'B', reference: 'Guideline', mark: 'S' } },
    { id: 'newborn', name: { 'zh-CN': '新生儿', en: 'Newborns' }, conditions: { any: [{ fact: 'ageYears', operator: 'equal', value: 0 }] }, event: { type: 'dose' }, message: { 'zh-CN': '由药师决定。', en: 'A pharmacist decides.' }, source: { grade: 'D', reference: 'General', mark: 'G' } },
  ],
};
