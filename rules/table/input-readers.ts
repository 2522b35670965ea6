import { namesIn } from '../feel/free-names.ts';
import { FeelError } from '../feel/feel-error.ts';
import { parseFeel, type FeelGoal } from '../feel/parse-tree.ts';
import { comparisonsOf, computedText, isFactReference, parseOperator, type Condition, type Rule } from '../index.ts';
import { TableReader } from './table-reader.ts';
import type { RuleTable } from './table.ts';

/** What reads an input: as long as anything does, it is neither removed nor named or typed otherwise. */
export interface InputReaders {
  /** Places of rows, from 0, whose conditions or outputs read it. */
  readonly rows: readonly number[];
  /** Names of named conditions. */
  readonly conditions: readonly string[];
  /** Names of inputs that it dates. */
  readonly inputs: readonly string[];
}

/** Everything in a table that reads an input. Cells that cannot be read count when the name stands in their text. */
export function inputReaders(table: RuleTable, name: string, reader = new TableReader(table.head)): InputReaders {
  const { rules } = reader.draft(table);
  return {
    rows: rules.flatMap((rule, place) => (readsFact(rule.conditions, name) || givesFact(rule, name) ? [place] : [])),
    conditions: Object.entries(table.head.conditions ?? {}).flatMap(([key, condition]) => (readsFact(condition, name) ? [key] : [])),
    inputs: table.head.inputs.flatMap((input) => (input.observedAtInput === name && input.name !== name ? [input.name] : [])),
  };
}

/** Named conditions are asked by themselves. */
function readsFact(condition: Condition, name: string): boolean {
  for (const { fact, operator, value } of comparisonsOf(condition)) {
    if (fact === name || (isFactReference(value) && value.fact === name)) return true;
    if (typeof value === 'string' && parseOperator(operator)?.base === 'satisfies' && mentions(value, 'unaryTests', name)) return true;
  }
  return false;
}

function givesFact({ event }: Rule, name: string): boolean {
  return Object.values(event.params ?? {}).some((value) => {
    const text = computedText(value);
    return text !== undefined && mentions(text, 'expression', name);
  });
}

function mentions(text: string, goal: FeelGoal, name: string): boolean {
  if (!new RegExp(`\\b${name}\\b`).test(text)) return false;
  try {
    return namesIn(text, parseFeel(text, goal)).has(name);
  } catch (error) {
    if (!(error instanceof FeelError)) throw error;
    return true;
  }
}
