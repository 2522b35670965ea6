import type { Database } from '#database';
import type { Viewer } from '../viewer.ts';
import type { SpentTokens } from './spent-tokens.ts';

/** How long a client's row is remembered: its revocation holds everywhere after that. */
const clientCacheMs = 1_000;

type Token = NonNullable<Viewer['token']>;

interface Asked {
  readonly clientId: string;
  readonly token: Token;
}

interface ClientRow {
  readonly name: string;
  readonly roles: string[];
  readonly pointsPerMinute: number | null;
  readonly revokedAt: Date | null;
  readonly credentials: readonly { readonly id: string; readonly tokensEndedAt: Date | null }[];
}

/** Whose a verified token is, while the client and the token are not revoked. Rows are remembered for a moment. */
export function createSystemClients({ prisma }: Pick<Database, 'prisma'>, spent: SpentTokens) {
  const known = new Map<string, { readonly readAt: number; readonly row: Promise<ClientRow | null> }>();

  function rowOf(id: string): Promise<ClientRow | null> {
    const remembered = known.get(id);
    if (remembered && Date.now() - remembered.readAt < clientCacheMs) return remembered.row;
    const row = prisma.systemClient.findUnique({ where: { id }, select: { name: true, roles: true, pointsPerMinute: true, revokedAt: true, credentials: { where: { tokensEndedAt: { not: null } }, select: { id: true, tokensEndedAt: true } } } });
    const promise = Promise.resolve(row);
    known.set(id, { readAt: Date.now(), row: promise });
    promise.catch(() => known.delete(id));
    return promise;
  }

  return {
    async find({ clientId, token }: Asked): Promise<(Pick<ClientRow, 'name' | 'roles' | 'pointsPerMinute'> & { readonly token: Token }) | { readonly reason: 'CLIENT_REVOKED' | 'TOKEN_REVOKED' }> {
      const client = await rowOf(clientId);
      if (!client || client.revokedAt) return { reason: 'CLIENT_REVOKED' };
      const isEnded = client.credentials.some(({ id, tokensEndedAt }) => id === token.credentialId && tokensEndedAt !== null && Date.parse(token.issuedAt) <= tokensEndedAt.getTime());
      if (isEnded || (await spent.isRevoked(token.id))) return { reason: 'TOKEN_REVOKED' };
      return { name: client.name, roles: client.roles, pointsPerMinute: client.pointsPerMinute, token };
    },
  };
}
