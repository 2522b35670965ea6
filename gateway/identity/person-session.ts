import type { GenericEndpointContext } from '@better-auth/core';
import { APIError, getSessionFromCtx } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { isMultiFactor, isRecent, sessionOrigin, type AuthenticatedBy, type SessionOrigin } from './authentication.ts';

/** The session that a request of a person brings, with its origin. */
export interface PersonSession extends SessionOrigin {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: Date;
  readonly user: { readonly id: string; readonly name: string } & Record<string, unknown>;
}

/** The session of the request; undefined when it brings none that still holds. */
export async function sessionOf(ctx: GenericEndpointContext): Promise<PersonSession | undefined> {
  const found = await getSessionFromCtx(ctx);
  if (!found) return undefined;
  // Our own columns of the session; the library knows them as additional fields of any type.
  const { id, token, expiresAt, authenticatedBy, authenticationMethods, authenticatedAt } = found.session as typeof found.session & { authenticatedBy: AuthenticatedBy; authenticationMethods: string[]; authenticatedAt: Date | string };
  return { id, token, expiresAt: new Date(expiresAt), authenticatedBy, authenticationMethods, authenticatedAt: new Date(authenticatedAt), user: found.user };
}

/** Fails: UNAUTHENTICATED. */
export async function requireSession(ctx: GenericEndpointContext): Promise<PersonSession> {
  const session = await sessionOf(ctx);
  if (!session) throw new APIError('UNAUTHORIZED', { code: 'UNAUTHENTICATED', message: 'Expected a valid session, but it is none or has ended' });
  return session;
}

/**
 * Before anything about a person's factors changes. Fails: REAUTHENTICATION_REQUIRED when they signed in too long ago;
 * SECOND_FACTOR_REQUIRED when they have a factor that this session has not shown: a password alone adds and removes none.
 */
export function requireRightToChangeFactors(session: PersonSession, hasFactor: boolean): void {
  if (hasFactor && !isMultiFactor(session.authenticationMethods)) throw new APIError('FORBIDDEN', { code: 'SECOND_FACTOR_REQUIRED', message: 'Expected a session with a second factor, but it has shown none' });
  if (!isRecent(session.authenticatedAt)) throw new APIError('FORBIDDEN', { code: 'REAUTHENTICATION_REQUIRED', message: 'Expected a sign-in or a factor within the last 15 minutes, but it was longer ago' });
}

/** Begins a session for a person, with its cookie. Gives its id. */
export async function beginSession(ctx: GenericEndpointContext, userId: string, authenticatedBy: AuthenticatedBy, methods?: readonly string[]): Promise<string> {
  const user = await ctx.context.internalAdapter.findUserById(userId);
  if (!user) throw new APIError('UNAUTHORIZED', { code: 'UNAUTHENTICATED', message: 'Expected a person, but there is none' });
  const session = await ctx.context.internalAdapter.createSession(userId, undefined, { ...sessionOrigin(authenticatedBy, methods) }, true);
  await setSessionCookie(ctx, { session, user });
  return session.id;
}

/**
 * Puts a new session in the place of one whose person has shown something more, with the same end: what was known of the old one is
 * worth nothing then (session fixation; OWASP ASVS 5.0 §7.2.4). Gives the new id.
 */
export async function renewSession(ctx: GenericEndpointContext, old: PersonSession, authenticatedBy: AuthenticatedBy, methods: readonly string[]): Promise<string> {
  const user = await ctx.context.internalAdapter.findUserById(old.user.id);
  if (!user) throw new APIError('UNAUTHORIZED', { code: 'UNAUTHENTICATED', message: 'Expected a person, but there is none' });
  const session = await ctx.context.internalAdapter.createSession(old.user.id, undefined, { ...sessionOrigin(authenticatedBy, methods), expiresAt: old.expiresAt }, true);
  await setSessionCookie(ctx, { session, user });
  await ctx.context.internalAdapter.deleteSession(old.token);
  return session.id;
}
