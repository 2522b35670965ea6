/**
 * How much one account, client or address may ask. Points: an operation's fields times the rows that it may give, see
 * `operation-cost.ts`, and some for each request itself. People's are ten times what the app asks in its busiest minute
 * (docs/decisions/rate-limit-counters.md): nobody who works by hand meets them.
 */
export interface LimitNumbers {
  readonly personPointsPerMinute: number;
  /** Of a system without a number of its own. */
  readonly clientPointsPerMinute: number;
  /** Of each request of a person, whatever it asks. */
  readonly personRequestPoints: number;
  /** Of each request of a system. */
  readonly clientRequestPoints: number;
  /** Of one call of a service of CDS Hooks. */
  readonly hookPoints: number;
  readonly subscriptionsPerSession: number;
  readonly subscriptionsPerClient: number;
  readonly tokensPerMinute: number;
  /** Failed authentications of clients, by address. */
  readonly failuresPerMinute: number;
  /** How long a refusal waits before it is answered, ms: who asks again at once takes little of the gateway from others. */
  readonly refusedAfterMs: number;
}

/** What holds unless a test says otherwise. */
export const limitNumbers: LimitNumbers = {
  personPointsPerMinute: 12_000_000,
  clientPointsPerMinute: 600_000,
  personRequestPoints: 2_000,
  clientRequestPoints: 50,
  hookPoints: 50,
  subscriptionsPerSession: 20,
  subscriptionsPerClient: 100,
  tokensPerMinute: 120,
  failuresPerMinute: 60,
  refusedAfterMs: 1_000,
};
