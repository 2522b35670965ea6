import { checkRuleSet } from '#rules';
import { writableDomains } from '../rule-trial-roles.ts';
import { firstPolicies, newRuleSetDocument, newRuleSetProblem, type NewRuleSet } from './new-rule-set.ts';
import { keyProblem, suggestedKey } from './rule-set-key.ts';

const fresh: NewRuleSet = { key: 'fever-checks', zh: '发热核对', en: 'Fever checks', domain: 'NURSING', hitPolicy: 'collect', input: 'temperature', inputType: 'number' };

describe('a rule set that begins empty', () => {
  it('is a document without findings, with each policy that is offered', () => {
    for (const hitPolicy of firstPolicies) expect(checkRuleSet(newRuleSetDocument({ ...fresh, hitPolicy }))).toEqual([]);
    expect(newRuleSetDocument(fresh)).toMatchObject({ key: 'fever-checks', domain: 'nursing', name: { 'zh-CN': '发热核对', en: 'Fever checks' }, inputs: [{ name: 'temperature', whenMissing: { policy: 'stop' } }], rules: [] });
  });

  it('says what it still lacks, one thing at a time', () => {
    expect(newRuleSetProblem(fresh)).toBeUndefined();
    expect([{ zh: ' ' }, { key: '7' }, { domain: undefined }, { input: '体温' }].map((more) => newRuleSetProblem({ ...fresh, ...more }))).toEqual(['names', 'key', 'domain', 'input']);
  });
});

describe('a key', () => {
  it('has the form that the gateway takes', () => {
    expect(['', '7-rights', 'dose hold', '剂量', 'dose-hold_2.b', 'a'.repeat(129)].map(keyProblem)).toEqual(['missing', 'form', 'form', 'form', undefined, 'form']);
  });

  it('is suggested by a name as far as it has letters', () => {
    expect(['Hold limits (2nd)', '  Fever: checks ', '剂量', '7 rights'].map(suggestedKey)).toEqual(['hold-limits-2nd', 'fever-checks', '', 'rights']);
  });
});

describe('who writes rules', () => {
  it('writes those of the own domain; a process owner those of all', () => {
    expect(writableDomains({ roles: ['pharmacist'] })).toEqual(['PHARMACY']);
    expect(writableDomains({ roles: ['process-owner'] })).toEqual(['PHARMACY', 'NURSING', 'MEDICAL', 'FINANCE']);
    expect(writableDomains({ roles: ['nurse'] })).toEqual([]);
  });
});
