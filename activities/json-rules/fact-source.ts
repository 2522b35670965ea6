import { RunFailure } from './run-failure.ts';

/** What a source may ask while it fetches. */
export interface FactRequest {
  /** Another fact, given or on demand; a path leads into it as in a condition. */
  readonly factValue: (fact: string, params?: Record<string, unknown>, path?: string) => Promise<unknown>;
  /** Aborted when the run has ended, also by its time limit. */
  readonly signal: AbortSignal;
}

/** A fact that is fetched when a condition first reads it. */
export interface FactSource {
  /** The value for a condition's `params`: JSON. Undefined, or what it throws, fails the run with the fact's name. */
  readonly fetch: (params: Readonly<Record<string, unknown>>, request: FactRequest) => unknown;
  /** Conditions on facts of a higher priority are judged first, where they say nothing themselves; default 1. */
  readonly priority?: number;
  /** Fetched once for the same `params` (default), or for each condition. */
  readonly cache?: boolean;
}

/** A value that was fetched, for the record of a decision. */
export interface FetchedFact {
  readonly fact: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

/**
 * Fetches one fact. Fails: throws RunFailure FACT_UNDEFINED or FACT_FAILED with the fact's name; what a source throws stays out of the
 * message, since it may quote data.
 */
export async function fetchFact(fact: string, { fetch }: FactSource, params: Readonly<Record<string, unknown>>, request: FactRequest): Promise<unknown> {
  let value: unknown;
  try {
    value = await fetch(params, request);
  } catch (error) {
    // A source that reads another fact fails for that one's reason.
    if (error instanceof RunFailure || isUndefinedFact(error)) throw error;
    throw new RunFailure('FACT_FAILED', `Expected the fact ${fact} to be fetched, but its source failed`, fact);
  }
  if (value === undefined) throw new RunFailure('FACT_UNDEFINED', `Expected a value for the fact ${fact}, but its source has none`, fact);
  return value;
}

/** json-rules-engine's error for a fact that it does not know, recognised by its code. */
export function isUndefinedFact(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'UNDEFINED_FACT';
}
