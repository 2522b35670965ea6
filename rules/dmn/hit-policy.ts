import { equal, extreme, isNumber, total, type Evaluate, type FeelType, type Scope, type ValueTest } from '../feel/standard/index.ts';
import { setEntry } from '../feel/standard/index.ts';
import type { DecisionTable } from './boxed-expression.ts';
import { fail } from './decision-run.ts';

/** Evaluates the outputs of a row, which is counted from 1. */
export type ReadOutputs = (row: number, scope: Scope) => readonly unknown[];

export interface OutputColumn {
  readonly name: string;
  readonly type: FeelType;
  /** Tests of the output values by falling priority. */
  readonly order: readonly ValueTest[];
  readonly allowed?: ValueTest;
  readonly defaultValue?: Evaluate;
}

interface ReadHit {
  readonly row: number;
  readonly outputs: readonly unknown[];
}

/**
 * One answer of the rows that match, whose outputs are read when the policy asks for them. Without a match the default outputs, or null. A violated policy is null with an error that
 * names the rows: HIT_POLICY_VIOLATED. DMN 1.5 §8.2.8 and §8.2.11.
 */
export function applyHitPolicy({ hitPolicy, aggregation }: DecisionTable, columns: readonly OutputColumn[], rows: readonly number[], readOutputs: ReadOutputs, scope: Scope, elementId: string): unknown {
  if (rows.length === 0) return defaultOf(columns, scope);
  if (hitPolicy === 'UNIQUE' && rows.length > 1) return violated(rows, 'at most one row of a UNIQUE table to match', scope, elementId);
  const read = rows.map((row): ReadHit => ({ row, outputs: readOutputs(row, scope) }));
  const [first] = read;
  if (!first) return null;
  switch (hitPolicy) {
    case 'ANY':
      return read.every(({ outputs }) => equal(outputs, first.outputs) === true) ? shape(first, columns) : violated(rows, 'rows of an ANY table to agree', scope, elementId);
    case 'PRIORITY':
      return shape(byPriority(read, columns, scope)[0] ?? first, columns);
    case 'OUTPUT ORDER':
      return byPriority(read, columns, scope).map((hit) => shape(hit, columns));
    case 'RULE ORDER':
      return read.map((hit) => shape(hit, columns));
    case 'COLLECT':
      return collect(read.map((hit) => shape(hit, columns)), aggregation, scope, elementId);
    default:
      return shape(first, columns);
  }
}

function violated(rows: readonly number[], expected: string, scope: Scope, elementId: string): null {
  return fail(scope, 'HIT_POLICY_VIOLATED', elementId, `Expected ${expected}, but the rows ${rows.join(', ')} match`);
}

/** One output is its value, several are a context. */
function shape({ outputs }: ReadHit, columns: readonly OutputColumn[]): unknown {
  if (columns.length === 1) return outputs[0] ?? null;
  const context: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index += 1) setEntry(context, columns[index]?.name ?? '', outputs[index] ?? null);
  return context;
}

function defaultOf(columns: readonly OutputColumn[], scope: Scope): unknown {
  if (!columns.some(({ defaultValue }) => defaultValue)) return null;
  return shape({ row: 0, outputs: columns.map(({ defaultValue }) => defaultValue?.(scope) ?? null) }, columns);
}

/** By the places of the outputs among the output values, column after column; equal ones stay in the order of rules. */
function byPriority(hits: readonly ReadHit[], columns: readonly OutputColumn[], scope: Scope): ReadHit[] {
  const placed = hits.map((hit) => ({ hit, places: columns.map(({ order }, index) => place(hit.outputs[index], order, scope)) }));
  placed.sort((left, right) => left.places.map((value, index) => value - (right.places[index] ?? 0)).find((difference) => difference !== 0) ?? 0);
  return placed.map(({ hit }) => hit);
}

function place(value: unknown, order: readonly ValueTest[], scope: Scope): number {
  const index = order.findIndex((test) => test(scope, value) === true);
  return index < 0 ? order.length : index;
}

function collect(values: readonly unknown[], aggregation: DecisionTable['aggregation'], scope: Scope, elementId: string): unknown {
  switch (aggregation) {
    case undefined:
      return values;
    case 'COUNT':
      return values.length;
    case 'SUM':
      return values.every(isNumber) ? total(values) : fail(scope, 'TYPE_MISMATCH', elementId, 'Expected numbers to sum up, but an output is none');
    default:
      return extreme(values, aggregation === 'MIN' ? -1 : 1) ?? fail(scope, 'TYPE_MISMATCH', elementId, 'Expected values that can be compared, but they have no order');
  }
}
