import { defineDocument } from '../../graphql/client.ts';
import { errorFields } from '../../graphql/fragments.ts';

/** A session of a person; its id opens nothing. */
export interface PersonSession {
  readonly id: string;
  readonly createdAt: string;
  readonly lastActiveAt: string;
  readonly endsAt: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly authenticatedBy: string;
  readonly hasSecondFactor: boolean;
  readonly isSharedDevice: boolean;
  readonly isCurrent: boolean;
}

const fields = 'id createdAt lastActiveAt endsAt address userAgent authenticatedBy hasSecondFactor isSharedDevice isCurrent';

export const mySessionsDocument = defineDocument<{ viewer: { sessions: readonly PersonSession[] } | null }, Record<string, never>>(`
  query MySessions { viewer { id sessions { ${fields} } } }
`);

export const personSessionsDocument = defineDocument<{ personSessions: readonly PersonSession[] }, { username: string }>(`
  query PersonSessions($username: String!) { personSessions(username: $username) { ${fields} } }
`);

export const endSessionDocument = defineDocument<Record<string, unknown>, { input: { sessionId: string; reason?: string } }>(`
  mutation EndSession($input: EndSessionInput!) { endSession(input: $input) { __typename ... on EndSessionPayload { ended } ${errorFields} } }
`);

export const endAllSessionsDocument = defineDocument<Record<string, unknown>, { input: { username?: string; reason?: string } }>(`
  mutation EndAllSessions($input: EndAllSessionsInput!) { endAllSessions(input: $input) { __typename ... on EndAllSessionsPayload { ended } ${errorFields} } }
`);
