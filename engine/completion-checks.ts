import type { Actor } from './actor.ts';
import type { CompletionCheck } from './definition/index.ts';
import { evaluateExpression, parseFeelExpression } from './expressions.ts';
import type { Failure } from './failure.ts';
import type { LocalizedText } from './definition/index.ts';
import { FailureRaised } from './failure-raised.ts';
import type { Json, Variables } from './json.ts';

/** What a completion's checks see. */
export interface CompletionFacts {
  /** The task's inputs. */
  readonly input: Variables;
  /** The form. */
  readonly data: Variables;
  readonly actor: Actor;
  /** What the first person entered, when a second one verifies. */
  readonly first?: Variables;
}

/** The check that a completion fails. */
export interface CompletionRefusal {
  /** `place` is the check's code. */
  readonly failure: Failure;
  readonly checkCode: string;
  readonly message: LocalizedText;
}

/**
 * The first check that does not hold; undefined when all do. A `when` or condition that is neither true
 * nor false counts against the completion: missing is never "no". Fails: COMPLETION_CHECK_FAILED.
 */
export function checkCompletion(checks: readonly CompletionCheck[], facts: CompletionFacts, at: string): CompletionRefusal | undefined {
  for (const check of checks) {
    if (check.when !== undefined && valueOf(check.when, facts, at) === false) continue;
    if (valueOf(check.condition, facts, at) === true) continue;
    const failure: Failure = { code: 'COMPLETION_CHECK_FAILED', message: `Expected check ${check.code} to hold, but it does not: ${check.message.en}`, place: check.code };
    return { failure, checkCode: check.code, message: check.message };
  }
  return undefined;
}

function valueOf(source: string, facts: CompletionFacts, at: string): Json {
  try {
    return evaluateExpression(parseFeelExpression(source), { ...facts }, at, { purpose: 'completion check' });
  } catch (error) {
    if (error instanceof FailureRaised) return null;
    throw error;
  }
}
