import { memo, useState, type ReactNode } from 'react';
import type { CellError, Example, RuleTable } from '#rule-table';
import type { LocalizedText } from '../../i18n/localized-text.ts';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import { findingWords } from './analysis-words.ts';
import { columnWords } from './column-words.ts';
import type { Analysis } from './use-analysis.ts';

/** What the server finds in the saved draft, as `checkRuleSet` says it; `title` is its code in words. */
export interface DocumentFinding {
  readonly code: string;
  readonly message: string;
  readonly path: string;
  readonly ruleId?: string | null;
  readonly title?: LocalizedText | null;
}

export interface TableFindingsProps {
  readonly table: RuleTable;
  /** By rule id. */
  readonly errors: ReadonlyMap<string, readonly CellError[]>;
  readonly analysis: Analysis['analysis'];
  readonly state: Analysis['state'];
  readonly findings: readonly DocumentFinding[];
  readonly onGoTo: (rowId: string, column?: number) => void;
  /** Adds a row for the example of a gap; undefined where nothing is written. */
  readonly onFill: ((example: Example) => void) | undefined;
}

/**
 * The band above the grid: cells that cannot be read, what the saved draft lacks, then gaps, overlaps and rules that never count. Each is
 * one line with its first example until it is opened, so that the grid does not move away while one writes.
 */
export const TableFindings = memo(function TableFindings({ table, errors, analysis, state, findings, onGoTo, onFill }: TableFindingsProps): ReactNode {
  const text = useText();
  const { t, of } = text;
  const cells = [...errors.values()].flat().toSorted((left, right) => left.row - right.row || left.column - right.column);
  // An expression that cannot be read is said once, at its cell.
  const others = findings.filter(({ code, ruleId }) => code !== 'FEEL_INVALID' || ruleId == null || !errors.has(ruleId));
  const found = cells.length > 0 ? [] : (analysis?.findings ?? []);

  function nameOf(column: number): string {
    const shown = table.columns[column];
    return shown === undefined ? '' : columnWords(shown, table.head, text).name;
  }

  function stateWords(): string {
    if (cells.length > 0) return '';
    if (state === 'failed') return t('ruleTable.found.failed');
    if (analysis === undefined) return t('ruleTable.found.waiting');
    if (analysis.errors.length > 0) return t('ruleTable.found.notPossible');
    const isForGaps = table.head.hitPolicy !== undefined && table.head.hitPolicy !== 'collect';
    const parts = [
      found.length > 0 ? undefined : isForGaps ? t('ruleTable.found.none') : t('ruleTable.found.noneCollect'),
      analysis.isComplete ? undefined : t('ruleTable.found.incomplete'),
      analysis.notAnalysed.length === 0 ? undefined : t('ruleTable.found.notRead', { count: analysis.notAnalysed.length }),
    ];
    return parts.filter((part) => part !== undefined).join(' ');
  }

  return (
    <div className="rule-findings">
      <FindingLine state="failed" label={t('ruleTable.errors')} lead={`${t('ruleTable.errorsLead')} ${t('ruleTable.found.afterErrors')}`} items={cells} wordsOf={(error) => t('ruleTable.cellText', { cell: t('ruleTable.cell', { row: error.row + 1, column: nameOf(error.column) }), text: t('ruleTable.expected', { expected: of(error.expected) }) })} goTo={({ rowId, column }) => () => onGoTo(rowId, column)} />
      <FindingLine state="failed" label={t('ruleTable.draftFindings')} items={others} wordsOf={({ code, message, path, title }) => `${of(title, code)}: ${message} (${path})`} goTo={({ ruleId }) => (ruleId === undefined || ruleId === null ? undefined : () => onGoTo(ruleId))} />
      <FindingLine state="attention" label={t('ruleTable.found.title')} items={found} wordsOf={(finding) => findingWords(finding, table, text)} goTo={({ rules: [first] }) => (first === undefined ? undefined : () => onGoTo(first))} fill={(finding) => (finding.kind === 'gap' && onFill !== undefined ? () => onFill(finding.example) : undefined)} />
      <p className="small muted rule-analysis-state" role="status" data-state={state}>
        {stateWords()}
      </p>
    </div>
  );
});

/** So many of a list are shown before one asks for all. */
const shownAtFirst = 20;

interface FindingLineProps<Item> {
  readonly state: 'failed' | 'attention';
  readonly label: string;
  readonly lead?: string;
  readonly items: readonly Item[];
  /** Asked for those alone that are seen: there may be hundreds, and the table is written meanwhile. */
  readonly wordsOf: (item: Item) => string;
  readonly goTo: (item: Item) => (() => void) | undefined;
  readonly fill?: (item: Item) => (() => void) | undefined;
}

function FindingLine<Item>({ state, label, lead, items, wordsOf, goTo, fill }: FindingLineProps<Item>): ReactNode {
  const { t } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const [isWhole, setIsWhole] = useState(false);
  const [first] = items;
  if (first === undefined) return null;
  const shown = !isOpen ? [] : isWhole ? items : items.slice(0, shownAtFirst);
  return (
    <details className={`notice notice-${state} rule-finding-line`} open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <StateMark state={state}>{t('ruleTable.counted', { label, count: items.length })}</StateMark>
        {isOpen ? null : <span className="rule-finding-first">{wordsOf(first)}</span>}
      </summary>
      {lead === undefined ? null : <p className="small">{lead}</p>}
      <ul aria-label={label}>
        {shown.map((item, index) => {
          const onGoTo = goTo(item);
          const onFill = fill?.(item);
          return (
            <li key={index}>
              {onGoTo === undefined ? (
                wordsOf(item)
              ) : (
                <button type="button" className="text-button" onClick={onGoTo}>
                  {wordsOf(item)}
                </button>
              )}
              {onFill === undefined ? null : (
                <button type="button" className="text-button" onClick={onFill}>
                  {t('ruleTable.fillGap')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {!isOpen || shown.length === items.length ? null : (
        <button type="button" className="text-button" onClick={() => setIsWhole(true)}>
          {t('ruleTable.moreFindings', { count: items.length - shown.length })}
        </button>
      )}
    </details>
  );
}
