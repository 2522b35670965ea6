import type { AuditEntry, Person, Task } from '../graphql/model.ts';

type Line = { readonly actor: Pick<AuditEntry['actor'], 'id' | 'kind' | 'displayName' | 'roles'> };

/** People on the record of a case who have one of the task's roles: whom it could be handed to. The viewer is left out. */
export function colleagues(task: Pick<Task, 'candidateRoles'>, lines: readonly Line[], viewerId: string): readonly Person[] {
  const people = lines.flatMap(({ actor }): Person[] => (actor.kind === 'person' && actor.id !== viewerId && actor.roles.some((role) => task.candidateRoles.includes(role)) ? [{ id: actor.id, displayName: actor.displayName ?? actor.id }] : []));
  return [...new Map(people.map((person) => [person.id, person])).values()];
}
