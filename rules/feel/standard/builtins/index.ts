import type { FunctionValue } from '../feel-value.ts';
import { contextBuiltins } from './context.ts';
import { conversionBuiltins } from './conversion.ts';
import type { Builtin } from './define.ts';
import { listBuiltins } from './list.ts';
import { numericBuiltins } from './numeric.ts';
import { rangeBuiltins } from './range.ts';
import { stringBuiltins } from './string.ts';
import { temporalBuiltins } from './temporal.ts';

let byName: Map<string, FunctionValue[]> | undefined;

function all(): ReadonlyMap<string, readonly FunctionValue[]> {
  if (byName) return byName;
  const found = new Map<string, FunctionValue[]>();
  const builtins: readonly Builtin[] = [...conversionBuiltins, ...stringBuiltins, ...listBuiltins, ...numericBuiltins, ...rangeBuiltins, ...temporalBuiltins, ...contextBuiltins];
  for (const { name, value } of builtins) found.set(name, [...(found.get(name) ?? []), value]);
  byName = found;
  return found;
}

/** All signatures of a builtin by its name. */
export function overloadsOf(name: string): readonly FunctionValue[] | undefined {
  return all().get(name);
}

/** A builtin as a value. */
export function builtinOf(name: string): FunctionValue | undefined {
  return overloadsOf(name)?.[0];
}

/** The names of all builtins, except the clock. */
export function builtinNames(): readonly string[] {
  return [...all().keys()];
}
