import type { JsonValue } from './feel/to-json.ts';

/** How the rules that fire become one decision. DMN 1.5 §8.2.8. */
export const hitPolicies = ['unique', 'first', 'priority', 'any', 'collect', 'ruleOrder', 'outputOrder'] as const;
export type HitPolicyName = (typeof hitPolicies)[number];

/** What `collect` makes of the one output of the rules that fire. DMN 1.5 §8.2.8. */
export const aggregations = ['sum', 'count', 'min', 'max'] as const;
export type Aggregation = (typeof aggregations)[number];

/** The values of the declared outputs that a rule gives, by name; null for one that it does not give. */
export type OutputValues = Readonly<Record<string, JsonValue>>;

/** What the outputs of a decision are: those of one rule, or of several in order; null when no rule gives any, or a missing value leaves open which do. */
export type Outputs = OutputValues | readonly OutputValues[] | null;

/** A rule that fired, by its id, with its outputs. */
export interface Hit {
  readonly ruleId: string;
  readonly outputs: OutputValues;
}

/** One output as policies see it. */
export interface PolicyOutput {
  readonly name: string;
  readonly allowedValues: readonly JsonValue[] | undefined;
  readonly defaultValue: JsonValue | undefined;
}

/** What a policy makes of the hits: which rules stand and the outputs, or why there is no decision. */
export type Verdict = { readonly kept: readonly string[]; readonly outputs: Outputs } | { readonly violated: readonly string[]; readonly expected: string } | { readonly notNumbers: string };

const needsOrder: ReadonlySet<HitPolicyName> = new Set(['priority', 'outputOrder']);

/** What a document says of its policy. */
export interface DeclaredPolicy {
  readonly hitPolicy?: HitPolicyName | undefined;
  readonly aggregation?: Aggregation | undefined;
  readonly outputs: readonly { readonly name: string; readonly type: string; readonly allowedValues?: readonly unknown[] | undefined }[];
}

/** What keeps a document's policy from being applied; undefined when nothing does. */
export function hitPolicyProblem({ hitPolicy = 'collect', aggregation, outputs }: DeclaredPolicy): { readonly path: string; readonly message: string } | undefined {
  if (needsOrder.has(hitPolicy) && !outputs.some(({ allowedValues }) => allowedValues)) return { path: 'hitPolicy', message: `Expected an output with allowedValues, whose order ${hitPolicy} follows, but there is none` };
  if (aggregation === undefined) return undefined;
  if (hitPolicy !== 'collect') return { path: 'aggregation', message: `Expected an aggregation with collect only, but the policy is ${hitPolicy}` };
  const [only] = outputs;
  if (!only || outputs.length > 1) return { path: 'aggregation', message: `Expected one output to aggregate, but there are ${outputs.length}` };
  if (aggregation === 'sum' && only.type !== 'number') return { path: 'aggregation', message: `Expected a number to sum up, but ${only.name} is a ${only.type}` };
  if ((aggregation === 'min' || aggregation === 'max') && !['number', 'string', 'date', 'dateTime'].includes(only.type)) return { path: 'aggregation', message: `Expected a type with an order for ${aggregation}, but ${only.name} is a ${only.type}` };
  return undefined;
}

/** One decision of the rules that fired, which come by falling priority and then as written. DMN 1.5 §8.2.8 and §8.2.11. */
export function applyHitPolicy(policy: HitPolicyName, aggregation: Aggregation | undefined, outputs: readonly PolicyOutput[], hits: readonly Hit[]): Verdict {
  const [first] = hits;
  const all = hits.map(({ ruleId }) => ruleId);
  switch (policy) {
    case 'unique':
      return hits.length > 1 ? { violated: all, expected: 'at most one rule of a unique rule set to fire' } : { kept: all, outputs: first?.outputs ?? defaults(outputs) };
    case 'first':
      return { kept: all.slice(0, 1), outputs: first?.outputs ?? defaults(outputs) };
    case 'any':
      return hits.some((hit) => !sameOutputs(hit.outputs, first?.outputs)) ? { violated: all, expected: 'rules of an any rule set to agree' } : { kept: all, outputs: first?.outputs ?? defaults(outputs) };
    case 'priority': {
      const [strongest] = byOutputs(hits, outputs);
      return { kept: strongest ? [strongest.ruleId] : [], outputs: strongest?.outputs ?? defaults(outputs) };
    }
    case 'outputOrder':
      return { kept: all, outputs: listOf(byOutputs(hits, outputs), outputs) };
    case 'ruleOrder':
      return { kept: all, outputs: listOf(hits, outputs) };
    case 'collect':
      return aggregation === undefined ? { kept: all, outputs: listOf(hits, outputs) } : aggregate(aggregation, outputs[0], hits);
  }
}

function listOf(hits: readonly Hit[], outputs: readonly PolicyOutput[]): readonly OutputValues[] {
  if (hits.length > 0) return hits.map((hit) => hit.outputs);
  const values = defaults(outputs);
  return values ? [values] : [];
}

function defaults(outputs: readonly PolicyOutput[]): OutputValues | null {
  if (!outputs.some(({ defaultValue }) => defaultValue !== undefined)) return null;
  return Object.fromEntries(outputs.map(({ name, defaultValue = null }) => [name, defaultValue]));
}

/** By the places of the outputs among their allowed values, output after output; equal ones stay in the order of rules. */
function byOutputs(hits: readonly Hit[], outputs: readonly PolicyOutput[]): readonly Hit[] {
  const places = (hit: Hit): readonly number[] =>
    outputs.map(({ name, allowedValues = [] }) => {
      const place = allowedValues.findIndex((value) => same(value, hit.outputs[name] ?? null));
      return place < 0 ? allowedValues.length : place;
    });
  return hits
    .map((hit) => ({ hit, places: places(hit) }))
    .toSorted((left, right) => left.places.map((place, index) => place - (right.places[index] ?? 0)).find((difference) => difference !== 0) ?? 0)
    .map(({ hit }) => hit);
}

function aggregate(aggregation: Aggregation, output: PolicyOutput | undefined, hits: readonly Hit[]): Verdict {
  const name = output?.name ?? '';
  const kept = hits.map(({ ruleId }) => ruleId);
  const values = hits.map((hit) => hit.outputs[name] ?? null);
  const answer = (value: JsonValue): Verdict => ({ kept, outputs: { [name]: value } });
  if (aggregation === 'count') return answer(hits.length === 0 && output?.defaultValue !== undefined ? output.defaultValue : values.length);
  if (values.length === 0) return answer(output?.defaultValue ?? null);
  if (aggregation === 'sum') return values.every((value) => typeof value === 'number') ? answer(sum(values)) : { notNumbers: name };
  const [first, ...others] = values;
  if ((typeof first !== 'number' && typeof first !== 'string') || others.some((value) => typeof value !== typeof first)) return { notNumbers: name };
  // All are of the first one's type, numbers or texts that sort.
  return answer(others.reduce<JsonValue>((best, value) => ((aggregation === 'min' ? (value as number) < (best as number) : (value as number) > (best as number)) ? value : best), first));
}

/** Sums decimal amounts to fifteen digits, so that 0.1 and 0.2 are 0.3. */
function sum(values: readonly number[]): number {
  return Number(values.reduce((total, value) => total + value, 0).toPrecision(15));
}

function sameOutputs(left: OutputValues, right: OutputValues | undefined): boolean {
  return right !== undefined && same(left, right);
}

/** Whether two JSON values are equal, whatever the order of keys. */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  // Both are objects of one kind; a list's keys are its indexes.
  return keys.every((key) => Object.hasOwn(right, key) && same((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]));
}
