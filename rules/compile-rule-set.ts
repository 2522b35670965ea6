import { BoundedCache } from './bounded-cache.ts';
import { checkRuleSet } from './check-rule-set.ts';
import { compileCondition, type CompiledCondition } from './compile-condition.ts';
import type { Condition } from './condition.ts';
import { compileFactPath } from './fact-path.ts';
import { compileInput, type CompiledInput } from './input-value.ts';
import type { Level, Rule, RuleSetDocument } from './rule-set.ts';
import { RuleSetError } from './rule-set-error.ts';

/** A value that a rule reads, under the name that findings show: `order` or `order.items[0].dose`. */
export interface FactRead {
  readonly name: string;
  readonly index: number;
  /** Undefined for the whole fact. */
  readonly follow: ((value: unknown) => unknown) | undefined;
}

/** A rule as closures. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly condition: CompiledCondition;
  readonly reads: readonly FactRead[];
  /** What it reports; below `gradedFrom` while it is advise-only. */
  readonly level: Level;
  readonly gradedFrom: Level | undefined;
}

/** A rule set that can be evaluated. */
export interface CompiledRuleSet {
  readonly document: RuleSetDocument;
  readonly inputs: readonly CompiledInput[];
  readonly inputsByName: ReadonlyMap<string, CompiledInput>;
  /** By priority, highest first, then in the document's order. */
  readonly rules: readonly CompiledRule[];
}

// Apart, so that a document that was compiled unchecked is still checked when someone asks for that.
const checked = new BoundedCache<string, CompiledRuleSet>(64);
const published = new BoundedCache<string, CompiledRuleSet>(64);

/**
 * Checks and compiles a rule set; the same content gives the same object.
 * Fails: throws RuleSetError (RULE_SET_INVALID) with every finding of `checkRuleSet`.
 */
export function compileRuleSet(document: RuleSetDocument): CompiledRuleSet {
  const content = JSON.stringify(document);
  return checked.getOrCreate(content, () => compile(check(JSON.parse(content) as RuleSetDocument)));
}

/**
 * Compiles a rule set that `checkRuleSet` has passed before it was published. Reads no schema, so that it
 * runs where modules are frozen after loading, as in the workflow sandbox.
 */
export function compilePublishedRuleSet(document: RuleSetDocument): CompiledRuleSet {
  const content = JSON.stringify(document);
  return published.getOrCreate(content, () => compile(JSON.parse(content) as RuleSetDocument));
}

function check(document: RuleSetDocument): RuleSetDocument {
  const findings = checkRuleSet(document);
  if (findings.length > 0) throw new RuleSetError(findings);
  return document;
}

function compile(document: RuleSetDocument): CompiledRuleSet {
  const inputs = document.inputs.map(compileInput);
  const inputsByName = new Map(inputs.map((input) => [input.declaration.name, input]));
  const rules = document.rules
    .toSorted((left, right) => (right.priority ?? 1) - (left.priority ?? 1))
    .map((rule) => compileRule(rule, inputsByName));
  return { document, inputs, inputsByName, rules };
}

function compileRule(rule: Rule, inputs: ReadonlyMap<string, CompiledInput>): CompiledRule {
  const level = rule.level ?? 'PASS';
  const lowered = isAdviseOnly(rule) && level !== 'WARN' && level !== 'PASS';
  return {
    rule,
    condition: compileCondition(rule.conditions, inputs),
    reads: [...collectReads(rule.conditions, inputs, new Map()).values()],
    level: lowered ? 'WARN' : level,
    gradedFrom: lowered ? level : undefined,
  };
}

function isAdviseOnly(rule: Rule): boolean {
  return rule.adviseOnly === true || ((rule.source.grade === 'C' || rule.source.grade === 'D') && !rule.signed);
}

function collectReads(condition: Condition, inputs: ReadonlyMap<string, CompiledInput>, reads: Map<string, FactRead>): Map<string, FactRead> {
  if ('all' in condition) for (const part of condition.all) collectReads(part, inputs, reads);
  else if ('any' in condition) for (const part of condition.any) collectReads(part, inputs, reads);
  else if ('not' in condition) collectReads(condition.not, inputs, reads);
  else {
    addRead(condition.fact, condition.path, inputs, reads);
    const { value } = condition;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) addRead(value.fact, value.path, inputs, reads);
  }
  return reads;
}

function addRead(fact: string, path: string | undefined, inputs: ReadonlyMap<string, CompiledInput>, reads: Map<string, FactRead>): void {
  const input = inputs.get(fact);
  if (!input) return;
  const name = fact + (path ?? '$').slice(1);
  reads.set(name, { name, index: input.index, follow: name === fact ? undefined : compileFactPath(path ?? '$') });
}
