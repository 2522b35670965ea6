import { createHash } from 'node:crypto';
import type { Database } from '#database';
import { addressGroupOf } from '../http/client-address.ts';
import { unstorable } from '../unstorable-text.ts';

/** Wrong tries are counted over this time. */
const windowMs = 15 * 60_000;
/** Wrong tries that one address has for one account. */
const triesOfPair = 10;
/** Wrong tries for one account from all addresses that are strange to it. */
const triesOfAccount = 50;
/** Wrong tries of one address for all accounts that it is strange to. */
const triesOfAddress = 100;
/** How long an address stays known to an account that has signed in there. */
const knownForMs = 30 * 24 * 3_600_000;
/** How long refused tries are kept by hour. */
const refusalsKeptMs = 90 * 24 * 3_600_000;
/** A try that the database does not answer in this time is refused. */
const answerWithinMs = 3_000;
/** How often one gateway removes what is over. */
const sweepEveryMs = 5 * 60_000;

/** What may not be tried now. */
export interface RefusedTry {
  readonly waitMs: number;
  /** The person whose account is locked for this place; absent where nobody has the name or the place itself is bound. */
  readonly userId?: string;
  /** When the count began: one lock has one beginning. */
  readonly since: Date;
}

/** An account that can at the moment not be signed in to from somewhere. */
export interface LockedAccount {
  readonly userId: string;
  readonly since: Date;
  readonly until: Date;
  readonly wrong: number;
  /** The one place that is locked; absent where all strange ones are. */
  readonly address?: string;
}

/** Bounds guesses of passwords. Rejects when the database does not answer: nobody signs in uncounted. */
export interface SignInGuard {
  /** Counts a try as wrong until `succeed` says otherwise. Gives what stands against it when it may not be made; it is not counted then. */
  begin(account: string, address: string): Promise<RefusedTry | undefined>;
  /** The try was wrong: for the hours' figures and the person's notice. */
  fail(account: string, address: string): Promise<void>;
  succeed(account: string, address: string): Promise<void>;
  /** Accounts that are locked now, newest first. */
  locked(): Promise<readonly LockedAccount[]>;
  /** Forgets the wrong tries for a person's account. Gives how many counts there were. */
  unlock(userId: string): Promise<number>;
}

type Kind = 'pair' | 'account' | 'address';
const boundOf: Readonly<Record<Kind, number>> = { pair: triesOfPair, account: triesOfAccount, address: triesOfAddress };

interface Counter {
  readonly kind: Kind;
  readonly key: string;
}

/**
 * Bounds guesses over one account and over many without locking anybody out. A pair of account and address that has
 * signed in before is bound by its own wrong tries alone, so that whoever guesses elsewhere cannot shut a ward's people
 * out; every other pair also by those of the account and of the address. A name that nobody has counts like one that
 * somebody has. Counters are rows of the database, by its clock: a restart forgets nothing, and several gateways count
 * together. OWASP ASVS 5.0 §6.3; after OWASP's "device cookies", with the address for the cookie.
 * `now` is for tests that let time pass.
 */
export function createSignInGuard({ pool }: Pick<Database, 'pool'>, now: () => Date | null = () => null): SignInGuard {
  let sweptAt = 0;

  /** The statements of one try, all or none, within the time. */
  async function together<Result>(act: (query: (text: string, values: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>) => Promise<Result>): Promise<Result> {
    const client = await pool.connect();
    try {
      await client.query(`BEGIN; SET LOCAL statement_timeout = ${answerWithinMs}`);
      const result = await act(async (text, values) => (await client.query<Record<string, unknown>>(text, [...values])).rows);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  /** The counters that bind a pair. */
  async function countersOf(query: (text: string, values: readonly unknown[]) => Promise<readonly unknown[]>, account: string, place: string): Promise<readonly Counter[]> {
    const pair: Counter = { kind: 'pair', key: keyOf('pair', account, place) };
    const known = await query(`SELECT 1 FROM known_address WHERE key = $1 AND last_used_at > coalesce($2::timestamptz, now()) - $3 * interval '1 millisecond'`, [pair.key, now(), knownForMs]);
    return known.length > 0 ? [pair] : [pair, { kind: 'account', key: keyOf('account', account) }, { kind: 'address', key: keyOf('address', place) }];
  }

  async function count(column: 'wrong' | 'locked', account: string, place: string, query: (text: string, values: readonly unknown[]) => Promise<unknown>): Promise<void> {
    await query(
      `INSERT INTO sign_in_refusal_hour (hour, user_id, address, ${column}, unnoticed)
       SELECT date_trunc('hour', coalesce($3::timestamptz, now())), coalesce(u.id, ''), $2, 1, CASE WHEN u.id IS NULL THEN 0 ELSE 1 END FROM (SELECT 1) one LEFT JOIN "user" u ON u.username = $1
       ON CONFLICT (hour, user_id, address) DO UPDATE SET ${column} = sign_in_refusal_hour.${column} + 1, unnoticed = sign_in_refusal_hour.unnoticed + excluded.unnoticed`,
      [storable(account), place, now()],
    );
  }

  /** What is over would only grow. */
  function sweep(): void {
    if (Date.now() - sweptAt < sweepEveryMs) return;
    sweptAt = Date.now();
    const statements: readonly (readonly [string, number])[] = [
      [`DELETE FROM sign_in_counter WHERE since < now() - $1 * interval '1 millisecond'`, 4 * windowMs],
      [`DELETE FROM known_address WHERE last_used_at < now() - $1 * interval '1 millisecond'`, knownForMs],
      [`DELETE FROM sign_in_refusal_hour WHERE hour < now() - $1 * interval '1 millisecond'`, refusalsKeptMs],
    ];
    // The next one removes what this one could not.
    if (now() === null) for (const [text, ageMs] of statements) pool.query(text, [ageMs]).catch(() => undefined);
  }

  return {
    async begin(account, address) {
      sweep();
      const place = addressGroupOf(address);
      return together(async (query) => {
        const counters = await countersOf(query, account, place);
        // In the order of their keys, so that two tries never wait for each other.
        const rows = await query(
          `INSERT INTO sign_in_counter AS c (key, kind, user_id, address, wrong, since)
           SELECT k.key, k.kind, CASE WHEN k.kind <> 'address' THEN (SELECT id FROM "user" WHERE username = $3) END, CASE WHEN k.kind <> 'account' THEN $4 END, 0, coalesce($5::timestamptz, now())
           FROM unnest($1::text[], $2::text[]) AS k(key, kind) ORDER BY k.key
           ON CONFLICT (key) DO UPDATE SET
             wrong = CASE WHEN c.since <= excluded.since - $6 * interval '1 millisecond' THEN 0 ELSE c.wrong END,
             since = CASE WHEN c.since <= excluded.since - $6 * interval '1 millisecond' THEN excluded.since ELSE c.since END
           RETURNING kind, user_id, wrong, since, extract(epoch FROM since - coalesce($5::timestamptz, now())) * 1000 + $6 AS wait_ms`,
          [counters.map(({ key }) => key), counters.map(({ kind }) => kind), storable(account), place, now(), windowMs],
        );
        // The columns of the statement above.
        const full = (rows as readonly { kind: Kind; user_id: string | null; wrong: number; since: Date; wait_ms: string }[]).filter(({ kind, wrong }) => wrong >= boundOf[kind]);
        if (full.length === 0) {
          await query('UPDATE sign_in_counter SET wrong = wrong + 1 WHERE key = ANY($1)', [counters.map(({ key }) => key)]);
          return undefined;
        }
        await count('locked', account, place, query);
        const longest = full.reduce((a, b) => (Number(a.wait_ms) >= Number(b.wait_ms) ? a : b));
        const userId = full.find(({ user_id }) => user_id !== null)?.user_id;
        return { waitMs: Math.max(1, Math.round(Number(longest.wait_ms))), since: longest.since, ...(userId === undefined || userId === null ? {} : { userId }) };
      });
    },

    async fail(account, address) {
      await together((query) => count('wrong', account, addressGroupOf(address), query));
    },

    async succeed(account, address) {
      const place = addressGroupOf(address);
      await together(async (query) => {
        const counters = await countersOf(query, account, place);
        const pair = keyOf('pair', account, place);
        // First all of them, in the order in which a try takes them: else the two could wait for each other.
        await query('SELECT FROM sign_in_counter WHERE key = ANY($1) ORDER BY key FOR UPDATE', [counters.map(({ key }) => key)]);
        await query('UPDATE sign_in_counter SET wrong = greatest(wrong - 1, 0) WHERE key = ANY($1) AND key <> $2', [counters.map(({ key }) => key), pair]);
        await query('DELETE FROM sign_in_counter WHERE key = $1', [pair]);
        await query('INSERT INTO known_address (key, last_used_at) VALUES ($1, coalesce($2::timestamptz, now())) ON CONFLICT (key) DO UPDATE SET last_used_at = excluded.last_used_at', [pair, now()]);
      });
    },

    async locked() {
      const { rows } = await pool.query<{ user_id: string; since: Date; until: Date; wrong: number; address: string | null }>(
        `SELECT user_id, since, since + $1 * interval '1 millisecond' AS until, wrong, CASE WHEN kind = 'pair' THEN address END AS address FROM sign_in_counter
         WHERE user_id IS NOT NULL AND wrong >= CASE kind WHEN 'pair' THEN $2::int ELSE $3::int END AND kind <> 'address' AND since > coalesce($4::timestamptz, now()) - $1 * interval '1 millisecond' ORDER BY since DESC, user_id LIMIT 200`,
        [windowMs, triesOfPair, triesOfAccount, now()],
      );
      return rows.map(({ user_id: userId, address, ...row }) => ({ userId, ...row, ...(address === null ? {} : { address }) }));
    },

    async unlock(userId) {
      const { rowCount } = await pool.query(`DELETE FROM sign_in_counter WHERE user_id = $1 AND kind <> 'address'`, [userId]);
      return rowCount ?? 0;
    },
  };
}

/** Nobody has a name that the database cannot hold (U+0000, half a surrogate pair). */
function storable(account: string): string {
  return unstorable(account) === undefined ? account : '';
}

/** What was typed as a name may be a password: it is not kept. */
function keyOf(kind: Kind, ...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify([kind, ...parts])).digest('base64');
}
