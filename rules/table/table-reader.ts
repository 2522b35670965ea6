import type { Rule, RuleSetDocument } from '../index.ts';
import { ruleOf } from './rule-of-row.ts';
import { CellReader, rowErrors } from './table-cells.ts';
import type { CellError, CellProblem, RuleTable, TableColumn, TableRow } from './table.ts';

interface ReadRow {
  readonly rule: Rule;
  /** With places of the row when it was read. */
  readonly errors: readonly CellError[];
}

/** Reads the tables of one rule set while it is edited: a row that has not changed since it was read is not read again. */
export class TableReader {
  readonly cells: CellReader;
  #columns: readonly TableColumn[] | undefined;
  #rows = new WeakMap<TableRow, ReadRow>();

  constructor(head: Pick<RuleTable['head'], 'inputs' | 'conditions'>, cells = new CellReader(head)) {
    this.cells = cells;
  }

  /** The reader of a table that may declare other inputs: what was read under the same ones is kept. */
  for(head: Pick<RuleTable['head'], 'inputs' | 'conditions'>): TableReader {
    const cells = this.cells.for(head);
    return cells === this.cells ? this : new TableReader(head, cells);
  }

  /** What is wrong with a text in a cell of a column. */
  problem(text: string, column: TableColumn): CellProblem | undefined {
    const read = this.cells.read({ text }, column);
    return 'problem' in read ? read.problem : undefined;
  }

  /** All that is wrong with the cells, row by row. */
  errors({ columns, rows }: RuleTable): readonly CellError[] {
    return rows.flatMap((row, index) => this.#read(row, columns).errors.map((error) => ({ ...error, row: index })));
  }

  /**
   * The document of a table that may be unfinished: the text of a cell that cannot be read goes in as unfinished, which `checkRuleSet`
   * refuses, and `toDecisionTable` gives it back.
   */
  draft({ columns, rows, head, listed }: RuleTable): RuleSetDocument {
    const annotations = columns.flatMap((column) => (column.kind === 'annotation' ? [column.name] : []));
    const inputs = columns.flatMap((column) => (column.kind === 'input' ? [{ fact: column.fact, ...(column.path === undefined ? {} : { path: column.path }) }] : []));
    return {
      ...head,
      outputs: columns.flatMap((column) => (column.kind === 'output' ? [column.output] : [])),
      rules: rows.map((row) => this.#read(row, columns).rule),
      ...(listed.annotations || annotations.length > 0 ? { annotations } : {}),
      ...(listed.columns === undefined ? {} : { columns: inputs.slice(0, listed.columns) }),
    };
  }

  #read(row: TableRow, columns: readonly TableColumn[]): ReadRow {
    if (columns !== this.#columns) {
      this.#columns = columns;
      this.#rows = new WeakMap();
    }
    let read = this.#rows.get(row);
    if (!read) {
      read = { rule: ruleOf(row, columns, this.cells), errors: rowErrors(row, 0, columns, this.cells) };
      this.#rows.set(row, read);
    }
    return read;
  }
}
