import type { LocalizedText } from '../index.ts';

/** Why an edit of a table cannot be done. */
export interface Refused {
  readonly refused: LocalizedText;
}

export function refused(zh: string, en: string): Refused {
  return { refused: { 'zh-CN': zh, en } };
}

const namedRows = 20;

/** Rows, by their places from 0, as a person counts them; the first twenty of many. */
export function rowsInWords(rows: readonly number[]): LocalizedText {
  const numbers = rows.slice(0, namedRows).map((row) => row + 1);
  const isCut = rows.length > namedRows;
  return { 'zh-CN': `第 ${numbers.join('、')}${isCut ? ' … ' : ' '}行`, en: `row${rows.length > 1 ? 's' : ''} ${numbers.join(', ')}${isCut ? ' …' : ''}` };
}

/** An edit that names a row, a column or a declaration that is not there. */
export const outside = refused('该位置在表格之外', 'That place is outside of the table');
