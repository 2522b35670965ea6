import { evaluate, isFunction, unaryTest } from 'feelin';
import { BoundedCache } from '../bounded-cache.ts';
import { comparedDateTimes, nameComparedDateTimes } from './compared-date-times.ts';
import { countIterations, iterationCounter, type CountedSource } from './evaluation-budget.ts';
import { FeelError } from './feel-error.ts';
import { namesIn, valueOf } from './free-names.ts';
import { parseFeel, type FeelGoal } from './parse-tree.ts';
import { guardedPatternFunctions } from './safe-patterns.ts';
import { clockFunctions } from './temporal-values.ts';

/** The variables that an expression sees, by name: JSON, or values of FEEL's own types. */
export type FeelContext = Readonly<Record<string, unknown>>;

/** What an evaluation depends on beside the variables. */
export interface EvaluateOptions {
  /** ISO 8601 instant that `now()` and `today()` see. */
  readonly at: string;
  /** UTC offset of `now()` and `today()`: `UTC` (default) or `±hh:mm`. */
  readonly zone?: string;
}

/** Says that a name was not found, types did not fit or arguments were refused; the value is then mostly null. `message` may quote values. */
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
  /** Fails: FEEL_EVALUATION when the operation itself is impossible, such as `1 > true`; FEEL_BUDGET when it takes too much work. */
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
  const root = parseFeel(source, goal);
  const used = namesIn(source, root);
  const names = goal === 'unaryTests' ? new Set([...used, '?']) : new Set(used);
  const named = goal === 'expression' ? nameComparedDateTimes(source, root) : source;
  const counted = countIterations(named, root);
  const counter = iterationCounter();
  const builtins = { ...counter.functions, ...(named === source ? {} : comparedDateTimes), ...Object.fromEntries(Object.entries(guardedPatternFunctions).filter(([name]) => names.has(name))) };
  const run = goal === 'expression' ? prepare(counted, builtins) : (scope: Scope): FeelResult => unaryTest(counted.source, { ...builtins, ...scope });
  const readsClock = names.has('now') || names.has('today');
  return {
    source,
    evaluate(context, { at, zone = 'UTC' }) {
      const scope: Scope = {};
      for (const name of names) {
        const value = valueOf(context, name);
        if (value !== undefined) scope[name] = value;
      }
      if (readsClock) {
        const clock = clockFunctions({ at, zone });
        scope.now ??= clock.now;
        scope.today ??= clock.today;
      }
      counter.reset();
      try {
        return run(scope);
      } catch (error) {
        if (error instanceof FeelError) throw error;
        throw new FeelError('FEEL_EVALUATION', `Expected an expression that can be evaluated, but ${error instanceof Error ? error.message.split(':')[0] : 'it failed'}`);
      }
    },
  };
}

type Scope = Record<string, unknown>;

/**
 * feelin parses in every `evaluate`, which takes a hundred times as long as the evaluation itself. A FEEL function
 * that it returns keeps its body as closures, so the expression becomes the body of a function without parameters,
 * made once over a scope that is filled before each call. The scope has a prototype of its own, since feelin copies
 * plain objects. So the meaning is feelin's own, and the text is read without regard to the data.
 */
function prepare({ source, originalOffset }: CountedSource, builtins: Readonly<Record<string, unknown>>): (scope: Scope) => FeelResult {
  const prefix = 'function() (';
  const shared = Object.assign(Object.create({}) as Scope, builtins);
  // The newline ends a line comment that the source may end with.
  const { value, warnings } = evaluate(`${prefix}${source}\n)`, shared);
  if (!isFunction(value)) throw new FeelError('FEEL_SYNTAX', 'Expected a FEEL expression, but it cannot be the body of a function');
  return (scope) => {
    Object.assign(shared, scope);
    try {
      const result: unknown = value.invoke([]);
      return { value: result ?? null, warnings: warnings.splice(0).map((warning) => inOriginal(warning, (offset) => originalOffset(offset - prefix.length))) };
    } finally {
      warnings.length = 0;
      for (const name of Object.keys(scope)) shared[name] = builtins[name];
    }
  };
}

function inOriginal({ type, message, position }: FeelWarning, offset: (offset: number) => number): FeelWarning {
  return { type, message, position: { from: offset(position.from), to: offset(position.to) } };
}
