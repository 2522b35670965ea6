import { fixedValues, type TableColumn } from '#rule-table';
import type { Text } from '../../i18n/use-text.ts';

/** A text that a cell can have, and what it means where the text does not say it itself. */
export interface CellValue {
  readonly text: string;
  readonly words: string;
}

/** What the list below a cell offers: `text` is the whole cell once the value is taken. */
export interface CellSuggestion {
  readonly value: CellValue;
  readonly text: string;
}

/** The fixed values of a column, in the words of the reader. */
export function cellValues(column: TableColumn, { lookup }: Pick<Text, 'lookup'>): readonly CellValue[] {
  const wordsOf = (text: string): string => (column.kind === 'level' ? lookup(`decision.level.${text}`, '') : column.kind === 'source' ? lookup(`ruleTable.source.${column.part}.${text}`, '') : lookup(`ruleTable.value.${text}`, ''));
  return fixedValues(column).map((text) => ({ text, words: wordsOf(text) }));
}

/**
 * The values that begin or contain what is written, and none once that is one of them: nothing then stands between the text and the next
 * key. In an input's cell, which takes several tests, the last one counts. A text that is as it was when the cell was opened offers all.
 */
export function suggestionsFor(values: readonly CellValue[], written: string, opened: string, isInput: boolean): readonly CellSuggestion[] {
  if (values.length === 0) return [];
  if (written === opened) return values.filter(({ text }) => text !== written).map((value) => ({ value, text: value.text }));
  const from = isInput ? lastTestAt(written) : 0;
  const before = written.slice(0, from);
  const term = plain(written.slice(from));
  if (values.some(({ text }) => text === written.slice(from).trim())) return [];
  const starts = (value: CellValue): boolean => plain(value.text).startsWith(term) || plain(value.words).startsWith(term);
  const contains = (value: CellValue): boolean => plain(value.text).includes(term) || plain(value.words).includes(term);
  const found = [...values.filter(starts), ...values.filter((value) => !starts(value) && contains(value))];
  return found.map((value) => ({ value, text: `${before}${before === '' || before.endsWith(' ') ? '' : ' '}${value.text}` }));
}

/** Where the last test of several begins: after the last comma outside of quotes. */
function lastTestAt(text: string): number {
  let isQuoted = false;
  let from = 0;
  for (const [index, sign] of [...text].entries()) {
    if (sign === '"' || sign === '“' || sign === '”') isQuoted = !isQuoted;
    else if (!isQuoted && (sign === ',' || sign === '，' || sign === '、')) from = index + 1;
  }
  return from;
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/["“”]/g, '').trim().toLowerCase();
}
