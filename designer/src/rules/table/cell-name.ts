import type { Text } from '../../i18n/use-text.ts';

/** The name of a cell with what it says, as it is spoken. */
export type CellNamer = (row: number, column: string, kind: string, written: string) => string;

const marks = { row: '\u0001', column: '\u0002', text: '\u0003' } as const;

/** Names cells by a sentence that is looked up once: hundreds of cells are named while one scrolls. `row` is counted from 1. */
export function cellNamer({ t }: Pick<Text, 't'>): CellNamer {
  const sentence = t('ruleTable.cellText', { cell: t('ruleTable.cell', { row: marks.row, column: marks.column }), text: marks.text });
  const parts = sentence.split(/([\u0001\u0002\u0003])/);
  const [any, empty] = [t('ruleTable.any'), t('ruleTable.empty')];
  return (row, column, kind, written) => {
    const words = kind === 'input' && written === '-' ? any : written === '' ? empty : written;
    return parts.map((part) => (part === marks.row ? String(row) : part === marks.column ? column : part === marks.text ? words : part)).join('');
  };
}
