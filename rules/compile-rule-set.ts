import { BoundedCache } from './bounded-cache.ts';
import { checkRuleSet } from './check-rule-set.ts';
import { compileCondition } from './compile-condition.ts';
import { compilePolicy, compileRuleOutputs, type Decide } from './compile-outputs.ts';
import type { CompiledRule, FactRead } from './compiled-rule.ts';
import { comparisonsOf, isFactReference, type Condition, type NamedConditions } from './condition.ts';
import { compileFeelTests } from './feel-in-rules.ts';
import { compileFactPath } from './fact-path.ts';
import { compileInput, type CompiledInput } from './input-value.ts';
import type { Rule, RuleSetDocument } from './rule-set.ts';
import { indexRules, type RuleIndex } from './rule-index.ts';
import { RuleSetError } from './rule-set-error.ts';

/** A rule set that can be evaluated. */
export interface CompiledRuleSet {
  readonly document: RuleSetDocument;
  readonly inputs: readonly CompiledInput[];
  readonly inputsByName: ReadonlyMap<string, CompiledInput>;
  /** By priority, highest first, then in the document's order. */
  readonly rules: readonly CompiledRule[];
  /** Makes one decision of the rules that fire; undefined where each is a finding and nothing more. */
  readonly decide: Decide | undefined;
  /** Finds the rules that may fire; undefined where each is tested. FEEL's tests are always asked, since they may fail. */
  readonly index: RuleIndex | undefined;
  /** Whether rules need a clock and budget for FEEL, which stand in the slot after the inputs. */
  readonly usesFeel: boolean;
}

// Apart, so that a document that was compiled unchecked is still checked when someone asks for that.
const checked = new BoundedCache<string, CompiledRuleSet>(64);
const published = new BoundedCache<string, CompiledRuleSet>(64);

/**
 * Checks and compiles a rule set; the same content gives the same object.
 * Fails: throws RuleSetError (RULE_SET_INVALID) with every finding of `checkRuleSet`.
 */
export function compileRuleSet(document: RuleSetDocument): CompiledRuleSet {
  const content = contentOf(document);
  return checked.getOrCreate(content, () => compile(check(JSON.parse(content) as RuleSetDocument)));
}

function contentOf(document: RuleSetDocument): string {
  try {
    return JSON.stringify(document);
  } catch (error) {
    // A document that is nested too deep to be written.
    if (error instanceof RangeError) throw new RuleSetError(checkRuleSet(document));
    throw error;
  }
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
    .map((rule) => compileRule(rule, inputsByName, document));
  const needsFeel = rules.some((rule) => usesFeel(rule, document.conditions));
  const index = needsFeel ? undefined : indexRules(rules.map(({ rule }) => rule.conditions), inputsByName, document.conditions);
  return { document, inputs, inputsByName, rules, decide: compilePolicy(document), index, usesFeel: needsFeel };
}

function usesFeel({ rule, outputs }: CompiledRule, named: NamedConditions | undefined): boolean {
  if (outputs.some((cell) => cell && 'feel' in cell)) return true;
  for (const { operator } of comparisonsOf(rule.conditions, named)) if (operator === 'satisfies') return true;
  return false;
}

function compileRule(rule: Rule, inputs: ReadonlyMap<string, CompiledInput>, { conditions: named = {}, outputs: declared }: RuleSetDocument): CompiledRule {
  const level = rule.level ?? 'PASS';
  const lowered = isAdviseOnly(rule) && level !== 'WARN' && level !== 'PASS';
  const outputs = compileRuleOutputs(rule, declared, inputs);
  const reads = collectReads(rule.conditions, inputs, named);
  for (const cell of outputs) if (cell && 'feel' in cell) for (const { declaration } of cell.feel.reads) addRead(declaration.name, undefined, inputs, reads);
  return {
    rule,
    condition: compileCondition(rule.conditions, inputs, named),
    reads: [...reads.values()],
    level: lowered ? 'WARN' : level,
    gradedFrom: lowered ? level : undefined,
    outputs,
  };
}

function isAdviseOnly(rule: Rule): boolean {
  return rule.adviseOnly === true || ((rule.source.grade === 'C' || rule.source.grade === 'D') && !rule.signed);
}

function collectReads(condition: Condition, inputs: ReadonlyMap<string, CompiledInput>, named: NamedConditions): Map<string, FactRead> {
  const reads = new Map<string, FactRead>();
  for (const { fact, path, operator, value } of comparisonsOf(condition, named)) {
    addRead(fact, path, inputs, reads);
    if (isFactReference(value)) addRead(value.fact, value.path, inputs, reads);
    else if (operator === 'satisfies' && typeof value === 'string') for (const { declaration } of compileFeelTests(value, inputs).reads) addRead(declaration.name, undefined, inputs, reads);
  }
  return reads;
}

function addRead(fact: string, path: string | undefined, inputs: ReadonlyMap<string, CompiledInput>, reads: Map<string, FactRead>): void {
  const input = inputs.get(fact);
  if (!input) return;
  const name = fact + (path ?? '$').slice(1);
  reads.set(name, { name, index: input.index, follow: name === fact ? undefined : compileFactPath(path ?? '$') });
}
