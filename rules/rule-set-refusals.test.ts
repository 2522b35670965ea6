import { describe, expect, it } from '@jest/globals';
import { checkRuleSet, compilePublishedRuleSet, compileRuleSet, evaluateRuleSet, type RuleSetDocument } from './index.ts';
import { evaluate, high, potassium, rule, ruleSet } from './testing/potassium-rules.ts';

describe('refusals', () => {
  it('fails on a fact that no input declares', () => {
    expect(evaluate(ruleSet([potassium()], [high]), { potasium: 6 })).toMatchObject({ level: 'UNKNOWN', stop: true, failure: { code: 'FACT_UNDECLARED', fact: 'potasium' } });
  });

  it('fails without an instant of the decision', () => {
    expect(evaluate(ruleSet([], []), {}, { at: 'yesterday' })).toMatchObject({ failure: { code: 'INSTANT_INVALID' } });
  });

  const condition = (comparison: object) => [rule('r', { all: [comparison as never] })];
  const inputs: RuleSetDocument['inputs'] = [potassium(), { name: 'drug', type: 'string' }, { name: 'order', type: 'object' }, { name: 'codes', type: 'list' }, { name: 'due', type: 'dateTime' }, { name: 'born', type: 'date' }];

  it.each([
    [{ fact: 'weight', operator: 'equal', value: 1 }, 'FACT_UNDECLARED', 'rules.0.conditions.all.0.fact'],
    [{ fact: 'potassium', operator: 'equal', value: { fact: 'weight' } }, 'FACT_UNDECLARED', 'rules.0.conditions.all.0.value.fact'],
    [{ fact: 'potassium', operator: 'greaterThan', value: '9' }, 'TYPE_MISMATCH', 'rules.0.conditions.all.0.value'],
    [{ fact: 'potassium', operator: 'greaterThan', value: null }, 'TYPE_MISMATCH', 'rules.0.conditions.all.0.value'],
    [{ fact: 'drug', operator: 'lessThan', value: 'b' }, 'TYPE_MISMATCH', 'rules.0.conditions.all.0.value'],
    [{ fact: 'drug', operator: 'in', value: 'aspirin' }, 'TYPE_MISMATCH', 'rules.0.conditions.all.0.value'],
    [{ fact: 'drug', operator: 'in', value: ['aspirin', 3] }, 'TYPE_MISMATCH', 'rules.0.conditions.all.0.value'],
    [{ fact: 'drug', operator: 'contains', value: 'a' }, 'TYPE_MISMATCH', 'rules.0.conditions.all.0.value'],
    [{ fact: 'codes', operator: 'equal', value: 'a' }, 'TYPE_MISMATCH', 'rules.0.conditions.all.0.value'],
    [{ fact: 'due', operator: 'lessThan', value: '2026-01-01' }, 'TYPE_MISMATCH', 'rules.0.conditions.all.0.value'],
    [{ fact: 'born', operator: 'lessThan', value: '2026-02-30' }, 'TYPE_MISMATCH', 'rules.0.conditions.all.0.value'],
    [{ fact: 'due', operator: 'equal', value: { fact: 'born' } }, 'TYPE_MISMATCH', 'rules.0.conditions.all.0.value'],
    [{ fact: 'potassium', path: '$.value', operator: 'equal', value: 1 }, 'PATH_ON_SCALAR', 'rules.0.conditions.all.0.path'],
  ])('refuses %j', (comparison, code, path) => {
    const document = ruleSet(inputs, condition(comparison));

    expect(checkRuleSet(document)).toEqual([expect.objectContaining({ code, path, ruleId: 'r', message: expect.stringMatching(/^Expected /) })]);
    expect(() => compileRuleSet(document)).toThrow(expect.objectContaining({ code: 'RULE_SET_INVALID' }));
  });

  it.each(['$.__proto__', '$.constructor', '$.a.prototype.b', "$['__proto__']", '$..constructor', '$..', '$.a[?(@.b)]', '$.a[(@.length-1)]', '$.a^', '$.a~', '$.a@number()', 'a.b', '$a', '$.a[-1]', '$.a[0,]'])('refuses the path %s', (path) => {
    const document = ruleSet(inputs, condition({ fact: 'order', path, operator: 'equal', value: 1 }));

    expect(checkRuleSet(document)[0]?.code).toBe('DOCUMENT_INVALID');
  });

  it.each([
    { fact: '__proto__', operator: 'equal', value: 1 },
    { fact: 'constructor', operator: 'equal', value: 1 },
    { fact: 'potassium', operator: 'matches', value: 'x' },
    { any: [] },
    { fact: 'potassium', operator: 'someFact:matches', value: 'x' },
    { fact: 'potassium', operator: 'not:satisfies', value: '> 3' },
    { fact: 'potassium', operator: 'equal', value: 1, extra: true },
  ])('refuses the condition %j', (comparison) => {
    expect(checkRuleSet(ruleSet(inputs, condition(comparison)))[0]?.code).toBe('DOCUMENT_INVALID');
  });

  it('checks a document again that was compiled as published', () => {
    const document = ruleSet([potassium()], condition({ fact: 'potassium', operator: 'in', value: 3 }));

    compilePublishedRuleSet(document);

    expect(() => compileRuleSet(document)).toThrow(expect.objectContaining({ code: 'RULE_SET_INVALID' }));
  });

  it('reads no property that facts only inherit', () => {
    const order = Object.create({ dose: 9 }) as object;
    const document = ruleSet([{ name: 'order', type: 'object', whenMissing: { policy: 'stop' } }], [rule('dose', { all: [{ fact: 'order', path: '$.dose', operator: 'greaterThan', value: 3 }] })]);

    expect(evaluate(document, { order })).toMatchObject({ level: 'UNKNOWN' });
    expect(evaluate(document, Object.create({ order: { dose: 9 } }) as Record<string, unknown>)).toMatchObject({ level: 'UNKNOWN' });
  });

  it('refuses two rules or inputs of one name, a branch of another type, and an age without a policy', () => {
    expect(checkRuleSet(ruleSet([potassium(), potassium()], [])).length).toBe(1);
    expect(checkRuleSet(ruleSet([potassium()], [high, high])).length).toBe(1);
    expect(checkRuleSet(ruleSet([potassium({ whenMissing: { policy: 'branch', value: 'x' } })], []))[0]?.code).toBe('BRANCH_VALUE_INVALID');
    expect(checkRuleSet(ruleSet([potassium({ maxAge: 'P1D' })], []))[0]?.message).toContain('whenMissing');
  });
});

describe('facts that are no JSON', () => {
  const walking = compileRuleSet({
    format: 'careloop-rules/1', key: 'walking', version: '1', name: { 'zh-CN': '遍历', en: 'walking' }, domain: 'pharmacy', outputs: [],
    inputs: [{ name: 'orders', type: 'object', whenMissing: { policy: 'stop' } }],
    rules: [{ id: 'found', name: { 'zh-CN': '有', en: 'found' }, level: 'WARN', conditions: { all: [{ fact: 'orders', path: '$..dose', operator: 'contains', value: 1 }] }, event: { type: 'found' }, message: { 'zh-CN': '有', en: 'found' }, source: { grade: 'A', reference: 'label', mark: 'S' } }],
  } as RuleSetDocument);
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  const secret = () => {
    throw new Error('the patient is Wang');
  };

  it.each<[string, unknown]>([
    ['refers to itself', { orders: cycle }],
    ['is 10,000 levels deep', { orders: JSON.parse(`${'{"x":'.repeat(10_000)}1${'}'.repeat(10_000)}`) }],
    ['throws inside when it is read', { orders: { get dose() { return secret(); } } }],
    ['throws when it is read', { get orders() { return secret(); } }],
  ])('fail with the name of the one that %s, and nothing of what it throws', (_what, facts) => {
    const result = evaluateRuleSet(walking, facts as never, { at: '2026-11-23T08:00:00Z' });

    expect(result).toMatchObject({ level: 'UNKNOWN', stop: true, failure: { code: 'FACT_UNREADABLE', fact: 'orders' } });
    expect(JSON.stringify(result)).not.toContain('Wang');
  });
});
