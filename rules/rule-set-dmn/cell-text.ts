import { isFactReference, type Comparison, type Condition, type InputType, type JsonValue } from '../index.ts';
import { computedText } from '../computed-text.ts';
import type { InputColumn } from '../table/table.ts';
import { writeTests } from '../table/write-feel.ts';
import type { ConditionWriter } from './feel-condition.ts';
import { literalText } from './feel-text.ts';

/**
 * Parts of a rule's `all` on the fact of one column as unary tests: in the words of the table view where the standard takes them alike,
 * else as a condition on `?` that is never without an answer. DMN 1.5 §7.3.3.
 */
export function testsText(parts: readonly Condition[], column: InputColumn, writer: ConditionWriter, isReadable: boolean): string {
  const comparisons = parts.filter((part): part is Comparison => 'operator' in part);
  if (comparisons.length === 0) return '-';
  const plain = isReadable && comparisons.every((part) => isPlain(part, column.type, writer)) ? writeTests(comparisons.map((part) => (part.operator === 'satisfies' ? { ...part, value: writer.renamed(String(part.value), 'unaryTests') } : part)), column.type) : undefined;
  if (plain !== undefined) return plain;
  const subject = { text: '?', type: column.type };
  const condition = comparisons.map((part) => writer.comparison(part, subject)).join(' and ');
  return asksInput(condition) ? `(${condition}) = true` : `(? = ? and ${condition}) = true`;
}

/** A test that does not is a value to the standard, and holds for an input that equals it: `false` for an input that is false. */
function asksInput(condition: string): boolean {
  return condition.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').includes('?');
}

/** Whether the cell of the table view means the same to the standard as to json-rules-engine. */
function isPlain({ operator, value }: Comparison, type: InputType, writer: ConditionWriter): boolean {
  // A cell that names another fact is also true for one that is a list with the value in it, or true itself.
  const isSameType = isFactReference(value) && value.path === undefined && (type === 'number' || type === 'string' || type === 'date') && writer.typeOf(value.fact) === type;
  switch (operator) {
    case 'satisfies':
      return typeof value === 'string' && type !== 'any' && !/^\s*not\b/.test(value);
    case 'equal':
    case 'notEqual':
      return isSameType || isPlainValue(value, type);
    case 'in':
    case 'notIn':
      return Array.isArray(value) && value.length > 1 && value.every((member) => isPlainValue(member, type));
    case 'contains':
    case 'doesNotContain':
      return type === 'list' && isPlainValue(value, 'any');
    case 'lessThan':
    case 'lessThanInclusive':
    case 'greaterThan':
    case 'greaterThanInclusive':
      return isSameType || (type === 'any' ? typeof value === 'number' : isPlainValue(value, type));
    default:
      return false;
  }
}

/** Instants are left out: the table shows them as they were written, with or without seconds. */
function isPlainValue(value: unknown, type: InputType): boolean {
  return type !== 'dateTime' && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean');
}

/** The entry of an output: nothing where the rule does not give it. */
export function outputText(value: JsonValue | undefined, type: InputType, writer: ConditionWriter): string {
  if (value === undefined) return '';
  const computed = computedText(value);
  return computed === undefined ? literalText(value, type) : writer.renamed(computed, 'expression');
}
