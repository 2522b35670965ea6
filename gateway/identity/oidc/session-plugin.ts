import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import type { Database } from '#database';
import type { Actor } from '#engine';
import { sessionOrigin } from '../authentication.ts';

/** How the record names a person, with the roles in force. */
type PersonOf = (database: Pick<Database, 'prisma' | 'pool'>, id: string) => Promise<Actor>;

/**
 * The part of sign-on within better-auth. `signInBySignOn` gives somebody a session whom the provider named; it has no path
 * of its own. Where a provider replaces passwords, those who are linked to it get no session by one: they learn it after
 * the right password alone, so that nobody finds out who is linked.
 */
export function signOnSession(database: Pick<Database, 'prisma' | 'pool'>, personOf: PersonOf, issuersInsteadOfPasswords: readonly string[]) {
  return {
    id: 'careloop-sign-on',
    endpoints: {
      signInBySignOn: createAuthEndpoint.serverOnly({ method: 'POST', body: z.object({ userId: z.string().min(1), methods: z.array(z.string()) }) }, async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId);
        if (!user) throw ctx.error('UNAUTHORIZED', { code: 'SIGN_ON_PERSON_UNKNOWN', message: 'Expected a person of this hospital' });
        const session = await ctx.context.internalAdapter.createSession(user.id, undefined, { ...sessionOrigin('oidc', ctx.body.methods) }, true);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ actor: await personOf(database, user.id), sessionId: session.id });
      }),
    },
    init: () => ({
      options: {
        databaseHooks: {
          session: {
            create: {
              async before({ userId }: { readonly userId: string }, context: { readonly path?: string } | null) {
                if (context?.path !== '/sign-in/username' || issuersInsteadOfPasswords.length === 0) return;
                const linked = await database.prisma.signOnIdentity.findFirst({ where: { userId, issuer: { in: [...issuersInsteadOfPasswords] } }, select: { id: true } });
                if (linked) throw new APIError('FORBIDDEN', { code: 'SIGN_ON_REQUIRED', message: 'Expected a sign-on by the hospital account instead of a password' });
              },
            },
          },
        },
      },
    }),
  };
}
