import { anyOf, anyType, compileStandardExpression, compileTestList, convert, feelText, isContext, kindOf, not, overloadsOf, ownType, parseDateText, parseDateTimeText, Run, Scope, setEntry, standardClock, type Evaluate, type FeelType } from './feel/standard/index.ts';
import { namesIn } from './feel/free-names.ts';
import { parseFeel, type FeelGoal, type FeelNode } from './feel/parse-tree.ts';
import type { JsonValue } from './feel/to-json.ts';
import type { CompiledInput } from './input-value.ts';
import { canonicalInstant } from './instant.ts';
import type { InputType } from './rule-set.ts';

type InputsByName = ReadonlyMap<string, CompiledInput>;

/** FEEL over the facts of a rule set: which inputs it reads, and its value. FEEL by the standard, as in decision models. */
export interface FeelOverFacts<Result> {
  readonly reads: readonly CompiledInput[];
  readonly evaluate: (run: Run, slots: readonly unknown[], tested?: unknown) => Result;
}

/** The clock and budget of one decision. `at` is an ISO 8601 instant, `zone` `UTC` or `±hh:mm`. Fails: FEEL_VALUE. */
export function feelRun(at: string, zone = 'UTC'): Run {
  return new Run(standardClock(at, zone));
}

/** The unary tests of a `satisfies` comparison: true, false, or null where they cannot be answered. Fails: FEEL_SYNTAX. */
export function compileFeelTests(source: string, inputs: InputsByName): FeelOverFacts<boolean | null> {
  const { tests, isNegated } = compileTestList(source);
  const reads = readsOf(source, 'unaryTests', inputs);
  return {
    reads,
    evaluate(run, slots, tested) {
      if (tests.length === 0) return true;
      const scope = scopeOf(run, reads, slots);
      // A test that cannot be answered is no "no", unlike in a decision table.
      const holds = anyOf(tests.map((test) => test(scope, tested)));
      return isNegated ? not(holds) : holds;
    },
  };
}

/** The expression of a computed output. Fails: FEEL_SYNTAX. */
export function compileFeelOutput(source: string, inputs: InputsByName): FeelOverFacts<unknown> {
  const evaluate: Evaluate = compileStandardExpression(source);
  const reads = readsOf(source, 'expression', inputs);
  return { reads, evaluate: (run, slots) => evaluate(scopeOf(run, reads, slots)) };
}

/** Names in the text that are neither inputs nor functions of FEEL nor declared in it. Entries that a filter reads are not asked. Fails: FEEL_SYNTAX. */
export function unknownNames(source: string, goal: FeelGoal, inputs: ReadonlySet<string>): readonly string[] {
  if (goal === 'unaryTests' && /^\s*-?\s*$/.test(source)) return [];
  const own = new Set<string>(['?', 'item', 'partial', 'now', 'today']);
  const used = new Set<string>();
  const text = (node: FeelNode): string => source.slice(node.from, node.to).replace(/\s+/g, ' ');
  const visit = (node: FeelNode, filtered: boolean): void => {
    if (node.name === 'InExpression' || node.name === 'ParameterName' || node.name === 'Key') own.add(text(node.getChild('Name') ?? node));
    if (node.name === 'VariableName' && !filtered) used.add(text(node));
    for (let child = node.firstChild, place = 0; child; child = child.nextSibling, place += 1) visit(child, filtered || (node.name === 'FilterExpression' && place > 0));
  };
  visit(parseFeel(source, goal), false);
  return [...used].filter((name) => !own.has(name) && !inputs.has(name) && !overloadsOf(name));
}

/** A fact as FEEL has it: texts of dates and instants become such. */
export function feelValue(type: InputType, value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  if (type === 'date') return parseDateText(value);
  return type === 'dateTime' ? parseDateTimeText(value) : value;
}

const feelTypes: Readonly<Record<InputType, string>> = { string: 'string', number: 'number', boolean: 'boolean', date: 'date', dateTime: 'date and time', list: 'list', object: 'context', any: 'Any' };

/** FEEL's name of a type. */
export function feelTypeName(type: InputType): string {
  return feelTypes[type];
}

/** A value of FEEL as JSON of a declared type: undefined when it is not of that type. Instants are in UTC. */
export function outputJson(type: InputType, value: unknown): JsonValue | undefined {
  const wanted: FeelType = ownType(feelTypes[type]) ?? anyType;
  const converted = convert(value, wanted);
  return converted === undefined ? undefined : feelJson(converted);
}

/** A value of FEEL as JSON: dates, times and durations as texts, date-times with an offset as instants in UTC. */
export function feelJson(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(feelJson);
  if (!isContext(value)) return kindOf(value) === 'date and time' ? (canonicalInstant(feelText(value)) ?? feelText(value)) : feelText(value);
  const json: Record<string, JsonValue> = {};
  for (const [key, entry] of Object.entries(value)) setEntry(json, key, feelJson(entry));
  return json;
}

function readsOf(source: string, goal: FeelGoal, inputs: InputsByName): readonly CompiledInput[] {
  if (goal === 'unaryTests' && /^\s*-?\s*$/.test(source)) return [];
  return [...namesIn(source, parseFeel(source, goal))].flatMap((name) => inputs.get(name) ?? []);
}

function scopeOf(run: Run, reads: readonly CompiledInput[], slots: readonly unknown[]): Scope {
  const names = new Map<string, unknown>();
  for (const { index, declaration } of reads) {
    const value = slots[index];
    names.set(declaration.name, typeof value === 'symbol' ? null : feelValue(declaration.type, value));
  }
  return new Scope(run, names);
}
