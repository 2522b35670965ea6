import type { Facts, RuleSetDocument } from '#rules';

type Rule = RuleSetDocument['rules'][number];

const inputs: RuleSetDocument['inputs'] = [
  { name: 'drug', type: 'string', required: true },
  { name: 'route', type: 'string', required: true },
  { name: 'dose', type: 'number', unit: 'mg', required: true },
  { name: 'weight', type: 'number', unit: 'kg', required: true, maxAge: 'P30D', whenMissing: { policy: 'person' } },
  { name: 'potassium', type: 'number', unit: 'mmol/L', required: true, maxAge: 'PT48H', whenMissing: { policy: 'stop' } },
  { name: 'creatinineClearance', type: 'number', unit: 'mL/min', required: true, maxAge: 'P7D', whenMissing: { policy: 'person' } },
  { name: 'age', type: 'number', unit: 'a', required: true },
  { name: 'allergies', type: 'list', required: true, whenMissing: { policy: 'stop' } },
  { name: 'order', type: 'object', required: true },
];

/** Facts of one order; the observations are fresh at `at`. */
export const facts: Facts = {
  drug: 'drug-3',
  route: 'oral',
  dose: 450,
  weight: 62,
  potassium: 4.1,
  creatinineClearance: 48,
  age: 78,
  allergies: ['penicillin'],
  order: { frequency: 3, items: [{ code: 'J01CA04' }] },
};
export const observedAt = { weight: '2026-11-22T08:00:00.000Z', potassium: '2026-11-23T06:00:00.000Z', creatinineClearance: '2026-11-21T08:00:00.000Z' };

/** A rule set of the shape of the order checks: four to five comparisons a rule, nesting, lists, paths; few rules fire. */
export function orderCheckRules(count: number): RuleSetDocument {
  const text = { 'zh-CN': '规则', en: 'Rule' };
  return {
    format: 'careloop-rules/1',
    key: `order-check-${count}`,
    version: '1',
    name: text,
    domain: 'pharmacy',
    inputs,
    outputs: [],
    rules: Array.from({ length: count }, (_, index) => ({
      id: `rule-${index}`,
      name: text,
      level: 'PHARMACIST' as const,
      conditions: conditionsOf(index),
      event: { type: `rule-${index}` },
      message: text,
      source: { grade: 'A' as const, reference: 'benchmark', mark: 'G' as const },
      priority: 1 + (index % 10),
    })),
  };
}

function conditionsOf(index: number): Rule['conditions'] {
  const drugs = [`drug-${index % 40}`, `drug-${(index + 7) % 40}`];
  switch (index % 3) {
    case 0:
      return {
        all: [
          { fact: 'drug', operator: 'in', value: drugs },
          { fact: 'route', operator: 'notEqual', value: 'topical' },
          { any: [{ fact: 'creatinineClearance', operator: 'lessThan', value: 30 + (index % 30) }, { fact: 'age', operator: 'greaterThanInclusive', value: 75 }] },
        ],
      };
    case 1:
      return {
        all: [
          { fact: 'allergies', operator: 'contains', value: `class-${index % 20}` },
          { fact: 'order', path: '$.items[0].code', operator: 'in', value: ['J01CA04', 'J01CR02'] },
          { not: { fact: 'dose', operator: 'lessThan', value: 10 * index } },
          { fact: 'order', path: '$.frequency', operator: 'greaterThan', value: 2 },
        ],
      };
    default:
      return {
        any: [
          { all: [{ fact: 'potassium', operator: 'greaterThan', value: 5 + (index % 10) / 10 }, { fact: 'drug', operator: 'equal', value: drugs[0] ?? '' }] },
          { all: [{ fact: 'weight', operator: 'lessThan', value: 40 }, { fact: 'dose', operator: 'greaterThan', value: 100 + index }] },
        ],
      };
  }
}
