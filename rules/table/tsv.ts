/**
 * A block of cells as tab-separated text, as spreadsheets put it on the clipboard: each row ends with a line break; a cell with a tab, a
 * line break or a quote stands in quotes, its own quotes doubled. A text that a spreadsheet would take for a formula gets an apostrophe
 * before it, by which spreadsheets know text.
 */
export function writeTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map((text) => quoted(isFormula(text) ? `'${text}` : text)).join('\t')}\n`).join('');
}

/**
 * Reads tab-separated text. Spreadsheets leave quotes as they are in a cell without line breaks, so that a cell counts as quoted only when
 * its quotes end with it and there is in them what needs them. An apostrophe before a formula goes.
 */
export function readTsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let at = 0;
  for (;;) {
    const inQuotes = quotedAt(text, at);
    plain.lastIndex = at;
    const raw = inQuotes ?? plain.exec(text)?.[0] ?? '';
    const cell = inQuotes === undefined ? raw : raw.slice(1, -1).replaceAll('""', '"');
    rows.at(-1)?.push(cell.startsWith("'") && isFormula(cell) ? cell.slice(1) : cell);
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
const quotes = /"[^"]*(?:""[^"]*)*"(?=[\t\r\n]|$)/y;

function quoted(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function quotedAt(text: string, at: number): string | undefined {
  quotes.lastIndex = at;
  const found = quotes.exec(text)?.[0];
  return found !== undefined && /["\t\r\n]/.test(found.slice(1, -1)) ? found : undefined;
}

/**
 * Whether a spreadsheet may run a text, also one that has apostrophes before it, so that reading takes off exactly what writing put on.
 * Full-width signs count, since input methods write them; `-` alone and negative numbers are none.
 */
function isFormula(text: string): boolean {
  return /^'*\s*[=+\-@＝＋－＠]/.test(text) && !/^'*-(?:\d+(?:\.\d+)?)?$/.test(text);
}
