import { recordedFindings } from '../decisions/recorded-findings.ts';
import { factRows, findingsFirst } from './fact-rows.ts';

describe('free data as lines', () => {
  it('puts value and unit in one line and indents what belongs together', () => {
    expect(factRows({ order: { dose: 100, doseUnit: 'mg', route: 'PO' } })).toEqual([
      { kind: 'heading', path: 'order', name: 'order', depth: 0 },
      { kind: 'value', path: 'order.dose', name: 'dose', depth: 1, value: 100, unit: 'mg' },
      { kind: 'value', path: 'order.route', name: 'route', depth: 1, value: 'PO' },
    ]);
  });

  it('never shows a missing value as no', () => {
    expect(factRows({ inr: null, isInCatalogue: false })).toEqual([
      { kind: 'value', path: 'inr', name: 'inr', depth: 0, value: undefined },
      { kind: 'value', path: 'isInCatalogue', name: 'isInCatalogue', depth: 0, value: false },
    ]);
  });

  it('keeps findings whole, quantities together, lists of plain values in a line', () => {
    const finding = { level: 'HARD', message: { 'zh-CN': '禁用', en: 'blocked' } };

    expect(factRows({ findings: [finding], potassium: { value: 4.1, unit: 'mmol/L' }, groups: ['a', 'b'] }).map((row) => (row.kind === 'findings' ? row.findings : row.kind === 'value' ? [row.value, row.unit] : row.kind === 'list' ? row.values : row.name))).toEqual([[finding], [4.1, 'mmol/L'], ['a', 'b']]);
  });

  it('orders and leaves out names as asked, at every depth', () => {
    const rows = factRows({ b: 1, a: { d: 1, c: 2, hidden: 3 } }, { rank: (name) => 'abcd'.indexOf(name), omit: new Set(['hidden']) });

    expect(rows.map(({ path }) => path)).toEqual(['a', 'a.c', 'a.d', 'b']);
  });

  it('puts what rules found before the rest, and a check without findings where it was', () => {
    const data = { order: { dose: 1 }, verdict: { level: 'PASS', findings: [] }, recheck: { findings: [{ level: 'HARD', message: 'blocked' }] } };
    const rank = (name: string): number => ['order', 'verdict', 'recheck'].indexOf(name);

    const rows = factRows(data, { rank: findingsFirst(data, rank), omit: new Set() });

    expect(rows.filter(({ depth }) => depth === 0).map(({ name }) => name)).toEqual(['recheck', 'order', 'verdict']);
  });

  it('shows nothing for what is no object', () => {
    expect(factRows(null)).toEqual([]);
    expect(factRows('x')).toEqual([]);
  });
});

describe('the findings of a recorded explanation', () => {
  it('say which rule set found them', () => {
    const read = recordedFindings({ ruleSet: 'interaction', findings: [{ ruleId: 'a', level: 'WARN', message: { 'zh-CN': '提醒', en: 'warn' } }, 'none'] });

    expect(read).toEqual([expect.objectContaining({ ruleId: 'a', ruleSet: 'interaction' })]);
  });

  it('are none when nothing was recorded', () => {
    expect(recordedFindings(null)).toEqual([]);
  });
});
