import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Logger } from 'pino';
import type { DoorFact } from '../graphql/door-fact.ts';
import type { OauthLimits } from '../identity/clients/index.ts';
import { actorOf, type Viewer } from '../identity/viewer.ts';
import { limitNumbers, type LimitNumbers } from './limit-numbers.ts';

/** Whether a request may go on, and what is left. */
export interface Verdict {
  readonly isAllowed: boolean;
  /** Whole seconds until the minute is over. */
  readonly resetSeconds: number;
  /** `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10), and `Retry-After` of a refusal. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Bounds on how much each account, client and address asks. Nobody's limit depends on what anybody else asks. */
export interface Limits {
  /** Counts a request, before it is read. */
  countRequest(viewer: Viewer): Promise<Verdict>;
  /** Counts a call of a service of CDS Hooks. */
  countHook(viewer: Viewer): Promise<Verdict>;
  /** Counts what an operation asks for. */
  spend(viewer: Viewer, points: number): Promise<Verdict>;
  /** Counts an open subscription until the function that it gives is called; undefined when there are too many. */
  openSubscription(viewer: Viewer): (() => void) | undefined;
  readonly oauth: OauthLimits;
}

export interface LimitsOptions {
  readonly recordFact: (fact: DoorFact) => Promise<void>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly numbers?: Partial<LimitNumbers>;
}

/** Of fixed minutes that begin with the first request. */
const windowSeconds = 60;
const open: Verdict = { isAllowed: true, resetSeconds: windowSeconds, headers: {} };

/**
 * Counters in this gateway's memory: asking the database about each request would cost more than most requests
 * (docs/decisions/rate-limit-counters.md). A failure of a counter lets everything pass and is logged: no limit stands between a nurse and
 * a patient. A viewer that meets a limit is on record, once a minute.
 */
export function createLimits({ recordFact, logger, numbers }: LimitsOptions): Limits {
  const limits = { ...limitNumbers, ...numbers };
  // Without a bound of its own: each viewer has theirs, compared here.
  const points = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: windowSeconds });
  const tokens = new RateLimiterMemory({ points: limits.tokensPerMinute, duration: windowSeconds });
  const failures = new RateLimiterMemory({ points: limits.failuresPerMinute, duration: windowSeconds });
  const subscriptions = new Map<string, number>();
  /** Minute of the newest entry of each viewer that met a limit. */
  const recordedIn = new Map<string, number>();

  async function spend(viewer: Viewer, amount: number): Promise<Verdict> {
    const limit = viewer.kind === 'person' ? limits.personPointsPerMinute : (viewer.pointsPerMinute ?? limits.clientPointsPerMinute);
    return openOnFailure(async () => {
      const { consumedPoints, msBeforeNext } = await points.consume(keyOf(viewer), amount);
      const resetSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
      // What goes beyond the limit is refused, and counts: who asks on and on is refused until the minute is over.
      const isAllowed = consumedPoints <= limit;
      if (!isAllowed) {
        await recordLimited(viewer);
        await sleep(limits.refusedAfterMs);
      }
      return { isAllowed, resetSeconds, headers: headersOf({ limit, remaining: Math.max(0, limit - consumedPoints), resetSeconds, isAllowed }) };
    }, open);
  }

  /** One entry a minute; the database is not asked more often, since a flood is no reason to. */
  async function recordLimited(viewer: Viewer): Promise<void> {
    const minute = Math.floor(Date.now() / 60_000);
    if (recordedIn.get(keyOf(viewer)) === minute) return;
    recordedIn.set(keyOf(viewer), minute);
    try {
      await recordFact({ factId: `access.refused/limit/${keyOf(viewer)}/${minute}`, action: 'access.refused', actor: actorOf(viewer), reason: 'RATE_LIMITED' });
    } catch (error) {
      logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'a refusal by a rate limit could not be recorded');
    }
  }

  /** What a counter says, or `otherwise` when it fails. */
  async function openOnFailure<Value>(ask: () => Promise<Value>, otherwise: Value): Promise<Value> {
    try {
      return await ask();
    } catch (error) {
      logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'a rate limit could not be looked at; the request passes');
      return otherwise;
    }
  }

  const waitOf = (counter: RateLimiterMemory, key: string) =>
    openOnFailure(async () => {
      const found = await counter.get(key);
      return found && found.consumedPoints >= counter.points ? Math.max(1, Math.ceil(found.msBeforeNext / 1000)) : undefined;
    }, undefined);

  return {
    countRequest: (viewer) => spend(viewer, viewer.kind === 'person' ? limits.personRequestPoints : limits.clientRequestPoints),
    countHook: (viewer) => spend(viewer, limits.hookPoints),
    spend,
    openSubscription(viewer) {
      const key = viewer.sessionId ?? keyOf(viewer);
      const count = subscriptions.get(key) ?? 0;
      if (count >= (viewer.kind === 'person' ? limits.subscriptionsPerSession : limits.subscriptionsPerClient)) return undefined;
      subscriptions.set(key, count + 1);
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        const left = (subscriptions.get(key) ?? 1) - 1;
        if (left === 0) subscriptions.delete(key);
        else subscriptions.set(key, left);
      };
    },
    oauth: {
      blockedFor: async (address, clientId) => (await waitOf(failures, address)) ?? (clientId ? waitOf(tokens, clientId) : undefined),
      failed: (address) => openOnFailure(async () => void (await failures.penalty(address)), undefined),
      countToken: (clientId) =>
        openOnFailure(async () => {
          try {
            await tokens.consume(clientId);
            return undefined;
          } catch (refusal) {
            if (!(refusal instanceof RateLimiterRes)) throw refusal;
            return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
          }
        }, undefined),
    },
  };
}

function keyOf({ kind, id }: Viewer): string {
  return `${kind}/${id}`;
}

function headersOf({ limit, remaining, resetSeconds, isAllowed }: { readonly limit: number; readonly remaining: number; readonly resetSeconds: number; readonly isAllowed: boolean }): Verdict['headers'] {
  return {
    'ratelimit-policy': `"points";q=${limit};w=${windowSeconds}`,
    ratelimit: `"points";r=${remaining};t=${resetSeconds}`,
    ...(isAllowed ? {} : { 'retry-after': String(resetSeconds) }),
  };
}
