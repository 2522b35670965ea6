import type { Person } from '../person.ts';

/** What a shadow has seen so far. `judged` includes `differing` and `notComparable`; `skipped` are beside it. */
export interface ShadowCounts {
  readonly judged: number;
  readonly differing: number;
  readonly notComparable: number;
  readonly skipped: number;
  /** Differences that can be opened: at most `hourlyLimit` an hour. */
  readonly kept: number;
}

/** A document that judges beside the version in effect, without effect. */
export interface Shadow {
  readonly id: string;
  /** The version, that of the review, or `#` and the draft's revision. */
  readonly candidate: string;
  /** SHA-256 of the document that judges. */
  readonly hash: string;
  readonly startedAt: string;
  readonly startedBy: Person;
  /** When it ends by itself. */
  readonly endsAt: string;
  readonly isRunning: boolean;
  /** Null for one that runs, and for one that ended by itself. */
  readonly stoppedAt: string | null;
  readonly stoppedBy: Person | null;
  readonly stopReason: string | null;
  readonly hourlyLimit: number;
  readonly counts: ShadowCounts;
}
