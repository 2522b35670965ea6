import { prismaAdapter } from '@better-auth/prisma-adapter';
import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { username } from 'better-auth/plugins/username';
import { z } from 'zod';
import type { Database } from '#database';
import { consumeSignInLink } from './sign-in-links.ts';

export interface PeopleOptions {
  readonly database: Pick<Database, 'prisma'>;
  /** Address at which browsers reach the gateway. */
  readonly baseUrl: string;
  readonly sessionSecret: string;
  /** Hears what the library has to say, without personal data. */
  readonly log?: (level: 'error' | 'warn', message: string) => void;
}

/** Absolute life of a session: one shift. */
const sessionLifeSeconds = 12 * 3600;

/**
 * Sign-in of people under `/api/auth/`: better-auth with passwords, user names and sessions in our own
 * tables. Nobody signs up: people are made by administrators.
 */
export function createPeople({ database, baseUrl, sessionSecret, log }: PeopleOptions) {
  return betterAuth({
    appName: 'careloop',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret: sessionSecret,
    trustedOrigins: trustedOrigins(baseUrl),
    database: prismaAdapter(database.prisma, { provider: 'postgresql' }),
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => log?.(level === 'error' ? 'error' : 'warn', message) },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    user: {
      additionalFields: {
        roles: { type: 'string[]', required: false, input: false },
        unit: { type: 'string', required: false, input: false },
      },
    },
    session: { expiresIn: sessionLifeSeconds, disableSessionRefresh: true, cookieCache: { enabled: false } },
    rateLimit: { enabled: true, window: 60, max: 300, customRules: { '/sign-in/username': { window: 60, max: 60 } } },
    advanced: { cookiePrefix: 'careloop', useSecureCookies: baseUrl.startsWith('https:'), defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' } },
    disabledPaths: ['/sign-up/email', '/sign-in/email', '/sign-in/social', '/update-user', '/delete-user', '/change-email', '/is-username-available', '/request-password-reset', '/reset-password', '/send-verification-email', '/link-social'],
    plugins: [username({ minUsernameLength: 3, maxUsernameLength: 64, usernameValidator: (name) => /^[a-zA-Z0-9_.-]+$/.test(name) }), signInLink(database)],
  });
}

export type People = ReturnType<typeof createPeople>;

/** The address itself, and its loopback twins, since people type either. */
export function trustedOrigins(baseUrl: string): string[] {
  const { origin, hostname, port, protocol } = new URL(baseUrl);
  if (hostname !== 'localhost' && hostname !== '127.0.0.1') return [origin];
  return ['localhost', '127.0.0.1'].map((host) => `${protocol}//${host}${port === '' ? '' : `:${port}`}`);
}

/** Turns a one-time link into a session. It has no path of its own: only the loopback door calls it. */
function signInLink(database: Pick<Database, 'prisma'>) {
  return {
    id: 'careloop-sign-in-link',
    endpoints: {
      signInByLink: createAuthEndpoint.serverOnly({ method: 'POST', body: z.object({ token: z.string().min(1).max(200) }) }, async (ctx) => {
        const userId = await consumeSignInLink(database, ctx.body.token);
        const user = userId === undefined ? null : await ctx.context.internalAdapter.findUserById(userId);
        if (!user) throw ctx.error('UNAUTHORIZED', { code: 'SIGN_IN_LINK_INVALID', message: 'Expected a sign-in link that was not used and is not too old' });
        const session = await ctx.context.internalAdapter.createSession(user.id);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ userId: user.id });
      }),
    },
  };
}
