import { createHash } from 'node:crypto';
import type { Database } from '#database';

/** How old the known list of revoked tokens may be, ms: a revocation at another gateway holds here after that. */
const listAgeMs = 1_000;
/** How often what has expired is deleted, ms. */
const sweepMs = 60_000;

/** Tokens that work no longer though they have not expired: assertions that were used, and access tokens that were given back. */
export interface SpentTokens {
  /** Notes that a verified assertion was used. False when it was before, at whichever gateway. RFC 7523 §3, item 7. */
  useAssertion(assertion: { readonly clientId: string; readonly jti: string; readonly expiresAt: Date }): Promise<boolean>;
  /** RFC 7009. */
  revoke(token: { readonly tokenId: string; readonly expiresAt: string }): Promise<void>;
  isRevoked(tokenId: string): Promise<boolean>;
}

/** Keeps them in the database, so that all gateways know of them. */
export function createSpentTokens({ pool }: Pick<Database, 'pool'>): SpentTokens {
  let list: { readonly readAt: number; readonly ids: Promise<Set<string>> } | undefined;
  let sweptAt = Date.now();

  // The list is short: a quarter of an hour of tokens that were given back.
  function revoked(): Promise<Set<string>> {
    if (list && Date.now() - list.readAt < listAgeMs) return list.ids;
    const ids = pool.query<{ jti: string }>('select jti from revoked_token where expires_at > now()').then(({ rows }) => new Set(rows.map(({ jti }) => jti)));
    const reading = { readAt: Date.now(), ids };
    list = reading;
    ids.catch(() => {
      if (list === reading) list = undefined;
    });
    return ids;
  }

  async function sweep(): Promise<void> {
    if (Date.now() - sweptAt < sweepMs) return;
    sweptAt = Date.now();
    await pool.query('delete from used_assertion where expires_at < now()');
    await pool.query('delete from revoked_token where expires_at < now()');
  }

  return {
    async useAssertion({ clientId, jti, expiresAt }) {
      await sweep();
      const hash = createHash('sha256').update(jti).digest('base64url');
      const { rowCount } = await pool.query('insert into used_assertion (client_id, jti_hash, expires_at) values ($1, $2, $3) on conflict do nothing', [clientId, hash, expiresAt]);
      return rowCount === 1;
    },
    async revoke({ tokenId, expiresAt }) {
      await sweep();
      await pool.query('insert into revoked_token (jti, expires_at) values ($1, $2) on conflict do nothing', [tokenId, expiresAt]);
      list = undefined;
    },
    isRevoked: async (tokenId) => (await revoked()).has(tokenId),
  };
}
