import { evaluate, unaryTest } from 'feelin';
import { BoundedCache } from '../bounded-cache.ts';
import { FeelError } from './feel-error.ts';
import { parseFeel, type FeelGoal } from './parse-tree.ts';
import { clockFunctions } from './temporal-values.ts';

/** The variables that an expression sees, by name. */
export type FeelContext = Readonly<Record<string, unknown>>;

/** What an evaluation depends on beside the variables. */
export interface EvaluateOptions {
  /** ISO 8601 instant that `now()` and `today()` see. */
  readonly at: string;
  /** UTC offset of `now()` and `today()`: `UTC` (default) or `±hh:mm`. */
  readonly zone?: string;
}

/** Says that a name was not found, types did not fit or arguments were refused; the value is then mostly null. */
export interface FeelWarning {
  readonly type: string;
  readonly message: string;
  readonly position: { readonly from: number; readonly to: number };
}

/** `value` may hold feelin's temporal classes: `toJson` turns it into JSON. */
export interface FeelResult {
  readonly value: unknown;
  readonly warnings: readonly FeelWarning[];
}

/** An expression that is parsed once. */
export interface CompiledExpression {
  readonly source: string;
  /** Fails: FEEL_EVALUATION when the operation itself is impossible, such as `1 > true`. */
  evaluate(context: FeelContext, options: EvaluateOptions): FeelResult;
}

const expressions = new BoundedCache<string, CompiledExpression>(2_000);
const unaryTests = new BoundedCache<string, CompiledExpression>(2_000);

/**
 * Parses a FEEL expression once; the same text gives the same object.
 * Fails: FEEL_SYNTAX. DMN 1.5 §10.3.
 */
export function compileExpression(source: string): CompiledExpression {
  return expressions.getOrCreate(source, () => compile(source, 'expression'));
}

/**
 * Parses FEEL unary tests, the cells of a decision table; the tested value is the variable `?`.
 * Fails: FEEL_SYNTAX. DMN 1.5 §7.3.3.
 */
export function compileUnaryTests(source: string): CompiledExpression {
  return unaryTests.getOrCreate(source, () => compile(source, 'unaryTests'));
}

function compile(source: string, goal: FeelGoal): CompiledExpression {
  parseFeel(source, goal);
  const run = goal === 'expression' ? evaluate : unaryTest;
  return {
    source,
    evaluate(context, { at, zone = 'UTC' }) {
      const clock = clockFunctions({ at, zone });
      try {
        return run(source, { ...context, now: context.now ?? clock.now, today: context.today ?? clock.today });
      } catch (error) {
        throw new FeelError('FEEL_EVALUATION', `Expected an expression that can be evaluated, but ${error instanceof Error ? error.message.split(':')[0] : 'it failed'}`);
      }
    },
  };
}
