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
const numbers = fc.array(scalars.number, { minLength: 1, maxLength: 4 });
const texts = fc.array(scalars.string, { minLength: 1, maxLength: 4 });

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
  { name: 'levels', type: 'list' },
  { name: 'names', type: 'list' },
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
  levels: numbers,
  names: texts,
  order: fc.record({ dose: scalars.number, drug: scalars.string, urgent: scalars.boolean, from: scalars.date, codes: list, limits: numbers, items: fc.array(item, { minLength: 2, maxLength: 4 }), site: fc.record({ 'ward no': scalars.number }) }),
});

/** Places of one value; paths lead through names, indexes and quoted names. */
const operands: Readonly<Record<Kind, readonly Operand[]>> = {
  number: [{ fact: 'potassium' }, { fact: 'age' }, { fact: 'order', path: '$.dose' }, { fact: 'order', path: '$.items[1].dose' }, { fact: 'codes', path: '$.length' }, { fact: 'levels', path: '$[0]' }, { fact: 'order', path: '$["site"]["ward no"]' }],
  string: [{ fact: 'drug' }, { fact: 'route' }, { fact: 'order', path: '$.drug' }, { fact: 'order', path: "$['items'][0].drug" }],
  boolean: [{ fact: 'allergic' }, { fact: 'order', path: '$.urgent' }, { fact: 'order', path: '$..urgent' }],
  date: [{ fact: 'born' }, { fact: 'order', path: '$.from' }],
  dateTime: [{ fact: 'due' }, { fact: 'given' }],
  list: [{ fact: 'codes' }, { fact: 'order', path: '$.codes' }],
};
/** Places of many values of one type; paths lead through `*`, `..`, slices and lists of indexes. */
const lists: Readonly<Record<'number' | 'string', readonly Operand[]>> = {
  number: [
    { fact: 'levels' }, { fact: 'levels', path: '$[*]' }, { fact: 'levels', path: '$[-1:]' }, { fact: 'order', path: '$.limits' }, { fact: 'order', path: '$.items[*].dose' }, { fact: 'order', path: '$..dose' },
    { fact: 'order', path: '$.items[0,1].dose' }, { fact: 'order', path: '$.items[1:].dose' }, { fact: 'order', path: '$.items[-2:-1].dose' }, { fact: 'order', path: '$.items[0:4:2].dose' }, { fact: 'order', path: '$.site.*' }, { fact: 'order', path: '$.items.*["dose"]' },
  ],
  string: [{ fact: 'names' }, { fact: 'names', path: '$[0:2]' }, { fact: 'order', path: '$..drug' }, { fact: 'order', path: '$.items[*].drug' }, { fact: 'order', path: '$.items[1,0].drug' }, { fact: 'order', path: '$.items..drug' }],
};

const operandOf = (kind: Kind): fc.Arbitrary<Operand> => fc.constantFrom(...operands[kind]);
const anyList = fc.constantFrom(...operands.list, ...lists.number, ...lists.string);
const priority = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });
const orderings = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'] as const;

const scalarComparison = fc.constantFrom<Exclude<Kind, 'list'>>('number', 'number', 'string', 'boolean', 'date', 'dateTime').chain((kind) => {
  const value = scalars[kind] as fc.Arbitrary<number | string | boolean>;
  const ordering = kind === 'number' || kind === 'date' || kind === 'dateTime';
  const binary = fc.record({
    operator: fc.constantFrom('equal', 'notEqual', ...(ordering ? orderings : [])),
    value: fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: operandOf(kind) }),
  });
  const membership = fc.record({
    operator: fc.constantFrom('in', 'notIn'),
    value: fc.oneof(fc.array(value, { maxLength: 4 }), anyList),
  });
  return fc.tuple(operandOf(kind), fc.oneof({ weight: 3, arbitrary: binary }, { weight: 1, arbitrary: membership }));
});
const listComparison = fc.tuple(
  anyList,
  fc.record({ operator: fc.constantFrom('contains', 'doesNotContain'), value: fc.oneof(scalar, operandOf('number'), operandOf('string')) }),
);

/** Every decorator, alone and one after another, over sides of the shapes that it wants. */
const decoratedComparison = fc.constantFrom<'number' | 'string'>('number', 'string').chain((kind) => {
  const value = scalars[kind] as fc.Arbitrary<number | string>;
  const one = operandOf(kind);
  const many = fc.constantFrom(...lists[kind]);
  const values = fc.array(value, { maxLength: 4 });
  const plain = fc.constantFrom('equal', 'notEqual', ...(kind === 'number' ? orderings : []));
  const over = (...names: readonly string[]): fc.Arbitrary<string> => fc.tuple(fc.constantFrom('', 'not:'), fc.constantFrom(...names), fc.constantFrom('', 'not:')).map((parts) => parts.join(''));
  const compare = (left: fc.Arbitrary<Operand>, operator: fc.Arbitrary<string>, right: fc.Arbitrary<unknown>) => fc.tuple(left, fc.record({ operator, value: right }));
  const named = (decorators: fc.Arbitrary<string>, base: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.tuple(decorators, base).map((parts) => parts.join(''));
  return fc.oneof(
    compare(many, named(over('someFact:', 'everyFact:', 'someFact:swap:', 'everyFact:not:swap:'), plain), fc.oneof(value, one)),
    compare(many, named(over('someFact:', 'everyFact:'), fc.constantFrom('in', 'notIn', 'swap:contains', 'someValue:equal', 'everyValue:notEqual')), fc.oneof(values, many)),
    compare(one, named(over('someValue:', 'everyValue:', 'swap:someFact:', 'swap:everyFact:'), plain), fc.oneof(values, many)),
    compare(one, named(fc.constantFrom('not:', 'swap:', 'not:swap:', 'swap:not:', 'not:not:'), plain), fc.oneof(value, one)),
    compare(one, fc.constantFrom('not:in', 'not:notIn', 'swap:contains', 'swap:doesNotContain', 'not:swap:contains'), fc.oneof(values, many)),
    compare(many, fc.constantFrom('not:contains', 'not:doesNotContain', 'swap:in', 'swap:notIn', 'not:swap:in'), fc.oneof(value, one)),
  );
});

const comparison = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: scalarComparison }, { weight: 1, arbitrary: listComparison }, { weight: 2, arbitrary: decoratedComparison }), priority)
  // The parts fit by construction; the compiler cannot follow that through the generators.
  .map(([[operand, rest], weight]) => ({ ...operand, ...rest, ...(weight === undefined ? {} : { priority: weight }) }) as Condition);

/** Groups whose parts may also be conditions of these names. */
function groupsWith(names: readonly string[]): fc.Arbitrary<Condition> {
  const weighted = (arbitrary: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> => fc.tuple(arbitrary, priority).map(([parts, weight]) => (weight === undefined ? parts : { ...parts, priority: weight }));
  const references = names.length === 0 ? [] : [{ weight: 1, arbitrary: weighted(fc.constantFrom(...names).map((name): Condition => ({ condition: name }))) }];
  return fc.letrec<{ condition: Condition; group: Condition }>((tie) => ({
    condition: fc.oneof({ maxDepth: 4, depthIdentifier: 'condition' }, { weight: 3, arbitrary: comparison }, ...references, { weight: 2, arbitrary: tie('group') }),
    group: weighted(fc.oneof(
      fc.record({ all: fc.array(tie('condition'), { maxLength: 4, depthIdentifier: 'condition' }) }),
      fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 4, depthIdentifier: 'condition' }) }),
      fc.record({ not: tie('condition') }),
    )),
  })).group;
}

/** A named condition refers only to those after it, so that none refers to itself. */
const named = fc.record({ risk: groupsWith(['renal', 'elderly patient']), renal: groupsWith(['elderly patient']), 'elderly patient': groupsWith([]) });
const root = fc.oneof({ weight: 9, arbitrary: groupsWith(['risk', 'renal', 'elderly patient']) }, { weight: 1, arbitrary: fc.constantFrom('risk', 'renal').map((name): Condition => ({ condition: name })) });

const text = { 'zh-CN': '规则', en: 'Rule' };

/**
 * Rule sets with every operator and decorator, nesting, named conditions, every kind of path, facts as values and priorities, each with
 * `factSets` sets of fitting facts.
 */
export function randomCase(factSets: number): fc.Arbitrary<RandomCase> {
  const rules = fc.array(fc.tuple(root, fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined })), { minLength: 1, maxLength: 6 });
  return fc.tuple(rules, named, fc.array(facts, { minLength: factSets, maxLength: factSets })).map(([roots, conditions, sets]) => ({
    facts: sets,
    document: {
      format: 'careloop-rules/1',
      key: 'random',
      version: '1',
      name: text,
      domain: 'pharmacy',
      inputs,
      outputs: [],
      // Groups and references, by construction.
      conditions: conditions as NonNullable<RuleSetDocument['conditions']>,
      rules: roots.map(([condition, weight], index) => ({
        id: `r${index}`,
        name: text,
        conditions: condition as RuleSetDocument['rules'][number]['conditions'],
        event: { type: `r${index}` },
        message: text,
        source: { grade: 'A', reference: 'random', mark: 'G' },
        ...(weight === undefined ? {} : { priority: weight }),
      })),
    },
  }));
}
