import { mayCall } from './policy.ts';
import type { Viewer } from './viewer.ts';

/** What of a task decides who may do it. */
export interface TaskForRights {
  readonly status: string;
  readonly candidateRoles: readonly string[];
  readonly unit: string | null;
  readonly assignee: string | null;
  /** Who has done it already, where another person has to verify it. */
  readonly performedBy?: readonly string[];
}

/** Whether the viewer is among those a task is for: one of its roles, held in its ward. */
export function isCandidate({ candidateRoles, unit }: TaskForRights, viewer: Viewer): boolean {
  return viewer.assignments.some((held) => candidateRoles.includes(held.role) && (unit === null || held.unit === undefined || held.unit === unit));
}

/** The users among those a task is for, as a condition on their rows. */
export function eligibleFor({ candidateRoles, unit }: TaskForRights) {
  return { roles: { hasSome: [...candidateRoles] }, ...(unit === null ? {} : { OR: [{ unit: null }, { unit }] }) };
}

/** Open, nobody's, and for the viewer. */
export function canClaim(task: TaskForRights, viewer: Viewer): boolean {
  return task.status === 'open' && task.assignee === null && mayCall('Mutation.claimTask', viewer.roles) && isCandidate(task, viewer) && !hasPerformed(task, viewer);
}

/** Open, and the viewer's own or free for the viewer. */
export function canComplete(task: TaskForRights, viewer: Viewer): boolean {
  if (task.status !== 'open' || !mayCall('Mutation.completeTask', viewer.roles) || hasPerformed(task, viewer)) return false;
  return task.assignee === null ? isCandidate(task, viewer) : task.assignee === viewer.id;
}

function hasPerformed({ performedBy = [] }: TaskForRights, viewer: Viewer): boolean {
  return performedBy.includes(viewer.id);
}
