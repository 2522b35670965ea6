import type { SessionLife } from './session-life.ts';
import { sharedDeviceHeader } from './background.ts';

/** What of better-auth's context a new session is described by. */
interface SignInContext {
  readonly headers?: Headers | undefined;
}

/** The columns of a new session that better-auth does not fill. Nobody gets more than `lifeMs`, whatever was asked for. */
export function describeSession(session: Readonly<Record<string, unknown>>, context: SignInContext | null | undefined, lifeMs: number): Record<string, unknown> {
  const end = Date.now() + lifeMs;
  const { expiresAt } = session;
  return {
    ...session,
    expiresAt: expiresAt instanceof Date && expiresAt.getTime() < end ? expiresAt : new Date(end),
    isSharedDevice: context?.headers?.get(sharedDeviceHeader) === '1',
  };
}

/** A browser has one session at a time: the one that it came with ends when it gets another, so that nobody can plant one. */
export async function endFormerSession(sessions: SessionLife, former: { readonly id: string; readonly userId: string } | undefined, next: { readonly id: string }): Promise<void> {
  if (former === undefined || former.id === next.id) return;
  await sessions.end(former.userId, { only: former.id }, { id: former.userId, kind: 'person', roles: [] }, 'SIGNED_IN_AGAIN');
}
