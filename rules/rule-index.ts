import type { Slots } from './compile-condition.ts';
import { conditionNamed, isFactReference, type Condition, type NamedConditions } from './condition.ts';
import type { CompiledInput } from './input-value.ts';

/** Rules by the values that they ask for. */
export interface RuleIndex {
  /** Places of the rules that may hold, ascending: every other one is certainly false. Undefined where the index cannot tell. */
  candidates(slots: Slots): readonly number[] | undefined;
}

/** One input: the rules that ask for each of its values, those that any value may satisfy among them. */
interface InputIndex {
  readonly slot: number;
  readonly byValue: ReadonlyMap<unknown, readonly number[]>;
  /** For a value that no rule asks for. */
  readonly others: readonly number[];
}

const minimumRules = 16;
/** Types whose present values are compared as they are; instants are first brought into one form. */
const indexedTypes: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'date']);

/**
 * An index over rules that ask an input for a value, as the rows of a decision table do: such a comparison is one of the parts of its
 * rule that all have to hold, so that the rule is false for every other value, whatever else is missing. Undefined where it does not pay.
 */
export function indexRules(conditions: readonly Condition[], inputs: ReadonlyMap<string, CompiledInput>, named: NamedConditions = {}, minimum = minimumRules): RuleIndex | undefined {
  if (conditions.length < minimum) return undefined;
  const asked = conditions.map((condition) => askedValues(condition, inputs, named));
  const indexes = [...inputs.values()].flatMap(({ index: slot }) => indexInput(asked.map((values) => values.get(slot)), slot));
  if (indexes.length === 0) return undefined;
  return {
    candidates(slots) {
      let best: readonly number[] | undefined;
      for (const { slot, byValue, others } of indexes) {
        const value = slots[slot];
        // A missing value stands in its slot as a symbol.
        if (typeof value === 'symbol') continue;
        const found = byValue.get(value) ?? others;
        if (!best || found.length < best.length) best = found;
      }
      return best;
    },
  };
}

function indexInput(asked: readonly (readonly unknown[] | undefined)[], slot: number): readonly InputIndex[] {
  const others = asked.flatMap((values, rule) => (values ? [] : [rule]));
  // Rules that any value may satisfy are listed under each value.
  if (others.length > asked.length / 4) return [];
  const byValue = new Map<unknown, number[]>(asked.flatMap((values = []) => values.map((value) => [value, []])));
  if (byValue.size * others.length > asked.length * 16) return [];
  for (const [rule, values] of asked.entries()) for (const value of values ? new Set(values) : byValue.keys()) byValue.get(value)?.push(rule);
  return [{ slot, byValue, others }];
}

/** The values that a condition asks each input for, by the input's slot. */
function askedValues(condition: Condition, inputs: ReadonlyMap<string, CompiledInput>, named: NamedConditions, found = new Map<number, readonly unknown[]>()): ReadonlyMap<number, readonly unknown[]> {
  if ('all' in condition) {
    for (const part of condition.all) askedValues(part, inputs, named, found);
    return found;
  }
  if ('condition' in condition) {
    const target = conditionNamed(condition.condition, named);
    return target ? askedValues(target, inputs, named, found) : found;
  }
  if (!('operator' in condition) || (condition.operator !== 'equal' && condition.operator !== 'in') || (condition.path !== undefined && condition.path !== '$')) return found;
  const input = inputs.get(condition.fact);
  const { value } = condition;
  if (!input || !indexedTypes.has(input.declaration.type) || value === null || isFactReference(value)) return found;
  // Two comparisons of one input: the first alone leaves more rules than both would.
  if (!found.has(input.index)) found.set(input.index, Array.isArray(value) ? value : [value]);
  return found;
}
