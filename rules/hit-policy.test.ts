import { describe, expect, it } from '@jest/globals';
import { checkRuleSet, compileRuleSet, evaluateRuleSet, type RuleSetDocument } from './index.ts';

const at = '2026-11-23T08:00:00.000Z';
const text = { 'zh-CN': '规则', en: 'Rule' };
type Rule = RuleSetDocument['rules'][number];
type Output = RuleSetDocument['outputs'][number];

const dose: Output = { name: 'dose', type: 'number', unit: 'mg', allowedValues: [500, 250, 100] };
const over = (id: string, limit: number, params: NonNullable<Rule['event']['params']>, more: Partial<Rule> = {}): Rule => ({
  id, name: text, conditions: { all: [{ fact: 'weight', operator: 'greaterThan', value: limit }] }, event: { type: id, params }, message: text, source: { grade: 'A', reference: 'label', mark: 'S' }, ...more,
});
const document = (more: Partial<RuleSetDocument>): RuleSetDocument => ({
  format: 'careloop-rules/1', key: 'dose', version: '1', name: text, domain: 'pharmacy', inputs: [{ name: 'weight', type: 'number' }, { name: 'age', type: 'number', whenMissing: { policy: 'stop' } }], outputs: [dose],
  rules: [over('small', 10, { dose: 100 }), over('large', 50, { dose: 500 }), over('medium', 30, { dose: 250 })], ...more,
});
const decide = (more: Partial<RuleSetDocument>, facts: Record<string, unknown> = { weight: 60 }, options: object = {}) => evaluateRuleSet(compileRuleSet(document(more)), facts, { at, ...options });

describe('hit policies', () => {
  it.each([
    ['first', undefined, { dose: 100 }],
    ['priority', undefined, { dose: 500 }],
    ['ruleOrder', undefined, [{ dose: 100 }, { dose: 500 }, { dose: 250 }]],
    ['collect', undefined, [{ dose: 100 }, { dose: 500 }, { dose: 250 }]],
    ['outputOrder', undefined, [{ dose: 500 }, { dose: 250 }, { dose: 100 }]],
    ['collect', 'sum', { dose: 850 }],
    ['collect', 'count', { dose: 3 }],
    ['collect', 'min', { dose: 100 }],
    ['collect', 'max', { dose: 500 }],
  ] as const)('%s %s gives the outputs %j', (hitPolicy, aggregation, outputs) => {
    expect(decide({ hitPolicy, ...(aggregation ? { aggregation } : {}) })).toMatchObject({ outputs });
  });

  it('reports the rule that first or priority chose and says that the others were overruled', () => {
    const first = decide({ hitPolicy: 'first' }, { weight: 60 }, { explain: true });
    const priority = decide({ hitPolicy: 'priority' }, { weight: 60 }, { explain: true });

    expect([first, priority].map(({ findings }) => findings.map(({ ruleId }) => ruleId))).toEqual([['small'], ['large']]);
    expect(first.explanation?.map(({ outcome }) => outcome)).toEqual(['fired', 'overruled', 'overruled']);
    expect(priority.explanation?.map(({ outcome }) => outcome)).toEqual(['overruled', 'fired', 'overruled']);
  });

  it('fails with both rules when two of a unique rule set fire, or two of an any rule set differ', () => {
    expect(decide({ hitPolicy: 'unique' }, { weight: 40 })).toMatchObject({ level: 'UNKNOWN', stop: true, failure: { code: 'HIT_POLICY_VIOLATED', fact: 'hitPolicy', rules: ['small', 'medium'], message: expect.stringContaining('small, medium') } });
    expect(decide({ hitPolicy: 'any' }, { weight: 40 })).toMatchObject({ failure: { code: 'HIT_POLICY_VIOLATED', rules: ['small', 'medium'] } });
    expect(decide({ hitPolicy: 'unique' }, { weight: 20 })).toMatchObject({ outputs: { dose: 100 } });
    expect(decide({ hitPolicy: 'any', rules: [over('a', 1, { dose: 100 }), over('b', 2, { dose: 100 })] })).toMatchObject({ outputs: { dose: 100 }, findings: [{}, {}] });
  });

  it.each(['unique', 'first', 'priority', 'any'] as const)('gives the defaults when no rule of %s fires', (hitPolicy) => {
    expect(decide({ hitPolicy, outputs: [{ ...dose, default: 100 }] }, { weight: 1 }).outputs).toEqual({ dose: 100 });
    expect(decide({ hitPolicy }, { weight: 1 }).outputs).toBeNull();
  });

  it('gives no outputs while a missing value leaves open which rules fire, and hides no finding', () => {
    const rules = [over('old', 0, { dose: 100 }, { conditions: { all: [{ fact: 'age', operator: 'greaterThan', value: 65 }] } }), over('heavy', 50, { dose: 250 }, { level: 'HARD' })];

    expect(decide({ hitPolicy: 'first', rules })).toMatchObject({ level: 'HARD', stop: true, outputs: null, findings: [{ ruleId: 'heavy' }, { ruleId: 'missing:age' }] });
    expect(decide({ hitPolicy: 'first', rules: rules.toReversed() })).toMatchObject({ stop: false, outputs: { dose: 250 }, findings: [{ ruleId: 'heavy' }] });
  });

  it('works out outputs in FEEL from the facts, and holds them to their type and allowed values', () => {
    const outputs: Output[] = [{ name: 'dose', type: 'number' }, { name: 'until', type: 'date' }];
    const rules = [over('byWeight', 0, { dose: { feel: 'weight * 2' }, until: { feel: 'today() + duration("P2D")' }, note: 'kept' })];

    const result = decide({ hitPolicy: 'unique', outputs, rules }, { weight: 10 });

    expect(result.outputs).toEqual({ dose: 20, until: '2026-11-25' });
    expect(result.findings[0]?.event).toEqual({ type: 'byWeight', params: { dose: 20, until: '2026-11-25', note: 'kept' } });
    expect(decide({ outputs: [{ name: 'dose', type: 'string' }], rules: [over('r', 0, { dose: { feel: 'weight' } })] }).failure).toMatchObject({ code: 'OUTPUT_INVALID', fact: 'dose', rules: ['r'] });
    expect(decide({ rules: [over('r', 0, { dose: { feel: 'weight' } })] }).failure).toMatchObject({ code: 'OUTPUT_INVALID', message: expect.stringContaining('allowed values') });
  });

  it('has no outputs where none are declared, and takes every rule as a finding', () => {
    const result = decide({ outputs: [] });

    expect(result).not.toHaveProperty('outputs');
    expect(result.findings).toHaveLength(3);
  });

  it.each([
    [{ aggregation: 'sum' as const, hitPolicy: 'first' as const }, 'aggregation'],
    [{ aggregation: 'sum' as const, outputs: [{ name: 'dose', type: 'string' as const }] }, 'aggregation'],
    [{ aggregation: 'max' as const, outputs: [dose, { ...dose, name: 'more' }] }, 'aggregation'],
    [{ hitPolicy: 'priority' as const, outputs: [{ name: 'dose', type: 'number' as const }] }, 'hitPolicy'],
    [{ rules: [over('r', 0, { dose: '500' })] }, 'rules.0.event.params.dose'],
    [{ rules: [over('r', 0, { dose: 17 })] }, 'rules.0.event.params.dose'],
    [{ rules: [over('r', 0, { dose: { feel: 'weight *' } })] }, 'rules.0.event.params.dose'],
    [{ rules: [over('r', 0, { dose: { feel: 'height * 2' } })] }, 'rules.0.event.params.dose'],
    [{ outputs: [{ ...dose, default: 3 }] }, 'outputs.0.default'],
    [{ rules: [over('r', 0, {}, { annotations: { reason: 'x' } })] }, 'rules.0.annotations.reason'],
    [{ columns: [{ fact: 'height' }] }, 'columns.0.fact'],
  ])('refuses %j', (more, path) => {
    expect(checkRuleSet(document(more))).toMatchObject([{ path }]);
  });
});

describe('satisfies', () => {
  const inputs: RuleSetDocument['inputs'] = [{ name: 'weight', type: 'number' }, { name: 'height', type: 'number', whenMissing: { policy: 'person' } }, { name: 'born', type: 'date' }, { name: 'order', type: 'object' }];
  const when = (fact: string, value: string, path?: string): Partial<RuleSetDocument> => ({ inputs, outputs: [], rules: [over('r', 0, {}, { level: 'HARD', conditions: { all: [{ fact, operator: 'satisfies', value, ...(path ? { path } : {}) }] } })] });

  it.each([
    [when('weight', '? > 2 * height'), { weight: 5, height: 2 }, 'HARD'],
    [when('weight', '? > 2 * height'), { weight: 4, height: 2 }, 'PASS'],
    [when('weight', '[1..3), > 10'), { weight: 11 }, 'HARD'],
    [when('weight', 'not(1, 2)'), { weight: 2 }, 'PASS'],
    [when('born', '< today() - duration("P18Y")'), { born: '2000-01-01' }, 'HARD'],
    [when('order', '> 3', '$.dose'), { order: { dose: 4 } }, 'HARD'],
    [when('order', 'some item in ?.items satisfies item.dose > 3'), { order: { items: [{ dose: 4 }] } }, 'HARD'],
  ])('%j of %j is %s', (more, facts, level) => {
    expect(decide(more, facts).level).toBe(level);
  });

  it('takes a missing value, also of another fact that it reads, by its policy', () => {
    expect(decide(when('weight', '? > 2 * height'), { weight: 5 })).toMatchObject({ level: 'PHARMACIST', missing: [{ fact: 'height', reason: 'absent', policy: 'person' }] });
    expect(decide(when('height', 'not(5)'), {})).toMatchObject({ level: 'PHARMACIST' });
    for (const tests of ['> "a"', '? > "a"']) expect(decide(when('height', tests), { height: 5 })).toMatchObject({ level: 'PHARMACIST', missing: [{ fact: 'height', reason: 'wrongType' }] });
  });

  it('reports what it read and what it asked', () => {
    const result = decide(when('weight', '? > 2 * height'), { weight: 5, height: 2 }, { explain: true });

    expect(result).toMatchObject({ findings: [{ facts: { weight: 5, height: 2 } }], explanation: [{ because: { operator: 'satisfies', expected: '? > 2 * height', actual: 5, holds: true } }] });
  });

  it('fails where FEEL takes more than its budget', () => {
    expect(decide(when('weight', 'count(for i in 1..100000 return i) > ?'), { weight: 5 }).failure).toMatchObject({ code: 'FEEL_FAILED', fact: 'FEEL_BUDGET' });
  });

  it.each([['? >', 'FEEL_INVALID'], ['> size', 'FACT_UNDECLARED'], [3 as never, 'TYPE_MISMATCH']])('refuses %j', (value, code) => {
    expect(checkRuleSet(document(when('weight', value)))).toMatchObject([{ code, path: 'rules.0.conditions.all.0.value' }]);
  });
});

describe('conditions of json-rules-engine', () => {
  const inputs: RuleSetDocument['inputs'] = [{ name: 'weight', type: 'number' }, { name: 'codes', type: 'list' }, { name: 'order', type: 'object' }];
  const facts = { weight: 5, codes: ['a', 'b'], order: { items: [{ dose: 1 }, { dose: 4 }] } };
  const holds = (condition: Rule['conditions'], more: Partial<RuleSetDocument> = {}) => decide({ inputs, outputs: [], rules: [over('r', 0, {}, { conditions: condition })], ...more }, facts).findings.length === 1;

  it.each([
    [{ fact: 'codes', operator: 'someFact:equal', value: 'b' }, true],
    [{ fact: 'codes', operator: 'everyFact:in', value: ['a', 'b', 'c'] }, true],
    [{ fact: 'codes', operator: 'everyFact:not:equal', value: 'b' }, false],
    [{ fact: 'weight', operator: 'someValue:equal', value: [4, 5] }, true],
    [{ fact: 'weight', operator: 'everyValue:greaterThan', value: [4, 5] }, false],
    [{ fact: 'weight', operator: 'swap:contains', value: [5] }, true],
    [{ fact: 'order', path: '$.items[*].dose', operator: 'everyFact:greaterThan', value: 2 }, false],
    [{ fact: 'order', path: '$..dose', operator: 'contains', value: 4 }, true],
    [{ fact: 'order', path: '$.items[-1:].dose', operator: 'contains', value: 4 }, true],
  ] as const)('%j is %s', (condition, expected) => {
    expect(holds({ all: [condition as never] })).toBe(expected);
  });

  it('follows named conditions, and refuses ones that are not there or refer to themselves', () => {
    const conditions: RuleSetDocument['conditions'] = { heavy: { all: [{ fact: 'weight', operator: 'greaterThan', value: 3 }] }, listed: { any: [{ condition: 'heavy' }] } };

    expect(holds({ condition: 'listed' }, { conditions })).toBe(true);
    expect(holds({ not: { condition: 'listed' } }, { conditions })).toBe(false);
    expect(checkRuleSet(document({ conditions: { a: { all: [{ condition: 'b' }] } } }))).toMatchObject([{ code: 'CONDITION_UNDECLARED', path: 'conditions.a.all.0.condition' }]);
    expect(checkRuleSet(document({ conditions: { a: { not: { condition: 'b' } }, b: { not: { condition: 'a' } } } }))).toMatchObject([{ code: 'CONDITION_CIRCULAR' }, { code: 'CONDITION_CIRCULAR' }]);
  });

  it.each([101, 1_000, 5_000, 100_000])('refuses conditions nested %d deep', (depth) => {
    const deep = JSON.parse(`${'{"not":'.repeat(depth)}{"fact":"weight","operator":"equal","value":1}${'}'.repeat(depth)}`) as Rule['conditions'];
    const given = document({ inputs, rules: [over('r', 0, {}, { conditions: deep })] });

    expect(checkRuleSet(given)).toMatchObject([{ code: 'DOCUMENT_INVALID', path: 'rules' }]);
    expect(() => compileRuleSet(given)).toThrow(expect.objectContaining({ code: 'RULE_SET_INVALID' }));
  });

  it('refuses a long chain of named conditions, and takes one as deep as may be', () => {
    const chain = (length: number): RuleSetDocument => document({ inputs, rules: [over('r', 0, {}, { conditions: { condition: 'c0' } })], conditions: Object.fromEntries(Array.from({ length }, (_, index): [string, Rule['conditions']] => [`c${index}`, { not: index === length - 1 ? { fact: 'weight', operator: 'equal', value: 1 } : { condition: `c${index + 1}` } }])) });

    expect(checkRuleSet(chain(3_000))).toMatchObject([{ code: 'DOCUMENT_INVALID', path: 'rules' }]);
    expect(checkRuleSet(chain(40))).toEqual([]);
  });

  it('refuses named conditions that double without end, and paths with many descents', () => {
    const doubling = Object.fromEntries(Array.from({ length: 40 }, (_, index): [string, Rule['conditions']] => [`c${index}`, { all: index === 39 ? [{ fact: 'weight', operator: 'greaterThan', value: 3 }] : [{ condition: `c${index + 1}` }, { condition: `c${index + 1}` }] }]));

    expect(checkRuleSet(document({ inputs, conditions: doubling, rules: [over('r', 0, {}, { conditions: { condition: 'c0' } })] }))).toMatchObject([{ code: 'DOCUMENT_INVALID', path: 'rules' }]);
    expect(checkRuleSet(document({ inputs, rules: [over('r', 0, {}, { conditions: { all: [{ fact: 'order', path: '$..a..b..c..d', operator: 'equal', value: 1 }] } })] }))).toMatchObject([{ code: 'DOCUMENT_INVALID' }]);
  });
});
