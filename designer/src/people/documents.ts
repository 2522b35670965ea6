import { defineDocument } from '../graphql/client.ts';
import { localized } from '../graphql/fragments.ts';
import type { Connection } from '../graphql/model.ts';
import type { Named, OwnRoles, Person, PersonRow, Ward } from './model.ts';

const named = '{ id displayName }';
const assignment = `{ id role unit unitName ${localized} kind status person ${named} onBehalfOf ${named} reason validFrom validUntil grantedBy ${named} confirmedBy ${named} endedAt endedBy ${named} endReason }`;
const qualification = '{ id code identifier validFrom validUntil revokedAt expiresSoon }';
const absence = `{ id person ${named} substitute ${named} startsAt endsAt reason endedAt tasksPassedAt }`;

export type PeopleVariables = { first: number; after: string | null; search: string; unit: string | null; role: string | null; show: string | null };

export const peopleDocument = defineDocument<{ people: Connection<PersonRow> }, PeopleVariables>(`
  query People($first: Int, $after: String, $search: String, $unit: String, $role: PersonRole, $show: PersonShow) {
    people(first: $first, after: $after, search: $search, unit: $unit, role: $role, show: $show) {
      totalCount pageInfo { hasNextPage endCursor }
      edges { node { id displayName username staffNumber disabledAt canSignIn assignments { id role unit unitName ${localized} status } proposals { id } qualifications { id expiresSoon } } }
    }
  }
`);

export const personDocument = defineDocument<{ person: Person | null }, { id: string }>(`
  query Person($id: ID!) {
    person(id: $id) {
      id displayName username staffNumber disabledAt disabledBy ${named} canSignIn createdAt
      assignments ${assignment} proposals { id role reason proposedBy ${named} proposedAt } qualifications ${qualification} absences ${absence}
    }
  }
`);

export const wardsDocument = defineDocument<{ wards: readonly Ward[] }, Record<string, never>>(`query Wards { wards { id name ${localized} } }`);

export const ownRolesDocument = defineDocument<{ ownRoles: OwnRoles }, Record<string, never>>(`
  query OwnRoles { ownRoles { assignments ${assignment} passedOn ${assignment} qualifications ${qualification} absences ${absence} } }
`);

export const colleaguesDocument = defineDocument<{ colleaguesForRole: readonly Named[] }, { role: string; search: string }>(`
  query Colleagues($role: PersonRole!, $search: String) { colleaguesForRole(role: $role, search: $search) ${named} }
`);
