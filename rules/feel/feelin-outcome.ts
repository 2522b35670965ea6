import { date, dateAndTime, evaluate, FeelFunction, unaryTest } from 'feelin';
import { compileExpression, compileUnaryTests } from './compile-expression.ts';
import type { FeelGoal } from './parse-tree.ts';

/** What an evaluation gave: its value as a text that tells FEEL's types apart, and whether it warned; or that it has none. */
export type FeelOutcome = { readonly value: string; readonly warned: boolean } | 'throws';

type Context = Readonly<Record<string, unknown>>;

/** The oracle of tests: feelin's own evaluation, with `now()` and `today()` of an instant in UTC. */
export function feelinOutcome(source: string, context: Context, at: string, goal: FeelGoal = 'expression'): FeelOutcome {
  const clock = { now: new FeelFunction(() => dateAndTime(at), []), today: new FeelFunction(() => date(at.slice(0, 10)), []) };
  return outcomeOf(() => (goal === 'expression' ? evaluate : unaryTest)(source, { ...clock, ...context }));
}

/** The same of the compiled text. */
export function compiledOutcome(source: string, context: Context, at: string, goal: FeelGoal = 'expression'): FeelOutcome {
  return outcomeOf(() => (goal === 'expression' ? compileExpression : compileUnaryTests)(source).evaluate(context, { at }));
}

function outcomeOf(run: () => { readonly value: unknown; readonly warnings: readonly unknown[] }): FeelOutcome {
  try {
    const { value, warnings } = run();
    return { value: shown(value), warned: warnings.length > 0 };
  } catch {
    return 'throws';
  }
}

/** A value as text that tells null, numbers, strings and feelin's classes apart. */
function shown(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, entry: unknown) =>
    typeof entry === 'function' || entry instanceof FeelFunction ? '<function>' : typeof entry === 'number' && !Number.isFinite(entry) ? String(entry) : entry,
  );
}
