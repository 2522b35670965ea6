/**
 * How much one account, client or address may ask. Points: an operation's fields times the rows that it may give, see
 * `operation-cost.ts`, and `requestPoints` for the request itself. People's are ten times what the app asks in its busiest
 * minute; see docs/operations.md for the figures.
 */
export interface LimitNumbers {
  readonly personPointsPerMinute: number;
  /** Of a system without a number of its own. */
  readonly clientPointsPerMinute: number;
  /** Of each request, whatever it asks. */
  readonly requestPoints: number;
  /** Of one call of a service of CDS Hooks. */
  readonly hookPoints: number;
  readonly subscriptionsPerSession: number;
  readonly subscriptionsPerClient: number;
  readonly tokensPerMinute: number;
  /** Failed authentications of clients, by address. */
  readonly failuresPerMinute: number;
}

/** What holds unless a test says otherwise. */
export const limitNumbers: LimitNumbers = {
  personPointsPerMinute: 1_000_000,
  clientPointsPerMinute: 600_000,
  requestPoints: 10,
  hookPoints: 500,
  subscriptionsPerSession: 20,
  subscriptionsPerClient: 100,
  tokensPerMinute: 120,
  failuresPerMinute: 60,
};
