import type { Database } from '#database';
import { neededQualification } from './role-requirements.ts';
import type { ViewerRole } from './viewer.ts';

/** Of whom: all assignments of some people, or who has one of some roles in a unit (or in the whole hospital). */
export type RolesWanted = { readonly userIds: readonly string[] } | { readonly roles: readonly string[]; readonly unit: string | null };

/** A role in force, and whose it is. */
export interface RoleInForce extends ViewerRole {
  readonly assignmentId: string;
  readonly userId: string;
}

/**
 * $1 the instant, $2 the qualification of each role that needs one, $3 the people or null, $4 the roles or null, $5 the
 * unit. A role that was passed on is in force only while its owner's own is: a licence that runs out takes both.
 */
const statement = `
  with standing as (
    select a.id, a.user_id, a.role, a.unit, a.kind, a.on_behalf_of, a.source_id
    from role_assignment a join "user" u on u.id = a.user_id
    where a.valid_from <= $1 and (a.valid_until is null or a.valid_until > $1) and (a.ended_at is null or a.ended_at > $1)
    and (u.disabled_at is null or u.disabled_at > $1)
    and (not $2::jsonb ? a.role or exists (
      select from qualification q where q.user_id = a.user_id and q.code = $2::jsonb ->> a.role
      and q.valid_from <= $1 and (q.valid_until is null or q.valid_until > $1) and (q.revoked_at is null or q.revoked_at > $1)))
  )
  select s.id as "assignmentId", s.user_id as "userId", s.role, s.unit, s.on_behalf_of as "onBehalfOf" from standing s
  where ($3::text[] is null or s.user_id = any($3)) and ($4::text[] is null or s.role = any($4)) and ($5::text is null or s.unit is null or s.unit = $5)
  and (s.kind = 'regular' or exists (select from standing owner where owner.id = s.source_id))
  order by s.user_id, s.role, s.unit nulls first, s.on_behalf_of nulls first, s.id`;

/**
 * The roles in force at an instant: the assignment's period holds it, the account is not disabled, and the person has the
 * qualification that the role needs. The one place that decides this.
 */
export async function rolesInForce({ pool }: Pick<Database, 'pool'>, wanted: RolesWanted, at = new Date()): Promise<readonly RoleInForce[]> {
  const values = 'userIds' in wanted ? [[...wanted.userIds], null, null] : [null, [...wanted.roles], wanted.unit];
  const { rows } = await pool.query<{ assignmentId: string; userId: string; role: string; unit: string | null; onBehalfOf: string | null }>({ name: 'roles-in-force', text: statement, values: [at, JSON.stringify(neededQualification), ...values] });
  return rows.map(({ unit, onBehalfOf, ...role }) => ({ ...role, ...(unit === null ? {} : { unit }), ...(onBehalfOf === null ? {} : { onBehalfOf }) }));
}

/** A person's roles as a viewer has them. `unit`: the ward that all of them are in. */
export interface RolesOfPerson {
  readonly roles: readonly string[];
  readonly assignments: readonly ViewerRole[];
  readonly unit?: string;
}

/** What a person may act as at an instant. */
export async function rolesOfPerson(database: Pick<Database, 'pool'>, userId: string, at = new Date()): Promise<RolesOfPerson> {
  const assignments = (await rolesInForce(database, { userIds: [userId] }, at)).map(({ role, unit, onBehalfOf }) => ({ role, ...(unit === undefined ? {} : { unit }), ...(onBehalfOf === undefined ? {} : { onBehalfOf }) }));
  const units = [...new Set(assignments.flatMap(({ unit }) => unit ?? []))];
  return { roles: [...new Set(assignments.map(({ role }) => role))], assignments, ...(units.length === 1 ? { unit: units[0] as string } : {}) };
}

/** Whether two lists hold the same assignments; both are in the order of `rolesInForce`. */
export function areSameAssignments(one: readonly ViewerRole[], other: readonly ViewerRole[]): boolean {
  return one.length === other.length && one.every(({ role, unit, onBehalfOf }, index) => role === other[index]?.role && unit === other[index]?.unit && onBehalfOf === other[index]?.onBehalfOf);
}
