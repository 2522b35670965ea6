import { columnName, type RuleTable, type TableColumn } from '#rule-table';
import { textOf } from '../../i18n/localized-text.ts';
import type { Locale } from '../../i18n/message.ts';
import { ruleTableMessages } from '../../i18n/messages/rule-table.ts';
import type { Text } from '../../i18n/use-text.ts';
import { columnWords } from './column-words.ts';

/** Where the columns of a pasted block go, by the names in its first row. */
export type NamedColumns =
  /** The place of the table's column for each pasted one; undefined for one that is empty. */
  | { readonly columns: readonly (number | undefined)[] }
  /** Names that no column has, or that stand there twice. */
  | { readonly unknown: readonly string[] };

/**
 * The columns that the first row of a block names, in either language or as the document names them, with or without the unit; undefined
 * where it is no header. One column counts as named only where it is pasted (`at`): its first cell may well be a text that is a name too.
 */
export function namedColumns(table: Pick<RuleTable, 'head' | 'columns'>, [header = [], ...rows]: readonly (readonly string[])[], at: number): NamedColumns | undefined {
  if (rows.length === 0) return undefined;
  const places = new Map(table.columns.flatMap((column, place) => namesOf(column, table.head).map((name) => [name, place] as const)).reverse());
  const width = Math.max(header.length, ...rows.map((row) => row.length));
  const named = Array.from({ length: width }, (_, index) => ({ name: header[index] ?? '', place: places.get(normal(header[index] ?? '')), hasData: rows.some((row) => (row[index] ?? '').trim() !== '') }));
  const given = named.filter(({ name }) => name.trim() !== '');
  const found = given.filter(({ place }) => place !== undefined);
  if (width === 1 ? found[0]?.place !== at : found.length < 2 || found.length * 2 < given.length) return undefined;
  const taken = new Set<number>();
  const unknown = named.flatMap(({ name, place, hasData }, index) => {
    const isFree = place !== undefined && !taken.has(place);
    if (isFree) taken.add(place);
    return isFree || (name.trim() === '' && !hasData) ? [] : [name.trim() === '' ? String(index + 1) : name.trim()];
  });
  return unknown.length > 0 ? { unknown } : { columns: named.map(({ place }) => place) };
}

function namesOf(column: TableColumn, head: RuleTable['head']): readonly string[] {
  const unit = column.kind === 'input' ? column.unit : column.kind === 'output' ? column.output.unit : undefined;
  const own = column.kind === 'output' ? column.output.name : column.kind === 'annotation' ? column.name : columnName(column);
  const names = [own, columnName(column), ...(['zh-CN', 'en'] as const).map((locale) => columnWords(column, head, textIn(locale)).name)];
  return names.flatMap((name) => [normal(name), ...(unit === undefined ? [] : [normal(`${name} (${unit})`), normal(`${name}(${unit})`)])]);
}

/** The texts of one language, whichever the reader's is. */
function textIn(locale: Locale): Pick<Text, 't' | 'of'> {
  const messages: Readonly<Partial<Record<string, Readonly<Record<Locale, string>>>>> = ruleTableMessages;
  return { t: (key) => messages[key]?.[locale] ?? key, of: (text, fallback) => textOf(text, locale, fallback) };
}

function normal(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
