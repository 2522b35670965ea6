import type { RuleSetDocument } from '../index.ts';
import { TableReader } from './table-reader.ts';
import type { CellError, RuleTable } from './table.ts';

/** The document of a table, or what is wrong with its cells. Whether the document can be evaluated is for `checkRuleSet` to say. */
export type FromTable = { readonly document: RuleSetDocument } | { readonly errors: readonly CellError[] };

/** The rule set document that a table shows. Every part of the document that `toDecisionTable` was given is in it again. */
export function fromDecisionTable(table: RuleTable, reader = new TableReader(table.head)): FromTable {
  const errors = reader.errors(table);
  return errors.length > 0 ? { errors } : { document: reader.draft(table) };
}
