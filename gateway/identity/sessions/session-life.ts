import type { Database } from '#database';
import type { Actor } from '#engine';
import type { DoorFact } from '../../graphql/door-fact.ts';

/** How long a session lasts when nobody works with it, ms. */
export interface IdleLimits {
  readonly idleMs: number;
  /** On a device that several people use. */
  readonly sharedIdleMs: number;
}

/** Half an hour, and ten minutes on a shared device (NIST SP 800-63B-4 §2.2.3 allows an hour). */
export const usualIdleLimits: IdleLimits = { idleMs: 30 * 60_000, sharedIdleMs: 10 * 60_000 };

/** What is left of a session, seconds by the database's clock. */
export interface SessionClock {
  /** Until it ends unless the person does something. */
  readonly idleSecondsLeft: number;
  readonly idleSeconds: number;
  /** Until it ends in any case. */
  readonly secondsLeft: number;
}

/** One of a person's sessions. Its id opens nothing: the cookie holds another, secret value. */
export interface PersonSession {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly lastActiveAt: Date;
  /** The earlier of both ends, should the person do nothing. */
  readonly endsAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly authenticatedBy: string;
  /** Words of RFC 8176, as far as it was shown. */
  readonly authenticationMethods: readonly string[];
  readonly isSharedDevice: boolean;
}

/** Why sessions end; stands on record. */
export type EndReason = 'IDLE' | 'ENDED_BY_PERSON' | 'ENDED_BY_ADMINISTRATOR' | 'PASSWORD_CHANGED' | 'RECOVERED' | 'ACCOUNT_DISABLED' | 'SIGNED_IN_AGAIN';

export interface SessionLife {
  /**
   * Whether the session is there and in use, on any gateway. With `isPerson` a person has just done something: that is
   * written at most once a minute. One that was idle for too long is ended by this, on record.
   */
  check(sessionId: string, isPerson: boolean): Promise<boolean>;
  clockOf(sessionId: string): Promise<SessionClock | undefined>;
  /** A person's sessions that are in use, the latest active first. */
  list(userId: string): Promise<readonly PersonSession[]>;
  /** Ends sessions of a person on every gateway at once, on record: one, all, or all but one. Gives how many there were. */
  end(userId: string, which: { readonly only?: string; readonly except?: string }, by: Actor, reason: EndReason, why?: string): Promise<number>;
}

const idleOf = (session: string) => `(CASE WHEN ${session}.is_shared_device THEN $2::float8 ELSE $1::float8 END * interval '1 millisecond')`;

/** The life of sessions between sign-in and their end, by the database's clock. OWASP ASVS 5.0 §7.3 and §7.4. */
export function createSessionLife({ pool }: Pick<Database, 'pool'>, { idleMs, sharedIdleMs }: IdleLimits, recordFact: (fact: DoorFact) => Promise<void>): SessionLife {
  const limits = [idleMs, sharedIdleMs];

  return {
    async check(sessionId, isPerson) {
      const { rows } = await pool.query<{ user_id: string; alive: boolean }>({
        name: 'careloop-session-check',
        text: `WITH found AS (SELECT s.id, s.user_id, s.last_active_at, ${idleOf('s')} AS idle FROM session s WHERE s.id = $3 AND s.expires_at > now()),
          touched AS (UPDATE session s SET last_active_at = now() FROM found f WHERE $4 AND s.id = f.id AND f.last_active_at + f.idle > now() AND f.last_active_at <= now() - least(interval '1 minute', f.idle / 4))
          SELECT user_id, last_active_at + idle > now() AS alive FROM found`,
        values: [...limits, sessionId, isPerson],
      });
      const [found] = rows;
      if (found === undefined || found.alive) return found !== undefined;
      await pool.query('DELETE FROM session WHERE id = $1', [sessionId]);
      await recordFact({ factId: `session.ended/${sessionId}`, action: 'session.ended', actor: { id: found.user_id, kind: 'person', roles: [] }, reason: 'IDLE' satisfies EndReason });
      return false;
    },

    async clockOf(sessionId) {
      const { rows } = await pool.query<{ idle_left: number; idle: number; left: number }>(
        `SELECT extract(epoch FROM s.last_active_at + ${idleOf('s')} - now())::float8 AS idle_left, extract(epoch FROM ${idleOf('s')})::float8 AS idle, extract(epoch FROM s.expires_at - now())::float8 AS left FROM session s WHERE s.id = $3`,
        [...limits, sessionId],
      );
      const [found] = rows;
      return found && { idleSecondsLeft: Math.max(0, found.idle_left), idleSeconds: found.idle, secondsLeft: Math.max(0, found.left) };
    },

    async list(userId) {
      const { rows } = await pool.query<Record<string, unknown>>(
        `SELECT s.id, s.user_id AS "userId", s.created_at AS "createdAt", s.last_active_at AS "lastActiveAt", least(s.expires_at, s.last_active_at + ${idleOf('s')}) AS "endsAt",
           nullif(s.ip_address, '') AS address, nullif(s.user_agent, '') AS "userAgent", s.authenticated_by AS "authenticatedBy", s.authentication_methods AS "authenticationMethods", s.is_shared_device AS "isSharedDevice"
         FROM session s WHERE s.user_id = $3 AND s.expires_at > now() AND s.last_active_at + ${idleOf('s')} > now() ORDER BY s.last_active_at DESC, s.id LIMIT 100`,
        [...limits, userId],
      );
      // The columns of the statement above.
      return rows as unknown as readonly PersonSession[];
    },

    async end(userId, { only, except }, by, reason, why) {
      const { rows } = await pool.query<{ id: string }>('DELETE FROM session WHERE user_id = $1 AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR id <> $3) RETURNING id', [userId, only ?? null, except ?? null]);
      for (const { id } of rows) await recordFact({ factId: `session.ended/${id}`, action: 'session.ended', actor: by, reason, detail: { personId: userId, ...(why === undefined ? {} : { why }) } });
      return rows.length;
    },
  };
}
