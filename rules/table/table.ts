import type { Condition, LocalizedText, Rule, RuleInput, RuleOutput, RuleSetDocument } from '../index.ts';

/** A column over the values of one fact, or of one place in it. `unit` is a UCUM code. */
export interface InputColumn {
  readonly kind: 'input';
  readonly fact: string;
  readonly path?: string;
  /** Of the fact; `any` for a place in one. */
  readonly type: RuleInput['type'];
  readonly unit?: string;
  readonly allowedValues?: RuleInput['allowedValues'];
}

/** A column of the table view. There is one `condition` column: it shows what the cells of a row cannot. */
export type TableColumn =
  | InputColumn
  | { readonly kind: 'condition' }
  | { readonly kind: 'output'; readonly output: RuleOutput }
  | { readonly kind: 'level' }
  | { readonly kind: 'message'; readonly language: keyof LocalizedText }
  | { readonly kind: 'source'; readonly part: 'grade' | 'reference' | 'mark' }
  | { readonly kind: 'annotation'; readonly name: string };

/**
 * What an input cell is, beside its text: FEEL unary tests in input cells, a FEEL condition in the condition cell, a FEEL expression in
 * output cells, plain text elsewhere. `keeps` is there where the text alone could not give back what the document has.
 */
export interface TableCell {
  readonly text: string;
  readonly keeps?: KeptMeaning;
  /** The places of its parts in the rule's `all`, in a row whose parts are written in another order than that of the columns. */
  readonly at?: readonly number[];
}

/** A meaning that a cell's text only shows. */
export type KeptMeaning =
  /** Parts of the rule's `all`. */
  | { readonly parts: readonly Condition[] }
  /** The whole condition of the rule. */
  | { readonly root: Rule['conditions'] }
  /** The value of an output, or an annotation that is an empty text. */
  | { readonly value: NonNullable<Rule['event']['params']>[string] };

/** A rule as a row. */
export interface TableRow {
  /** The rule's id. */
  readonly id: string;
  /** By the place of the columns. */
  readonly cells: readonly TableCell[];
  /** What of the rule no column shows; of `params`, those that are no output. */
  readonly rest: Omit<Rule, 'id' | 'conditions' | 'level' | 'message' | 'source'>;
}

/** A rule set document as a table: the same content, cell by cell. */
export interface RuleTable {
  readonly format: 'careloop-rule-table/1';
  /** The document without its rules and what the columns hold. */
  readonly head: Omit<RuleSetDocument, 'rules' | 'outputs' | 'annotations' | 'columns'>;
  /** How many of the input columns the document lists, and whether it lists annotations. */
  readonly listed: { readonly columns?: number; readonly annotations?: true };
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** What is wrong with a cell. */
export interface CellError {
  readonly code: 'FEEL_INVALID' | 'TYPE_MISMATCH' | 'FACT_UNDECLARED' | 'VALUE_INVALID' | 'VALUE_NOT_ALLOWED' | 'VALUE_MISSING';
  /** From 0. */
  readonly row: number;
  readonly rowId: string;
  /** From 0. */
  readonly column: number;
  readonly columnName: string;
  /** What was expected in the cell. */
  readonly expected: LocalizedText;
}

/** A problem of a cell before its place is known. */
export type CellProblem = Pick<CellError, 'code' | 'expected'>;

/** The name of a column, the same for the same content: `order.dose`, `output dose`, `message en`. */
export function columnName(column: TableColumn): string {
  switch (column.kind) {
    case 'input':
      return column.fact + (column.path ?? '$').slice(1);
    case 'output':
      return `output ${column.output.name}`;
    case 'message':
      return `message ${column.language}`;
    case 'source':
      return `source ${column.part}`;
    case 'annotation':
      return `annotation ${column.name}`;
    default:
      return column.kind;
  }
}

/** An empty cell of a column: `-` where it tests. */
export function emptyCell(column: TableColumn): TableCell {
  return { text: column.kind === 'input' ? '-' : '' };
}
