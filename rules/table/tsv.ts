/**
 * A block of cells as tab-separated text, as spreadsheets put it on the clipboard: a cell with a tab, a line break or a quote stands in
 * quotes, its own quotes doubled.
 */
export function writeTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map((text) => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join('\t')).join('\n');
}

/**
 * Reads tab-separated text. Spreadsheets leave quotes as they are in a cell without line breaks, so that a cell counts as quoted only when
 * its quotes end with it and there is in them what needs them.
 */
export function readTsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let at = 0;
  for (;;) {
    const quoted = quotedAt(text, at);
    plain.lastIndex = at;
    const raw = quoted ?? plain.exec(text)?.[0] ?? '';
    rows.at(-1)?.push(quoted === undefined ? raw : raw.slice(1, -1).replaceAll('""', '"'));
    at += raw.length;
    if (at >= text.length) return rows;
    if (text[at] === '\t') {
      at += 1;
      continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    // The last line break ends the last row.
    if (at >= text.length) return rows;
    rows.push([]);
  }
}

const plain = /[^\t\r\n]*/y;
const quotes = /"(?:[^"]|"")*"(?=[\t\r\n]|$)/y;

function quotedAt(text: string, at: number): string | undefined {
  quotes.lastIndex = at;
  const found = quotes.exec(text)?.[0];
  return found !== undefined && /["\t\r\n]/.test(found.slice(1, -1)) ? found : undefined;
}
