import { useState, type ReactNode } from 'react';
import type { AnalysisFinding } from '#rule-table';
import { useText } from '../../i18n/use-text.ts';
import type { LocalizedText } from '../../i18n/localized-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { findingWords } from './analysis-words.ts';
import { columnWords } from './column-words.ts';
import type { Analysis } from './use-analysis.ts';
import type { Grid } from './use-grid.ts';
import type { EditedRuleTable } from './use-rule-table.ts';

/** What the server finds in the saved draft, as `checkRuleSet` says it; `title` is its code in words. */
export interface DocumentFinding {
  readonly code: string;
  readonly message: string;
  readonly path: string;
  readonly ruleId?: string | null;
  readonly title?: LocalizedText | null;
}

export interface TableFindingsProps {
  readonly edited: EditedRuleTable;
  readonly grid: Grid;
  readonly analysis: Analysis;
  readonly findings: readonly DocumentFinding[];
  readonly onGoTo: (rowId: string, column?: number) => void;
}

/** So many of a list are shown before one asks for all. */
const shownAtFirst = 5;

/** The band above the grid: cells that cannot be read, what the saved draft lacks, then gaps, overlaps and rules that never count. */
export function TableFindings({ edited: { table, errors }, analysis: { analysis, state }, findings, onGoTo }: TableFindingsProps): ReactNode {
  const text = useText();
  const { t, of } = text;
  const cells = [...errors.values()].flat().toSorted((left, right) => left.row - right.row || left.column - right.column);
  const found = cells.length > 0 ? [] : (analysis?.findings ?? []);
  return (
    <div className="rule-findings">
      {cells.length === 0 ? null : (
        <section className="notice notice-failed">
          <StateMark state="failed" bare />
          <div>
            <p>{t('ruleTable.errorsLead', { count: cells.length })}</p>
            <ShortList label={t('ruleTable.errors')} items={cells.map((error) => ({ key: `${error.rowId} ${error.column}`, words: t('ruleTable.cellText', { cell: t('ruleTable.cell', { row: error.row + 1, column: nameOf(error.column) }), text: t('ruleTable.expected', { expected: of(error.expected) }) }), onGoTo: () => onGoTo(error.rowId, error.column) }))} />
          </div>
        </section>
      )}
      {findings.length === 0 ? null : (
        <section className="notice notice-failed">
          <StateMark state="failed" bare />
          <div>
            <p>{t('ruleTable.draftFindings')}</p>
            <ShortList label={t('ruleTable.draftFindings')} items={findings.map(({ code, message, path, ruleId, title }, index) => ({ key: String(index), words: `${of(title, code)}: ${message} (${path})`, onGoTo: ruleId === undefined || ruleId === null ? undefined : () => onGoTo(ruleId) }))} />
          </div>
        </section>
      )}
      {found.length === 0 ? null : (
        <section className="notice notice-attention" data-state={state}>
          <StateMark state="attention" bare />
          <div>
            <p>{t('ruleTable.found.title')}</p>
            <ShortList label={t('ruleTable.found.title')} items={found.map((finding, index) => ({ key: `${index}`, words: findingWords(finding, table, text), onGoTo: goToFirst(finding) }))} />
          </div>
        </section>
      )}
      <p className="small muted rule-analysis-state" role="status">
        {stateWords()}
      </p>
    </div>
  );

  function nameOf(column: number): string {
    const shown = table.columns[column];
    return shown === undefined ? '' : columnWords(shown, table.head, text).name;
  }

  function goToFirst({ rules: [first] }: AnalysisFinding): (() => void) | undefined {
    return first === undefined ? undefined : () => onGoTo(first);
  }

  function stateWords(): string {
    if (cells.length > 0) return t('ruleTable.found.afterErrors');
    if (state === 'failed') return t('ruleTable.found.failed');
    if (state === 'waiting') return t('ruleTable.found.waiting');
    if (analysis === undefined || analysis.errors.length > 0) return t('ruleTable.found.notPossible');
    const { notAnalysed, isComplete } = analysis;
    const isForGaps = table.head.hitPolicy !== undefined && table.head.hitPolicy !== 'collect';
    const parts = [
      found.length > 0 ? undefined : isForGaps ? t('ruleTable.found.none') : t('ruleTable.found.noneCollect'),
      isComplete ? undefined : t('ruleTable.found.incomplete'),
      notAnalysed.length === 0 ? undefined : t('ruleTable.found.notRead', { count: notAnalysed.length }),
    ];
    return parts.filter((part) => part !== undefined).join(' ');
  }
}

interface ListItem {
  readonly key: string;
  readonly words: string;
  readonly onGoTo: (() => void) | undefined;
}

function ShortList({ label, items }: { readonly label: string; readonly items: readonly ListItem[] }): ReactNode {
  const { t } = useText();
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? items : items.slice(0, shownAtFirst);
  return (
    <>
      <ul aria-label={label}>
        {shown.map(({ key, words, onGoTo }) => (
          <li key={key}>
            {onGoTo === undefined ? (
              words
            ) : (
              <button type="button" className="text-button" onClick={onGoTo}>
                {words}
              </button>
            )}
          </li>
        ))}
      </ul>
      {shown.length === items.length ? null : (
        <button type="button" className="text-button" onClick={() => setIsWhole(true)}>
          {t('ruleTable.moreFindings', { count: items.length - shown.length })}
        </button>
      )}
    </>
  );
}
