import type { Failure } from './failure.ts';

/**
 * Carries a `Failure` from where it is found to the one place in the interpreter that makes it an incident
 * or a refusal. Never leaves `step`.
 */
export class FailureRaised extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'FailureRaised';
    this.failure = failure;
  }
}

/** The failure that was raised; anything else is a bug and goes on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureRaised) return error.failure;
  throw error;
}

/** Raises the failure, from wherever it is found. */
export function raise(failure: Failure): never {
  throw new FailureRaised(failure);
}
