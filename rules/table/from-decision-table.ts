import type { Condition, Rule, RuleSetDocument } from '../index.ts';
import { CellReader, checkTable } from './table-cells.ts';
import { emptyCell, type CellError, type RuleTable, type TableColumn, type TableRow } from './table.ts';

/** The document of a table, or what is wrong with its cells. Whether the document can be evaluated is for `checkRuleSet` to say. */
export type FromTable = { readonly document: RuleSetDocument } | { readonly errors: readonly CellError[] };

/** The rule set document that a table shows. Every part of the document that `toDecisionTable` was given is in it again. */
export function fromDecisionTable(table: RuleTable): FromTable {
  const reader = new CellReader(table.head);
  const errors = checkTable(table, reader);
  if (errors.length > 0) return { errors };
  const { columns, head, listed } = table;
  const rules = table.rows.map((row) => ruleOf(row, columns, reader));
  const annotations = columns.flatMap((column) => (column.kind === 'annotation' ? [column.name] : []));
  const inputs = columns.flatMap((column) => (column.kind === 'input' ? [{ fact: column.fact, ...(column.path === undefined ? {} : { path: column.path }) }] : []));
  return {
    document: {
      ...head,
      outputs: columns.flatMap((column) => (column.kind === 'output' ? [column.output] : [])),
      rules,
      ...(listed.annotations || annotations.length > 0 ? { annotations } : {}),
      ...(listed.columns === undefined ? {} : { columns: inputs.slice(0, listed.columns) }),
    },
  };
}

function ruleOf({ id, cells, rest }: TableRow, columns: readonly TableColumn[], reader: CellReader): Rule {
  const parts: { readonly part: Condition; readonly at: number | undefined }[] = [];
  const params: [string, NonNullable<Rule['event']['params']>[string]][] = [];
  const annotations: [string, string][] = [];
  const texts = new Map<string, string>();
  let root: Rule['conditions'] | undefined;
  for (const [place, column] of columns.entries()) {
    const cell = cells[place] ?? emptyCell(column);
    const meaning = reader.read(cell, column);
    if ('parts' in meaning) meaning.parts.forEach((part, index) => parts.push({ part, at: cell.at?.[index] }));
    else if ('root' in meaning) root = meaning.root;
    else if (column.kind === 'output' && 'value' in meaning && meaning.value !== undefined) params.push([column.output.name, meaning.value]);
    else if (column.kind === 'annotation' && (cell.text !== '' || cell.keeps)) annotations.push([column.name, cell.text]);
    else if (column.kind === 'level') texts.set('level', cell.text);
    else if (column.kind === 'message') texts.set(column.language, cell.text);
    else if (column.kind === 'source') texts.set(column.part, cell.text);
  }
  const level = texts.get('level') ?? '';
  const given = { ...rest.event.params, ...Object.fromEntries(params) };
  return {
    ...rest,
    id,
    // The cells have been checked: each text is one of the values that its column takes.
    ...(level === '' ? {} : { level: level as NonNullable<Rule['level']> }),
    conditions: conditionsOf(parts, root),
    event: { ...rest.event, ...(rest.event.params || params.length > 0 ? { params: given } : {}) },
    message: { 'zh-CN': texts.get('zh-CN') ?? '', en: texts.get('en') ?? '' },
    source: { grade: texts.get('grade'), reference: texts.get('reference'), mark: texts.get('mark') } as Rule['source'],
    ...(annotations.length > 0 ? { annotations: Object.fromEntries(annotations) } : {}),
  };
}

function conditionsOf(parts: readonly { readonly part: Condition; readonly at: number | undefined }[], root: Rule['conditions'] | undefined): Rule['conditions'] {
  if (root) return parts.length === 0 ? root : { all: [...parts.map(({ part }) => part), root] };
  const places = new Set(parts.map(({ at }) => at));
  const isOrdered = places.size === parts.length && parts.every(({ at }) => at !== undefined && at < parts.length);
  const sorted = isOrdered ? parts.toSorted((left, right) => (left.at ?? 0) - (right.at ?? 0)) : parts;
  return { all: sorted.map(({ part }) => part) };
}
