import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldSet, type GoldCase } from '#gold-set';
import { ruleSetDocumentSchema, type RuleSetDocument } from '#rules';
import { loadRuleLibrary } from '../../gateway/processes/index.ts';
import { createGoldJudge, type GoldJudge } from './judge-gold-case.ts';
import { isFound, scoreGoldSet } from './score-gold-set.ts';

const root = join(import.meta.dirname, '../..');
const loopRules = join(root, 'processes/inpatient-order-loop/rules');
const documents: readonly RuleSetDocument[] = [...readdirSync(loopRules).map((name) => ruleSetDocumentSchema.parse(JSON.parse(readFileSync(join(loopRules, name), 'utf8')))), ...loadRuleLibrary(join(root, 'rules/library'))];
const gold = goldSet();
const { planted, clean } = gold;
let judge: GoldJudge;

beforeAll(() => {
  judge = createGoldJudge(documents);
});

describe('the gold set', () => {
  it('is 300 planted errors and 1,000 clean orders, the same at every call', () => {
    expect([planted.length, clean.length]).toEqual([300, 1_000]);
    expect(goldSet()).toEqual(gold);
    expect(new Set([...planted, ...clean].map(({ id }) => id)).size).toBe(1_300);
    expect(clean.filter(({ expected }) => expected !== undefined)).toEqual([]);
  });

  it('has patients of all ages, weights and kidneys, and clean orders beside several others', () => {
    const years = clean.map(({ patient }) => 2026 - Number(patient.birthDate.slice(0, 4)));

    expect([years.filter((age) => age < 14).length, years.filter((age) => age >= 75).length].every((count) => count >= 40)).toBe(true);
    expect(clean.filter(({ activeOrders }) => activeOrders.length >= 3).length).toBeGreaterThan(300);
  });
});

describe('the shipped rules on the gold set', () => {
  it('find what has to be found and interrupt seldom', () => {
    const score = scoreGoldSet(gold, judge);

    expect(score.misses.filter(({ expected }) => expected.severity === 'HARD')).toEqual([]);
    expect(score.major.percent).toBeGreaterThanOrEqual(95);
    expect(score.interruptions.percent).toBeLessThanOrEqual(5);
    expect(score.isMet).toBe(true);
  });

  it('find each error because of what was planted: without it the same rule set is silent', () => {
    const causes: Readonly<Record<string, (goldCase: GoldCase) => GoldCase>> = {
      allergy: (one) => ({ ...one, allergies: [], patient: { ...one.patient, allergyStatus: 'none-known' }, observations: [...one.observations.filter(({ code }) => code !== 'CL-PENICILLIN-SKIN-TEST'), { code: 'CL-PENICILLIN-SKIN-TEST', value: 0, unit: '1', observedAt: one.at }] }),
      interaction: (one) => ({ ...one, activeOrders: [], endedOrders: [] }),
      duplicate: (one) => ({ ...one, activeOrders: [] }),
      pregnancy: (one) => ({ ...one, patient: { ...one.patient, gender: 'male' }, observations: one.observations.filter(({ code }) => code !== 'CL-PREGNANT' && code !== 'CL-LACTATING') }),
    };
    const stillFound = planted.filter((one) => {
      const without = one.expected ? causes[one.expected.hazard] : undefined;
      return one.expected && without && isFound(one.expected, judge(without(one)));
    });

    expect(stillFound.map(({ id }) => id)).toEqual([]);
  });

  it('miss the target as soon as a rule that blocks is gone', () => {
    const weakened = documents.map((document) => (document.key === 'interaction' ? { ...document, rules: document.rules.filter(({ id }) => id !== 'carbapenem-valproate') } : document));
    const score = scoreGoldSet(gold, createGoldJudge(weakened));

    expect(score.isMet).toBe(false);
    expect(score.misses.map(({ id, level }) => [id, level])).toEqual([['interaction/carbapenem-valproate/1', 'PASS'], ['interaction/carbapenem-valproate/2', 'PASS']]);
  });

  it('are not scored when one of them is not there', () => {
    expect(() => createGoldJudge(documents.filter(({ key }) => key !== 'dose'))).toThrow('Expected a rule set "dose"');
  });
});

describe('what counts as found', () => {
  const expected = { hazard: 'dose', severity: 'HARD', source: 'R-DOSE' } as const;
  const finding = { ruleSet: 'dose', kind: 'rule', ruleId: 'r', level: 'HARD', message: { 'zh-CN': '甲', en: 'a' }, facts: {}, event: { type: 'e' } } as const;

  it('takes a finding of the hazard’s rule set at the level that the source asks', () => {
    expect(isFound(expected, [finding])).toBe(true);
    expect(isFound(expected, [{ ...finding, level: 'PHARMACIST' }])).toBe(false);
    expect(isFound(expected, [{ ...finding, ruleSet: 'allergy' }])).toBe(false);
  });

  it('takes missing data as an answer only where missing data is the error', () => {
    const unknown = { ...finding, kind: 'missing', level: 'PHARMACIST' } as const;

    expect(isFound({ ...expected, severity: 'major' }, [unknown])).toBe(false);
    expect(isFound({ ...expected, severity: 'major', missing: 'person' }, [unknown])).toBe(true);
    expect(isFound({ ...expected, missing: 'stop' }, [unknown])).toBe(false);
    expect(isFound({ ...expected, missing: 'stop' }, [{ ...unknown, level: 'UNKNOWN' }])).toBe(true);
  });
});
