import * as fc from 'fast-check';
import { checkRuleSet, type Condition, type Rule, type RuleSetDocument } from '../index.ts';

const text = { 'zh-CN': '规则', en: 'Rule' };

/** Inputs of every type, some with names that mean something to FEEL. */
const inputs: RuleSetDocument['inputs'] = [
  { name: 'weight', type: 'number', unit: 'kg' }, { name: 'height', type: 'number' }, { name: 'drug', type: 'string' }, { name: 'allergic', type: 'boolean' },
  { name: 'born', type: 'date' }, { name: 'due', type: 'dateTime' }, { name: 'codes', type: 'list' }, { name: 'order', type: 'object' }, { name: 'date', type: 'any' }, { name: 'list', type: 'any' }, { name: 'if', type: 'number' },
];
const outputs: RuleSetDocument['outputs'] = [{ name: 'dose', type: 'number', unit: 'mg' }, { name: 'until', type: 'date' }, { name: 'route', type: 'string', allowedValues: ['po', 'iv'] }, { name: 'more', type: 'any' }];

const rule = (id: string, conditions: Rule['conditions'], more: Partial<Rule> = {}): Rule => ({ id, name: text, conditions, event: { type: id }, message: text, source: { grade: 'A', reference: 'label', mark: 'S' }, ...more });
const document = (rules: Rule[], more: Partial<RuleSetDocument> = {}): RuleSetDocument => ({ format: 'careloop-rules/1', key: 'k', version: '1', name: text, domain: 'pharmacy', inputs, outputs, rules, ...more });
const number = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constantFrom(0.1, 1e21, 1e-9, 2.5));
const string = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('a', '-', '"', '\\u0041', '\n', '阿司匹林', '2026-01-01', 'null', '❤'));
const date = fc.constantFrom('2026-01-01', '1999-12-31');
const instant = fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T08:00:00.000+08:00');
const scalars = { number, string, boolean: fc.boolean(), date, dateTime: instant } as const;
const facts = { number: ['weight', 'height', 'if'], string: ['drug'], boolean: ['allergic'], date: ['born'], dateTime: ['due'] } as const;
const orderings = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'] as const;
const scalar = fc.oneof(number, string, fc.boolean(), fc.constant(null));
const decoration = { priority: fc.integer({ min: 1, max: 3 }), name: fc.constant('n'), params: fc.constant({ p: 1 }) };

const typed = fc.constantFrom<keyof typeof scalars>('number', 'number', 'string', 'boolean', 'date', 'dateTime').chain((type) => {
  const value = scalars[type] as fc.Arbitrary<string | number | boolean>;
  const operators = type === 'string' || type === 'boolean' ? ['equal', 'notEqual'] : ['equal', 'notEqual', ...orderings];
  const isOrdered = operators.length > 2;
  return fc.oneof(
    fc.record({ fact: fc.constantFrom(...facts[type]), operator: fc.constantFrom(...operators), value: fc.oneof(value, fc.constantFrom(...facts[type]).map((fact) => ({ fact }))) }),
    fc.record({ fact: fc.constantFrom(...facts[type]), operator: fc.constantFrom('in', 'notIn'), value: fc.oneof(fc.array(value, { maxLength: 3 }), fc.constant({ fact: 'codes' })) }),
    fc.record({ fact: fc.constantFrom(...facts[type]), operator: fc.constantFrom('equal', 'notEqual'), value: fc.constant(null) }),
    fc.record({ fact: fc.constant('order'), path: fc.constantFrom('$.dose', '$.items[0].dose', '$.and', '$.date'), operator: fc.constantFrom(...(isOrdered ? operators : ['equal', 'notEqual'])), value }),
  );
});
const other = fc.oneof(
  fc.record({ fact: fc.constant('codes'), operator: fc.constantFrom('contains', 'doesNotContain'), value: fc.oneof(scalar, fc.constantFrom({ fact: 'drug' }, { fact: 'order', path: '$.items[2].code' })) }),
  fc.record({ fact: fc.constantFrom('date', 'list'), operator: fc.constantFrom('equal', 'in', 'satisfies'), value: fc.constantFrom<unknown>(['a'], [], 'x', '> 3') }).filter(({ operator, value }) => (operator === 'in' ? Array.isArray(value) : operator === 'satisfies' ? value === '> 3' : !Array.isArray(value))),
  fc.record({ fact: fc.constant('weight'), operator: fc.constant('satisfies'), value: fc.constantFrom('? > 2 * height', '> 5', ' > 5', '< 3, > 9', '-', 'not(< 3)') }),
  fc.record({ fact: fc.constant('drug'), operator: fc.constant('satisfies'), value: fc.constantFrom('not(> 5)', 'not("a")') }),
  fc.record({ fact: fc.constant('codes'), operator: fc.constantFrom('someFact:equal', 'everyFact:not:equal'), value: string }),
  fc.record({ fact: fc.constant('order'), path: fc.constantFrom('$..dose', '$.items[*].dose', '$'), operator: fc.constant('contains'), value: number }),
);
const comparison = fc.tuple(fc.oneof({ weight: 3, arbitrary: typed }, { weight: 1, arbitrary: other }), fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.record(decoration, { requiredKeys: [] }) })).map(([base, more]) => ({ ...base, ...more }) as Condition);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'table' },
    { weight: 6, arbitrary: comparison },
    { weight: 1, arbitrary: fc.record({ all: fc.array(tie('condition'), { maxLength: 3, depthIdentifier: 'table' }) }) as fc.Arbitrary<Condition> },
    { weight: 1, arbitrary: fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3, depthIdentifier: 'table' }) }) as fc.Arbitrary<Condition> },
    { weight: 1, arbitrary: fc.record({ not: tie('condition') }) as fc.Arbitrary<Condition> },
    { weight: 1, arbitrary: fc.constant({ condition: 'heavy' }) },
  ),
}));
const root = fc.oneof({ weight: 6, arbitrary: fc.array(condition, { maxLength: 6 }).map((all) => ({ all })) }, { weight: 1, arbitrary: fc.array(condition, { minLength: 1, maxLength: 3 }).map((any) => ({ any })) }, { weight: 1, arbitrary: condition.map((not) => ({ not, name: 'x' })) }, { weight: 1, arbitrary: fc.constant({ condition: 'heavy' }) }) as fc.Arbitrary<Rule['conditions']>;
/** Documents are read without members called `__proto__`. */
const parameter = fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
const params = fc.option(fc.record({ dose: fc.oneof(number, fc.constant(null), fc.constantFrom({ feel: 'weight * 2' }, { feel: '5' })), until: fc.oneof(date, fc.constant({ feel: 'born' })), route: fc.constantFrom('po', 'iv'), more: parameter, hint: string }, { requiredKeys: [] }), { nil: undefined });
const anyRule = fc.tuple(root, params, fc.record({ level: fc.constantFrom('HARD', 'WARN'), priority: fc.integer({ min: 1, max: 3 }), adviseOnly: fc.boolean(), annotations: fc.record({ why: string, note: string }, { requiredKeys: [] }) }, { requiredKeys: [] }));
/** Rule set documents with every kind of condition and output; few of them are refused by the schema. */
export const documentArbitrary = fc.tuple(fc.array(anyRule, { maxLength: 4 }), fc.option(fc.uniqueArray(fc.constantFrom('drug', 'codes', 'weight'), { maxLength: 3 }), { nil: undefined })).map(([rules, columns]) =>
  // As stored: JSON has no minus zero.
  JSON.parse(JSON.stringify(document(
    rules.map(([conditions, given, more], index) => rule(`r${index}`, conditions, { ...more, event: { type: `r${index}`, ...(given ? { params: given } : {}) } } as Partial<Rule>)),
    { annotations: ['why', 'note'], conditions: { heavy: { all: [{ fact: 'weight', operator: 'greaterThan', value: 90 }] } }, ...(columns ? { columns: columns.map((fact) => ({ fact })) } : {}) },
  ))) as RuleSetDocument,
);

const options = fc.record({ hitPolicy: fc.constantFrom('unique', 'first', 'priority', 'any', 'collect', 'ruleOrder', 'outputOrder') }, { requiredKeys: [] }) as fc.Arbitrary<Partial<RuleSetDocument>>;
const withoutOutputs = fc.record({ hitPolicy: fc.constantFrom('unique', 'first', 'any', 'collect', 'ruleOrder'), outputs: fc.constant([]) }, { requiredKeys: ['outputs'] }) as fc.Arbitrary<Partial<RuleSetDocument>>;

/** Rule sets that can be evaluated, with every hit policy. */
export const ruleSetArbitrary = fc.tuple(documentArbitrary, fc.oneof(options, withoutOutputs)).map(([given, more]) => ({ ...given, ...more })).filter((given) => checkRuleSet(given).length === 0);

const items = fc.array(fc.record({ dose: number, code: string }), { minLength: 3, maxLength: 3 });

/** Facts for these rule sets, all of them there and of their types. */
export const factsArbitrary = fc.record({
  weight: number, height: number, if: number, drug: string, allergic: fc.boolean(), born: date, due: instant, codes: fc.array(scalar, { maxLength: 4 }),
  order: fc.record({ dose: fc.oneof(number, string, date, instant, fc.boolean()), and: fc.oneof(number, string, date), date: fc.oneof(date, instant, number), items }),
  date: fc.oneof(number, string), list: fc.oneof(number, string),
}).map((facts) => JSON.parse(JSON.stringify(facts)) as Record<string, unknown>);
