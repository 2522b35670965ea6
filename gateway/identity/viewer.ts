import type { Actor } from '#engine';

/** A role that a person has now, in one unit or (without one) in the whole hospital. */
export interface ViewerRole {
  readonly role: string;
  /** Id of the ward. */
  readonly unit?: string;
  /** For whom the viewer acts as a delegate or substitute. */
  readonly onBehalfOf?: string;
}

/** Who asks: a signed-in person or a system with a token. */
export interface Viewer {
  readonly id: string;
  readonly kind: 'person' | 'system';
  readonly username: string;
  readonly displayName: string;
  /** The names in `assignments`, each once. */
  readonly roles: readonly string[];
  readonly assignments: readonly ViewerRole[];
  /** Ward in which the viewer acts; absent for those who act in the whole hospital. */
  readonly unit?: string;
  /** Of a person: the session that must still be there while a subscription runs. */
  readonly sessionId?: string;
  /** Of a person: how the session came to be, `password+otp` for example. */
  readonly authenticatedBy?: string;
  /** Of a person: ISO 8601 instant at which they last proved who they are. */
  readonly authenticatedAt?: string;
  /** Of a system: its token, which must not have been revoked while a subscription runs. */
  readonly token?: { readonly id: string; readonly credentialId?: string; /** ISO 8601 */ readonly issuedAt: string };
  /** Of a system with a limit of its own: points a minute. */
  readonly pointsPerMinute?: number;
  /** ISO 8601 instant at which session or token ends. */
  readonly expiresAt: string;
}

/** The viewer as the record names them. */
export function actorOf({ id, kind, roles, unit }: Viewer): Actor {
  return { id, kind, roles, ...(unit === undefined ? {} : { unit }) };
}
