import type { TableRow } from '#rule-table';

/** The ids of the rows that have not every word of a text in their name, id or cells. Case does not matter. */
export function hiddenRows(rows: readonly TableRow[], text: string): ReadonlySet<string> {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return new Set();
  return new Set(rows.filter((row) => !words.every((word) => textOf(row).includes(word))).map(({ id }) => id));
}

function textOf({ id, rest: { name }, cells }: TableRow): string {
  return [id, name['zh-CN'], name.en, ...cells.map(({ text }) => text)].join('\n').toLowerCase();
}
