import { toDecisionTable, type TableColumn } from '#rule-table';
import { cellValues, suggestionsFor, type CellValue } from './cell-suggestions.ts';
import { doseLimits } from './test-rule-set.ts';

const text = { lookup: (key: string, fallback: string) => (key === 'decision.level.HARD' ? '禁止' : fallback) };
const valuesOf = (column: TableColumn): string[] => cellValues(column, text).map((value) => value.text);
const routes: readonly CellValue[] = [{ text: '"po"', words: '' }, { text: '"iv"', words: '' }];
const offered = (written: string, opened = '', isInput = true): string[] => suggestionsFor(routes, written, opened, isInput).map((each) => each.text);

describe('the values that a cell can have', () => {
  it('are levels, grades, marks, allowed values and truth values, as the cell writes them', () => {
    const { columns } = toDecisionTable(doseLimits);
    const found = Object.fromEntries(columns.map((column) => [column.kind === 'source' ? column.part : column.kind, valuesOf(column)]));

    expect(found['level']).toEqual(['HARD', 'UNKNOWN', 'PHARMACIST', 'WARN', 'PASS']);
    expect([found['grade'], found['mark'], found['reference']]).toEqual([['A', 'B', 'C', 'D'], ['S', 'G'], []]);
    expect([valuesOf({ kind: 'input', fact: 'route', type: 'string', allowedValues: ['po', 'iv'] }), valuesOf({ kind: 'output', output: { name: 'given', type: 'boolean' } }), valuesOf({ kind: 'input', fact: 'drugs', type: 'list', allowedValues: ['a'] }), valuesOf({ kind: 'annotation', name: 'why' })]).toEqual([['"po"', '"iv"'], ['true', 'false'], [], []]);
  });

  it('are offered by what is written, and no more once it is one of them', () => {
    expect([offered(''), offered('p'), offered('"i'), offered('v'), offered('"po"'), offered('not("po")'), offered('> 5')]).toEqual([['"po"', '"iv"'], ['"po"'], ['"iv"'], ['"iv"'], [], [], []]);
    expect(offered('"po"', '"po"')).toEqual(['"iv"']);
  });

  it('go on after a comma where the cell takes several tests, but not in quotes', () => {
    expect([offered('"po", i'), offered('"po"，'), offered('"p,i')]).toEqual([['"po", "iv"'], ['"po"， "po"', '"po"， "iv"'], []]);
    expect(offered('"po", i', '', false)).toEqual([]);
  });

  it('are found by their words too', () => {
    expect(suggestionsFor(cellValues({ kind: 'level' }, text), '禁', '', false).map((each) => each.text)).toEqual(['HARD']);
  });
});
