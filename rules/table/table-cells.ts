import { levelSchema, ruleSourceSchema } from '../rule-set.ts';
import { same } from '../hit-policy.ts';
import type { Comparison, Condition } from '../index.ts';
import { problem } from './cell-problem.ts';
import { withPlainSigns } from './full-width.ts';
import { readOutput } from './output-cell.ts';
import { readCondition } from './read-condition.ts';
import { readTests } from './read-tests.ts';
import { columnName, emptyCell, type CellError, type CellProblem, type InputColumn, type KeptMeaning, type RuleTable, type TableCell, type TableColumn, type TableRow } from './table.ts';
import { writeCondition, writeTests } from './write-feel.ts';

/** What a cell says: parts of the rule's `all`, the rule's whole condition, or a value; text of other columns is its own value. */
export type CellMeaning = KeptMeaning | { readonly value?: undefined };

/** Reads the cells of one table. Cells with the same text in a column are read once; a column that is declared otherwise is another one. */
export class CellReader {
  readonly #inputs: ReadonlyMap<string, RuleTable['head']['inputs'][number]>;
  readonly #names: ReadonlySet<string>;
  readonly #named: ReadonlySet<string>;
  readonly #head: Pick<RuleTable['head'], 'inputs' | 'conditions'>;
  readonly #known = new WeakMap<TableColumn, Map<string, CellMeaning | { readonly problem: CellProblem }>>();

  constructor(head: Pick<RuleTable['head'], 'inputs' | 'conditions'>) {
    this.#head = head;
    this.#inputs = new Map(head.inputs.map((input) => [input.name, input]));
    this.#names = new Set(this.#inputs.keys());
    this.#named = new Set(Object.keys(head.conditions ?? {}));
  }

  /** The reader of a table that may declare other inputs: what was read under the same ones is kept. */
  for(head: Pick<RuleTable['head'], 'inputs' | 'conditions'>): CellReader {
    return head.inputs === this.#head.inputs && head.conditions === this.#head.conditions ? this : new CellReader(head);
  }

  get inputNames(): ReadonlySet<string> {
    return this.#names;
  }

  /** The meaning of a cell, or what was expected in it. */
  read(cell: TableCell, column: TableColumn): CellMeaning | { readonly problem: CellProblem } {
    if (cell.keeps) return cell.keeps;
    let known = this.#known.get(column);
    if (!known) this.#known.set(column, (known = new Map()));
    let meaning = known.get(cell.text);
    if (!meaning) {
      meaning = this.#readText(cell.text, column);
      if ('problem' in meaning && (column.kind === 'input' || column.kind === 'condition' || column.kind === 'output')) meaning = this.#readPlainly(cell.text, column) ?? meaning;
      known.set(cell.text, meaning);
    }
    return meaning;
  }

  /** The cell of a text that a person wrote: in the form that a table has, where the text can be read. */
  cellOf(text: string, column: TableColumn): TableCell {
    const meaning = this.read({ text }, column);
    if ('problem' in meaning) return { text };
    if (column.kind === 'input' && 'parts' in meaning) return { text: meaning.parts.length === 0 ? '-' : (this.testsText(meaning.parts, column) ?? text.trim()) };
    if (column.kind === 'condition' && 'parts' in meaning) return conditionCell(meaning.parts);
    if (column.kind === 'output') return { text: ('problem' in this.#readText(text, column) ? withPlainSigns(text) : text).trim() };
    return { text: column.kind === 'message' || column.kind === 'annotation' ? text : text.trim() };
  }

  /** The unary tests of parts, when they read back as the same parts; undefined otherwise. */
  testsText(parts: readonly Condition[], column: InputColumn): string | undefined {
    if (!parts.every((part): part is Comparison => 'operator' in part)) return undefined;
    const text = writeTests(parts, column.type);
    if (text === undefined || text.trim() !== text) return undefined;
    const read = this.read({ text }, column);
    return 'parts' in read && same(read.parts, parts) ? text : undefined;
  }

  /** What a text means with the signs that FEEL has for those of an input method; undefined where that does not help. */
  #readPlainly(text: string, column: TableColumn): CellMeaning | undefined {
    const plain = withPlainSigns(text);
    const meaning = plain === text ? undefined : this.#readText(plain, column);
    return meaning && 'problem' in meaning ? undefined : meaning;
  }

  #readText(text: string, column: TableColumn): CellMeaning | { readonly problem: CellProblem } {
    switch (column.kind) {
      case 'input':
        return readTests(text, { column, inputs: this.#names });
      case 'condition':
        return readCondition(text, { inputs: this.#inputs, named: this.#named });
      case 'output': {
        const read = readOutput(text, column.output, this.#names);
        // The schema's JSON is the same, but mutable.
        return read as { readonly value: never } | { readonly problem: CellProblem };
      }
      case 'level':
        return oneOf(text, ['', ...levelSchema.options]);
      case 'source':
        return column.part === 'reference' ? someText(text) : oneOf(text, ruleSourceSchema.shape[column.part].options);
      case 'message':
        return someText(text);
      case 'annotation':
        return {};
    }
  }
}

function oneOf(text: string, values: readonly string[]): CellMeaning | { readonly problem: CellProblem } {
  if (values.includes(text.trim())) return {};
  const list = values.filter((value) => value !== '').join(', ');
  return { problem: problem(text.trim() === '' ? 'VALUE_MISSING' : 'VALUE_INVALID', `以下之一：${list}`, `one of ${list}`) };
}

function someText(text: string): CellMeaning | { readonly problem: CellProblem } {
  return text.trim() === '' ? { problem: problem('VALUE_MISSING', '文字', 'a text') } : {};
}

/** The condition cell of parts that no input cell shows. */
export function conditionCell(parts: readonly Condition[]): TableCell {
  if (parts.length === 0) return { text: '' };
  return { text: parts.length === 1 ? parts.map((part) => writeCondition(part)).join('') : parts.map((part) => writeCondition(part, 2)).join(' and '), keeps: { parts } };
}

/** All that is wrong with the cells of a table, row by row. */
export function checkTable(table: RuleTable, reader = new CellReader(table.head)): readonly CellError[] {
  return table.rows.flatMap((row, index) => checkRow(table, index, reader));
}

/** All that is wrong with the cells of a row. */
export function checkRow({ rows, columns }: RuleTable, index: number, reader: CellReader): readonly CellError[] {
  const row = rows[index];
  return row ? rowErrors(row, index, columns, reader) : [];
}

/** All that is wrong with the cells of a row that stands at `index`. */
export function rowErrors(row: TableRow, index: number, columns: readonly TableColumn[], reader: CellReader): readonly CellError[] {
  return columns.flatMap((column, place): CellError[] => {
    const read = reader.read(row.cells[place] ?? emptyCell(column), column);
    return 'problem' in read ? [{ ...read.problem, row: index, rowId: row.id, column: place, columnName: columnName(column) }] : [];
  });
}
