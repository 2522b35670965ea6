import type { TableRow } from '#rule-table';

/** The ids of the rows that have not every word of a text in their name, id or cells. Case does not matter. */
export function hiddenRows(rows: readonly TableRow[], text: string): ReadonlySet<string> {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return new Set();
  return new Set(rows.filter((row) => !words.every((word) => textOf(row).includes(word))).map(({ id }) => id));
}

/** A changed row is another object: the text of all others is put together once, not with each letter of the filter. */
const texts = new WeakMap<TableRow, string>();

function textOf(row: TableRow): string {
  let text = texts.get(row);
  if (text === undefined) {
    const { id, rest: { name }, cells } = row;
    text = [id, name['zh-CN'], name.en, ...cells.map((cell) => cell.text)].join('\n').toLowerCase();
    texts.set(row, text);
  }
  return text;
}
