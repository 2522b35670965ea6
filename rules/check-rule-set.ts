import { checkComparison, feelFinding, undeclaredNames } from './check-comparison.ts';
import { computedText } from './computed-text.ts';
import { conditionNamed, type Condition, type NamedConditions } from './condition.ts';
import { compileFeelOutput, unknownNames } from './feel-in-rules.ts';
import { normalValue } from './input-value.ts';
import { expansionOf, isCircular, maximumComparisons, maximumDepth } from './named-conditions.ts';
import { ruleSetDocumentSchema, type Rule, type RuleInput, type RuleOutput, type RuleSetDocument } from './rule-set.ts';
import type { RuleSetFinding } from './rule-set-error.ts';

/** Everything that keeps a document from being a rule set that can be evaluated, with its place; empty when it can. */
export function checkRuleSet(document: unknown): readonly RuleSetFinding[] {
  try {
    const parsed = ruleSetDocumentSchema.safeParse(document);
    if (!parsed.success) return parsed.error.issues.map((issue) => ({ code: 'DOCUMENT_INVALID', message: issue.message, path: issue.path.join('.') }));
    return checkDeclarations(parsed.data);
  } catch (error) {
    // The runtime's own stack ended before the walk came to the limit.
    if (error instanceof RangeError) return [tooDeep];
    throw error;
  }
}

const tooDeep: RuleSetFinding = { code: 'DOCUMENT_INVALID', message: `Expected conditions nested at most ${maximumDepth} deep, named ones in their places, but they are deeper`, path: 'rules' };

function checkDeclarations(document: RuleSetDocument): readonly RuleSetFinding[] {
  const inputs = new Map(document.inputs.map((input) => [input.name, input]));
  const findings: RuleSetFinding[] = [];
  document.inputs.forEach((input, index) => {
    findings.push(...checkInput(input, inputs, `inputs.${index}`));
  });
  document.outputs.forEach((output, index) => {
    findings.push(...checkOutput(output, `outputs.${index}`));
  });
  const named = document.conditions ?? {};
  for (const [name, condition] of Object.entries(named)) {
    findings.push(...checkCondition(condition, inputs, named, `conditions.${name}`));
    if (isCircular(name, named)) findings.push({ code: 'CONDITION_CIRCULAR', message: `Expected conditions that end, but ${name} refers to itself`, path: `conditions.${name}` });
  }
  const { comparisons, depth } = expansionOf([...document.rules.map(({ conditions }) => conditions), ...Object.values(named)], named);
  if (depth > maximumDepth) findings.push(tooDeep);
  if (comparisons > maximumComparisons) findings.push({ code: 'DOCUMENT_INVALID', message: `Expected at most ${maximumComparisons} comparisons with named conditions in their places, but there are more`, path: 'rules' });
  document.rules.forEach((rule, index) => {
    const found = [...checkCondition(rule.conditions, inputs, named, `rules.${index}.conditions`), ...checkParams(rule, document.outputs, inputs, `rules.${index}.event.params`), ...checkAnnotations(rule, document.annotations, `rules.${index}.annotations`)];
    for (const finding of found) findings.push({ ...finding, ruleId: rule.id });
  });
  (document.columns ?? []).forEach(({ fact }, index) => {
    if (!inputs.has(fact)) findings.push({ code: 'FACT_UNDECLARED', message: `Expected a declared input, but ${fact} is none`, path: `columns.${index}.fact` });
  });
  return findings;
}

function checkInput(input: RuleInput, inputs: ReadonlyMap<string, RuleInput>, path: string): readonly RuleSetFinding[] {
  const findings: RuleSetFinding[] = [];
  const branch = input.whenMissing?.value;
  if (branch !== undefined && normalValue(input.type, branch) === undefined) {
    findings.push({ code: 'BRANCH_VALUE_INVALID', message: `Expected a ${input.type} for the branch, but found another type`, path: `${path}.whenMissing.value` });
  }
  if (input.observedAtInput !== undefined && inputs.get(input.observedAtInput)?.type !== 'dateTime') {
    findings.push({ code: 'FACT_UNDECLARED', message: `Expected a dateTime input named ${input.observedAtInput}, but there is none`, path: `${path}.observedAtInput` });
  }
  return findings;
}

function checkOutput({ type, allowedValues = [], default: given }: RuleOutput, path: string): readonly RuleSetFinding[] {
  const findings: RuleSetFinding[] = [];
  allowedValues.forEach((value, index) => {
    if (normalValue(type, value) === undefined) findings.push({ code: 'OUTPUT_INVALID', message: `Expected allowed values of the type ${type}, but one is of another`, path: `${path}.allowedValues.${index}` });
  });
  if (given !== undefined && given !== null) findings.push(...checkOutputValue({ type, allowedValues }, given, `${path}.default`));
  return findings;
}

function checkOutputValue({ type, allowedValues = [] }: Pick<RuleOutput, 'type' | 'allowedValues'>, value: unknown, path: string): readonly RuleSetFinding[] {
  const normal = normalValue(type, value);
  if (normal === undefined) return [{ code: 'OUTPUT_INVALID', message: `Expected a ${type}, but found another type`, path }];
  if (allowedValues.length === 0 || allowedValues.some((allowed) => normalValue(type, allowed) === normal)) return [];
  return [{ code: 'OUTPUT_INVALID', message: `Expected one of the allowed values ${allowedValues.map((allowed) => JSON.stringify(allowed)).join(', ')}, but found another`, path }];
}

/** The values that a rule gives for declared outputs; other parameters are its own. */
function checkParams({ event }: Rule, outputs: readonly RuleOutput[], inputs: ReadonlyMap<string, RuleInput>, path: string): readonly RuleSetFinding[] {
  return outputs.flatMap((output) => {
    const value = event.params && Object.hasOwn(event.params, output.name) ? event.params[output.name] : undefined;
    if (value === undefined || value === null) return [];
    const text = computedText(value);
    if (text === undefined) return checkOutputValue(output, value, `${path}.${output.name}`);
    try {
      compileFeelOutput(text, new Map());
      return undeclaredNames(unknownNames(text, 'expression', new Set(inputs.keys())), `${path}.${output.name}`);
    } catch (error) {
      return [feelFinding(error, `${path}.${output.name}`)];
    }
  });
}

function checkAnnotations({ annotations = {} }: Rule, declared: readonly string[] | undefined, path: string): readonly RuleSetFinding[] {
  const unknown = Object.keys(annotations).filter((name) => !declared?.includes(name));
  return unknown.map((name) => ({ code: 'ANNOTATION_UNDECLARED', message: `Expected an annotation that the document declares, but ${name} is none`, path: `${path}.${name}` }));
}

function checkCondition(condition: Condition, inputs: ReadonlyMap<string, RuleInput>, named: NamedConditions, path: string): readonly RuleSetFinding[] {
  if ('all' in condition) return condition.all.flatMap((part, index) => checkCondition(part, inputs, named, `${path}.all.${index}`));
  if ('any' in condition) return condition.any.flatMap((part, index) => checkCondition(part, inputs, named, `${path}.any.${index}`));
  if ('not' in condition) return checkCondition(condition.not, inputs, named, `${path}.not`);
  if (!('condition' in condition)) return checkComparison(condition, inputs, path);
  return conditionNamed(condition.condition, named) ? [] : [{ code: 'CONDITION_UNDECLARED', message: `Expected a condition that the document declares, but ${condition.condition} is none`, path: `${path}.condition` }];
}
