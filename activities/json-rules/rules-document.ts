import type { RuleProperties } from 'json-rules-engine';
import { z } from 'zod';
import { conditionNamed, expansionOf, isCircular, isFactReference, maximumDepth, parseOperator, referencesIn, RuleSetError, type Condition, type NamedConditions, type RuleSetFinding } from '#rules';
import { pathProblem } from './path-guard.ts';

/** The rules and named conditions of a document, checked. */
export interface JsonRules {
  readonly rules: readonly RuleProperties[];
  readonly conditions: NamedConditions;
}

const maximumRules = 10_000;
/** Each takes json-rules-engine some 10 µs, during which nothing else runs. */
const maximumComparisons = 100_000;

const prioritySchema = z.union([z.number().min(1), z.string().regex(/^[1-9]\d{0,8}$/)]).nullish();
/** What else a rule may carry, such as its last result, json-rules-engine does not read either. */
const ruleSchema = z.object({
  conditions: z.record(z.string(), z.unknown()),
  event: z.object({ type: z.string().min(1), params: z.record(z.string(), z.unknown()).nullish() }),
  priority: prioritySchema,
  name: z.unknown().optional(),
});
const documentSchema = z.object({ rules: z.array(ruleSchema).max(maximumRules), conditions: z.record(z.string().min(1), z.record(z.string(), z.unknown())).optional() });

/** Whether a document is json-rules-engine's own rather than a rule set with declared inputs. */
export function isJsonRules(document: unknown): boolean {
  if (Array.isArray(document)) return true;
  if (!isObject(document) || 'format' in document || 'inputs' in document) return false;
  return 'rules' in document || ('conditions' in document && 'event' in document);
}

/**
 * Reads a document of json-rules-engine: the list that `new Engine(rules)` takes, one rule, each also as the text that `Rule.toJSON()`
 * gives, or `{ rules, conditions }`, with named conditions as `setCondition` takes them.
 * Fails: throws RuleSetError (RULE_SET_INVALID) with every finding.
 */
export function readJsonRules(document: unknown, { allowUndefinedConditions = false }: { readonly allowUndefinedConditions?: boolean | undefined } = {}): JsonRules {
  const parsed = documentSchema.safeParse(envelope(document));
  if (!parsed.success) throw new RuleSetError(parsed.error.issues.map(({ message, path }) => ({ code: 'DOCUMENT_INVALID', message, path: path.join('.') })));
  const { rules, conditions = {} } = parsed.data;
  const findings = [
    ...Object.entries(conditions).flatMap(([name, condition]) => checkRoot(condition, `conditions.${name}`)),
    ...rules.flatMap((rule, index) => checkRoot(rule.conditions, `rules.${index}.conditions`)),
  ];
  if (findings.length > 0) throw new RuleSetError(findings);
  // The walk above has seen to it that these are conditions.
  const named = conditions as NamedConditions;
  const roots = rules.map((rule) => rule.conditions as unknown as Condition);
  const references = checkReferences(named, roots, allowUndefinedConditions);
  if (references.length > 0) throw new RuleSetError(references);
  return { rules: rules as unknown as readonly RuleProperties[], conditions: named };
}

function envelope(document: unknown): unknown {
  const whole = fromText(document);
  if (Array.isArray(whole)) return { rules: whole.map(fromText) };
  if (!isObject(whole)) return whole;
  if (!('rules' in whole)) return { rules: [whole] };
  return Array.isArray(whole.rules) ? { ...whole, rules: whole.rules.map(fromText) } : whole;
}

/** A text that holds JSON as what it holds; any other value as it is. */
function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

const groupKeys = ['all', 'any', 'not', 'condition'] as const;

function checkRoot(condition: unknown, path: string): readonly RuleSetFinding[] {
  if (isObject(condition) && groupKeys.some((key) => Object.hasOwn(condition, key))) return checkCondition(condition, path, 0);
  return [invalid('Expected all, any, not or condition at the top, but found none of them', path)];
}

function checkCondition(condition: unknown, path: string, depth: number): readonly RuleSetFinding[] {
  if (!isObject(condition)) return [invalid('Expected a condition, but found another value', path)];
  if (depth > maximumDepth) return [invalid(`Expected conditions nested at most ${maximumDepth} deep, but they are deeper`, path)];
  const findings: RuleSetFinding[] = [];
  if (!prioritySchema.safeParse(condition.priority).success) findings.push(invalid('Expected a priority of at least 1, but found another value', `${path}.priority`));
  const [group, other] = groupKeys.filter((key) => Object.hasOwn(condition, key));
  if (group === undefined) return [...findings, ...checkComparison(condition, path)];
  // json-rules-engine would take the one and leave the other unread.
  if (other !== undefined) return [...findings, invalid(`Expected one of all, any, not and condition, but found ${group} and ${other}`, path)];
  const inside = condition[group];
  if (group === 'not') return [...findings, ...checkCondition(inside, `${path}.not`, depth + 1)];
  if (group === 'condition') return typeof inside === 'string' ? findings : [...findings, invalid('Expected the name of a condition, but found another value', `${path}.condition`)];
  if (!Array.isArray(inside)) return [...findings, invalid(`Expected a list of conditions for ${group}, but found another value`, `${path}.${group}`)];
  return [...findings, ...inside.flatMap((part, index) => checkCondition(part, `${path}.${group}.${index}`, depth + 1))];
}

function checkComparison(comparison: Readonly<Record<string, unknown>>, path: string): readonly RuleSetFinding[] {
  const { operator, value } = comparison;
  const findings = [...checkFact(comparison, path)];
  const parsed = typeof operator === 'string' ? parseOperator(operator) : undefined;
  if (!parsed || parsed.base === 'satisfies') findings.push(invalid('Expected an operator of json-rules-engine, with or without its decorators, but found another', `${path}.operator`));
  if (!Object.hasOwn(comparison, 'value')) findings.push(invalid('Expected a value to compare with, but there is none', `${path}.value`));
  if (isFactReference(value)) findings.push(...checkFact({ ...value }, `${path}.value`));
  return findings;
}

/** Which fact is read, with what parameters, and where in it. */
function checkFact({ fact, params, path: factPath }: Readonly<Record<string, unknown>>, path: string): readonly RuleSetFinding[] {
  const findings: RuleSetFinding[] = [];
  if (typeof fact !== 'string' || fact === '') findings.push(invalid('Expected the name of a fact, but found none', `${path}.fact`));
  if (params !== undefined && !isObject(params)) findings.push(invalid('Expected parameters by name, but found another value', `${path}.params`));
  if (factPath === undefined || factPath === null || factPath === '') return findings;
  const problem = typeof factPath === 'string' ? pathProblem(factPath) : 'Expected a path as text, but found another value';
  return problem === undefined ? findings : [...findings, invalid(problem, `${path}.path`)];
}

/** Only after the shape of all conditions is certain. */
function checkReferences(named: NamedConditions, roots: readonly Condition[], allowUndefined: boolean): readonly RuleSetFinding[] {
  const findings: RuleSetFinding[] = [];
  for (const name of Object.keys(named)) {
    if (isCircular(name, named)) findings.push({ code: 'CONDITION_CIRCULAR', message: `Expected conditions that end, but ${name} refers to itself`, path: `conditions.${name}` });
  }
  if (!allowUndefined) {
    const places = [...Object.entries(named).map(([name, condition]) => [`conditions.${name}`, condition] as const), ...roots.map((condition, index) => [`rules.${index}.conditions`, condition] as const)];
    for (const [path, condition] of places) {
      for (const name of referencesIn(condition)) if (!conditionNamed(name, named)) findings.push({ code: 'CONDITION_UNDECLARED', message: `Expected a condition that the document declares, but ${name} is none`, path });
    }
  }
  if (findings.length > 0) return findings;
  const { comparisons, depth } = expansionOf([...roots, ...Object.values(named)], named);
  if (depth > maximumDepth) findings.push(invalid(`Expected conditions nested at most ${maximumDepth} deep, named ones in their places, but they are deeper`, 'rules'));
  if (comparisons > maximumComparisons) findings.push(invalid(`Expected at most ${maximumComparisons} comparisons with named conditions in their places, but there are more`, 'rules'));
  return findings;
}

function invalid(message: string, path: string): RuleSetFinding {
  return { code: 'DOCUMENT_INVALID', message, path };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
