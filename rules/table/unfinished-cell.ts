import type { Condition, Rule } from '../index.ts';
import type { InputColumn } from './table.ts';

/**
 * How a document keeps a cell that cannot be read yet. The words are no FEEL whatever follows them, so that `checkRuleSet` refuses the
 * document at this place: a cell that is of the wrong type must not become a test that never holds.
 */
const mark = 'unfinished: ';
/** What an unreadable condition cell is kept under. There may be an input of that name, so that the comparison has one too. */
const conditionCell = { fact: 'unfinished', name: 'condition' } as const;

/** The unreadable text of a test or condition as a part of the rule's `all`. */
export function unfinishedPart(text: string, column: Pick<InputColumn, 'fact' | 'path'> | undefined): Condition {
  const test = { operator: 'satisfies', value: mark + text } as const;
  return column ? { fact: column.fact, ...test, ...(column.path === undefined ? {} : { path: column.path }) } : { ...conditionCell, ...test };
}

/** The unreadable text of an output as its value. */
export function unfinishedValue(text: string): NonNullable<Rule['event']['params']>[string] {
  return { feel: mark + text };
}

/** The text of an unreadable cell, from what a document keeps of it; undefined for anything else. */
export function unfinishedText(feel: unknown): string | undefined {
  return typeof feel === 'string' && feel.startsWith(mark) ? feel.slice(mark.length) : undefined;
}

/** The unreadable text of a part, and whether it is that of the condition cell rather than of its fact's. */
export function unfinishedTest(part: Condition): { readonly text: string; readonly isCondition: boolean } | undefined {
  const text = 'operator' in part && part.operator === 'satisfies' ? unfinishedText(part.value) : undefined;
  return text === undefined ? undefined : { text, isCondition: part.name === conditionCell.name };
}
