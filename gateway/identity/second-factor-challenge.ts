import { createHash, randomBytes } from 'node:crypto';
import type { GenericEndpointContext } from '@better-auth/core';
import { APIError } from 'better-auth/api';
import { deleteSessionCookie, expireCookie } from 'better-auth/cookies';

/** How long a person has between password and second factor, seconds. */
const lifeSeconds = 5 * 60;

interface Challenge {
  readonly identifier: string;
  readonly userId: string;
}

/** Takes the session away that a password alone has made, and remembers in its place whose second factor is awaited. */
export async function beginChallenge(ctx: GenericEndpointContext, { token, userId }: { readonly token: string; readonly userId: string }): Promise<void> {
  deleteSessionCookie(ctx, true);
  await ctx.context.internalAdapter.deleteSession(token);
  ctx.context.setNewSession(null);
  const secret = randomBytes(32).toString('base64url');
  await ctx.context.internalAdapter.createVerificationValue({ identifier: identifierOf(secret), value: userId, expiresAt: new Date(Date.now() + lifeSeconds * 1_000) });
  const cookie = cookieOf(ctx);
  await ctx.setSignedCookie(cookie.name, secret, ctx.context.secret, cookie.attributes);
}

/** Whose second factor is awaited. Fails: SECOND_FACTOR_EXPIRED. */
export async function openChallenge(ctx: GenericEndpointContext): Promise<Challenge> {
  const secret = await ctx.getSignedCookie(cookieOf(ctx).name, ctx.context.secret);
  const identifier = secret ? identifierOf(secret) : undefined;
  const found = identifier === undefined ? null : await ctx.context.internalAdapter.findVerificationValue(identifier);
  if (identifier === undefined || !found || found.expiresAt <= new Date()) throw expired();
  return { identifier, userId: found.value };
}

/** Ends it, once: of requests at the same time one alone goes on. Fails: SECOND_FACTOR_EXPIRED. */
export async function closeChallenge(ctx: GenericEndpointContext, { identifier }: Challenge): Promise<void> {
  if (!(await ctx.context.internalAdapter.consumeVerificationValue(identifier))) throw expired();
  expireCookie(ctx, cookieOf(ctx));
}

function cookieOf(ctx: GenericEndpointContext) {
  return ctx.context.createAuthCookie('second_factor', { maxAge: lifeSeconds });
}

function identifierOf(secret: string): string {
  return `careloop-second-factor:${createHash('sha256').update(secret).digest('hex')}`;
}

function expired(): APIError {
  return new APIError('UNAUTHORIZED', { code: 'SECOND_FACTOR_EXPIRED', message: 'Expected a sign-in whose password was right within the last 5 minutes, but there is none' });
}
