import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compileStandardExpression, Scope, standardClock } from '../feel/standard/index.ts';
import type { DecisionTable, HitPolicy } from './boxed-expression.ts';
import { compileDecisionTable } from './compile-decision-table.ts';
import { DecisionRun } from './decision-run.ts';
import { ItemTypes } from './item-types.ts';
import { simpleCell, type SimpleCell } from './simple-cell.ts';
import { indexTable } from './table-index.ts';

/** Comparisons, ten for each table. */
const runs = Number(process.env.CARELOOP_PROPERTY_RUNS ?? 1_000);
const types = new ItemTypes({ format: 'careloop-decisions/1', id: '', name: '', namespace: '', itemDefinitions: [], inputData: [], decisions: [], businessKnowledgeModels: [], decisionServices: [], knowledgeSources: [] }, [], { run: undefined }, { prefix: '', imported: () => undefined });

function evaluate(table: DecisionTable, inputs: ReadonlyMap<string, unknown>, indexed: boolean): unknown {
  const compiled = compileDecisionTable({ kind: 'decisionTable', ...table }, { elementId: 'd', types, findings: [], known: {}, compileText: (text) => compileStandardExpression(text) }, { indexed });
  const run = new DecisionRun(standardClock('2026-11-23T08:00:00Z', 'UTC'), 100_000);
  return { value: compiled(new Scope(run, inputs)), errors: run.errors, fired: run.fired, warnings: run.warnings };
}

/** Few different values, so that rows match, overlap and repeat. */
const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('-', '', '"a"', '"b"', '"a","b"', ' "b" , "c"', '1', '2', '-1', '1, 3', '2.50', 'true', 'false', '"\\u0061"', '"a,b"') },
  { weight: 4, arbitrary: fc.constantFrom('< 2', '<=2', '> 1', '>= -1', '[1..2]', '(1..2)', ']1..3]', '[0..2.5)', '[2..2]', '[3..1]') },
  { weight: 1, arbitrary: fc.constantFrom('null', 'not("a")', 'not(1)', '? > 1', '[1, 2]', '> "a"', 'x', '1 +', '"a" "b"', 'contains(?, "a")', '[1..2], 5', 'date("2026-01-02")', 'not(true)') },
);
const value = fc.constantFrom<unknown>('a', 'b', 'c', 'a,b', '', -1, 0, 1, 1.5, 2, 2.5, 3, true, false, null, [], [1], ['a'], [1, 2], { a: 1 });
const policy = fc.constantFrom<HitPolicy>('UNIQUE', 'ANY', 'PRIORITY', 'FIRST', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT');
const aggregation = fc.constantFrom<DecisionTable['aggregation']>(undefined, 'SUM', 'MIN', 'MAX', 'COUNT');

const tables = fc.integer({ min: 1, max: 3 }).chain((columns) => fc.tuple(
  policy, aggregation, fc.boolean(),
  fc.array(fc.tuple(fc.array(cell, { minLength: columns, maxLength: columns }), fc.constantFrom('1', '2', '3', '"low"')), { minLength: 4, maxLength: 40 }),
  fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: 10, maxLength: 10 }),
)).map(([hitPolicy, aggregated, hasDefault, rows, inputs]) => ({
  inputs: inputs.map((values) => new Map(values.map((each, index) => ['xyz'.charAt(index), each]))),
  table: {
    hitPolicy,
    ...(hitPolicy === 'COLLECT' && aggregated ? { aggregation: aggregated } : {}),
    inputs: (rows[0]?.[0] ?? []).map((_cell, index) => ({ expression: 'xyz'.charAt(index) })),
    outputs: [{ name: 'o', values: '3, 1, 2, "low"', ...(hasDefault ? { defaultValue: '7' } : {}) }],
    annotations: [],
    rules: rows.map(([cells, output]) => ({ inputs: cells, outputs: [output], annotations: [] })),
  } satisfies DecisionTable,
}));

describe('the index of a decision table', () => {
  it('changes nothing: value, rows, errors and warnings are those of a walk through all rows', () => {
    fc.assert(fc.property(tables, ({ table, inputs }) => {
      for (const each of inputs) expect(evaluate(table, each, true)).toEqual(evaluate(table, each, false));
    }), { numRuns: Math.ceil(runs / 10) });
  }, 3_600_000);

  const indexOf = (...columns: readonly (readonly string[])[]) => indexTable((columns[0] ?? []).map((_cell, row) => columns.map((column) => simpleCell(column[row] ?? '-'))), columns.length);
  const many = (count: number, text: (row: number) => string): string[] => Array.from({ length: count }, (_, row) => text(row));

  it('leaves rows out by value and by interval, in the order of rows', () => {
    const index = indexOf(many(100, (row) => (row === 50 ? '-' : `"d${row % 20}"`)), many(100, (row) => `[${row}..${row + 1})`));

    expect(index?.candidates(['d3', 'x'])).toEqual([]);
    expect(index?.candidates(['d3', 23.5])).toEqual([23]);
    expect(index?.candidates(['d3', [1]])).toEqual([3, 23, 43, 50, 63, 83]);
    expect(index?.candidates([null, null])).toEqual([]);
    expect(index?.candidates([[1], {}])).toHaveLength(100);
  });

  it('keeps a row whose earlier cell may warn', () => {
    const index = indexOf(many(20, (row) => (row === 4 ? '? > 1' : '-')), many(20, (row) => String(row)));

    expect(index?.candidates([0, 9])).toEqual([4, 9]);
  });

  it('does without where it does not pay', () => {
    expect(indexOf(many(4, (row) => `"${row}"`))).toBeUndefined();
    expect(indexOf(many(40, () => '-'))).toBeUndefined();
    expect(indexOf(many(400, (row) => `[${-row}..${row}]`))).toBeUndefined();
  });

  it.each<readonly [string, SimpleCell | undefined]>([
    ['-', { kind: 'any' }], ['"a\\"b"', { kind: 'values', values: ['a"b'] }], ['1, 2.50 , -.5', { kind: 'values', values: [1, 2.5, -0.5] }], ['true', { kind: 'values', values: [true] }],
    ['<= 3', { kind: 'interval', interval: { start: -Infinity, startIncluded: false, end: 3, endIncluded: true } }], ['(1..2]', { kind: 'interval', interval: { start: 1, startIncluded: false, end: 2, endIncluded: true } }],
    ['"a",', undefined], ['"a', undefined], ['1e3', undefined], ['trueish', undefined], ['"a" + "b"', undefined], ['[2..1]', undefined], ['12345678901234567', undefined], ['1 2', undefined], ['"a" // c', undefined], ['not(1)', undefined],
  ])('reads %j', (text, expected) => {
    expect(simpleCell(text)).toEqual(expected);
  });
});
