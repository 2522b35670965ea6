import { readTsv, writeTsv } from '#rule-table';

/** A block of cells in the two forms that the clipboard carries for spreadsheets. */
export interface ClipboardBlock {
  readonly plain: string;
  /** A table; absent for one cell, which may go into any text. */
  readonly html?: string;
}

/**
 * A block as an HTML table. Cells that are no plain numbers are of the format text, so that a spreadsheet makes no date of `1-2`; what it
 * would take for a formula has the apostrophe that it has in tab-separated text.
 */
export function htmlTable(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => `<tr>${row.map((text) => `<td${isNumber(text) ? '' : ` style="mso-number-format:'\\@'"`}>${escaped(safe(text))}</td>`).join('')}</tr>`);
  return `<table>${rows.join('')}</table>`;
}

/** The cells of a clipboard. Its table is taken where the text beside it has no cells; a cell that spans others is followed by empty ones. */
export function clipboardCells(data: Pick<DataTransfer, 'getData'>): readonly (readonly string[])[] {
  const plain = data.getData('text/plain');
  if (plain.includes('\t')) return readTsv(plain);
  const cells = tableCells(data.getData('text/html'));
  return cells !== undefined && cells.some((row) => row.length > 1) ? cells : readTsv(plain);
}

function tableCells(html: string): readonly (readonly string[])[] | undefined {
  if (!/<table[\s>]/i.test(html)) return undefined;
  const table = new DOMParser().parseFromString(withoutStyles(html), 'text/html').querySelector('table');
  if (table === null || table.rows.length === 0) return undefined;
  const rows: string[][] = Array.from(table.rows, () => []);
  for (const [index, row] of Array.from(table.rows).entries()) {
    let column = 0;
    for (const cell of row.cells) {
      while (rows[index]?.[column] !== undefined) column += 1;
      for (let down = 0; down < cell.rowSpan; down += 1) {
        for (let right = 0; right < cell.colSpan; right += 1) {
          const spanned = rows[index + down];
          if (spanned) spanned[column + right] = down + right === 0 ? cellText(cell) : '';
        }
      }
      column += cell.colSpan;
    }
  }
  return rows.map((row) => Array.from(row, (text) => text ?? ''));
}

/** Spreadsheets style every cell, which the content security policy of the page would report one by one. */
function withoutStyles(html: string): string {
  return html.replace(/<style[\s>][^]*?<\/style>/gi, '').replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+)/gi, ''));
}

/** Line breaks of the source are none of the cell. A formula's apostrophe goes as in tab-separated text. */
function cellText(cell: HTMLTableCellElement): string {
  for (const lineBreak of cell.querySelectorAll('br')) lineBreak.replaceWith('\u2028');
  const text = (cell.textContent ?? '').replace(/[\t\r\n ]+/g, ' ').replace(/ ?\u2028 ?/g, '\n').trim();
  return text.includes('\n') ? text : (readTsv(text)[0]?.[0] ?? text);
}

function safe(text: string): string {
  return isNumber(text) || !writeTsv([[text]]).replace(/^"/, '').startsWith("'") ? text : `'${text}`;
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign).replaceAll('\n', `<br style="mso-data-placement:same-cell">`);
}
