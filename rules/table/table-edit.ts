import type { Aggregation, HitPolicyName, LocalizedText, RuleInput, RuleOutput } from '../index.ts';
import type { RuleTable, TableCell, TableColumn, TableRow } from './table.ts';

/** A change of what a rule set declares. Inputs are named by their names. */
export type DeclarationEdit =
  /** Declares an input, as the last one; a column is an edit of its own. */
  | { readonly type: 'addInput'; readonly input: RuleInput }
  /** An input that something reads keeps its name and type. */
  | { readonly type: 'changeInput'; readonly name: string; readonly input: RuleInput }
  /** Takes an input that nothing reads away, with its columns. */
  | { readonly type: 'removeInput'; readonly name: string }
  /** How the rules that fire become one decision; `aggregation` with `collect` only. DMN 1.5 §8.2.8. */
  | { readonly type: 'setHitPolicy'; readonly hitPolicy: HitPolicyName; readonly aggregation?: Aggregation };

/** A change of the results of a rule set. They are named by their names and stand in the order of their columns. */
export type OutputEdit =
  /** Declares a result with its column, as the last of them. Rules that give a parameter of its name show it. */
  | { readonly type: 'addOutput'; readonly output: RuleOutput }
  /** Values become those of another type where they say the same (`5` and `"5"`); cells that do not fit keep their text and are wrong. */
  | { readonly type: 'changeOutput'; readonly name: string; readonly output: RuleOutput }
  /** Takes a result away with its cells, which `outputLoss` names. */
  | { readonly type: 'removeOutput'; readonly name: string };

/** A change of a table. Rows and columns are named by their places, from 0. Those that restore are what inverses are made of. */
export type TableEdit =
  | DeclarationEdit
  | OutputEdit
  | { readonly type: 'setCell'; readonly row: number; readonly column: number; readonly text: string }
  /** Several cells that need not lie together. */
  | { readonly type: 'setCells'; readonly cells: readonly { readonly row: number; readonly column: number; readonly text: string }[] }
  | { readonly type: 'setName'; readonly row: number; readonly name: LocalizedText }
  /** Rows of texts from a row on, each text with its column; rows that are not there are added. */
  | { readonly type: 'paste'; readonly row: number; readonly rows: readonly (readonly { readonly column: number; readonly text: string }[])[] }
  | { readonly type: 'clear'; readonly row: number; readonly column: number; readonly rows: number; readonly columns: number }
  | { readonly type: 'addRow'; readonly at: number }
  | { readonly type: 'duplicateRow'; readonly row: number }
  | { readonly type: 'moveRow'; readonly from: number; readonly to: number }
  | { readonly type: 'removeRows'; readonly at: number; readonly count: number }
  | { readonly type: 'addColumn'; readonly at: number; readonly column: TableColumn }
  /** The same cells for another fact, output or annotation: what does not fit it is an error of its cell. */
  | { readonly type: 'duplicateColumn'; readonly column: number; readonly as: TableColumn }
  | { readonly type: 'moveColumn'; readonly from: number; readonly to: number }
  /** Of a result it does not ask the hit policy: `removeOutput` does. */
  | { readonly type: 'removeColumn'; readonly column: number }
  | { readonly type: 'restoreCells'; readonly cells: readonly { readonly row: number; readonly column: number; readonly cell: TableCell }[] }
  | { readonly type: 'restoreRows'; readonly at: number; readonly rows: readonly TableRow[] }
  | { readonly type: 'restoreColumn'; readonly at: number; readonly column: TableColumn; readonly cells: readonly TableCell[] }
  /** What the document declares, and as many columns as there are, which follow it. */
  | { readonly type: 'restoreDeclared'; readonly head: RuleTable['head']; readonly columns: readonly TableColumn[] }
  | { readonly type: 'restoreListed'; readonly listed: RuleTable['listed'] }
  | { readonly type: 'all'; readonly edits: readonly TableEdit[] };
