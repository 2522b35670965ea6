import type { CompiledRule, OutputCell } from './compiled-rule.ts';
import { computedText } from './computed-text.ts';
import { Run } from './feel/standard/index.ts';
import { compileFeelOutput, outputJson } from './feel-in-rules.ts';
import type { JsonValue } from './feel/to-json.ts';
import { applyHitPolicy, same, type Hit, type OutputValues, type Outputs, type PolicyOutput } from './hit-policy.ts';
import { normalValue, type CompiledInput } from './input-value.ts';
import type { InputType, Rule, RuleOutput, RuleSetDocument } from './rule-set.ts';

/** Why there is no decision, with the rules concerned. */
export interface OutputFailure {
  readonly code: 'HIT_POLICY_VIOLATED' | 'OUTPUT_INVALID';
  /** What it failed on: `hitPolicy`, or the name of an output. */
  readonly fact: string;
  readonly message: string;
  readonly rules: readonly string[];
}

/** The decision of the rules that fired. */
export interface Decided {
  /** Rules whose findings stand, each with its event, computed outputs filled in. */
  readonly kept: readonly { readonly rule: CompiledRule; readonly event: Rule['event'] }[];
  /** Absent where the document declares none. */
  readonly outputs?: Outputs;
}

/** Makes one decision of the rules that fired; `isOpen` says that a missing value leaves open whether others would. */
export type Decide = (fired: readonly CompiledRule[], isOpen: boolean, slots: readonly unknown[], run: unknown) => Decided | OutputFailure;

/** The outputs of a rule by name; undefined for an output that it does not give. */
export function compileRuleOutputs({ event }: Rule, outputs: readonly RuleOutput[], inputs: ReadonlyMap<string, CompiledInput>): readonly (OutputCell | undefined)[] {
  return outputs.map(({ name, type }) => {
    const param = event.params && Object.hasOwn(event.params, name) ? event.params[name] : undefined;
    if (param === undefined) return undefined;
    const text = computedText(param);
    return text === undefined ? { value: normalOutput(type, param) } : { feel: compileFeelOutput(text, inputs) };
  });
}

/** A literal in the form that results have: instants in UTC. */
export function normalOutput(type: InputType, value: unknown): JsonValue {
  // `normalValue` gives JSON for JSON.
  return (normalValue(type, value) ?? value ?? null) as JsonValue;
}

/** The document's policy over its outputs; undefined for a document that has neither, whose every fired rule is a finding. */
export function compilePolicy({ hitPolicy, aggregation, outputs }: RuleSetDocument): Decide | undefined {
  const policy = hitPolicy ?? 'collect';
  if (policy === 'collect' && outputs.length === 0) return undefined;
  const columns = outputs.map(({ name, type, allowedValues, default: given }): PolicyOutput => ({
    name,
    allowedValues: allowedValues?.map((value) => normalOutput(type, value)),
    defaultValue: given === undefined ? undefined : normalOutput(type, given),
  }));
  return (fired, isOpen, slots, run) => {
    const hits: Hit[] = [];
    for (const rule of fired) {
      const values = readOutputs(rule, outputs, columns, slots, run);
      if ('code' in values) return values;
      hits.push({ ruleId: rule.rule.id, outputs: values.outputs });
    }
    const verdict = applyHitPolicy(policy, aggregation, columns, hits);
    if ('violated' in verdict) return { code: 'HIT_POLICY_VIOLATED', fact: 'hitPolicy', rules: verdict.violated, message: `Expected ${verdict.expected}, but these fire: ${verdict.violated.join(', ')}` };
    if ('notNumbers' in verdict) return { code: 'OUTPUT_INVALID', fact: verdict.notNumbers, rules: fired.map(({ rule }) => rule.id), message: `Expected values of ${verdict.notNumbers} that can be aggregated, but a rule gives none` };
    // What an unknown rule might change is not left out.
    const kept = new Set(isOpen ? fired.map(({ rule }) => rule.id) : verdict.kept);
    const found = fired.flatMap((rule, index) => (kept.has(rule.rule.id) ? [{ rule, event: eventOf(rule, hits[index]?.outputs ?? {}) }] : []));
    return outputs.length === 0 ? { kept: found } : { kept: found, outputs: isOpen ? null : verdict.outputs };
  };
}

function readOutputs({ rule, outputs: cells }: CompiledRule, outputs: readonly RuleOutput[], columns: readonly PolicyOutput[], slots: readonly unknown[], run: unknown): { readonly outputs: OutputValues } | OutputFailure {
  const values: Record<string, JsonValue> = {};
  for (const [index, { name, type }] of outputs.entries()) {
    const cell = cells[index];
    const value = !cell ? null : 'value' in cell ? cell.value : run instanceof Run ? outputJson(type, cell.feel.evaluate(run, slots)) : null;
    const invalid = (why: string): OutputFailure => ({ code: 'OUTPUT_INVALID', fact: name, rules: [rule.id], message: `Expected ${name} of rule ${rule.id} ${why}` });
    if (value === undefined) return invalid(`to be a ${type}, but it is of another type`);
    const allowed = columns[index]?.allowedValues;
    if (value !== null && allowed && !allowed.some((one) => same(one, value))) return invalid('among the allowed values, but it is none of them');
    values[name] = value;
  }
  return { outputs: values };
}

function eventOf({ rule, outputs }: CompiledRule, values: OutputValues): Rule['event'] {
  const { event } = rule;
  if (!outputs.some((cell) => cell && 'feel' in cell)) return event;
  // Output values are JSON as the schema's own type of it, but readonly.
  return { ...event, params: Object.fromEntries(Object.entries(event.params ?? {}).map(([name, value]) => [name, computedText(value) !== undefined && Object.hasOwn(values, name) ? (values[name] ?? null) : value])) as NonNullable<Rule['event']['params']> };
}
