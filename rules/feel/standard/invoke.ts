import { convert } from './feel-type.ts';
import { kindOf, type FeelParameter, type FunctionValue } from './feel-value.ts';

/** Arguments by place or by name. */
export type Arguments = { readonly positional: readonly unknown[] } | { readonly named: ReadonlyMap<string, unknown> };

/** Arguments in the order of the parameters, converted; or why they do not fit. DMN 1.5 §10.3.2.13.5. */
export function bindArguments(parameters: readonly FeelParameter[], given: Arguments): { readonly values: readonly unknown[] } | { readonly problem: string } {
  const placed = 'named' in given ? byName(parameters, given.named) : byPlace(parameters, given.positional);
  if ('problem' in placed) return placed;
  const values: unknown[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const value = placed.values[index];
    if (value === undefined) {
      values.push(undefined);
      continue;
    }
    const fitting = convert(value, parameter.type);
    if (fitting === undefined) return { problem: `Expected an argument that fits ${parameter.name}, but found ${kindOf(value)}` };
    values.push(fitting);
  }
  return { values };
}

function byPlace(parameters: readonly FeelParameter[], given: readonly unknown[]): { readonly values: readonly unknown[] } | { readonly problem: string } {
  const last = parameters.at(-1);
  if (last?.variadic) {
    const rest = given.slice(parameters.length - 1);
    if (rest.length === 0) return { problem: `Expected an argument for ${last.name}, but there is none` };
    const [only] = rest;
    return { values: [...given.slice(0, parameters.length - 1), rest.length === 1 && Array.isArray(only) && parameters.length === 1 ? only : rest] };
  }
  if (given.length > parameters.length || parameters.some((parameter, index) => !parameter.optional && index >= given.length)) {
    return { problem: `Expected ${parameters.length} arguments, but found ${given.length}` };
  }
  return { values: given };
}

function byName(parameters: readonly FeelParameter[], given: ReadonlyMap<string, unknown>): { readonly values: readonly unknown[] } | { readonly problem: string } {
  const unknown = [...given.keys()].find((name) => !parameters.some((parameter) => parameter.name === name));
  if (unknown !== undefined) return { problem: `Expected the name of a parameter, but ${unknown} is none` };
  const missing = parameters.find((parameter) => !parameter.optional && !given.has(parameter.name));
  if (missing) return { problem: `Expected an argument for ${missing.name}, but there is none` };
  return { values: parameters.map((parameter) => { const value = given.get(parameter.name); return parameter.variadic && value !== undefined && !Array.isArray(value) ? [value] : value; }) };
}

/** Calls the first of some signatures that the arguments fit; the first problem when none does. */
export function invokeAny(candidates: readonly FunctionValue[], given: Arguments, call: <Value>(body: () => Value) => Value): { readonly value: unknown } | { readonly problem: string } {
  let problem = '';
  for (const candidate of 'named' in given ? inWrittenOrder(candidates, given.named) : candidates) {
    const result = call(() => invoke(candidate, given));
    if ('value' in result) return result;
    problem ||= result.problem;
  }
  return { problem };
}

/** `before(point, range)` and `before(range, point)` have the same names: the order in which they are written says which is meant. */
function inWrittenOrder(candidates: readonly FunctionValue[], named: ReadonlyMap<string, unknown>): readonly FunctionValue[] {
  const written = [...named.keys()].join();
  const isWritten = ({ parameters }: FunctionValue): boolean => parameters.map(({ name }) => name).join() === written;
  return [...candidates.filter(isWritten), ...candidates.filter((candidate) => !isWritten(candidate))];
}

/** Calls a function with bound arguments. */
export function invoke(called: FunctionValue, given: Arguments): { readonly value: unknown } | { readonly problem: string } {
  const bound = bindArguments(called.parameters, given);
  if ('problem' in bound) return bound;
  const value = called.call(bound.values) ?? null;
  if (!called.result) return { value };
  const fitting = convert(value, called.result);
  return fitting === undefined ? { problem: `Expected a result of the declared type, but found ${kindOf(value)}` } : { value: fitting };
}
