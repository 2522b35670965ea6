import { randomUUID } from 'node:crypto';
import type { GenericEndpointContext } from '@better-auth/core';
import { APIError } from 'better-auth/api';
import type { Database } from '#database';
import { sessionOrigin, type SessionOrigin } from './authentication.ts';
import type { PersonFacts } from './person-facts.ts';
import { passkeyAddressOf, passkeyBodies, refusalOfPasskey } from './passkeys.ts';
import { renewSession, requireRightToChangeFactors, requireSession, sessionOf } from './person-session.ts';
import { beginChallenge } from './second-factor-challenge.ts';
import type { SecondFactorRule } from './second-factor-rule.ts';
import type { SecondFactors } from './second-factors.ts';

export interface FactorHookOptions {
  readonly database: Pick<Database, 'prisma'>;
  readonly baseUrl: string;
  readonly factors: SecondFactors;
  readonly rule: SecondFactorRule;
  readonly facts: PersonFacts;
}

/** Paths of sign-in by the library itself, and how their sessions came to be. */
const origins = { '/sign-in/username': 'password', '/passkey/verify-authentication': 'passkey' } as const;
/** What a session that lacks a required factor may not do; its factor paths have checks of their own. */
const wholeSessionPaths: readonly string[] = ['/change-password', '/revoke-sessions', '/revoke-other-sessions'];

/** What factors add to the library's own paths, before and after they do their work. */
export function createFactorHooks({ database, baseUrl, factors, rule, facts }: FactorHookOptions) {
  async function beforeRegistration(ctx: GenericEndpointContext) {
    const session = await requireSession(ctx);
    const { hasOneTimeCode, passkeys } = await factors.summaryOf(session.user.id);
    requireRightToChangeFactors(session, hasOneTimeCode || passkeys > 0);
    // What the device shows beside the passkey: the user name, not the address that the library would take.
    return { context: { query: { name: typeof session.user['username'] === 'string' ? session.user['username'] : session.user.id } } };
  }

  return {
    /** Columns of a session that the library makes: by the path that it makes it for; a change of password keeps what was shown before it. */
    originOf(ctx: GenericEndpointContext | null): object {
      const by = Object.entries(origins).find(([known]) => known === ctx?.path)?.[1];
      if (by !== undefined) return sessionOrigin(by);
      if (ctx?.path !== '/change-password') return {};
      const { authenticatedBy, authenticationMethods, authenticatedAt } = (ctx.context.session?.session ?? {}) as Partial<SessionOrigin>;
      return { authenticatedBy, authenticationMethods, authenticatedAt };
    },

    /** Before any path. Gives what the path gets in addition. */
    async before(ctx: GenericEndpointContext): Promise<object | undefined> {
      const { path = '' } = ctx;
      if (path.startsWith('/passkey/') && passkeyAddressOf(baseUrl).kind !== 'usable') throw new APIError('CONFLICT', { code: 'PASSKEY_ADDRESS_UNUSABLE', message: 'Expected an https address with a name, or localhost, but browsers allow no passkey at this one' });
      if (passkeyBodies[path]?.safeParse(ctx.body).success === false) throw new APIError('BAD_REQUEST', { code: 'REQUEST_INVALID', message: 'Expected what a browser says of a passkey, but got something else' });
      if (path === '/passkey/generate-register-options' || path === '/passkey/verify-registration') return beforeRegistration(ctx);
      if (wholeSessionPaths.includes(path)) {
        const session = await sessionOf(ctx);
        if (session && rule.isMissing(await facts.subjectOf(session.user.id), session.authenticationMethods)) throw new APIError('FORBIDDEN', { code: 'SECOND_FACTOR_REQUIRED', message: 'Expected a session with a second factor, but it has shown none' });
      }
      return undefined;
    },

    /**
     * After a right password: takes the new session away again where a one-time code has to follow. True then.
     */
    async awaitsSecondFactor(ctx: GenericEndpointContext, session: { readonly token: string; readonly userId: string }): Promise<boolean> {
      if (!(await factors.summaryOf(session.userId)).hasOneTimeCode) return false;
      await beginChallenge(ctx, session);
      return true;
    },

    /** After a passkey was shown or registered. Gives the answer in place of the library's, which tells tokens and keys. */
    async afterPasskey(ctx: GenericEndpointContext): Promise<object | undefined> {
      const { newSession } = ctx.context;
      // Hooks after an endpoint find its answer there; the common type does not say so.
      const { returned } = ctx.context as { readonly returned?: unknown };
      if (ctx.path === '/passkey/verify-authentication') {
        if (!newSession) {
          const { code = 'AUTHENTICATION_FAILED' } = (returned instanceof APIError ? returned.body : undefined) ?? {};
          await facts.recordRefusal(await refusalOfPasskey(database, ctx.body, code));
          return undefined;
        }
        const { session } = newSession;
          await factors.forgive(session.userId);
        await database.prisma.passkey.updateMany({ where: { credentialID: (ctx.body as { response: { id: string } }).response.id }, data: { lastUsedAt: new Date() } });
        await facts.record(`person.signedIn/${session.id}`, 'person.signedIn', session.userId, 'passkey');
        return { signedIn: true, personId: session.userId };
      }
      if (ctx.path !== '/passkey/verify-registration' || returned instanceof Error || typeof returned !== 'object' || returned === null) return undefined;
      const session = await requireSession(ctx);
      // Registering has asked for finger, face or PIN: the session has now shown the passkey too.
      await renewSession(ctx, session, session.authenticatedBy === 'password' ? 'passkey' : session.authenticatedBy, [...new Set([...session.authenticationMethods, 'swk', 'user', 'mfa'])]);
      await facts.record(`factor.added/${randomUUID()}`, 'factor.added', session.user.id, 'passkey');
      return { registered: true };
    },
  };
}
