import type { Condition } from '#rules';
import type { TableCell } from '#rule-table';

/** Why a condition, or a part of one, has no cells of its own. */
export type TreeReason = 'any' | 'not' | 'named' | 'nested' | 'operator';

/** What of a condition cell is kept as a tree, and why; undefined for a cell that is what its text says. */
export function keptTree({ keeps }: TableCell): { readonly tree: Condition; readonly reason: TreeReason } | undefined {
  if (keeps === undefined || 'value' in keeps) return undefined;
  const tree: Condition = 'root' in keeps ? keeps.root : keeps.parts.length === 1 && keeps.parts[0] !== undefined ? keeps.parts[0] : { all: keeps.parts };
  return { tree, reason: reasonOf('root' in keeps ? tree : (('parts' in keeps ? keeps.parts[0] : undefined) ?? tree)) };
}

function reasonOf(condition: Condition): TreeReason {
  if ('any' in condition) return 'any';
  if ('not' in condition) return 'not';
  if ('condition' in condition) return 'named';
  return 'all' in condition ? 'nested' : 'operator';
}
