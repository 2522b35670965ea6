import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkForReview, checkRuleSet, type RuleSetDocument } from '../index.ts';
import { isUcumUnit, nearestUcumUnit, ucumProblem } from './index.ts';

const valid = ['1', '%', 'mg', 'mmol/L', 'mmol/l', 'umol/L', '10*9/L', '10^12/L', '10*-3', 'mm[Hg]', 'cm[H2O]', '/min', '/uL', 'mL/min/{1.73_m2}', 'mL/min/1.73.m2', '{score}', '[pH]', 'kg/m2', 'kg.m/s2', 'm[IU]/mL', 'k[IU]/L', 'mg/kg/d', 'ug/kg/min', 'meq/L', 'mosm/kg', 'Cel', '[degF]', "[arb'U]/mL", '[CFU]/mL', 'mg/(24.h)', 'mg{creat}', 'g%', 'a', 'mo', 'wk', 'dB', "'", "''", '[in_i]', '[lb_av]', 'MBq', 'cal_IT', '4.[pi].10*-7.N/A2', 'L/(min.m2)', 'daPa', 'ng/mL{FEU}', 'kat', '(/min)'.slice(1, -1)];
const invalid = ['', 'mmol/Lx', 'µg', '毫克', 'mg 每天', 'mg/', '//min', 'mg..kg', 'mg/kg)', '(mg', 'mmHg', 'IU', 'mg{a', 'mg}', '10*9L', 'kmin', 'm[ph]', 'h/d2x', '01', '%%', 'kk', 'm[H', 'm2m', 'mg{a}{b}'];

describe('units of UCUM', () => {
  it('are its grammar over its symbols, in the right case', () => {
    expect(valid.filter((code) => !isUcumUnit(code))).toEqual([]);
    expect(invalid.filter((code) => isUcumUnit(code))).toEqual([]);
  });

  it('are what the rule sets of this product declare', () => {
    const folders = ['rules/library', 'processes'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)));
    const documents = folders.filter((path) => path.endsWith('.json')).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Partial<RuleSetDocument>).filter(({ format }) => format === 'careloop-rules/1');
    const units = documents.flatMap(({ inputs = [], outputs = [] }) => [...inputs, ...outputs].flatMap(({ unit }) => unit ?? []));

    expect(units.length).toBeGreaterThan(50);
    expect([...new Set(units)].filter((unit) => !isUcumUnit(unit))).toEqual([]);
  });

  it('are named where a text is near to one', () => {
    const near = Object.fromEntries(['mMol/L', 'MMOL/L', 'mmol/Ll', 'mmol / L',  'µg/ml', '毫克', '毫克每千克', 'mmHg', 'MMHG', 'IU/L', 'IU/ml', '℃', '°C', 'bpm', '次/分', 'x10^9/L', '10^9/L', '×10⁹/L', 'mcg', 'hours', '岁', 'kg/m²', 'mmo/L', 'mg per day', 'ug/kg/Min'].map((text) => [text, nearestUcumUnit(text)]));

    expect(near).toEqual({ 'mMol/L': 'mmol/L', 'MMOL/L': 'mmol/L', 'mmol/Ll': 'mmol/L', 'mmol / L': 'mmol/L', 'µg/ml': 'ug/ml', 毫克: 'mg', 毫克每千克: 'mg/kg', mmHg: 'mm[Hg]', MMHG: 'mm[Hg]', 'IU/L': '[IU]/L', 'IU/ml': '[IU]/mL', '℃': 'Cel', '°C': 'Cel', bpm: '/min', '次/分': '{count}/min', 'x10^9/L': '10^9/L', '10^9/L': '10^9/L', '×10⁹/L': '10*9/L', mcg: 'ug', hours: 'h', 岁: 'a', 'kg/m²': 'kg/m2', 'mmo/L': 'mmol/L', 'mg per day': 'mg/d', 'ug/kg/Min': 'ug/kg/min' });
    expect([nearestUcumUnit('片'), nearestUcumUnit('qwertz'), nearestUcumUnit(' ')]).toEqual([undefined, undefined, undefined]);
  });

  it('have the litre as L, which nobody reads as a one', () => {
    expect(['mmol/l', 'ml', 'mL/min', 'dal', 'cal', 'mmol', 'lm', 'ml{l}/l', 'l'].map((code) => [code, ucumProblem(code)?.nearest])).toEqual([['mmol/l', 'mmol/L'], ['ml', 'mL'], ['mL/min', undefined], ['dal', 'daL'], ['cal', undefined], ['mmol', undefined], ['lm', undefined], ['ml{l}/l', 'mL{l}/L'], ['l', 'L']]);
    expect([ucumProblem('mg'), ucumProblem('mmHg'), ucumProblem('片')]).toEqual([undefined, { nearest: 'mm[Hg]' }, {}]);
  });

  it('keep a draft with another unit from being reviewed, but not a published rule set from judging', () => {
    const document = { format: 'careloop-rules/1', key: 'k', version: '1', name: { 'zh-CN': '规则', en: 'Rules' }, domain: 'pharmacy', inputs: [{ name: 'pressure', type: 'number', unit: 'mmHg' }, { name: 'weight', type: 'number', unit: 'kg' }], outputs: [{ name: 'dose', type: 'number', unit: '片' }], rules: [] };

    expect(checkForReview(document)).toEqual([
      { code: 'UNIT_INVALID', message: 'Expected a unit of UCUM for pressure such as mm[Hg], but it is none', path: 'inputs.0.unit' },
      { code: 'UNIT_INVALID', message: 'Expected a unit of UCUM for dose, but it is none', path: 'outputs.0.unit' },
    ]);
    expect(checkRuleSet(document)).toEqual([]);
    expect(checkForReview({ ...document, domain: 'x' })).toMatchObject([{ code: 'DOCUMENT_INVALID' }]);
  });
});
