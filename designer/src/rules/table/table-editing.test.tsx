import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { checkRuleSet } from '#rules';
import { columnName, exampleTests, keptTree, readTsv, TableReader, toDecisionTable, type RuleTable } from '#rule-table';
import { resourcesFor } from '../../i18n/messages.ts';
import type { Text } from '../../i18n/use-text.ts';
import { textOf, type LocalizedText } from '../../i18n/localized-text.ts';
import { findingWords, rowMarks } from './analysis-words.ts';
import { cellNamer } from './cell-name.ts';
import { copyBlock, pasteEdit, type Paste } from './clipboard.ts';
import { clipboardCells, htmlTable } from './clipboard-html.ts';
import type { GridBlock } from './grid-selection.ts';
import { columnWords } from './column-words.ts';
import { hiddenRows } from './filter-rows.ts';
import { GridRow } from './grid-row.tsx';
import { blockOf, firstPlace, selectPlace } from './grid-selection.ts';
import { measureGrid, scrollTo, visibleColumns, visibleRows } from './grid-window.ts';
import { newColumn } from './new-column.ts';
import { doEdit, redo, startHistory, undo } from './table-history.ts';
import { doseLimits } from './test-rule-set.ts';

const table = toDecisionTable(doseLimits);
const reader = new TableReader(table.head);
const place = (name: string): number => table.columns.findIndex((column) => columnName(column) === name);
const columnTexts = (of: RuleTable, name: string): (string | undefined)[] => of.rows.map(({ cells }) => cells[place(name)]?.text);
const all = [0, 1, 2];
const cell = (row: number, column: number): GridBlock => ({ row, column, rows: 1, columns: 1 });
const pasted = (of: RuleTable, shown: readonly number[], block: GridBlock, text: string): Paste => {
  const made = pasteEdit(of, shown, block, readTsv(text));
  if ('reason' in made) throw new Error(`Expected a paste, but it is refused: ${made.reason}`);
  return made;
};

function textFor(locale: 'zh-CN' | 'en'): Text {
  const t = i18next.getFixedT(locale);
  return { locale, t: (key: string, values: Record<string, unknown> = {}) => t(key, values), lookup: (key: string) => t(key), of: (text: LocalizedText | string | null | undefined, fallback?: string) => textOf(text, locale, fallback) } as unknown as Text;
}

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: 'zh-CN', fallbackLng: false, keySeparator: false, nsSeparator: false, interpolation: { escapeValue: false }, resources: { 'zh-CN': { translation: resourcesFor('zh-CN') }, en: { translation: resourcesFor('en') } } });
});

describe('writing in the table', () => {
  it('undoes and does again exactly, and says which row it shows at', () => {
    const written = doEdit(startHistory(table), { type: 'setCell', row: 1, column: place('message zh-CN'), text: '儿童不超过 100 mg。' }, reader).history;
    const removed = doEdit(written, { type: 'removeRows', at: 0, count: 1 }, reader).history;

    const back = undo(removed, reader);
    const start = undo(back.history, reader);

    expect(back).toMatchObject({ row: 0, history: { table: written.table } });
    expect(start).toMatchObject({ row: 1, history: { table } });
    expect(undo(start.history, reader)).toEqual({ history: start.history });
    expect(undo(doEdit(written, { type: 'addRow', at: 3 }, reader).history, reader)).toMatchObject({ row: 2, history: { table: written.table } });
    expect(redo(redo(start.history, reader).history, reader).history.table).toEqual(removed.table);
  });

  it('forgets what was undone when something else is written, and nothing when an edit is refused', () => {
    const written = undo(doEdit(startHistory(table), { type: 'addRow', at: 0 }, reader).history, reader).history;

    expect(doEdit(written, { type: 'removeColumn', column: place('level') }, reader)).toMatchObject({ history: written, refused: { 'zh-CN': '此列不能删除' } });
    expect(doEdit(written, { type: 'addRow', at: 3 }, reader).history.future).toEqual([]);
  });

  it('keeps a text of the wrong type in a document that cannot be reviewed', () => {
    const { history } = doEdit(startHistory(table), { type: 'setCell', row: 0, column: place('ageYears'), text: '"十八"' }, reader);
    const draft = reader.draft(history.table);

    expect(reader.errors(history.table)).toMatchObject([{ code: 'TYPE_MISMATCH', row: 0, rowId: 'adult', column: place('ageYears') }]);
    expect(checkRuleSet(draft)).toMatchObject([{ code: 'FEEL_INVALID', ruleId: 'adult' }]);
    expect(columnTexts(toDecisionTable(draft), 'ageYears')).toEqual(['"十八"', '< 18', '-']);
    expect(checkRuleSet(reader.draft(undo(history, reader).history.table))).toEqual([]);
  });
});

describe('the clipboard of the table', () => {
  it('takes a block of a spreadsheet over rows and columns', () => {
    const { edit, block } = pasted(table, all, cell(0, place('message zh-CN')), '"多行\n提示"\tTwo\r\n第二\t"say ""no"""\r\n');
    const { history } = doEdit(startHistory(table), edit, reader);

    expect(block).toMatchObject({ rows: 2, columns: 2 });
    expect(columnTexts(history.table, 'message zh-CN')).toEqual(['多行\n提示', '第二', '由药师决定。']);
    expect(columnTexts(history.table, 'message en').slice(0, 2)).toEqual(['Two', 'say "no"']);
    expect(undo(history, reader).history.table).toEqual(table);
  });

  it('fills the selection with one cell, and only the rows that a filter shows', () => {
    const whole = pasted(table, all, { row: 0, column: place('output maxDose'), rows: 3, columns: 1 }, '50');
    const filtered = pasted(table, [0, 2], cell(0, place('output maxDose')), '7\r\n8\r\n');

    expect(columnTexts(doEdit(startHistory(table), whole.edit, reader).history.table, 'output maxDose')).toEqual(['50', '50', '50']);
    expect(columnTexts(doEdit(startHistory(table), filtered.edit, reader).history.table, 'output maxDose')).toEqual(['7', '100', '8']);
    expect(pasteEdit(table, [0, 2], cell(1, 0), [['1'], ['2']])).toEqual({ reason: 'filtered' });
  });

  it('leaves a first row of column names out, and puts each column where its name says', () => {
    const named = pasted(table, all, cell(1, 0), '提示（中文）\tDaily limit (mg)\tageYears\n甲\t1\t> 3\n乙\t2\t> 4\n丙\t3\t> 5\n');
    const after = doEdit(startHistory(table), named.edit, reader).history.table;

    expect(named).toMatchObject({ added: 1, columns: 3, isNamed: true });
    expect([columnTexts(after, 'message zh-CN'), columnTexts(after, 'output maxDose'), columnTexts(after, 'ageYears')]).toEqual([['超过每日上限。', '甲', '乙', '丙'], ['400', '1', '2', '3'], ['>= 18', '> 3', '> 4', '> 5']]);
    expect(pasteEdit(table, all, cell(0, 0), [['年龄', '每日上限', '厂家', ''], ['1', '2', 'x', 'y']])).toEqual({ reason: 'unknownColumns', names: ['厂家', '4'] });
    expect(pasteEdit(table, all, cell(0, 0), [['年龄', '年龄'], ['1', '2']])).toEqual({ reason: 'unknownColumns', names: ['年龄'] });
    expect(pasted(table, all, cell(0, place('ageYears')), '年龄\n5').isNamed).toBe(true);
    expect([pasted(table, all, cell(0, place('message zh-CN')), '年龄\n5').isNamed, pasted(table, all, cell(0, 0), '年龄\t每日上限').isNamed, pasted(table, all, cell(0, 0), '1\t2\n年龄\t每日上限').isNamed]).toEqual([false, false, false]);
  });

  it('makes rows in a table that has none, as one step of the history', () => {
    const empty = { ...table, rows: [] };
    const made = pasted(empty, [], cell(0, 0), '年龄\t级别\n> 1\tHARD\n> 2\tWARN\n');
    const { history } = doEdit(startHistory(empty), made.edit, reader);

    expect(made).toMatchObject({ added: 2, block: { row: 0, rows: 2 } });
    expect([columnTexts(history.table, 'ageYears'), columnTexts(history.table, 'level')]).toEqual([['> 1', '> 2'], ['HARD', 'WARN']]);
    expect(undo(history, reader).history.table).toEqual(empty);
  });

  it('says that there are too few columns, and takes empty ones at the end for none', () => {
    const last = table.columns.length - 1;

    expect(pasteEdit(table, all, cell(0, last), [['S', 'x']])).toEqual({ reason: 'tooWide', columns: 2, room: 1 });
    expect(pasteEdit(table, [0], cell(0, last), [['S', 'x']])).toEqual({ reason: 'tooWide', columns: 2, room: 1 });
    expect(pasted(table, all, cell(0, last), 'S\t\t \nG\t').columns).toBe(1);
  });

  it('copies the rows that are shown, and one cell as its bare text', () => {
    const column = place('message zh-CN');
    const quoted = doEdit(startHistory(table), { type: 'setCells', cells: [{ row: 0, column, text: '"a", "b"' }, { row: 1, column, text: '=1+1' }, { row: 2, column, text: '一\n二' }] }, reader).history.table;

    expect(copyBlock(table, [0, 2], { row: 0, column: place('level'), rows: 2, columns: 2 }).plain).toBe('HARD\t超过每日上限。\n\t由药师决定。\n');
    expect(all.map((row) => copyBlock(quoted, all, cell(row, column)).plain)).toEqual(['"a", "b"', "'=1+1\n", '"一\n二"\n']);
  });
});

describe('the clipboard in the form of web pages', () => {
  it('is a table of texts that a spreadsheet neither runs nor takes for dates', () => {
    expect(htmlTable([['5', '1-2'], ['=1+1', 'a<b\n"c"']])).toBe(`<table><tr><td>5</td><td style="mso-number-format:'\\@'">1-2</td></tr><tr><td style="mso-number-format:'\\@'">'=1+1</td><td style="mso-number-format:'\\@'">a&lt;b<br style="mso-data-placement:same-cell">&quot;c&quot;</td></tr></table>`);
    expect(copyBlock(table, all, { row: 0, column: 0, rows: 1, columns: 2 }).html).toContain('&gt;= 18');
    expect(copyBlock(table, all, cell(0, 0)).html).toBeUndefined();
  });

  it('is not looked at where the text has the cells', () => {
    const data = (plain: string): Pick<DataTransfer, 'getData'> => ({ getData: (type) => (type === 'text/plain' ? plain : '') });

    expect(clipboardCells(data('1\t2\n'))).toEqual([['1', '2']]);
    expect(clipboardCells(data('"a\nb"'))).toEqual([['a\nb']]);
  });
});

describe('what of the table is seen', () => {
  it('is the rows that have every word in their name or cells', () => {
    expect([...hiddenRows(table.rows, ' 上限  LABEL ')]).toEqual(['child', 'newborn']);
    expect([...hiddenRows(table.rows, '')]).toEqual([]);
  });

  it('is a window over a thousand rows, with the cell that is gone to', () => {
    const measures = measureGrid(table.columns, false);
    const view = { top: 36_000 - 500, left: 0, width: 700, height: 552 };

    expect(visibleRows(view, measures, 1_000)).toEqual({ first: 982, end: 1_000 });
    expect(visibleRows({ ...view, top: 0 }, measures, 3)).toEqual({ first: 0, end: 3 });
    expect(visibleColumns(view, measures).end).toBeLessThan(table.columns.length);
    expect(scrollTo({ ...view, top: 0 }, { row: 999, column: 0 }, measures)).toEqual({ top: 36_000 - 500, left: 0 });
    expect(scrollTo(view, { row: 0, column: 0 }, measures)).toEqual({ top: 0, left: 0 });
  });

  it('is selected from where it began, and no further than the table', () => {
    const size = { rows: 3, columns: 4 };
    const extended = selectPlace(selectPlace(firstPlace, { row: 1, column: 2 }, size), { row: 9, column: 0 }, size, true);

    expect(blockOf(extended)).toEqual({ row: 1, column: 0, rows: 2, columns: 3 });
  });

  it('is drawn with its name and what is wrong with it, in the language of the reader', () => {
    const broken = doEdit(startHistory(table), { type: 'setCell', row: 0, column: place('ageYears'), text: '十八' }, reader).history.table;
    const drawn = (locale: 'zh-CN' | 'en'): string => {
      const text = textFor(locale);
      const row = broken.rows[0];
      if (row === undefined) throw new Error('Expected a row, but there is none');
      return renderToStaticMarkup(<GridRow gridId="g" row={row} shownAt={0} place={0} names={broken.columns.map((column) => columnWords(column, broken.head, text).name)} kinds={broken.columns.map(({ kind }) => kind)} measures={measureGrid(broken.columns, false)} first={0} end={3} activeColumn={0} selectedFrom={0} selectedTo={0} errors={reader.errors(broken)} mark={undefined} nameCell={cellNamer(text)} text={text} />);
    };

    expect(drawn('zh-CN')).toContain('aria-label="第 1 行，年龄：十八 (有错: 已声明的输入或 FEEL 函数，而不是 十八)"');
    expect(drawn('zh-CN')).toContain('aria-invalid="true"');
    expect(drawn('en')).toContain('aria-label="Row 1, Age: 十八 (wrong: a declared input or a function of FEEL, not 十八)"');
    expect(drawn('en')).toContain('data-active="true"');
  });

  it('says what the columns cannot show, and why', () => {
    const kept = table.rows.map(({ cells }) => keptTree(cells[place('condition')] ?? { text: '' }));

    expect(kept.map((each) => each?.reason)).toEqual([undefined, 'any', 'any']);
    expect(kept[2]?.tree).toEqual({ any: [{ fact: 'ageYears', operator: 'equal', value: 0 }] });
  });

  it('says gaps and overlaps with an example', () => {
    const words = textFor('zh-CN');
    const overlap = { kind: 'overlap', rules: ['adult', 'child'], example: { ageYears: 18, route: 'po' } } as const;

    expect(findingWords(overlap, table, words)).toBe('重叠：第 1 行“成人”和第 2 行“儿童”同时命中，例如 年龄 = 18 a，route = "po"');
    expect(findingWords({ kind: 'gap', rules: [], example: {} }, table, textFor('en'))).toBe('Gap: no row matches, for example anything');
    expect([...rowMarks([overlap, { kind: 'unreachable', rules: ['child'], by: ['adult'] }], words)]).toEqual([['adult', '重叠'], ['child', '重叠，永远轮不到']]);
  });
});

describe('a row for a gap', () => {
  it('holds for the example alone, in the form of each column', () => {
    const columns: RuleTable['columns'] = [...table.columns.slice(0, 1), { kind: 'input', fact: 'born', type: 'date' }, { kind: 'input', fact: 'route', type: 'string' }];

    expect(exampleTests({ ageYears: 17, born: '2026-01-01', route: '口服', other: 1 }, { ...table, columns })).toEqual([{ column: 0, text: '17' }, { column: 1, text: 'date("2026-01-01")' }, { column: 2, text: '"口服"' }]);
  });
});

describe('a new column', () => {
  const asked = { name: 'route', type: 'number', unit: '' } as const;

  it('is a declared fact, a result or a note', () => {
    expect(newColumn(table, { ...asked, kind: 'input' })).toEqual({ column: { kind: 'input', fact: 'route', type: 'string', allowedValues: ['po', 'iv'] } });
    expect(newColumn(table, { ...asked, kind: 'output', name: ' minDose ', unit: 'mg' })).toEqual({ column: { kind: 'output', output: { name: 'minDose', type: 'number', unit: 'mg' } } });
    expect(newColumn(table, { ...asked, kind: 'annotation', name: '依据' })).toEqual({ column: { kind: 'annotation', name: '依据' } });
  });

  it('has a name that a rule set takes, and is not there yet', () => {
    expect(newColumn(table, { ...asked, kind: 'output', name: '剂量' })).toEqual({ problem: 'name' });
    expect(newColumn(table, { ...asked, kind: 'output', name: '__proto__' })).toEqual({ problem: 'name' });
    expect(newColumn(table, { ...asked, kind: 'output', name: 'maxDose' })).toEqual({ problem: 'taken' });
  });
});
