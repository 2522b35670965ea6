import type { KnownNames } from '../feel/parse-tree.ts';
import { compileStandardTests, compileTestList, convert, kindOf, type Evaluate, type FeelType, type Scope, type ValueTest } from '../feel/standard/index.ts';
import type { BoxedExpression, DecisionTable } from './boxed-expression.ts';
import { applyHitPolicy, type OutputColumn, type ReadOutputs } from './hit-policy.ts';
import type { DmnFinding } from './decision-model.ts';
import { DecisionRun, fail, type FiredRow } from './decision-run.ts';
import type { ItemTypes } from './item-types.ts';
import { simpleCell, simpleTest, type SimpleCell } from './simple-cell.ts';
import { indexTable } from './table-index.ts';

/** What a table is compiled with. */
interface TableSurroundings {
  readonly elementId: string;
  readonly types: ItemTypes;
  readonly findings: DmnFinding[];
  readonly known: KnownNames;
  readonly compileText: (text: string, what: string) => Evaluate;
}

interface InputColumn {
  readonly evaluate: Evaluate;
  readonly type: FeelType;
  readonly allowed: ValueTest;
  readonly name: string;
}

type Rule = DecisionTable['rules'][number];

/** How a table is evaluated. Without the index it goes through all rows, with the same results. */
export interface TableOptions {
  readonly indexed: boolean;
}

/**
 * A decision table as a closure; the rows that match are reported to the run. Cells with the same text are compiled once, and rows are
 * found by an index over plain values and intervals. DMN 1.5 §8.
 */
export function compileDecisionTable(table: BoxedExpression & { readonly kind: 'decisionTable' }, around: TableSurroundings, { indexed }: TableOptions = { indexed: true }): Evaluate {
  const { elementId, types, findings } = around;
  const tests = new Map<string, ValueTest>();
  const expressions = new Map<string, Evaluate>();
  const testOf = (text: string, what: string): ValueTest => remember(tests, text, () => compileTests(text, what, around));
  const expressionOf = (text: string, what: string): Evaluate => remember(expressions, text, () => {
    const constant = constantOf(text);
    return constant ? () => constant.value : around.compileText(text.trim() === '' || text.trim() === '-' ? 'null' : text, what);
  });
  const inputs = table.inputs.map((input, index): InputColumn => ({
    evaluate: expressionOf(input.expression, `the expression of input ${index + 1}`),
    type: types.of(input.typeRef, elementId),
    allowed: testOf(input.values ?? '-', `the values of input ${index + 1}`),
    name: input.label ?? input.expression,
  }));
  const isSingle = table.outputs.length === 1;
  const outputs = table.outputs.map((output, index): OutputColumn => {
    const values = output.values ?? types.allowedValues(output.typeRef) ?? (isSingle ? types.allowedValues(table.typeRef) : types.allowedValues(table.typeRef, output.name));
    return {
      name: output.name ?? output.label ?? '',
      type: types.of(output.typeRef, elementId),
      order: values === undefined ? [] : listOf(values, around),
      ...(output.values === undefined ? {} : { allowed: testOf(output.values, `the values of output ${index + 1}`) }),
      ...(output.defaultValue === undefined || output.defaultValue.trim() === '' ? {} : { defaultValue: expressionOf(output.defaultValue, `the default of output ${index + 1}`) }),
    };
  });
  checkShape(table, elementId, findings);
  const cells = new Map<string, Cell>();
  const cellOf = (text: string, what: string): Cell => remember(cells, text, () => compileCell(text, () => testOf(text, what), indexed));
  const rules = table.rules.map((rule, index) => ({
    cells: inputs.map((_input, column) => cellOf(rule.inputs[column] ?? '-', `the test in row ${index + 1}, input ${column + 1}`)),
    outputs: outputs.map((_output, column) => expressionOf(rule.outputs[column] ?? '', `the entry in row ${index + 1}, output ${column + 1}`)),
  }));
  const index = indexed ? indexTable(rules.map((rule) => rule.cells.map(({ simple }) => simple)), inputs.length) : undefined;
  const all = rules.map((_rule, row) => row);
  const described = table.rules.map((rule, row) => describeRow(row + 1, rule));
  const readOutputs: ReadOutputs = (row, scope) => (rules[row - 1]?.outputs ?? []).map((output, column) => readOutput(output(scope), outputs[column], row, scope, elementId));
  return (scope) => {
    const values = readInputs(inputs, scope, elementId);
    if (!values) return null;
    scope.run.spend(1 + Math.ceil(rules.length / 20));
    const hits: number[] = [];
    for (const row of index?.candidates(values) ?? all) {
      if (!matches(rules[row]?.cells ?? [], values, scope)) continue;
      hits.push(row + 1);
      if (table.hitPolicy === 'FIRST') break;
    }
    // There is a description for every row.
    if (scope.run instanceof DecisionRun) scope.run.fired.push({ elementId, rows: hits.map((row) => described[row - 1] as FiredRow) });
    return applyHitPolicy(table, outputs, hits, readOutputs, scope, elementId);
  };
}

function matches(cells: readonly Cell[], values: readonly unknown[], scope: Scope): boolean {
  for (let column = 0; column < cells.length; column += 1) if (cells[column]?.test(scope, values[column]) !== true) return false;
  return true;
}

interface Cell {
  readonly test: ValueTest;
  readonly simple: SimpleCell | undefined;
}

/** A simple cell cannot fail to compile, so FEEL reads it only when a value asks for it. */
function compileCell(text: string, general: () => ValueTest, indexed: boolean): Cell {
  const simple = indexed ? simpleCell(text) : undefined;
  if (!simple) return { test: general(), simple };
  let compiled: ValueTest | undefined;
  return { test: simpleTest(simple, (scope, value) => (compiled ??= general())(scope, value)), simple };
}

/** The value of an output that is written down as it is; undefined for every other text. */
function constantOf(text: string): { readonly value: unknown } | undefined {
  const simple = simpleCell(text);
  const [value] = simple?.kind === 'values' && simple.values.length === 1 ? simple.values : [];
  return value === undefined ? undefined : { value };
}

function remember<Value>(known: Map<string, Value>, text: string, make: () => Value): Value {
  let value = known.get(text);
  if (value === undefined) {
    value = make();
    known.set(text, value);
  }
  return value;
}

function describeRow(row: number, rule: Rule): FiredRow {
  return { row, ...(rule.id === undefined ? {} : { id: rule.id }), ...(rule.annotations.some((text) => text !== '') ? { annotations: rule.annotations } : {}) };
}

/** Values of the input columns; null when one is not of its type or not among its values, which is an error. */
function readInputs(inputs: readonly InputColumn[], scope: Scope, elementId: string): unknown[] | null {
  const values: unknown[] = [];
  for (const { evaluate, type, allowed, name } of inputs) {
    const raw = evaluate(scope);
    const value = convert(raw, type);
    if (value === undefined) return fail(scope, 'TYPE_MISMATCH', elementId, `Expected the input ${name} of its declared type, but found ${kindOf(raw)}`);
    if (value !== null && allowed(scope, value) !== true) return fail(scope, 'INPUT_NOT_ALLOWED', elementId, `Expected the input ${name} among its declared values, but it is none of them`);
    values.push(value);
  }
  return values;
}

function readOutput(raw: unknown, column: OutputColumn | undefined, row: number, scope: Scope, elementId: string): unknown {
  if (!column) return raw;
  const value = convert(raw, column.type);
  if (value === undefined) return fail(scope, 'TYPE_MISMATCH', elementId, `Expected the output ${column.name} of row ${row} of its declared type, but found ${kindOf(raw)}`);
  if (value !== null && column.allowed && column.allowed(scope, value) !== true) return fail(scope, 'OUTPUT_NOT_ALLOWED', elementId, `Expected the output ${column.name} of row ${row} among its declared values, but it is none of them`);
  return value;
}

function compileTests(text: string, what: string, { known, types, findings, elementId }: TableSurroundings): ValueTest {
  try {
    return compileStandardTests(text, { known, typeOf: types.find });
  } catch (error) {
    const message = `Expected ${what} as unary tests of FEEL, but it cannot be read: ${error instanceof Error ? error.message : 'its text is damaged'}`;
    findings.push({ code: 'FEEL_SYNTAX', severity: 'error', elementId, message });
    return (scope) => fail(scope, 'FEEL_SYNTAX', elementId, message);
  }
}

function listOf(text: string, { known, types }: TableSurroundings): readonly ValueTest[] {
  try {
    return compileTestList(text, { known, typeOf: types.find }).tests;
  } catch {
    // The same text has been reported where the values are checked.
    return [];
  }
}

/** Rows that have more or fewer cells than the table has columns, and policies that the outputs do not allow. */
function checkShape(table: DecisionTable, elementId: string, findings: DmnFinding[]): void {
  for (const [index, rule] of table.rules.entries()) {
    if (rule.inputs.length !== table.inputs.length || rule.outputs.length !== table.outputs.length) {
      findings.push({ code: 'TABLE_SHAPE', severity: 'error', elementId, message: `Expected ${table.inputs.length} inputs and ${table.outputs.length} outputs in each row, but row ${index + 1} has ${rule.inputs.length} and ${rule.outputs.length}` });
    }
  }
  if (table.aggregation && table.outputs.length > 1) findings.push({ code: 'TABLE_SHAPE', severity: 'error', elementId, message: 'Expected one output to aggregate, but the table has several' });
}
