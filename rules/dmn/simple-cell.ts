import type { ValueTest } from '../feel/standard/index.ts';
import { readString } from '../feel/standard/index.ts';

/** What a plain value can be looked up by. */
export type PlainValue = string | number | boolean;

/** Numbers between two ends; an open side is infinite. */
export interface NumberInterval {
  readonly start: number;
  readonly startIncluded: boolean;
  readonly end: number;
  readonly endIncluded: boolean;
}

/** A cell whose tests say nothing but which values it takes: any, some plain values, or numbers in an interval. */
export type SimpleCell =
  | { readonly kind: 'any' }
  | { readonly kind: 'values'; readonly values: readonly PlainValue[] }
  | { readonly kind: 'interval'; readonly interval: NumberInterval };

const number = '-?(?:\\d{1,15}(?:\\.\\d{1,15})?|\\.\\d{1,15})';
const literalPattern = new RegExp(`\\s*("(?:[^"\\\\]|\\\\.)*"|${number}|true|false)\\s*(,|$)`, 'y');
const rangePattern = new RegExp(`^\\s*([[(\\]])\\s*(${number})\\s*\\.\\.\\s*(${number})\\s*([\\])[])\\s*$`);
const comparisonPattern = new RegExp(`^\\s*(<=|>=|<|>)\\s*(${number})\\s*$`);

/** Reads the text of a cell that is simple; undefined for all others. DMN 1.5 §7.3.3. */
export function simpleCell(text: string): SimpleCell | undefined {
  if (/^\s*-?\s*$/.test(text)) return { kind: 'any' };
  const comparison = comparisonPattern.exec(text);
  if (comparison) {
    const [, sign = '', end = ''] = comparison;
    const included = sign.endsWith('=');
    return { kind: 'interval', interval: sign.startsWith('<') ? { start: -Infinity, startIncluded: false, end: Number(end), endIncluded: included } : { start: Number(end), startIncluded: included, end: Infinity, endIncluded: false } };
  }
  const range = rangePattern.exec(text);
  if (range) {
    const [start, end] = [Number(range[2]), Number(range[3])];
    return start > end ? undefined : { kind: 'interval', interval: { start, startIncluded: range[1] === '[', end, endIncluded: range[4] === ']' } };
  }
  const values = literals(text);
  return values && { kind: 'values', values };
}

function literals(text: string): PlainValue[] | undefined {
  const values: PlainValue[] = [];
  for (let from = 0; from < text.length; from = literalPattern.lastIndex) {
    literalPattern.lastIndex = from;
    const [, literal = '', separator] = literalPattern.exec(text) ?? [];
    if (literal === '') return undefined;
    values.push(literal.startsWith('"') ? readString(literal) : literal === 'true' || literal === 'false' ? literal === 'true' : Number(literal));
    if (separator === '') return values;
  }
  // The text ends with a comma.
  return undefined;
}

export function holds({ start, startIncluded, end, endIncluded }: NumberInterval, value: number): boolean {
  return (value > start || (startIncluded && value === start)) && (value < end || (endIncluded && value === end));
}

/** The test of a simple cell without a scope of its own; `general` decides on values that are neither plain nor null. */
export function simpleTest(cell: SimpleCell, general: ValueTest): ValueTest {
  if (cell.kind === 'any') return () => true;
  if (cell.kind === 'interval') {
    const { interval } = cell;
    return (scope, value) => (typeof value === 'number' ? holds(interval, value) : general(scope, value));
  }
  const [only] = cell.values;
  if (cell.values.length === 1) return (scope, value) => value === only || (!isPlain(value) && value !== null && general(scope, value) === true);
  const values = new Set<unknown>(cell.values);
  return (scope, value) => values.has(value) || (!isPlain(value) && value !== null && general(scope, value) === true);
}

export function isPlain(value: unknown): value is PlainValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
