import { randomUUID } from 'node:crypto';
import { prismaAdapter } from '@better-auth/prisma-adapter';
import { betterAuth } from 'better-auth/minimal';
import { APIError, createAuthEndpoint, createAuthMiddleware } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { username } from 'better-auth/plugins/username';
import { z } from 'zod';
import type { Database } from '#database';
import type { Actor } from '#engine';
import { sessionOrigin } from './authentication.ts';
import { factorEndpoints } from './factor-endpoints.ts';
import { createFactorHooks } from './factor-hooks.ts';
import { passkeys } from './passkeys.ts';
import { clientAddressHeader, createPersonFacts, type PersonFacts, type RecordPersonFact } from './person-facts.ts';
import type { SecondFactorRule } from './second-factor-rule.ts';
import { createSecondFactors } from './second-factors.ts';
import { createSignInGuard } from './sign-in-guard.ts';
import { consumeSignInLink } from './sign-in-links.ts';

export interface PeopleOptions {
  readonly database: Pick<Database, 'prisma'>;
  /** Address at which browsers reach the gateway. */
  readonly baseUrl: string;
  readonly sessionSecret: string;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  readonly secondFactorRule: SecondFactorRule;
  /** Puts sign-ins, sign-outs and refusals on record. */
  readonly recordFact: RecordPersonFact;
  /** Hears what the library has to say, without personal data. */
  readonly log?: (level: 'error' | 'warn', message: string) => void;
}

/** Absolute life of a session: one shift. */
const sessionLifeSeconds = 12 * 3600;

/**
 * Sign-in of people under `/api/auth/`: better-auth with passwords, user names and sessions in our own
 * tables. Nobody signs up: people are made by administrators.
 */
export function createPeople({ database, baseUrl, sessionSecret, masterKey, secondFactorRule, recordFact, log }: PeopleOptions) {
  const facts = createPersonFacts(database, createSignInGuard(), recordFact);
  const factorOptions = { database, baseUrl, factors: createSecondFactors(database, masterKey), rule: secondFactorRule, facts };
  const factorHooks = createFactorHooks(factorOptions);
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
        roles: { type: 'string[]', required: false, input: false },
        unit: { type: 'string', required: false, input: false },
      },
    },
    session: {
      expiresIn: sessionLifeSeconds,
      disableSessionRefresh: true,
      // What has to be recent goes by `authenticatedAt`.
      freshAge: 0,
      cookieCache: { enabled: false },
      additionalFields: {
        authenticatedBy: { type: 'string', required: false, input: false, defaultValue: 'password' },
        authenticationMethods: { type: 'string[]', required: false, input: false, defaultValue: ['pwd'] },
        authenticatedAt: { type: 'date', required: false, input: false, defaultValue: () => new Date() },
      },
    },
    databaseHooks: { session: { create: { before: async (session, ctx) => ({ data: { ...session, ...factorHooks.originOf(ctx) } }) } } },
    rateLimit: { enabled: true, window: 60, max: 300, customRules: { '/sign-in/username': { window: 60, max: 60 } } },
    advanced: { ipAddress: { ipAddressHeaders: [clientAddressHeader] }, cookiePrefix: 'careloop', useSecureCookies: baseUrl.startsWith('https:'), defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' } },
    disabledPaths: ['/sign-up/email', '/sign-in/email', '/sign-in/social', '/update-user', '/delete-user', '/change-email', '/is-username-available', '/request-password-reset', '/reset-password', '/send-verification-email', '/link-social'],
    hooks: { before: beforeAct(facts, factorHooks), after: afterAct(facts, factorHooks) },
    plugins: [username({ minUsernameLength: 3, maxUsernameLength: 64, usernameValidator: (name) => /^[a-zA-Z0-9_.-]+$/.test(name) }), signInLink(database), passkeys(baseUrl), factorEndpoints(factorOptions)],
  });
}

export { clientAddressHeader };
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
        const session = await ctx.context.internalAdapter.createSession(user.id, undefined, { ...sessionOrigin('link') }, true);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ actor: personOf(user), sessionId: session.id });
      }),
    },
  };
}

/** The name that was typed, as names are compared. */
function accountOf(body: unknown): string {
  const typed = (body as { readonly username?: unknown } | undefined)?.username;
  return typeof typed === 'string' ? typed.toLowerCase() : '';
}

type FactorHooks = ReturnType<typeof createFactorHooks>;

/** Puts sign-ins and refusals on record, and asks for a second factor where one has to follow. What was typed as a name may be a password: it is not kept. */
function afterAct(facts: PersonFacts, factorHooks: FactorHooks) {
  return createAuthMiddleware(async (ctx) => {
    if (ctx.path.startsWith('/passkey/')) {
      const answer = await factorHooks.afterPasskey(ctx);
      return answer === undefined ? undefined : ctx.json(answer);
    }
    if (ctx.path === '/change-password' && !(ctx.context.returned instanceof Error)) return ctx.json({ changed: true });
    if (ctx.path !== '/sign-in/username') return undefined;
    const made = ctx.context.newSession;
    if (made) {
      await facts.succeed(ctx, accountOf(ctx.body));
      if (await factorHooks.awaitsSecondFactor(ctx, made.session)) return ctx.json({ signedIn: false, secondFactor: ['code', 'backupCode'] });
      await facts.record(`person.signedIn/${made.session.id}`, 'person.signedIn', made.user.id, 'password');
      return ctx.json({ signedIn: true });
    }
    if (ctx.context.returned instanceof APIError || ctx.context.returned instanceof Error) await facts.recordRefusal('INVALID_USERNAME_OR_PASSWORD');
    return undefined;
  });
}

/** Bounds guesses, checks what factors need, and puts sign-outs on record while their session is still there. */
function beforeAct(facts: PersonFacts, factorHooks: FactorHooks) {
  return createAuthMiddleware(async (ctx) => {
    if (ctx.path === '/sign-in/username') await facts.beginAttempt(ctx, accountOf(ctx.body));
    if (ctx.path !== '/sign-out') return factorHooks.before(ctx);
    const token = await ctx.getSignedCookie(ctx.context.authCookies.sessionToken.name, ctx.context.secret);
    const found = token ? await ctx.context.internalAdapter.findSession(token) : null;
    if (found) await facts.record(`person.signedOut/${found.session.id}/${randomUUID()}`, 'person.signedOut', found.user.id);
    return undefined;
  });
}

function personOf({ id, roles, unit }: { readonly id: string } & Record<string, unknown>): Actor {
  return { id, kind: 'person', roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [], ...(typeof unit === 'string' && unit !== '' ? { unit } : {}) };
}
