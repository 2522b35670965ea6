import type { Condition, Rule } from '../index.ts';
import type { CellReader } from './table-cells.ts';
import { emptyCell, type TableColumn, type TableRow } from './table.ts';
import { unfinishedPart, unfinishedValue } from './unfinished-cell.ts';

/**
 * The rule of a row. Where a cell cannot be read the rule has its text, marked as unfinished, so that nothing is lost and `checkRuleSet`
 * refuses it.
 */
export function ruleOf({ id, cells, rest }: TableRow, columns: readonly TableColumn[], reader: CellReader): Rule {
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
    else if ('problem' in meaning && (column.kind === 'input' || column.kind === 'condition')) parts.push({ part: unfinishedPart(cell.text, column.kind === 'input' ? column : undefined), at: cell.at?.[0] });
    else if ('problem' in meaning && column.kind === 'output') params.push([column.output.name, unfinishedValue(cell.text)]);
    else if (column.kind === 'output' && 'value' in meaning && meaning.value !== undefined) params.push([column.output.name, meaning.value]);
    else if (column.kind === 'annotation' && (cell.text !== '' || cell.keeps)) annotations.push([column.name, cell.text]);
    else if (column.kind === 'level') texts.set('level', cell.text);
    else if (column.kind === 'message') texts.set(column.language, cell.text);
    else if (column.kind === 'source') texts.set(column.part, cell.text);
  }
  const level = texts.get('level') ?? '';
  // A column may have been added for a parameter that the rule gave before; its cell says what it is now.
  const shown = new Set(columns.flatMap((column) => (column.kind === 'output' ? [column.output.name] : [])));
  const others = Object.entries(rest.event.params ?? {}).filter(([name]) => !shown.has(name));
  const given = Object.fromEntries([...others, ...params]);
  return {
    ...rest,
    id,
    // In a finished table each text is one of the values that its column takes.
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
