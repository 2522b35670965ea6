/** Why a run has no result. */
export type RunFailureCode = 'FACT_UNDEFINED' | 'FACT_FAILED' | 'FACT_TIMEOUT' | 'RUN_TIMEOUT' | 'PATH_FAILED' | 'COMPARISON_FAILED' | 'HANDLER_FAILED';

/** Thrown inside a run, and given as its `failure`. Messages name facts and paths, never values. */
export class RunFailure extends Error {
  readonly code: RunFailureCode;
  readonly fact: string | undefined;

  constructor(code: RunFailureCode, message: string, fact?: string) {
    super(message);
    this.name = 'RunFailure';
    this.code = code;
    this.fact = fact;
  }
}
