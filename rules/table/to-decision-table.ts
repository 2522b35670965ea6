import { same } from '../hit-policy.ts';
import type { Condition, Rule, RuleSetDocument } from '../index.ts';
import { CellReader, conditionCell } from './table-cells.ts';
import { outputCell } from './output-cell.ts';
import { columnName, emptyCell, type InputColumn, type RuleTable, type TableCell, type TableColumn, type TableRow } from './table.ts';
import { unfinishedTest } from './unfinished-cell.ts';
import { writeCondition } from './write-feel.ts';

/**
 * A checked document, or the draft of an unfinished table, as a table. Comparisons in a rule's `all` are cells of their fact's column;
 * every other condition is in the condition column, as text and as the tree that it is. `fromDecisionTable` gives back the same document.
 * Who goes on with the table gives the reader of its cells, so that they are read once.
 */
export function toDecisionTable(document: RuleSetDocument, reader = new CellReader(document)): RuleTable {
  const { rules, outputs, annotations, columns: listed, ...head } = document;
  const inputs = inputColumns(document, reader);
  const columns: TableColumn[] = [
    ...inputs,
    { kind: 'condition' },
    ...outputs.map((output) => ({ kind: 'output', output }) as const),
    { kind: 'level' },
    { kind: 'message', language: 'zh-CN' },
    { kind: 'message', language: 'en' },
    { kind: 'source', part: 'grade' },
    { kind: 'source', part: 'reference' },
    { kind: 'source', part: 'mark' },
    ...(annotations ?? []).map((name) => ({ kind: 'annotation', name }) as const),
  ];
  return {
    format: 'careloop-rule-table/1',
    head,
    listed: { ...(listed ? { columns: listed.length } : {}), ...(annotations ? { annotations: true } : {}) },
    columns,
    rows: rules.map((rule) => rowOf(rule, columns, inputs, reader)),
  };
}

/** The listed columns, then the facts that the rules' comparisons read, as they come. */
function inputColumns({ columns: listed = [], rules, inputs }: RuleSetDocument, reader: CellReader): readonly InputColumn[] {
  const columns = new Map<string, InputColumn>();
  const columnOf = (fact: string, path: string | undefined): InputColumn => inputColumn(inputs, fact, path);
  for (const { fact, path } of listed) {
    const column = columnOf(fact, path);
    columns.set(columnName(column), column);
  }
  for (const { conditions } of rules) {
    for (const part of plainParts(conditions) ?? []) {
      if (!('operator' in part)) continue;
      const column = columnOf(part.fact, part.path);
      if (!columns.has(columnName(column)) && partText(part, column, reader) !== undefined) columns.set(columnName(column), column);
    }
  }
  return [...columns.values()];
}

/** The column of a fact, with what its input declares. */
export function inputColumn(inputs: RuleSetDocument['inputs'], fact: string, path: string | undefined): InputColumn {
  const input = inputs.find(({ name }) => name === fact);
  if (path !== undefined && path !== '$') return { kind: 'input', fact, path, type: 'any' };
  return { kind: 'input', fact, ...(path === undefined ? {} : { path }), type: input?.type ?? 'any', ...(input?.unit === undefined ? {} : { unit: input.unit }), ...(input?.allowedValues ? { allowedValues: input.allowedValues } : {}) };
}

/** The parts of a plain `all`; undefined for any other condition, which is shown as a whole. */
function plainParts(conditions: Rule['conditions']): readonly Condition[] | undefined {
  return 'all' in conditions && conditions.priority === undefined && conditions.name === undefined ? conditions.all : undefined;
}

function rowOf({ id, conditions, level, message, source, ...rest }: Rule, columns: readonly TableColumn[], inputs: readonly InputColumn[], reader: CellReader): TableRow {
  const { annotations, event, ...others } = rest;
  const shown = columns.flatMap((column) => (column.kind === 'output' ? [column.output.name] : []));
  const params = event.params && Object.fromEntries(Object.entries(event.params).filter(([name]) => !shown.includes(name)));
  const tests = conditionCells(conditions, inputs, reader);
  const cellOf = (column: TableColumn): TableCell => {
    switch (column.kind) {
      case 'input':
        return tests.get(columnName(column)) ?? emptyCell(column);
      case 'condition':
        return tests.get('condition') ?? emptyCell(column);
      case 'output':
        return outputCell(event.params && Object.hasOwn(event.params, column.output.name) ? event.params[column.output.name] : undefined, column.output, reader.inputNames);
      case 'level':
        return { text: level ?? '' };
      case 'message':
        return { text: message[column.language] };
      case 'source':
        return { text: source[column.part] };
      case 'annotation': {
        const text = annotations && Object.hasOwn(annotations, column.name) ? annotations[column.name] : undefined;
        return text === '' ? { text, keeps: { value: '' } } : { text: text ?? '' };
      }
    }
  };
  const isEmpty = annotations && Object.keys(annotations).length === 0;
  return { id, cells: columns.map(cellOf), rest: { ...others, event: { type: event.type, ...(params ? { params } : {}) }, ...(isEmpty ? { annotations: {} } : {}) } };
}

/** The cells that show a condition, by column name; `condition` for what no column does. */
function conditionCells(conditions: Rule['conditions'], inputs: readonly InputColumn[], reader: CellReader): ReadonlyMap<string, TableCell> {
  const cells = new Map<string, TableCell>();
  const parts = plainParts(conditions);
  if (!parts) return cells.set('condition', { text: writeCondition(conditions), keeps: { root: conditions } });
  const left = new Set(parts.keys());
  const shown: number[] = [];
  const byColumn = new Map<string, number[]>();
  for (const [place, part] of parts.entries()) {
    if (!('operator' in part)) continue;
    const name = part.fact + (part.path ?? '$').slice(1);
    byColumn.set(name, [...(byColumn.get(name) ?? []), place]);
  }
  const put = (name: string, text: string, at: readonly number[], keeps?: TableCell['keeps']): void => {
    cells.set(name, { text, at, ...(keeps ? { keeps } : {}) });
    shown.push(...at);
    for (const place of at) left.delete(place);
  };
  for (const column of inputs) {
    // A fact that is named with the path `$` has the same column name; its comparisons read back without it and stay below.
    const places = byColumn.get(columnName(column)) ?? [];
    const unfinished = places.filter((place) => unfinishedTest(parts[place] as Condition)?.isCondition === false);
    const candidates = unfinished.length > 0 ? unfinished.slice(0, 1) : places.slice(0, 2);
    const whole = partsText(candidates, parts, column, reader);
    if (whole !== undefined) put(columnName(column), whole, candidates);
    else {
      const [first] = candidates;
      const text = first === undefined || candidates.length < 2 ? undefined : partsText([first], parts, column, reader);
      if (first !== undefined && text !== undefined) put(columnName(column), text, [first]);
    }
  }
  if (left.size > 0) {
    const rest = [...left].map((place) => parts[place] as Condition);
    const unfinished = rest.length === 1 && rest[0] ? unfinishedTest(rest[0]) : undefined;
    const { text, keeps } = unfinished?.isCondition ? { text: unfinished.text } : conditionCell(rest);
    put('condition', text, [...left], keeps);
  }
  if (!same(shown, [...parts.keys()])) return cells;
  return new Map([...cells].map(([name, { at: _at, ...cell }]) => [name, cell]));
}

function partsText(places: readonly number[], parts: readonly Condition[], column: InputColumn, reader: CellReader): string | undefined {
  const [first, second] = places.map((place) => parts[place] as Condition);
  if (!first) return undefined;
  return second ? reader.testsText([first, second], column) : partText(first, column, reader);
}

/** The text of one part in its fact's cell; undefined where cells have no form for it. */
function partText(part: Condition, column: InputColumn, reader: CellReader): string | undefined {
  const unfinished = unfinishedTest(part);
  if (unfinished) return unfinished.isCondition ? undefined : unfinished.text;
  return reader.testsText([part], column);
}
