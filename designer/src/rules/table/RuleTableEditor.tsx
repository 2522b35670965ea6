import { useMemo, useRef, type ReactNode } from 'react';
import type { RuleSetDocument } from '#rules';
import { exampleTests, type Example } from '#rule-table';
import { useText } from '../../i18n/use-text.ts';
import '../../app/styles/rule-table.css';
import { rowMarks } from './analysis-words.ts';
import { CellBar } from './cell-bar.tsx';
import type { CellWriter } from './cell-input.tsx';
import { InputsPanel } from './declarations/inputs-panel.tsx';
import { OutputsPanel } from './declarations/outputs-panel.tsx';
import { PolicyField } from './declarations/policy-field.tsx';
import { RuleDetail } from './rule-detail.tsx';
import { KeptTrees } from './kept-trees.tsx';
import { TableFindings, type DocumentFinding } from './table-findings.tsx';
import { TableGrid } from './table-grid.tsx';
import { TableToolbar } from './table-toolbar.tsx';
import { useAnalysis } from './use-analysis.ts';
import { useGrid } from './use-grid.ts';
import { useRuleTable } from './use-rule-table.ts';
import { useStable } from './use-stable.ts';
import { useUndoKeys } from './use-undo-keys.ts';

export interface RuleTableEditorProps {
  /** Another document than the one handed out last begins anew: without history, at the first cell. */
  readonly document: RuleSetDocument;
  readonly readOnly: boolean;
  /** After every edit. Cells that cannot be read are in the document as unfinished: it can be saved, but `checkRuleSet` refuses it. */
  readonly onChange: (document: RuleSetDocument) => void;
  /** What the server finds in the saved draft. */
  readonly findings: readonly DocumentFinding[];
}

/** A rule set as a decision table that is edited like a spreadsheet. DMN 1.5 §8. */
export function RuleTableEditor({ document, readOnly, onChange, findings }: RuleTableEditorProps): ReactNode {
  const text = useText();
  const { t, of } = text;
  const edited = useRuleTable(document, onChange);
  const grid = useGrid(edited, readOnly);
  const analysis = useAnalysis(document);
  const writer = useRef<CellWriter>(null);
  const { table, errors } = edited;
  const found = errors.size > 0 ? undefined : analysis.analysis?.findings;
  const marks = useMemo(() => rowMarks(found ?? [], { t }), [found, t]);

  const run = useStable(grid.run);
  const editor = useRef<HTMLDivElement>(null);
  useUndoKeys(editor, run);
  const setFilter = useStable(grid.setFilter);
  const edit = useStable(grid.edit);
  const goTo = useStable((rowId: string, column?: number): void => {
    grid.goTo(rowId, column);
    writer.current?.focus();
  });

  const fill = useStable((example: Example): void => {
    grid.addRow(exampleTests(example, table));
    writer.current?.focus();
  });

  return (
    <div className="rule-table-editor" ref={editor}>
      <TableToolbar table={table} canUndo={edited.canUndo} canRedo={edited.canRedo} column={grid.selection.active.column} shown={grid.shown.length} filter={grid.filter} isReadOnly={readOnly} onFilter={setFilter} run={run} />
      <TableFindings table={table} errors={errors} analysis={analysis.analysis} state={analysis.state} findings={findings} onGoTo={goTo} onFill={readOnly ? undefined : fill} />
      <CellBar edited={edited} grid={grid} isReadOnly={readOnly} onWrite={() => writer.current?.write()} />
      <TableGrid name={of(table.head.name, table.head.key)} edited={edited} grid={grid} marks={marks} isReadOnly={readOnly} writer={writer} />
      {table.rows.length === 0 && readOnly ? <p className="muted">{t('ruleTable.noRows')}</p> : null}
      {table.rows.length > 0 && grid.shown.length === 0 ? (
        <p className="muted">
          {t('ruleTable.noneShown')}{' '}
          <button type="button" className="text-button" onClick={() => grid.setFilter('')}>
            {t('ruleTable.clearFilter')}
          </button>
        </p>
      ) : null}
      <p className="small rule-said" role="status">
        <span key={grid.said.number}>{grid.said.words}</span>
      </p>
      <PolicyField head={table.head} isReadOnly={readOnly} onEdit={edit} />
      <OutputsPanel table={table} isReadOnly={readOnly} onEdit={edit} />
      <InputsPanel table={table} isReadOnly={readOnly} onEdit={edit} />
      <RuleDetail table={table} reader={edited.reader} place={grid.shown[grid.selection.active.row] ?? -1} isReadOnly={readOnly} onEdit={grid.edit} />
      <KeptTrees table={table} reader={edited.reader} onGoTo={goTo} />
      <details className="small rule-keys">
        <summary>{t('ruleTable.keys')}</summary>
        <ul>
          <li>{t('ruleTable.keys.move')}</li>
          {readOnly ? null : (
            <>
              <li>{t('ruleTable.keys.write')}</li>
              <li>{t('ruleTable.keys.block')}</li>
              <li>{t('ruleTable.keys.rows')}</li>
            </>
          )}
        </ul>
      </details>
    </div>
  );
}
