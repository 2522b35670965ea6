import { randomUUID } from 'node:crypto';
import { prismaAdapter } from '@better-auth/prisma-adapter';
import { betterAuth } from 'better-auth/minimal';
import { APIError, createAuthEndpoint, createAuthMiddleware } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { username } from 'better-auth/plugins/username';
import { z } from 'zod';
import type { Database } from '#database';
import type { Actor } from '#engine';
import type { DoorFact } from '../graphql/door-fact.ts';
import { noticeWrongTries } from './account-notices.ts';
import { sessionOrigin } from './authentication.ts';
import { clientAddressHeader } from './client-address-header.ts';
import { factorEndpoints } from './factor-endpoints.ts';
import { createFactorHooks } from './factor-hooks.ts';
import { signOnSession } from './oidc/session-plugin.ts';
import { passkeys } from './passkeys.ts';
import { checkNewPassword, passwordWasChanged } from './passwords/password-hooks.ts';
import { longestPassword, shortestPassword, type PasswordPolicy } from './passwords/index.ts';
import { createPersonFacts, type PersonFacts } from './person-facts.ts';
import { rolesOfPerson } from './roles-in-force.ts';
import type { SecondFactorRule } from './second-factor-rule.ts';
import { createSecondFactors } from './second-factors.ts';
import { describeSession, endFormerSession, type SessionLife } from './sessions/index.ts';
import { beginTry, endTry } from './sign-in-tries.ts';
import type { SignInGuard } from './sign-in-guard.ts';
import { consumeSignInLink } from './sign-in-links.ts';

export { clientAddressHeader } from './client-address-header.ts';

export interface PeopleOptions {
  readonly database: Pick<Database, 'prisma' | 'pool'>;
  /** Address at which browsers reach the gateway. */
  readonly baseUrl: string;
  readonly sessionSecret: string;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  readonly secondFactorRule: SecondFactorRule;
  readonly guard: SignInGuard;
  readonly sessions: SessionLife;
  readonly passwordPolicy: PasswordPolicy;
  /** Puts sign-ins, sign-outs and refusals on record. */
  readonly recordFact: (fact: DoorFact) => Promise<void>;
  /** Issuers whose sign-on replaces passwords for those who are linked there. */
  readonly issuersInsteadOfPasswords?: readonly string[];
  /** Hears what the library has to say, without personal data. */
  readonly log?: (level: 'error' | 'warn', message: string) => void;
}

/** Absolute life of a session: one shift. */
const sessionLifeSeconds = 12 * 3600;

/**
 * Sign-in of people under `/api/auth/`: better-auth with passwords, user names and sessions in our own
 * tables. Nobody signs up: people are made by administrators.
 */
export function createPeople(options: PeopleOptions) {
  const { database, baseUrl, sessionSecret, masterKey, secondFactorRule, guard, recordFact, log, issuersInsteadOfPasswords = [] } = options;
  const isHttps = baseUrl.startsWith('https:');
  const facts = createPersonFacts(database, guard, recordFact);
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
    // What a password must be is checked before; these count UTF-16 units, of which a character has at most two.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: shortestPassword, maxPasswordLength: 2 * longestPassword },
    user: {
      additionalFields: {
        disabledAt: { type: 'date', required: false, input: false },
      },
    },
    session: {
      expiresIn: sessionLifeSeconds,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      // What has to be recent goes by `authenticatedAt`.
      freshAge: 0,
      additionalFields: {
        authenticatedBy: { type: 'string', required: false, input: false, defaultValue: 'password' },
        authenticationMethods: { type: 'string[]', required: false, input: false, defaultValue: ['pwd'] },
        authenticatedAt: { type: 'date', required: false, input: false, defaultValue: () => new Date() },
        isSharedDevice: { type: 'boolean', required: false, input: false },
      },
    },
    databaseHooks: {
      session: {
        create: {
          async before(session, context) {
            await refuseDisabled(database, session.userId);
            return { data: { ...describeSession(session, context, sessionLifeSeconds * 1_000), ...factorHooks.originOf(context) } };
          },
        },
      },
    },
    rateLimit: { enabled: true, window: 60, max: 300, customRules: { '/sign-in/username': { window: 60, max: 60 }, '/change-password': { window: 60, max: 30 } } },
    advanced: { ipAddress: { ipAddressHeaders: [clientAddressHeader] }, cookiePrefix: cookiePrefixOf(isHttps), useSecureCookies: false, defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' } },
    disabledPaths: ['/sign-up/email', '/sign-in/email', '/sign-in/social', '/update-user', '/delete-user', '/change-email', '/is-username-available', '/request-password-reset', '/reset-password', '/send-verification-email', '/link-social'],
    hooks: { before: beforeAct(options, factorHooks), after: afterAct(options, facts, factorHooks) },
    plugins: [username({ minUsernameLength: 3, maxUsernameLength: 64, usernameValidator: (name) => /^[a-zA-Z0-9_.-]+$/.test(name) }), signInLink(database), passkeys(baseUrl), factorEndpoints(factorOptions), signOnSession(database, personOf, issuersInsteadOfPasswords)],
  });
}

export type People = ReturnType<typeof createPeople>;

/** With https a name that no other host and no plain connection can set (RFC 6265bis §4.1.3.2). */
export function cookiePrefixOf(isHttps: boolean): string {
  return isHttps ? '__Host-careloop' : 'careloop';
}

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
        const session = await ctx.context.internalAdapter.createSession(user.id, undefined, { ...sessionOrigin('link') }, true);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ actor: await personOf(database, user.id), sessionId: session.id });
      }),
    },
  };
}

type FactorHooks = ReturnType<typeof createFactorHooks>;

/** Ends what the browser was signed in as before, puts sign-ins and refusals on record, and asks for a second factor where one has to follow. */
function afterAct({ database, guard, sessions, recordFact }: PeopleOptions, facts: PersonFacts, factorHooks: FactorHooks) {
  return createAuthMiddleware(async (ctx) => {
    const made = ctx.context.newSession;
    if (made) await endFormerSession(sessions, await presentedSession(database, ctx), made.session);
    let answer: object | undefined;
    if (ctx.path.startsWith('/passkey/')) answer = await factorHooks.afterPasskey(ctx);
    if (ctx.path === '/change-password' && !isRefused(ctx.context.returned)) {
      const current = await presentedSession(database, ctx);
      if (current) await passwordWasChanged({ database, guard, sessions, recordFact }, ctx.headers, current.actor, current.id);
      answer = { changed: true };
    }
    if (ctx.path === '/sign-in/username') {
      await endTry({ guard, recordFact }, ctx, made !== null, isRefused(ctx.context.returned));
      if (made && (await factorHooks.awaitsSecondFactor(ctx, made.session))) return ctx.json({ signedIn: false, secondFactor: ['code', 'backupCode'] });
      if (made) {
        await facts.record(`person.signedIn/${made.session.id}`, 'person.signedIn', made.user.id, 'password');
        answer = { signedIn: true };
      }
    }
    if (made) await noticeWrongTries(database, made.user.id, ctx.headers?.get(clientAddressHeader) ?? '');
    return answer === undefined ? undefined : ctx.json(answer);
  });
}

function isRefused(returned: unknown): boolean {
  return returned instanceof Error;
}

/** Paths by which somebody comes in: what their browser has of a session before may be over. */
const waysIn: readonly string[] = ['/passkey/generate-authenticate-options', '/passkey/verify-authentication', '/second-factor/verify', '/get-session'];

/** Bounds guesses, refuses sessions that were idle for too long, checks what factors need, and puts sign-outs on record while their session is still there. */
function beforeAct({ database, guard, sessions, passwordPolicy, recordFact }: PeopleOptions, factorHooks: FactorHooks) {
  return createAuthMiddleware(async (ctx) => {
    if (ctx.path === '/sign-in/username') return beginTry({ guard, recordFact }, ctx);
    const found = ctx.path === undefined || waysIn.includes(ctx.path) || ctx.path.startsWith('/sign-in/') ? undefined : await presentedSession(database, ctx);
    if (found === undefined) return factorHooks.before(ctx);
    if (ctx.path === '/sign-out') return recordFact({ factId: `person.signedOut/${found.id}/${randomUUID()}`, action: 'person.signedOut', actor: found.actor });
    if (!(await sessions.check(found.id, true))) throw new APIError('UNAUTHORIZED', { code: 'SESSION_INVALID', message: 'Expected a valid session, but it has ended' });
    const more = await factorHooks.before(ctx);
    // The library deletes them without a word.
    if (ctx.path.startsWith('/revoke-')) await sessions.end(found.userId, { except: found.id }, found.actor, 'ENDED_BY_PERSON');
    if (ctx.path === '/revoke-sessions') await recordFact({ factId: `session.ended/${found.id}`, action: 'session.ended', actor: found.actor, reason: 'ENDED_BY_PERSON' });
    if (ctx.path === '/change-password') await checkNewPassword({ database, guard, passwordPolicy }, ctx, found.actor.id);
    return more;
  });
}

interface CookieContext {
  getSignedCookie(name: string, secret: string): Promise<string | null | false | undefined> | string | null | false | undefined;
  readonly context: { readonly secret: string; readonly authCookies: { readonly sessionToken: { readonly name: string } }; readonly internalAdapter: { findSession(token: string): Promise<{ readonly session: { readonly id: string; readonly userId: string }; readonly user: { readonly id: string } & Record<string, unknown> } | null> } };
}

/** The session that the request came with. */
async function presentedSession(database: PeopleOptions['database'], ctx: CookieContext): Promise<{ readonly id: string; readonly userId: string; readonly actor: Actor } | undefined> {
  const token = await ctx.getSignedCookie(ctx.context.authCookies.sessionToken.name, ctx.context.secret);
  const found = token ? await ctx.context.internalAdapter.findSession(token) : null;
  return found ? { id: found.session.id, userId: found.session.userId, actor: await personOf(database, found.user.id) } : undefined;
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
