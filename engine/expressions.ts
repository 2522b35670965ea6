import { compileExpression, toJson, type CompiledExpression } from '#rules';
import type { Failure } from './failure.ts';
import { FailureRaised } from './failure-raised.ts';
import type { Json } from './json.ts';

/** A FEEL expression that is parsed once. This file is the only door of the engine to FEEL. */
export type Expression = CompiledExpression;

/** What the engine needs to know about the place of an expression, for the failure. */
export interface ExpressionPlace {
  readonly elementId?: string;
  /** What the expression is for, for example `condition of flow toReview`. */
  readonly purpose: string;
}

/** Parses FEEL. Throws with the reason and the position when the text is none. */
export function parseFeelExpression(source: string): Expression {
  return compileExpression(source);
}

/** Evaluates and gives JSON; times are ISO 8601 text. Raises EXPRESSION_FAILED. */
export function evaluateExpression(expression: Expression, context: { readonly [name: string]: unknown }, at: string, place: ExpressionPlace): Json {
  try {
    return toJson(expression.evaluate(context, { at }).value);
  } catch {
    // The cause may quote values; only the place is told.
    throw new FailureRaised(withElement({ code: 'EXPRESSION_FAILED', message: `Expected the ${place.purpose} to give a value, but its evaluation failed`, place: place.purpose }, place));
  }
}

/**
 * Evaluates a condition. Missing data is never "no": anything but true or false is a failure.
 * Raises CONDITION_NOT_BOOLEAN, with the missing variable where one is known; EXPRESSION_FAILED.
 */
export function evaluateCondition(expression: Expression, context: { readonly [name: string]: unknown }, at: string, place: ExpressionPlace): boolean {
  const value = evaluateExpression(expression, context, at, place);
  if (typeof value === 'boolean') return value;
  const missing = missingVariables(expression, context, at);
  const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  const hint = missing.length > 0 ? ` (missing: ${missing.join(', ')})` : '';
  throw new FailureRaised(withElement({ code: 'CONDITION_NOT_BOOLEAN', message: `Expected the ${place.purpose} to be true or false, but got ${found}${hint}`, place: missing[0] ?? place.purpose }, place));
}

function missingVariables(expression: Expression, context: { readonly [name: string]: unknown }, at: string): string[] {
  const names = new Set<string>();
  for (const warning of expression.evaluate(context, { at }).warnings) {
    const name = warning.type === 'NO_VARIABLE_FOUND' ? /^Variable '([^']+)' not found$/.exec(warning.message)?.[1] : undefined;
    if (name !== undefined) names.add(name);
  }
  return [...names];
}

function withElement(failure: Failure, place: ExpressionPlace): Failure {
  return place.elementId === undefined ? failure : { ...failure, elementId: place.elementId };
}
