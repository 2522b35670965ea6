import type { Comparison, Condition, RuleSetDocument } from '../index.ts';
import { conditionCell, type CellReader } from './table-cells.ts';
import { inputColumn } from './to-decision-table.ts';
import type { CellProblem, InputColumn, TableCell } from './table.ts';
import { writeCondition } from './write-feel.ts';

/** Why a condition, or a part of one, has no cells of its own. */
export type TreeReason = 'any' | 'not' | 'named' | 'nested' | 'operator';

/** What of a condition cell is kept as a tree, and why; undefined for a cell that is what its text says. */
export function keptTree({ keeps }: TableCell): { readonly tree: Condition; readonly reason: TreeReason } | undefined {
  if (keeps === undefined || 'value' in keeps) return undefined;
  if ('root' in keeps) return { tree: keeps.root, reason: reasonOf(keeps.root) };
  const [first, second] = keeps.parts;
  return first && { tree: second ? { all: keeps.parts } : first, reason: reasonOf(first) };
}

function reasonOf(condition: Condition): TreeReason {
  if ('any' in condition) return 'any';
  if ('not' in condition) return 'not';
  if ('condition' in condition) return 'named';
  return 'all' in condition ? 'nested' : 'operator';
}

/** The fact of a comparison as a column, and its unary tests; undefined for one that cells have no form for. */
export function leafTests(leaf: Comparison, inputs: RuleSetDocument['inputs'], reader: CellReader): { readonly column: InputColumn; readonly text: string } | undefined {
  const column = inputColumn(inputs, leaf.fact, leaf.path);
  const text = reader.testsText([leaf], column);
  return text === undefined ? undefined : { column, text };
}

/**
 * The condition cell with other unary tests at one comparison of its tree; `path` are the places on the way to it. Undefined where the
 * cell has no such comparison; a problem where the text cannot be read, or tests nothing.
 */
export function changeLeaf(cell: TableCell, path: readonly number[], text: string, inputs: RuleSetDocument['inputs'], reader: CellReader): { readonly cell: TableCell } | { readonly problem: CellProblem } | undefined {
  const kept = keptTree(cell);
  const leaf = kept && path.reduce<Condition | undefined>((at, place) => at && childrenOf(at)[place], kept.tree);
  const before = leaf && 'operator' in leaf ? leafTests(leaf, inputs, reader) : undefined;
  if (!kept || !before) return undefined;
  const read = reader.read({ text }, before.column);
  if ('problem' in read) return read;
  const [first, second] = 'parts' in read ? read.parts : [];
  if (!first) return { problem: { code: 'VALUE_MISSING', expected: { 'zh-CN': '一个条件；要去掉它，请修改“其他条件”一格', en: 'a test; to take it out, change the cell “Other conditions”' } } };
  const tree = withPart(kept.tree, path, second ? { all: [first, second] } : first);
  // A root is a group or a named condition, and its parts change without that.
  if (cell.keeps && 'root' in cell.keeps) return { cell: { ...cell, text: writeCondition(tree), keeps: { root: tree as typeof cell.keeps.root } } };
  const parts = cell.keeps && 'parts' in cell.keeps && cell.keeps.parts.length > 1 && 'all' in tree ? tree.all : [tree];
  return { cell: { ...conditionCell(parts), ...(cell.at ? { at: cell.at } : {}) } };
}

/** The conditions that a group is made of. */
function childrenOf(condition: Condition): readonly Condition[] {
  return 'all' in condition ? condition.all : 'any' in condition ? condition.any : 'not' in condition ? [condition.not] : [];
}

function withPart(condition: Condition, [place, ...path]: readonly number[], part: Condition): Condition {
  if (place === undefined) return part;
  const changed = (parts: readonly Condition[]): Condition[] => parts.map((child, index) => (index === place ? withPart(child, path, part) : child));
  if ('all' in condition) return { ...condition, all: changed(condition.all) };
  if ('any' in condition) return { ...condition, any: changed(condition.any) };
  return 'not' in condition ? { ...condition, not: withPart(condition.not, path, part) } : condition;
}
