import type { CompiledCondition } from './compile-condition.ts';
import type { FeelOverFacts } from './feel-in-rules.ts';
import type { JsonValue } from './feel/to-json.ts';
import type { Level } from './level.ts';
import type { Rule } from './rule-set.ts';

/** A value that a rule reads, under the name that findings show: `order` or `order.items[0].dose`. */
export interface FactRead {
  readonly name: string;
  readonly index: number;
  /** Undefined for the whole fact. */
  readonly follow: ((value: unknown) => unknown) | undefined;
}

/** An output of a rule: a literal in its normal form, or FEEL. */
export type OutputCell = { readonly value: JsonValue } | { readonly feel: FeelOverFacts<unknown> };

/** A rule as closures. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly condition: CompiledCondition;
  readonly reads: readonly FactRead[];
  /** What it reports; below `gradedFrom` while it is advise-only. */
  readonly level: Level;
  readonly gradedFrom: Level | undefined;
  /** By the place of the document's outputs. */
  readonly outputs: readonly (OutputCell | undefined)[];
}
