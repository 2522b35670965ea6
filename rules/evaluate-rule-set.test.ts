import { describe, expect, it } from '@jest/globals';
import { compileRuleSet, evaluateRuleSet, type Facts, type MissingReason, type Rule } from './index.ts';
import { at, evaluate, high, potassium, rule, ruleSet, text } from './testing/potassium-rules.ts';

describe('evaluateRuleSet', () => {
  it('reports a rule that fires with its source and the facts it read', () => {
    const result = evaluate(ruleSet([potassium(), { name: 'age', type: 'number' }], [high]), { potassium: 6.8, age: 78 });

    expect(result).toEqual({
      ruleSet: 'orders',
      version: '3',
      level: 'HARD',
      stop: false,
      missing: [],
      findings: [
        {
          kind: 'rule',
          ruleId: 'potassium-high',
          level: 'HARD',
          message: text('potassium-high fired'),
          source: { grade: 'A', reference: 'label', mark: 'S' },
          facts: { potassium: 6.8 },
          event: { type: 'potassium-high' },
        },
      ],
    });
  });

  it.each([
    [['WARN', 'HARD', 'PASS'], 'HARD'],
    [['WARN', 'PHARMACIST'], 'PHARMACIST'],
    [['PHARMACIST', 'UNKNOWN'], 'UNKNOWN'],
    [['PASS'], 'PASS'],
    [[], 'PASS'],
  ] as const)('of %j the level is %s', (levels, expected) => {
    const rules = levels.map((level, index) => rule(`r${index}`, { all: [] }, { level }));

    expect(evaluate(ruleSet([], rules), {}).level).toBe(expected);
  });

  it('orders findings by priority, then as written', () => {
    const rules = [rule('a', { all: [] }), rule('b', { all: [] }, { priority: 9 }), rule('c', { all: [] })];

    expect(evaluate(ruleSet([], rules), {}).findings.map((finding) => finding.ruleId)).toEqual(['b', 'a', 'c']);
  });

  it.each([
    [{ source: { grade: 'C', reference: 'a review', mark: 'G' } }, 'WARN', 'HARD'],
    [{ adviseOnly: true }, 'WARN', 'HARD'],
    [{ source: { grade: 'D', reference: 'custom', mark: 'G' }, signed: { role: 'pharmacy committee', name: 'Li', at } }, 'HARD', undefined],
    [{ source: { grade: 'D', reference: 'custom', mark: 'G' }, level: 'PASS' }, 'PASS', undefined],
  ] as const)('lowers an advise-only rule: %j', (more, level, gradedFrom) => {
    const [finding] = evaluate(ruleSet([], [rule('r', { all: [] }, more as Partial<Rule>)]), {}).findings;

    expect([finding?.level, finding?.gradedFrom]).toEqual([level, gradedFrom]);
  });

  it('says for each rule the first comparison that settled it', () => {
    const document = ruleSet(
      [potassium(), { name: 'drug', type: 'object' }],
      [
        high,
        rule('kcl', { all: [{ fact: 'potassium', operator: 'greaterThan', value: 3 }, { not: { fact: 'drug', path: '$.name', operator: 'equal', value: 'KCl' } }] }),
        rule('either', { any: [{ fact: 'potassium', operator: 'lessThan', value: 1 }, { fact: 'drug', path: '$.dose', operator: 'greaterThan', value: { fact: 'potassium' }, priority: 5 }] }),
      ],
    );

    const { explanation } = evaluate(document, { potassium: 4, drug: { name: 'KCl', dose: 2 } }, { explain: true });

    expect(explanation).toEqual([
      { ruleId: 'potassium-high', outcome: 'notFired', because: { fact: 'potassium', operator: 'greaterThan', expected: 5.5, actual: 4, holds: false } },
      { ruleId: 'kcl', outcome: 'notFired', because: { fact: 'drug', path: '$.name', operator: 'equal', expected: 'KCl', actual: 'KCl', holds: true } },
      { ruleId: 'either', outcome: 'notFired', because: { fact: 'drug', path: '$.dose', operator: 'greaterThan', expected: 4, actual: 2, holds: false } },
    ]);
  });

  it('compares instants written with different offsets', () => {
    const document = ruleSet([{ name: 'given', type: 'dateTime' }, { name: 'due', type: 'dateTime' }], [
      rule('late', { all: [{ fact: 'given', operator: 'greaterThan', value: { fact: 'due' } }, { fact: 'due', operator: 'equal', value: '2026-11-23T08:00:00+08:00' }] }),
    ]);

    expect(evaluate(document, { given: '2026-11-23T08:30:00+08:00', due: '2026-11-23T00:00:00Z' }).level).toBe('HARD');
    expect(evaluate(document, { given: '2026-11-23T07:30:00+08:00', due: '2026-11-23T00:00:00Z' }).level).toBe('PASS');
  });

  it('gives the same compiled object for the same content, and does not follow later edits of it', () => {
    const document = ruleSet([potassium()], [structuredClone(high)]);
    const compiled = compileRuleSet(document);

    expect(compileRuleSet(structuredClone(document))).toBe(compiled);
    document.rules.length = 0;
    expect(evaluateRuleSet(compiled, { potassium: 6 }, { at }).level).toBe('HARD');
    expect(evaluate(document, { potassium: 6 }).level).toBe('PASS');
  });
});

describe('missing data', () => {
  const reasons: [MissingReason, Facts, object][] = [
    ['absent', {}, {}],
    ['null', { potassium: null }, {}],
    ['wrongType', { potassium: '9' }, {}],
    ['tooOld', { potassium: 6 }, { observedAt: { potassium: '2026-11-21T07:59:59Z' } }],
    ['tooOld', { potassium: 6 }, {}],
    ['tooOld', { potassium: 6 }, { observedAt: { potassium: '2027-01-01T00:00:00Z' } }],
  ];

  it.each(reasons)('stops at a required input that is %s: %j %j', (reason, facts, options) => {
    const document = ruleSet([potassium({ required: true, maxAge: 'PT48H', whenMissing: { policy: 'stop' } })], [high]);

    const result = evaluate(document, facts, options);

    expect(result).toMatchObject({ level: 'UNKNOWN', stop: true, missing: [{ fact: 'potassium', reason, policy: 'stop' }] });
    expect(result.findings).toMatchObject([{ kind: 'missing', ruleId: 'missing:potassium', level: 'UNKNOWN', facts: { potassium: null } }]);
  });

  it.each(reasons)('sends a required input that is %s to a person: %j %j', (reason, facts, options) => {
    const document = ruleSet([potassium({ required: true, maxAge: 'PT48H', whenMissing: { policy: 'person' } })], [high]);

    expect(evaluate(document, facts, options)).toMatchObject({ level: 'PHARMACIST', stop: false, missing: [{ reason, policy: 'person' }], findings: [{ event: { type: 'missing', params: { reason } } }] });
  });

  it.each(reasons)('takes the branch of an input that is %s: %j %j', (reason, facts, options) => {
    const document = ruleSet([potassium({ required: true, maxAge: 'PT48H', whenMissing: { policy: 'branch', value: 9 } })], [high]);

    expect(evaluate(document, facts, options)).toMatchObject({ level: 'HARD', missing: [{ reason, policy: 'branch' }], findings: [{ facts: { potassium: 9 } }] });
  });

  it.each(reasons.slice(0, 3))('fails with the name of a required input that is %s when nothing is declared', (reason, facts) => {
    const result = evaluate(ruleSet([potassium({ required: true })], [high]), facts);

    expect(result).toMatchObject({ level: 'UNKNOWN', stop: true, findings: [], failure: { code: 'MISSING_POLICY_UNDECLARED', fact: 'potassium' }, missing: [{ reason }] });
  });

  it('is fresh to the second of its greatest age', () => {
    const document = ruleSet([potassium({ required: true, maxAge: 'PT48H', whenMissing: { policy: 'stop' } })], [high]);

    expect(evaluate(document, { potassium: 6 }, { observedAt: { potassium: '2026-11-21T16:00:00+08:00' } }).level).toBe('HARD');
  });

  it('takes the age from the input that says when it was observed', () => {
    const document = ruleSet([potassium({ required: true, maxAge: 'PT48H', observedAtInput: 'potassiumAt', whenMissing: { policy: 'stop' } }), { name: 'potassiumAt', type: 'dateTime' }], [high]);

    expect(evaluate(document, { potassium: 6, potassiumAt: '2026-11-23T00:00:00Z' }).level).toBe('HARD');
    expect(evaluate(document, { potassium: 6, potassiumAt: '2026-11-20T00:00:00Z' }).level).toBe('UNKNOWN');
    expect(evaluate(document, { potassium: 6 }).level).toBe('UNKNOWN');
  });

  it('still lets another rule block while something is missing', () => {
    const document = ruleSet([potassium({ required: true, whenMissing: { policy: 'stop' } }), { name: 'allergic', type: 'boolean' }], [high, rule('allergy', { all: [{ fact: 'allergic', operator: 'equal', value: true }] })]);

    expect(evaluate(document, { allergic: true })).toMatchObject({ level: 'HARD', stop: true, findings: [{ ruleId: 'allergy' }, { ruleId: 'missing:potassium' }] });
  });

  it('asks for an optional input only when a rule cannot be judged without it', () => {
    const document = ruleSet(
      [potassium({ whenMissing: { policy: 'person' } }), { name: 'drug', type: 'string' }],
      [rule('kcl', { all: [{ fact: 'potassium', operator: 'greaterThan', value: 5 }, { fact: 'drug', operator: 'equal', value: 'KCl' }] })],
    );

    expect(evaluate(document, { drug: 'aspirin' })).toMatchObject({ level: 'PASS', missing: [] });
    expect(evaluate(document, { drug: 'KCl' }, { explain: true })).toMatchObject({
      level: 'PHARMACIST',
      missing: [{ fact: 'potassium', reason: 'absent', policy: 'person' }],
      explanation: [{ outcome: 'unknown', because: { fact: 'potassium', holds: 'unknown' } }],
    });
  });

  it('never takes an unknown for false under not', () => {
    const document = ruleSet([potassium({ whenMissing: { policy: 'stop' } })], [rule('low', { not: { fact: 'potassium', operator: 'greaterThan', value: 5 } })]);

    expect(evaluate(document, {})).toMatchObject({ level: 'UNKNOWN', stop: true });
  });

  it('makes conditions on a branch without a value false', () => {
    const document = ruleSet([potassium({ whenMissing: { policy: 'branch' } })], [high, rule('other', { any: [{ fact: 'potassium', operator: 'notEqual', value: 4 }] })]);

    expect(evaluate(document, {})).toMatchObject({ level: 'PASS', missing: [{ policy: 'branch' }] });
  });

  it('applies the policy of an object to a path in it that is missing, null or not comparable', () => {
    const document = ruleSet([{ name: 'order', type: 'object', required: true, whenMissing: { policy: 'person' } }], [rule('dose', { all: [{ fact: 'order', path: '$.dose', operator: 'greaterThan', value: 3 }] })]);

    const results = [{}, { dose: null }, { dose: '9' }, { dose: 9 }].map((order) => evaluate(document, { order }));

    expect(results.map(({ level, missing }) => [level, missing[0]?.reason, missing[0]?.path])).toEqual([
      ['PHARMACIST', 'absent', '$.dose'],
      ['PHARMACIST', 'null', '$.dose'],
      ['PHARMACIST', 'wrongType', '$.dose'],
      ['HARD', undefined, undefined],
    ]);
  });

  it('can ask whether something is there at all', () => {
    const document = ruleSet([{ name: 'order', type: 'object', required: true }], [rule('open-ended', { all: [{ fact: 'order', path: '$.stopAt', operator: 'equal', value: null }] })]);

    expect([{}, { stopAt: null }, { stopAt: at }].map((order) => evaluate(document, { order }).level)).toEqual(['HARD', 'HARD', 'PASS']);
  });
});
