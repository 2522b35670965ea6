import { hitPolicyProblem } from '../hit-policy.ts';
import { normalValue } from '../input-value.ts';
import type { InputType, LocalizedText, RuleOutput } from '../index.ts';
import type { JsonValue } from '../feel/to-json.ts';
import { outputProblems } from './declaration-problems.ts';
import { outputCell } from './output-cell.ts';
import { outside, refused, rowsInWords, type Refused } from './refusal.ts';
import type { CellReader } from './table-cells.ts';
import type { OutputEdit, TableEdit } from './table-edit.ts';
import type { RuleTable, TableCell, TableColumn } from './table.ts';

/** What goes when a result is removed. */
export interface OutputLoss {
  /** Places of the rows, from 0, that give it. */
  readonly rows: readonly number[];
  /** Its value where no rule fires; undefined for none. */
  readonly default: RuleOutput['default'];
}

const maximumOutputs = 100;

/** What removing a result would lose; undefined for one that is not there. */
export function outputLoss({ columns, rows }: RuleTable, name: string): OutputLoss | undefined {
  const place = placeOf(columns, name);
  const column = columns[place];
  if (column?.kind !== 'output') return undefined;
  return { rows: rows.flatMap(({ cells }, row) => (cells[place]?.text.trim() === '' && !cells[place].keeps ? [] : [row])), default: column.output.default };
}

/** The edits that a change of results is made of, or why it cannot be done. */
export function outputSteps(table: RuleTable, edit: OutputEdit, reader: CellReader): readonly TableEdit[] | Refused {
  const { columns } = table;
  if (edit.type === 'addOutput') return invalidOutput(edit.output, outputsOf(columns)) ?? [{ type: 'addColumn', at: columns.length, column: { kind: 'output', output: edit.output } }];
  const place = placeOf(columns, edit.name);
  if (place < 0) return outside;
  if (edit.type === 'removeOutput') return policyRefusal(table.head, outputsOf(columns.toSpliced(place, 1))) ?? [{ type: 'removeColumn', column: place }];
  return changeSteps(table, place, edit.output, reader);
}

/** Why a hit policy cannot be that of these results; undefined when it can. DMN 1.5 §8.2.8. */
export function policyRefusal({ hitPolicy, aggregation }: Pick<RuleTable['head'], 'hitPolicy' | 'aggregation'>, outputs: readonly RuleOutput[]): Refused | undefined {
  const problem = hitPolicyProblem({ ...(hitPolicy === undefined ? {} : { hitPolicy }), ...(aggregation === undefined ? {} : { aggregation }), outputs: [...outputs] });
  if (problem?.path === 'hitPolicy') return refused('此命中方式按结果的允许值排序，需要一个有允许值的结果列', 'This hit policy follows the order of allowed values: it needs a result with such values');
  if (problem) return refused('汇总只用于“收集”，并且只有一个结果列：求和要数字，最小和最大要数字、文本、日期或时刻', 'An aggregation goes with collect and one result column: a number for the sum; a number, text, date or instant for the least and the greatest');
  return undefined;
}

export function outputsOf(columns: readonly TableColumn[]): readonly RuleOutput[] {
  return columns.flatMap((column) => (column.kind === 'output' ? [column.output] : []));
}

/** Why a result cannot be one more of a table; undefined when it can. */
export function tooManyOutputs({ head, columns }: RuleTable, output: RuleOutput): Refused | undefined {
  const outputs = outputsOf(columns);
  if (outputs.length >= maximumOutputs) return refused(`规则集最多 ${maximumOutputs} 个结果`, `A rule set has at most ${maximumOutputs} results`);
  return policyRefusal(head, [...outputs, output]);
}

function changeSteps(table: RuleTable, place: number, output: RuleOutput, reader: CellReader): readonly TableEdit[] | Refused {
  const { columns, rows, head } = table;
  const column = columns[place];
  if (column?.kind !== 'output') return outside;
  const before = column.output;
  const after: TableColumn = { kind: 'output', output };
  const changed = columns.with(place, after);
  const problem = invalidOutput(output, outputsOf(columns.toSpliced(place, 1))) ?? policyRefusal(head, outputsOf(changed)) ?? (output.name === before.name ? undefined : hiddenParameter(table, output.name));
  if (problem) return problem;
  const declared: TableEdit = { type: 'restoreDeclared', head, columns: changed };
  // A name, label, unit or default is not what cells are read by.
  if (output.type === before.type && JSON.stringify(output.allowedValues) === JSON.stringify(before.allowedValues)) return [declared];
  const cells = rows.flatMap(({ cells: { [place]: cell } }, row) => {
    const again = cell && readAnew(cell, column, after, reader);
    return again === undefined || again === cell ? [] : [{ row, column: place, cell: again }];
  });
  return cells.length === 0 ? [declared] : [declared, { type: 'restoreCells', cells }];
}

/** The cell that says under another type what it said before. What does not fit any more is its text alone, so that it is read as wrong. */
function readAnew(cell: TableCell, from: Extract<TableColumn, { kind: 'output' }>, to: Extract<TableColumn, { kind: 'output' }>, reader: CellReader): TableCell {
  const meaning = reader.read(cell, from);
  const value = 'value' in meaning ? meaning.value : undefined;
  if (value === undefined) return cell.keeps ? { text: cell.text } : cell;
  const again = outputCell(valueAs(value, to.output.type), to.output, reader.inputNames);
  if (again.keeps && 'problem' in reader.read({ text: again.text }, to)) return { text: again.text };
  return again.text === cell.text && !again.keeps && !cell.keeps ? cell : again;
}

/** The value of another type that says the same; the value itself where there is none. */
function valueAs(value: JsonValue, type: InputType): JsonValue {
  if (normalValue(type, value) !== undefined) return value;
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if (typeof value !== 'string') return value;
  if (type === 'number' && /^-?\d+(\.\d+)?$/.test(value.trim())) return Number(value);
  return type === 'boolean' && (value === 'true' || value === 'false') ? value === 'true' : value;
}

/** A rule may give a parameter that is no result: one that gets its name would take its place. */
function hiddenParameter({ rows }: RuleTable, name: string): Refused | undefined {
  const giving = rows.flatMap(({ rest }, row) => (rest.event.params && Object.hasOwn(rest.event.params, name) ? [row] : []));
  if (giving.length === 0) return undefined;
  const places = rowsInWords(giving);
  return refused(`${places['zh-CN']}已有名为 ${name} 的参数，请换一个名称`, `Expected another name: there is a parameter ${name} already in ${places.en}`);
}

function invalidOutput(output: RuleOutput, others: readonly RuleOutput[]): Refused | undefined {
  const expected: LocalizedText | undefined = outputProblems(output, others)[0]?.expected;
  return expected && refused(`应为：${expected['zh-CN']}`, `Expected ${expected.en}`);
}

function placeOf(columns: readonly TableColumn[], name: string): number {
  return columns.findIndex((column) => column.kind === 'output' && column.output.name === name);
}
