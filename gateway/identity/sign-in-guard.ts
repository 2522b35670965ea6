import { createHash } from 'node:crypto';

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
/** Most things that are remembered of each kind; beyond it the oldest are forgotten. */
const maximumKept = 50_000;

interface Tries {
  count: number;
  readonly since: number;
}

/** Bounds guesses of passwords. Times are epoch milliseconds. */
export interface SignInGuard {
  /** Counts a try as wrong until `succeed` says otherwise. Gives the milliseconds to wait when it may not be made; it is not counted then. */
  begin(account: string, address: string, now: number): number | undefined;
  succeed(account: string, address: string, now: number): void;
}

/**
 * Bounds guesses over one account and over many without locking anybody out. A pair of account and address that has
 * signed in before is bound by its own wrong tries alone, so that whoever guesses elsewhere cannot shut a ward's people
 * out; every other pair also by those of the account and of the address. A name that nobody has counts like one that
 * somebody has. Lives in the memory of one gateway. OWASP ASVS 5.0 §6.3; after OWASP's "device cookies", with the address for the cookie.
 */
export function createSignInGuard(): SignInGuard {
  const tries = new Map<string, Tries>();
  const known = new Map<string, number>();

  function isKnown(pair: string, now: number): boolean {
    const at = known.get(pair);
    return at !== undefined && now - at < knownForMs;
  }

  /** The counters that bind a pair, with their bounds. */
  function boundsOf(account: string, address: string, now: number): readonly (readonly [key: string, bound: number])[] {
    const pair = keyOf('pair', account, address);
    if (isKnown(pair, now)) return [[pair, triesOfPair]];
    return [[pair, triesOfPair], [keyOf('account', account), triesOfAccount], [keyOf('address', address), triesOfAddress]];
  }

  function current(key: string, now: number): Tries | undefined {
    const found = tries.get(key);
    return found && now - found.since < windowMs ? found : undefined;
  }

  return {
    begin(account, address, now) {
      const bounds = boundsOf(account, address, now);
      const full = bounds.flatMap(([key, bound]) => {
        const found = current(key, now);
        return found && found.count >= bound ? [found.since + windowMs - now] : [];
      });
      if (full.length > 0) return Math.max(...full);
      for (const [key] of bounds) {
        const found = current(key, now);
        if (found) found.count += 1;
        else keep(tries, key, { count: 1, since: now });
      }
      return undefined;
    },

    succeed(account, address, now) {
      for (const [key] of boundsOf(account, address, now)) {
        const found = current(key, now);
        if (found) found.count -= 1;
      }
      const pair = keyOf('pair', account, address);
      tries.delete(pair);
      keep(known, pair, now);
    },
  };
}

/** What was typed as a name may be a password: it is not kept. */
function keyOf(kind: string, ...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify([kind, ...parts])).digest('base64');
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= maximumKept) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
