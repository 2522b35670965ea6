import type { Database } from '#database';
import type { AccessTokens, VerifiedToken } from './access-token.ts';
import { createSystemClients, type SpentTokens } from './clients/index.ts';
import type { People } from './people.ts';
import { areSameAssignments, rolesOfPerson } from './roles-in-force.ts';
import { isOfPerson, type SessionLife } from './sessions/index.ts';
import type { SecondFactorRule } from './second-factor-rule.ts';
import type { Viewer } from './viewer.ts';

/** `none`: no credentials. `invalid`: some that are forged, expired or revoked, or that lack the second factor that the person must show. */
export type Authentication =
  | { readonly kind: 'viewer'; readonly viewer: Viewer; readonly by: 'session' | 'token' }
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly reason: 'TOKEN_INVALID' | 'TOKEN_REVOKED' | 'CLIENT_REVOKED' | 'SESSION_INVALID' | 'ACCOUNT_DISABLED' | 'SECOND_FACTOR_REQUIRED' };

export interface ViewersOptions {
  readonly database: Pick<Database, 'prisma' | 'pool'>;
  readonly people: People;
  readonly sessions: SessionLife;
  readonly secondFactorRule: SecondFactorRule;
  readonly tokens: AccessTokens;
  readonly spent: SpentTokens;
}

/** Finds out who asks, from a bearer token (RFC 6750 §2.1) or else the session cookie. */
export function createViewers({ database, people, sessions, secondFactorRule, tokens, spent }: ViewersOptions) {
  const { prisma } = database;
  const clients = createSystemClients(database, spent);

  async function byToken(token: string, certificateThumbprint: string | undefined): Promise<Authentication> {
    const verified = await tokens.verify(token);
    if (!verified || !isOverItsConnection(verified, certificateThumbprint)) return { kind: 'invalid', reason: 'TOKEN_INVALID' };
    const { clientId, expiresAt, tokenId, issuedAt, credentialId } = verified;
    const found = await clients.find({ clientId, token: { id: tokenId, issuedAt, ...(credentialId === undefined ? {} : { credentialId }) } });
    if ('reason' in found) return { kind: 'invalid', reason: found.reason };
    const { name, roles, pointsPerMinute } = found;
    return { kind: 'viewer', by: 'token', viewer: { id: clientId, kind: 'system', username: name, displayName: name, roles, assignments: roles.map((role) => ({ role })), ...(pointsPerMinute === null ? {} : { pointsPerMinute }), token: found.token, expiresAt } };
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
    /** `certificateThumbprint`: of the connection that the request came over, where its client showed a certificate. */
    async authenticate(headers: Headers, certificateThumbprint?: string): Promise<Authentication> {
      const authorization = headers.get('authorization');
      const bearer = authorization === null ? undefined : /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)?.[1];
      if (authorization !== null) return bearer === undefined ? { kind: 'invalid', reason: 'TOKEN_INVALID' } : byToken(bearer, certificateThumbprint);
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
        const found = viewer.token && (await clients.find({ clientId: viewer.id, token: viewer.token }));
        return found !== undefined && !('reason' in found) && isSame(found.roles, viewer.roles);
      }
      // Being there and listening is no work: a subscription ends with its idle session.
      if (!(await sessions.check(viewer.sessionId ?? '', false))) return false;
      const session = await prisma.session.findUnique({ where: { id: viewer.sessionId ?? '' }, select: { expiresAt: true, user: { select: { disabledAt: true } } } });
      if (session === null || session.expiresAt <= new Date() || session.user.disabledAt !== null) return false;
      return areSameAssignments((await rolesOfPerson(database, viewer.id)).assignments, viewer.assignments);
    },
  };
}

/** A token that is bound to a certificate works over connections with that certificate alone. RFC 8705 §3. */
function isOverItsConnection({ certificateThumbprint }: VerifiedToken, shown: string | undefined): boolean {
  return certificateThumbprint === undefined || certificateThumbprint === shown;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((role) => b.includes(role));
}

export type Viewers = ReturnType<typeof createViewers>;
