import { applyTableEdit, type EditedTable, type RuleTable, type TableEdit, type TableReader } from '#rule-table';

/** A table with what was done to it: the inverses of the edits, newest last, and those of the edits undone. */
export interface TableHistory {
  readonly table: RuleTable;
  readonly past: readonly TableEdit[];
  readonly future: readonly TableEdit[];
}

/** A history after a step, and where in the table the step shows; unchanged with `refused`, or, without a row, when there is nothing to undo. */
export interface HistoryStep {
  readonly history: TableHistory;
  readonly refused?: EditedTable['refused'];
  /** The row, from 0, that the step changed first. */
  readonly row?: number;
}

/** Edits are kept so far back. */
const maximumSteps = 500;

export function startHistory(table: RuleTable): TableHistory {
  return { table, past: [], future: [] };
}

/** Does an edit; what was undone before can then no longer be done again. */
export function doEdit(history: TableHistory, edit: TableEdit, reader: TableReader): HistoryStep {
  const { table, inverse, refused } = applyTableEdit(history.table, edit, reader.cells);
  if (refused) return { history, refused };
  return { history: { table, past: [...history.past, inverse].slice(-maximumSteps), future: [] } };
}

export function undo(history: TableHistory, reader: TableReader): HistoryStep {
  const { table, past, future } = history;
  const edit = past.at(-1);
  if (!edit) return { history };
  const undone = applyTableEdit(table, edit, reader.cells);
  return withRow({ table: undone.table, past: past.slice(0, -1), future: [...future, undone.inverse] }, table);
}

export function redo(history: TableHistory, reader: TableReader): HistoryStep {
  const { table, past, future } = history;
  const edit = future.at(-1);
  if (!edit) return { history };
  const done = applyTableEdit(table, edit, reader.cells);
  return withRow({ table: done.table, past: [...past, done.inverse], future: future.slice(0, -1) }, table);
}

/** Rows that did not change are the same objects; when all are, the last ones were taken away. */
function withRow(history: TableHistory, before: RuleTable): HistoryStep {
  const { rows } = history.table;
  const row = rows.findIndex((current, index) => current !== before.rows[index]);
  return { history, row: row < 0 ? Math.max(0, rows.length - 1) : row };
}
