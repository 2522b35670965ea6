import type { Database } from '#database';
import type { AccessTokens, VerifiedToken } from './access-token.ts';
import { createSystemClients, type SpentTokens } from './clients/index.ts';
import type { People } from './people.ts';
import type { Viewer } from './viewer.ts';

/** `none`: no credentials. `invalid`: some that are forged, expired or revoked. */
export type Authentication =
  | { readonly kind: 'viewer'; readonly viewer: Viewer; readonly by: 'session' | 'token' }
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly reason: 'TOKEN_INVALID' | 'TOKEN_REVOKED' | 'CLIENT_REVOKED' | 'SESSION_INVALID' };

/** Finds out who asks, from a bearer token (RFC 6750 §2.1) or else the session cookie. */
export function createViewers(database: Pick<Database, 'prisma'>, people: People, tokens: AccessTokens, spent: SpentTokens) {
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
    if (!found) return { kind: 'invalid', reason: 'SESSION_INVALID' };
    const { user, session } = found;
    const unit = typeof user.unit === 'string' && user.unit !== '' ? { unit: user.unit } : {};
    return {
      kind: 'viewer',
      by: 'session',
      viewer: { id: user.id, kind: 'person', username: user.username ?? user.id, displayName: user.name, roles: user.roles ?? [], assignments: (user.roles ?? []).map((role) => ({ role, ...unit })), ...unit, sessionId: session.id, expiresAt: new Date(session.expiresAt).toISOString() },
    };
  }

  return {
    /** `certificateThumbprint`: of the connection that the request came over, where its client showed a certificate. */
    async authenticate(headers: Headers, certificateThumbprint?: string): Promise<Authentication> {
      const authorization = headers.get('authorization');
      const bearer = authorization === null ? undefined : /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)?.[1];
      if (authorization !== null) return bearer === undefined ? { kind: 'invalid', reason: 'TOKEN_INVALID' } : byToken(bearer, certificateThumbprint);
      if (!/(?:^|; ?)(?:__Secure-)?careloop\.session_token=/.test(headers.get('cookie') ?? '')) return { kind: 'none' };
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
      const session = await prisma.session.findUnique({ where: { id: viewer.sessionId ?? '' }, select: { expiresAt: true, user: { select: { roles: true, unit: true } } } });
      return session !== null && session.expiresAt > new Date() && isSame(session.user.roles, viewer.roles) && (session.user.unit || undefined) === viewer.unit;
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
