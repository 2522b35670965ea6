import type { Database, Prisma } from '#database';
import type { Actor } from '#engine';
import { operationPolicy } from './policy.ts';
import { readRelationships } from './relations.ts';
import { rolesOfPerson } from './roles-in-force.ts';
import { visibilityOf } from './visibility.ts';

/**
 * The cases that a command of the actor reaches now, as a filter: of a person those that the policy table gives the roles that may
 * call the operation `Type.field`, as they are in force at this moment. Undefined for systems and the engine, who reach all.
 */
export async function casesReachedBy(database: Pick<Database, 'pool'>, { id, kind }: Actor, operation: string): Promise<Prisma.ProcessInstanceWhereInput | undefined> {
  if (kind !== 'person') return undefined;
  const assignments = (await rolesOfPerson(database, id)).assignments.filter(({ role }) => (operationPolicy[operation] as readonly string[] | undefined)?.includes(role));
  // Neither the name nor the end of a session says anything of the relations.
  const viewer = { id, kind, username: id, displayName: id, roles: [...new Set(assignments.map(({ role }) => role))], assignments, expiresAt: new Date().toISOString() } as const;
  return visibilityOf(viewer, await readRelationships(database, viewer)).ProcessInstance;
}
