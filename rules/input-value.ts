import type { InputType, RuleInput } from './rule-set.ts';
import { canonicalInstant, dateToEpochDay, durationToMilliseconds } from './instant.ts';

/** Stands in a slot where an input is absent or null. */
export const absent: unique symbol = Symbol('absent');
/** Stands in a slot where an input is too old or of the wrong type. */
export const unusable: unique symbol = Symbol('unusable');

/**
 * What conditions on a missing value are: `unknown` until a policy says more (stop, person, or nothing declared
 * for a required input), `false` (a branch without a value), or as json-rules-engine takes an undefined fact
 * (optional, nothing declared).
 */
export type MissingMeans = 'unknown' | 'false' | 'undefinedFact';

/** An input with all that can be known about it before any fact. */
export interface CompiledInput {
  readonly declaration: RuleInput;
  readonly index: number;
  readonly maxAgeMs: number | undefined;
  readonly missingMeans: MissingMeans;
  /** The branch's value, already in its normal form; undefined when there is none. */
  readonly branchValue: unknown;
}

export function compileInput(declaration: RuleInput, index: number): CompiledInput {
  const { whenMissing, required, type } = declaration;
  const branchValue = whenMissing?.policy === 'branch' && whenMissing.value !== undefined ? normalValue(type, whenMissing.value) : undefined;
  return {
    declaration,
    index,
    maxAgeMs: declaration.maxAge === undefined ? undefined : durationToMilliseconds(declaration.maxAge),
    missingMeans: whenMissing?.policy === 'branch' ? 'false' : !whenMissing && !required ? 'undefinedFact' : 'unknown',
    branchValue,
  };
}

/** The value in the one form that conditions compare (instants in UTC); undefined when it is not of the type. */
export function normalValue(type: InputType, value: unknown): unknown {
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'string':
    case 'boolean':
      return typeof value === type ? value : undefined;
    case 'date':
      return typeof value === 'string' && dateToEpochDay(value) !== undefined ? value : undefined;
    case 'dateTime':
      return typeof value === 'string' ? canonicalInstant(value) : undefined;
    case 'list':
      return Array.isArray(value) ? value : undefined;
    case 'any':
      return value ?? undefined;
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  }
}
