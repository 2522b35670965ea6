import type { CompiledRuleSet } from './compile-rule-set.ts';
import { absent, normalValue, unusable, type CompiledInput } from './input-value.ts';
import { instantToEpochMs } from './instant.ts';

/** Why an input has no value that rules may use. */
export type MissingReason = 'absent' | 'null' | 'tooOld' | 'wrongType';

/** Facts by input name; values are JSON. */
export type Facts = Readonly<Record<string, unknown>>;

/** When each fact was observed: ISO 8601 instants by input name. */
export type ObservedAt = Readonly<Record<string, string>>;

/** The slots that conditions read, and which of them are missing. */
export interface PreparedFacts {
  readonly slots: readonly unknown[];
  readonly missing: readonly { readonly input: CompiledInput; readonly reason: MissingReason }[];
  /** The first fact that no input declares. */
  readonly undeclared: string | undefined;
}

/** How far a clock may run ahead before an observation counts as being of unknown age. */
const clockSkewMs = 5 * 60_000;

/** Puts each fact into its slot, or finds out why it cannot be used. Branch values take the place of missing ones. */
export function prepareFacts({ inputs, inputsByName }: CompiledRuleSet, facts: Facts, atMs: number, observedAt: ObservedAt | undefined): PreparedFacts {
  const slots: unknown[] = new Array<unknown>(inputs.length).fill(absent);
  const missing: { readonly input: CompiledInput; readonly reason: MissingReason }[] = [];
  for (const input of inputs) {
    const { index, declaration, branchValue } = input;
    const given = Object.hasOwn(facts, declaration.name) ? facts[declaration.name] : undefined;
    const value = given === undefined || given === null ? undefined : normalValue(declaration.type, given);
    const reason =
      given === undefined ? 'absent' : given === null ? 'null' : value === undefined ? 'wrongType' : isTooOld(input, facts, atMs, observedAt) ? 'tooOld' : undefined;
    if (reason === undefined) {
      slots[index] = value;
      continue;
    }
    missing.push({ input, reason });
    slots[index] = branchValue ?? (reason === 'absent' || reason === 'null' ? absent : unusable);
  }
  return { slots, missing, undeclared: firstUndeclared(inputsByName, facts) };
}

function firstUndeclared(inputs: ReadonlyMap<string, CompiledInput>, facts: Facts): string | undefined {
  for (const name in facts) if (!inputs.has(name) && Object.hasOwn(facts, name)) return name;
  return undefined;
}

function isTooOld({ maxAgeMs, declaration }: CompiledInput, facts: Facts, atMs: number, observedAt: ObservedAt | undefined): boolean {
  if (maxAgeMs === undefined) return false;
  const observed = observationOf(declaration.name, declaration.observedAtInput, facts, observedAt);
  const observedMs = typeof observed === 'string' ? instantToEpochMs(observed) : undefined;
  if (observedMs === undefined || observedMs > atMs + clockSkewMs) return true;
  return atMs - observedMs > maxAgeMs;
}

function observationOf(name: string, observedAtInput: string | undefined, facts: Facts, observedAt: ObservedAt | undefined): unknown {
  if (observedAt && Object.hasOwn(observedAt, name)) return observedAt[name];
  return observedAtInput !== undefined && Object.hasOwn(facts, observedAtInput) ? facts[observedAtInput] : undefined;
}
