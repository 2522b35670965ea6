import type { Database } from '#database';
import { mayCall } from './policy.ts';
import { rolesInForce } from './roles-in-force.ts';
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

/** Ids of the people among those a task is for: with one of its roles in force in its ward, or in the whole hospital. */
export async function eligibleFor(database: Pick<Database, 'pool'>, { candidateRoles, unit }: Pick<TaskForRights, 'candidateRoles' | 'unit'>): Promise<string[]> {
  return [...new Set((await rolesInForce(database, { roles: candidateRoles, unit })).map(({ userId }) => userId))];
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
