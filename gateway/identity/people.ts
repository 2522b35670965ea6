import { randomUUID } from 'node:crypto';
import { prismaAdapter } from '@better-auth/prisma-adapter';
import { betterAuth } from 'better-auth/minimal';
import { APIError, createAuthEndpoint, createAuthMiddleware } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { username } from 'better-auth/plugins/username';
import { z } from 'zod';
import type { Database } from '#database';
import type { Actor } from '#engine';
import { rolesOfPerson } from './roles-in-force.ts';
import { signOnSession } from './oidc/session-plugin.ts';
import { createSignInGuard, type SignInGuard } from './sign-in-guard.ts';
import { consumeSignInLink } from './sign-in-links.ts';

export interface PeopleOptions {
  readonly database: Pick<Database, 'prisma' | 'pool'>;
  /** Address at which browsers reach the gateway. */
  readonly baseUrl: string;
  readonly sessionSecret: string;
  /** Puts sign-ins, sign-outs and refusals on record. */
  readonly recordFact: (fact: { readonly factId: string; readonly action: string; readonly actor: Actor; readonly reason?: string }) => Promise<void>;
  /** Issuers whose sign-on replaces passwords for those who are linked there. */
  readonly issuersInsteadOfPasswords?: readonly string[];
  /** Hears what the library has to say, without personal data. */
  readonly log?: (level: 'error' | 'warn', message: string) => void;
}

/** Where the HTTP server says who is at the other end of the connection; callers cannot set it. */
export const clientAddressHeader = 'x-careloop-client-address';

/** Absolute life of a session: one shift. */
const sessionLifeSeconds = 12 * 3600;

/**
 * Sign-in of people under `/api/auth/`: better-auth with passwords, user names and sessions in our own
 * tables. Nobody signs up: people are made by administrators.
 */
export function createPeople({ database, baseUrl, sessionSecret, recordFact, log, issuersInsteadOfPasswords = [] }: PeopleOptions) {
  const guard = createSignInGuard();
  return betterAuth({
    appName: 'careloop',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret: sessionSecret,
    trustedOrigins: trustedOrigins(baseUrl),
    database: prismaAdapter(database.prisma, { provider: 'postgresql' }),
    telemetry: { enabled: false },
    // What it does not expect goes up to the server, which tells neither caller nor log more than a name.
    onAPIError: { throw: true },
    logger: { level: 'warn', log: (level, message) => log?.(level === 'error' ? 'error' : 'warn', message) },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    user: {
      additionalFields: {
        disabledAt: { type: 'date', required: false, input: false },
      },
    },
    session: { expiresIn: sessionLifeSeconds, disableSessionRefresh: true, cookieCache: { enabled: false } },
    rateLimit: { enabled: true, window: 60, max: 300, customRules: { '/sign-in/username': { window: 60, max: 60 } } },
    advanced: { ipAddress: { ipAddressHeaders: [clientAddressHeader] }, cookiePrefix: 'careloop', useSecureCookies: baseUrl.startsWith('https:'), defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' } },
    disabledPaths: ['/sign-up/email', '/sign-in/email', '/sign-in/social', '/update-user', '/delete-user', '/change-email', '/is-username-available', '/request-password-reset', '/reset-password', '/send-verification-email', '/link-social'],
    databaseHooks: { session: { create: { before: ({ userId }) => refuseDisabled(database, userId) } } },
    hooks: { before: beforeAct(database, guard, recordFact), after: recordSignIn(database, guard, recordFact) },
    plugins: [username({ minUsernameLength: 3, maxUsernameLength: 64, usernameValidator: (name) => /^[a-zA-Z0-9_.-]+$/.test(name) }), signInLink(database), signOnSession(database, personOf, issuersInsteadOfPasswords)],
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
function signInLink(database: PeopleOptions['database']) {
  return {
    id: 'careloop-sign-in-link',
    endpoints: {
      signInByLink: createAuthEndpoint.serverOnly({ method: 'POST', body: z.object({ token: z.string().min(1).max(200) }) }, async (ctx) => {
        const userId = await consumeSignInLink(database, ctx.body.token);
        const user = userId === undefined ? null : await ctx.context.internalAdapter.findUserById(userId);
        if (!user) throw ctx.error('UNAUTHORIZED', { code: 'SIGN_IN_LINK_INVALID', message: 'Expected a sign-in link that was not used and is not too old' });
        const session = await ctx.context.internalAdapter.createSession(user.id);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ actor: await personOf(database, user.id), sessionId: session.id });
      }),
    },
  };
}

/** The name that was typed, as names are compared, and where. */
function tryOf({ body, headers }: { readonly body?: unknown; readonly headers?: Headers | undefined }): readonly [account: string, address: string] {
  const typed = (body as { readonly username?: unknown } | undefined)?.username;
  return [typeof typed === 'string' ? typed.toLowerCase() : '', headers?.get(clientAddressHeader) ?? ''];
}

function recordSignIn(database: PeopleOptions['database'], guard: SignInGuard, recordFact: PeopleOptions['recordFact']) {
  return createAuthMiddleware(async (ctx) => {
    if (ctx.path !== '/sign-in/username') return;
    const session = ctx.context.newSession;
    if (session) {
      guard.succeed(...tryOf(ctx), Date.now());
      await recordFact({ factId: `person.signedIn/${session.session.id}`, action: 'person.signedIn', actor: await personOf(database, session.user.id), reason: 'password' });
    } else if (ctx.context.returned instanceof APIError || ctx.context.returned instanceof Error) {
      // What was typed as a name may be a password: it is not kept. One entry a second, so that guesses show and a flood does not fill the record.
      await recordFact({ factId: `signIn.refused/${Math.floor(Date.now() / 1_000)}`, action: 'signIn.refused', actor: { id: 'anonymous', kind: 'system', roles: [] }, reason: 'INVALID_USERNAME_OR_PASSWORD' });
    }
  });
}

/** Bounds guesses, and puts sign-outs on record while their session is still there. */
function beforeAct(database: PeopleOptions['database'], guard: SignInGuard, recordFact: PeopleOptions['recordFact']) {
  return createAuthMiddleware(async (ctx) => {
    if (ctx.path === '/sign-in/username') {
      const waitMs = guard.begin(...tryOf(ctx), Date.now());
      if (waitMs === undefined) return;
      await recordFact({ factId: `signIn.refused/tooMany/${Math.floor(Date.now() / 60_000)}`, action: 'signIn.refused', actor: { id: 'anonymous', kind: 'system', roles: [] }, reason: 'TOO_MANY_ATTEMPTS' });
      throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_ATTEMPTS', message: 'Expected fewer wrong tries; wait before the next one' }, { 'retry-after': String(Math.ceil(waitMs / 1_000)) });
    }
    if (ctx.path !== '/sign-out') return;
    const token = await ctx.getSignedCookie(ctx.context.authCookies.sessionToken.name, ctx.context.secret);
    const found = token ? await ctx.context.internalAdapter.findSession(token) : null;
    if (found) await recordFact({ factId: `person.signedOut/${found.session.id}/${randomUUID()}`, action: 'person.signedOut', actor: await personOf(database, found.user.id) });
  });
}

/** A disabled account begins no session, however it signs in; the answer is that of a wrong password. */
async function refuseDisabled({ prisma }: PeopleOptions['database'], userId: string): Promise<void> {
  const user = await prisma.user.findUnique({ where: { id: userId }, select: { disabledAt: true } });
  if (user?.disabledAt) throw new APIError('UNAUTHORIZED', { code: 'INVALID_USERNAME_OR_PASSWORD', message: 'Invalid username or password' });
}

async function personOf(database: PeopleOptions['database'], id: string): Promise<Actor> {
  const { roles, unit } = await rolesOfPerson(database, id);
  return { id, kind: 'person', roles, ...(unit === undefined ? {} : { unit }) };
}
