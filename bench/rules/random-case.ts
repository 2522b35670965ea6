import * as fc from 'fast-check';
import type { Condition, Facts, RuleSetDocument } from '#rules';

type Kind = 'number' | 'string' | 'boolean' | 'date' | 'dateTime' | 'list';
type Operand = { readonly fact: string; readonly path?: string };

/** A rule set and facts that fit its inputs. */
export interface RandomCase {
  readonly document: RuleSetDocument;
  readonly facts: readonly Facts[];
}

const scalars = {
  number: fc.constantFrom(-1, 0, 1, 2.5, 3, 9, 10, 1_000),
  string: fc.constantFrom('', '9', '10', 'aspirin', 'warfarin', '阿司匹林'),
  boolean: fc.boolean(),
  date: fc.constantFrom('2025-12-31', '2026-01-01', '2026-10-02'),
  dateTime: fc.constantFrom('2025-12-31T23:59:59.999Z', '2026-01-01T00:00:00.000Z', '2026-10-02T08:00:00.000Z'),
} as const;
const scalar = fc.oneof(scalars.number, scalars.string, scalars.boolean, fc.constant(null));
const list = fc.array(scalar, { maxLength: 5 });
const item = fc.record({ dose: scalars.number, drug: scalars.string });

const inputs: RuleSetDocument['inputs'] = [
  { name: 'potassium', type: 'number' },
  { name: 'age', type: 'number' },
  { name: 'drug', type: 'string' },
  { name: 'route', type: 'string' },
  { name: 'allergic', type: 'boolean' },
  { name: 'born', type: 'date' },
  { name: 'due', type: 'dateTime' },
  { name: 'given', type: 'dateTime' },
  { name: 'codes', type: 'list' },
  { name: 'order', type: 'object' },
];

const facts: fc.Arbitrary<Facts> = fc.record({
  potassium: scalars.number,
  age: scalars.number,
  drug: scalars.string,
  route: scalars.string,
  allergic: scalars.boolean,
  born: scalars.date,
  due: scalars.dateTime,
  given: scalars.dateTime,
  codes: list,
  order: fc.record({ dose: scalars.number, drug: scalars.string, urgent: scalars.boolean, from: scalars.date, codes: list, items: fc.tuple(item, item) }),
});

const operands: Readonly<Record<Kind, readonly Operand[]>> = {
  number: [{ fact: 'potassium' }, { fact: 'age' }, { fact: 'order', path: '$.dose' }, { fact: 'order', path: '$.items[1].dose' }, { fact: 'codes', path: '$.length' }],
  string: [{ fact: 'drug' }, { fact: 'route' }, { fact: 'order', path: '$.drug' }, { fact: 'order', path: '$.items[0].drug' }],
  boolean: [{ fact: 'allergic' }, { fact: 'order', path: '$.urgent' }],
  date: [{ fact: 'born' }, { fact: 'order', path: '$.from' }],
  dateTime: [{ fact: 'due' }, { fact: 'given' }],
  list: [{ fact: 'codes' }, { fact: 'order', path: '$.codes' }],
};

const operandOf = (kind: Kind): fc.Arbitrary<Operand> => fc.constantFrom(...operands[kind]);
const priority = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });

const scalarComparison = fc.constantFrom<Exclude<Kind, 'list'>>('number', 'number', 'string', 'boolean', 'date', 'dateTime').chain((kind) => {
  const value = scalars[kind] as fc.Arbitrary<number | string | boolean>;
  const ordering = kind === 'number' || kind === 'date' || kind === 'dateTime';
  const binary = fc.record({
    operator: fc.constantFrom('equal', 'notEqual', ...(ordering ? (['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'] as const) : [])),
    value: fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: operandOf(kind) }),
  });
  const membership = fc.record({
    operator: fc.constantFrom('in', 'notIn'),
    value: fc.oneof(fc.array(value, { maxLength: 4 }), operandOf('list')),
  });
  return fc.tuple(operandOf(kind), fc.oneof({ weight: 3, arbitrary: binary }, { weight: 1, arbitrary: membership }));
});
const listComparison = fc.tuple(
  operandOf('list'),
  fc.record({ operator: fc.constantFrom('contains', 'doesNotContain'), value: fc.oneof(scalar, operandOf('number'), operandOf('string')) }),
);
const comparison = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: scalarComparison }, { weight: 1, arbitrary: listComparison }), priority)
  // The parts fit by construction; the compiler cannot follow that through the generators.
  .map(([[operand, rest], weight]) => ({ ...operand, ...rest, ...(weight === undefined ? {} : { priority: weight }) }) as Condition);

const { group } = fc.letrec<{ condition: Condition; group: Condition }>((tie) => ({
  condition: fc.oneof({ maxDepth: 4, depthIdentifier: 'condition' }, { weight: 3, arbitrary: comparison }, { weight: 2, arbitrary: tie('group') }),
  group: fc
    .tuple(
      fc.oneof(
        fc.record({ all: fc.array(tie('condition'), { maxLength: 4, depthIdentifier: 'condition' }) }),
        fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 4, depthIdentifier: 'condition' }) }),
        fc.record({ not: tie('condition') }),
      ),
      priority,
    )
    .map(([parts, weight]): Condition => (weight === undefined ? parts : { ...parts, priority: weight })),
}));

const text = { 'zh-CN': '规则', en: 'Rule' };

/** Rule sets with every operator, nesting, paths, facts as values and priorities, each with `factSets` sets of fitting facts. */
export function randomCase(factSets: number): fc.Arbitrary<RandomCase> {
  const rules = fc.array(fc.tuple(group, fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined })), { minLength: 1, maxLength: 6 });
  return fc.tuple(rules, fc.array(facts, { minLength: factSets, maxLength: factSets })).map(([conditions, sets]) => ({
    facts: sets,
    document: {
      format: 'careloop-rules/1',
      key: 'random',
      version: '1',
      name: text,
      domain: 'pharmacy',
      inputs,
      outputs: [],
      rules: conditions.map(([root, weight], index) => ({
        id: `r${index}`,
        name: text,
        conditions: root as RuleSetDocument['rules'][number]['conditions'],
        event: { type: `r${index}` },
        message: text,
        source: { grade: 'A', reference: 'random', mark: 'G' },
        ...(weight === undefined ? {} : { priority: weight }),
      })),
    },
  }));
}
