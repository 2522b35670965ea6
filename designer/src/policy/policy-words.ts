import type { AccessPolicy, PolicyCell } from './documents.ts';

/** Roles that need the same, together, in the order of the table. */
export interface CellGroup {
  readonly roles: readonly string[];
  readonly relations: readonly string[];
}

/** Cells with the same relations as one; of one role alone where `role` is given. */
export function groupCells(cells: readonly PolicyCell[], role: string | undefined): readonly CellGroup[] {
  const groups = new Map<string, { roles: string[]; relations: readonly string[] }>();
  for (const cell of cells.filter((each) => role === undefined || each.role === role)) {
    const key = cell.relations.join(' ');
    const known = groups.get(key);
    if (known) known.roles.push(cell.role);
    else groups.set(key, { roles: [cell.role], relations: cell.relations });
  }
  return [...groups.values()];
}

/** Roles that see rows of some type; of one role alone where `role` is given. */
export function rolesOfGrid({ roles, types }: AccessPolicy, role: string | undefined): AccessPolicy['roles'] {
  if (role !== undefined) return roles.filter((each) => each.role === role);
  return roles.filter((each) => types.some(({ cells }) => cells.some((cell) => cell.role === each.role)));
}

/** Operations whose words or names have the text, and that the role may call where one is given. */
export function foundOperations({ operations }: AccessPolicy, role: string | undefined, search: string): AccessPolicy['operations'] {
  const text = search.trim().toLowerCase();
  return operations.filter(({ operation, name, roles }) => (role === undefined || roles.includes(role)) && (text === '' || [operation, name.zhCN ?? '', name.en ?? ''].some((word) => word.toLowerCase().includes(text))));
}
