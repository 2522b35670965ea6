import type { Actor } from '#engine';
import type { TaskForRights } from './task-rights.ts';
import { actorOf, type Viewer } from './viewer.ts';

/**
 * The viewer as the record names them at a task: with the roles that they have in its unit. Where only a role that was
 * passed on to them makes them a candidate, they act on behalf of whose it is; their own role goes before it.
 */
export function actorAt(viewer: Viewer, { candidateRoles, unit }: Pick<TaskForRights, 'candidateRoles' | 'unit'>): Actor {
  const here = viewer.assignments.filter((each) => unit === null || each.unit === undefined || each.unit === unit);
  const fitting = here.filter(({ role }) => candidateRoles.includes(role));
  const used = fitting.find(({ onBehalfOf }) => onBehalfOf === undefined) ?? fitting[0];
  if (used === undefined) return actorOf(viewer);
  const roles = [...new Set(here.filter(({ onBehalfOf }) => onBehalfOf === undefined || onBehalfOf === used.onBehalfOf).map(({ role }) => role))];
  return { id: viewer.id, kind: viewer.kind, roles, ...(used.unit === undefined ? {} : { unit: used.unit }), ...(used.onBehalfOf === undefined ? {} : { onBehalfOf: used.onBehalfOf }) };
}
