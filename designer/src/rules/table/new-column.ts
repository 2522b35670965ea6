import { columnName, inputColumn, type RuleTable, type TableColumn } from '#rule-table';

/** The kinds of columns that a table can get more of. */
export type NewColumnKind = 'input' | 'output' | 'annotation';
export type OutputType = 'string' | 'number' | 'boolean' | 'date' | 'dateTime';
export const outputTypes: readonly OutputType[] = ['number', 'string', 'boolean', 'date', 'dateTime'];

export interface NewColumn {
  readonly kind: NewColumnKind;
  /** The fact, or the name of the output or annotation. */
  readonly name: string;
  readonly type: OutputType;
  /** UCUM code; empty for none. */
  readonly unit: string;
}

/** The declared facts that have no column yet. */
export function freeFacts({ head, columns }: RuleTable): readonly string[] {
  const shown = new Set(columns.map(columnName));
  return head.inputs.map(({ name }) => name).filter((name) => !shown.has(name));
}

/** The column that was asked for, or why there can be none. The forms of names are those of the rule set document. */
export function newColumn({ head, columns }: RuleTable, { kind, name, type, unit }: NewColumn): { readonly column: TableColumn } | { readonly problem: 'name' | 'taken' } {
  const given = name.trim();
  const column: TableColumn = kind === 'input' ? inputColumn(head.inputs, given, undefined) : kind === 'annotation' ? { kind, name: given } : { kind, output: { name: given, type, ...(type === 'number' && unit.trim() !== '' ? { unit: unit.trim() } : {}) } };
  const isNamed = kind === 'annotation' ? given !== '' && given.length <= 200 : /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(given) && !['constructor', 'prototype', '__proto__'].includes(given);
  if (!isNamed) return { problem: 'name' };
  return columns.some((other) => columnName(other) === columnName(column)) ? { problem: 'taken' } : { column };
}
