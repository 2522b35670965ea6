import { useMemo, useState } from 'react';
import type { RuleSetDocument } from '#rules';
import { sameJson, TableReader, toDecisionTable, type CellError, type RuleTable, type TableEdit } from '#rule-table';
import { doEdit, redo, startHistory, undo, type HistoryStep, type TableHistory } from './table-history.ts';

/** The table of a document while it is edited. */
export interface EditedRuleTable {
  readonly table: RuleTable;
  readonly reader: TableReader;
  /** By rule id. */
  readonly errors: ReadonlyMap<string, readonly CellError[]>;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly edit: (edit: TableEdit) => HistoryStep;
  readonly undo: () => HistoryStep;
  readonly redo: () => HistoryStep;
}

interface Opened {
  /** The document that was given last, and the one that the table is. */
  readonly given: RuleSetDocument;
  readonly current: RuleSetDocument;
  readonly reader: TableReader;
  readonly history: TableHistory;
}

/**
 * Keeps a document as a table with its history. `onChange` gets the document after every edit, also while cells cannot be read: it keeps
 * their texts as unfinished. Another document than the one that was handed out (someone else's version) begins anew.
 */
export function useRuleTable(document: RuleSetDocument, onChange: (document: RuleSetDocument) => void): EditedRuleTable {
  const [opened, setOpened] = useState(() => open(document));
  let state = opened;
  if (document !== opened.given) {
    state = sameJson(document, opened.current) ? { ...opened, given: document } : open(document);
    setOpened(state);
  }
  const { history, reader } = state;
  const errors = useMemo(() => errorsByRule(reader.errors(history.table)), [reader, history.table]);

  function take(step: HistoryStep): HistoryStep {
    if (step.history === history) return step;
    const next = reader.for(step.history.table.head);
    const current = next.draft(step.history.table);
    setOpened({ ...state, current, reader: next, history: step.history });
    onChange(current);
    return step;
  }

  return {
    table: history.table,
    reader,
    errors,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    edit: (edit) => take(doEdit(history, edit, reader)),
    undo: () => take(undo(history, reader)),
    redo: () => take(redo(history, reader)),
  };
}

function open(document: RuleSetDocument): Opened {
  const reader = new TableReader(document);
  return { given: document, current: document, reader, history: startHistory(toDecisionTable(document, reader.cells)) };
}

function errorsByRule(errors: readonly CellError[]): ReadonlyMap<string, readonly CellError[]> {
  const byRule = new Map<string, CellError[]>();
  for (const error of errors) {
    const known = byRule.get(error.rowId);
    if (known) known.push(error);
    else byRule.set(error.rowId, [error]);
  }
  return byRule;
}
