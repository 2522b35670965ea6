import { defineDocument } from '../graphql/client.ts';
import { localized } from '../graphql/fragments.ts';
import type { Viewer } from '../graphql/model.ts';

/** Who is signed in. */
export const viewerDocument = defineDocument<{ viewer: Viewer | null }, Record<string, never>>(`
  query Viewer { viewer { id username displayName kind roles unit unitName ${localized} assignments { role unit unitName ${localized} onBehalfOf { id displayName } } draftKey } }
`);

/** What happened to the own account. `kind`: wrongTries | recovered | unlocked. */
export interface AccountNotice {
  readonly id: string;
  readonly kind: string;
  readonly wrongTries: number | null;
  readonly addresses: number | null;
  readonly createdAt: string;
}

export const accountNoticesDocument = defineDocument<{ viewer: { accountNotices: readonly AccountNotice[] } | null }, Record<string, never>>(`
  query AccountNotices { viewer { id accountNotices { id kind wrongTries addresses createdAt } } }
`);

export const acknowledgeNoticesDocument = defineDocument<Record<string, unknown>, { noticeIds: readonly string[] }>(`
  mutation AcknowledgeAccountNotices($noticeIds: [ID!]!) { acknowledgeAccountNotices(noticeIds: $noticeIds) { __typename ... on AcknowledgeAccountNoticesPayload { acknowledged } } }
`);

/** How long the session still lasts; sent beside the client, whose cache and gate it must not wait for. */
export const sessionClockQuery = 'query SessionClock { viewer { session { idleSecondsLeft idleSeconds secondsLeft } } }';

/** Who is signed in by the cookie now; sent beside the client for the same reason. */
export const signedInPersonQuery = 'query SignedInPerson { viewer { id } }';
