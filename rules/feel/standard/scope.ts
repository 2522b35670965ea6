import { FeelError } from '../feel-error.ts';
import type { FeelWarning } from '../compile-expression.ts';
import { maximumIterations } from '../evaluation-budget.ts';
import { entryOf, type FeelContextValue, type FunctionValue } from './feel-value.ts';

/** Calls of functions inside calls, which is well under the depth of the runtime's own stack. */
const maximumDepth = 200;

/** One evaluation: its clock, what it has spent, and what it noticed. */
export class Run {
  readonly warnings: FeelWarning[] = [];
  readonly clock: ClockFunctions;
  #left: number;
  #depth = 0;

  constructor(clock: ClockFunctions, iterations: number = maximumIterations) {
    this.clock = clock;
    this.#left = iterations;
  }

  /** Takes items off the budget. Fails: FEEL_BUDGET. */
  spend(items = 1): void {
    this.#left -= items;
    if (this.#left < 0) throw new FeelError('FEEL_BUDGET', 'Expected fewer items and calls, but the evaluation needs more than its budget');
  }

  /** Runs a function one level deeper. Fails: FEEL_BUDGET. */
  call<Value>(body: () => Value): Value {
    this.spend();
    this.#depth += 1;
    try {
      if (this.#depth > maximumDepth) throw new FeelError('FEEL_BUDGET', `Expected calls nested at most ${maximumDepth} deep, but they are deeper`);
      return body();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Takes a list that a function has made off the budget, ten items for one. Gives the value. Fails: FEEL_BUDGET. */
  charge(value: unknown): unknown {
    if (Array.isArray(value)) this.spend(Math.ceil(value.length / 10));
    return value;
  }

  warn(type: string, message: string, position = { from: 0, to: 0 }): void {
    if (this.warnings.length < 1_000) this.warnings.push({ type, message, position });
  }
}

/** `now()` and `today()` of an evaluation. */
export interface ClockFunctions {
  readonly now: FunctionValue;
  readonly today: FunctionValue;
}

/** The variables in sight: the inner ones hide the outer ones. */
export class Scope {
  readonly run: Run;
  readonly #names: ReadonlyMap<string, unknown>;
  readonly #context: FeelContextValue | undefined;
  readonly #parent: Scope | undefined;

  /** Names in the normal form of `normalName`; a context gives its entries, too. */
  constructor(run: Run, names: ReadonlyMap<string, unknown>, parent?: Scope, context?: FeelContextValue) {
    this.run = run;
    this.#names = names;
    this.#parent = parent;
    this.#context = context;
  }

  inner(names: ReadonlyMap<string, unknown>, context?: FeelContextValue): Scope {
    return new Scope(this.run, names, this, context);
  }

  /** Undefined when no variable has the name. */
  get(name: string): unknown {
    if (this.#context) {
      const entry = entryOf(this.#context, name);
      if (entry !== undefined) return entry;
    }
    if (this.#names.has(name)) return this.#names.get(name) ?? null;
    return this.#parent?.get(name);
  }
}

/** A part of an expression, ready to be evaluated. */
export type Evaluate = (scope: Scope) => unknown;
