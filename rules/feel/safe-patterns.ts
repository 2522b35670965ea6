import { evaluate, FeelFunction } from 'feelin';
import isSafeRegex from 'safe-regex2';
import { FeelError } from './feel-error.ts';

/** Builtins that run a regular expression, which is their second parameter. DMN 1.5 §10.3.4.3. */
const patternFunctions = ['matches', 'replace', 'split'] as const;
const maximumTextLength = 100_000;

/**
 * FEEL's builtins with regular expressions, refusing patterns whose time can explode (a repeated group that repeats
 * inside) and very long texts. Fails: FEEL_BUDGET.
 */
export const guardedPatternFunctions: Readonly<Record<string, FeelFunction>> = Object.fromEntries(
  patternFunctions.flatMap((name) => {
    // feelin gives its builtins as functions that carry their parameter names.
    const builtin = evaluate(name, {}).value as ((...args: unknown[]) => unknown) & { readonly $args: readonly string[] };
    const guarded = (...args: unknown[]): unknown => {
      requireSafe(args[0], args[1]);
      return builtin(...args);
    };
    return [[name, new FeelFunction(guarded, [...builtin.$args])]];
  }),
);

/** Refuses a text that is too long and a pattern whose time can explode. Fails: FEEL_BUDGET. */
export function requireSafe(text: unknown, pattern: unknown): void {
  if (typeof text === 'string' && text.length > maximumTextLength) throw new FeelError('FEEL_BUDGET', `Expected a text of at most ${maximumTextLength} characters, but it is longer`);
  if (typeof pattern === 'string' && !isSafeRegex(pattern)) throw new FeelError('FEEL_BUDGET', 'Expected a pattern without a repeated group that repeats inside, but it has one');
}
