import type { Actor } from '#engine';
import type { TaskForRights } from './task-rights.ts';
import type { Viewer } from './viewer.ts';

/**
 * The viewer as the record names them at a task: with the roles that they have in its unit. Where only a role that was
 * passed on to them makes them a candidate, they act on behalf of whose it is; their own role goes before it. A role of another
 * unit is not named, so that the engine does not take it for one of this.
 */
export function actorAt(viewer: Viewer, { candidateRoles, unit }: Pick<TaskForRights, 'candidateRoles' | 'unit'>): Actor {
  const here = viewer.assignments.filter((each) => unit === null || each.unit === undefined || each.unit === unit);
  const fitting = here.filter(({ role }) => candidateRoles.includes(role));
  const used = fitting.find(({ onBehalfOf }) => onBehalfOf === undefined) ?? fitting[0];
  const roles = [...new Set(here.filter(({ onBehalfOf }) => onBehalfOf === undefined || onBehalfOf === used?.onBehalfOf).map(({ role }) => role))];
  const at = used === undefined ? viewer.unit : used.unit;
  return { id: viewer.id, kind: viewer.kind, roles, ...(at === undefined ? {} : { unit: at }), ...(used?.onBehalfOf === undefined ? {} : { onBehalfOf: used.onBehalfOf }) };
}
