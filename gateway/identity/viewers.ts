import type { Database } from '#database';
import type { AccessTokens } from './access-token.ts';
import type { People } from './people.ts';
import { areSameAssignments, rolesOfPerson } from './roles-in-force.ts';
import { isOfPerson, type SessionLife } from './sessions/index.ts';
import type { SecondFactorRule } from './second-factor-rule.ts';
import type { Viewer } from './viewer.ts';

/** `none`: no credentials. `invalid`: some that are forged, expired or revoked, or that lack the second factor that the person must show. */
export type Authentication =
  | { readonly kind: 'viewer'; readonly viewer: Viewer; readonly by: 'session' | 'token' }
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly reason: 'TOKEN_INVALID' | 'CLIENT_REVOKED' | 'SESSION_INVALID' | 'ACCOUNT_DISABLED' | 'SECOND_FACTOR_REQUIRED' };

/** How long a client's row is remembered: its revocation holds everywhere after that. */
const clientCacheMs = 3_000;

/** Finds out who asks, from a bearer token (RFC 6750 §2.1) or else the session cookie. */
export function createViewers(database: Pick<Database, 'prisma' | 'pool'>, people: People, tokens: AccessTokens, sessions: SessionLife, secondFactorRule: SecondFactorRule) {
  const { prisma } = database;
  const clients = new Map<string, { readonly readAt: number; readonly row: Promise<{ name: string; roles: string[]; revokedAt: Date | null } | null> }>();

  function clientOf(id: string) {
    const known = clients.get(id);
    if (known && Date.now() - known.readAt < clientCacheMs) return known.row;
    const row = prisma.systemClient.findUnique({ where: { id }, select: { name: true, roles: true, revokedAt: true } });
    const promise = Promise.resolve(row);
    clients.set(id, { readAt: Date.now(), row: promise });
    promise.catch(() => clients.delete(id));
    return promise;
  }

  async function byToken(token: string): Promise<Authentication> {
    const verified = await tokens.verify(token);
    if (!verified) return { kind: 'invalid', reason: 'TOKEN_INVALID' };
    const client = await clientOf(verified.clientId);
    if (!client || client.revokedAt) return { kind: 'invalid', reason: 'CLIENT_REVOKED' };
    return { kind: 'viewer', by: 'token', viewer: { id: verified.clientId, kind: 'system', username: client.name, displayName: client.name, roles: client.roles, assignments: client.roles.map((role) => ({ role })), expiresAt: verified.expiresAt } };
  }

  async function bySession(headers: Headers): Promise<Authentication> {
    const found = await people.api.getSession({ headers });
    if (!found || !(await sessions.check(found.session.id, isOfPerson(headers)))) return { kind: 'invalid', reason: 'SESSION_INVALID' };
    const { user, session } = found;
    if (user.disabledAt) return { kind: 'invalid', reason: 'ACCOUNT_DISABLED' };
    const rights = await rolesOfPerson(database, user.id);
    if (secondFactorRule.isMissing({ id: user.id, roles: rights.roles }, session.authenticationMethods ?? [])) return { kind: 'invalid', reason: 'SECOND_FACTOR_REQUIRED' };
    return {
      kind: 'viewer',
      by: 'session',
      viewer: {
        id: user.id,
        kind: 'person',
        username: user.username ?? user.id,
        displayName: user.name,
        ...rights,
        sessionId: session.id,
        authenticatedBy: session.authenticatedBy ?? 'password',
        ...(session.authenticatedAt ? { authenticatedAt: new Date(session.authenticatedAt).toISOString() } : {}),
        expiresAt: new Date(session.expiresAt).toISOString(),
      },
    };
  }

  return {
    async authenticate(headers: Headers): Promise<Authentication> {
      const authorization = headers.get('authorization');
      const bearer = authorization === null ? undefined : /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)?.[1];
      if (authorization !== null) return bearer === undefined ? { kind: 'invalid', reason: 'TOKEN_INVALID' } : byToken(bearer);
      if (!/(?:^|; ?)(?:__Host-)?careloop\.session_token=/.test(headers.get('cookie') ?? '')) return { kind: 'none' };
      return bySession(headers);
    },

    /**
     * False once the viewer's session or client was revoked, is over, or has other rights than it had: a
     * subscription ends then, and a client that is still welcome comes again.
     */
    async isStillSignedIn(viewer: Viewer): Promise<boolean> {
      if (Date.parse(viewer.expiresAt) <= Date.now()) return false;
      if (viewer.kind === 'system') {
        const client = await clientOf(viewer.id);
        return client !== null && client.revokedAt === null && isSame(client.roles, viewer.roles);
      }
      // Being there and listening is no work: a subscription ends with its idle session.
      if (!(await sessions.check(viewer.sessionId ?? '', false))) return false;
      const session = await prisma.session.findUnique({ where: { id: viewer.sessionId ?? '' }, select: { expiresAt: true, user: { select: { disabledAt: true } } } });
      if (session === null || session.expiresAt <= new Date() || session.user.disabledAt !== null) return false;
      return areSameAssignments((await rolesOfPerson(database, viewer.id)).assignments, viewer.assignments);
    },
  };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((role) => b.includes(role));
}

export type Viewers = ReturnType<typeof createViewers>;
