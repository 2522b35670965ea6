import type { LocalizedText } from '../index.ts';

/** Why an edit of a table cannot be done. */
export interface Refused {
  readonly refused: LocalizedText;
}

export function refused(zh: string, en: string): Refused {
  return { refused: { 'zh-CN': zh, en } };
}

/** An edit that names a row, a column or a declaration that is not there. */
export const outside = refused('该位置在表格之外', 'That place is outside of the table');
