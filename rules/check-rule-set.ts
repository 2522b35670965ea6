import type { Comparison, Condition } from './condition.ts';
import { normalValue } from './input-value.ts';
import { isOrdering } from './operator.ts';
import { ruleSetDocumentSchema, type InputType, type RuleInput, type RuleSetDocument } from './rule-set.ts';
import type { RuleSetFinding } from './rule-set-error.ts';

const orderedTypes = new Set<InputType>(['number', 'date', 'dateTime']);

/** Everything that keeps a document from being a rule set that can be evaluated, with its place; empty when it can. */
export function checkRuleSet(document: unknown): readonly RuleSetFinding[] {
  const parsed = ruleSetDocumentSchema.safeParse(document);
  if (!parsed.success) return parsed.error.issues.map((issue) => ({ code: 'DOCUMENT_INVALID', message: issue.message, path: issue.path.join('.') }));
  return checkDeclarations(parsed.data);
}

function checkDeclarations(document: RuleSetDocument): readonly RuleSetFinding[] {
  const inputs = new Map(document.inputs.map((input) => [input.name, input]));
  const findings: RuleSetFinding[] = [];
  document.inputs.forEach((input, index) => {
    findings.push(...checkInput(input, inputs, `inputs.${index}`));
  });
  document.rules.forEach((rule, index) => {
    for (const finding of checkCondition(rule.conditions, inputs, `rules.${index}.conditions`)) findings.push({ ...finding, ruleId: rule.id });
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

function checkCondition(condition: Condition, inputs: ReadonlyMap<string, RuleInput>, path: string): readonly RuleSetFinding[] {
  if ('all' in condition) return condition.all.flatMap((part, index) => checkCondition(part, inputs, `${path}.all.${index}`));
  if ('any' in condition) return condition.any.flatMap((part, index) => checkCondition(part, inputs, `${path}.any.${index}`));
  if ('not' in condition) return checkCondition(condition.not, inputs, `${path}.not`);
  return checkComparison(condition, inputs, path);
}

function checkComparison(comparison: Comparison, inputs: ReadonlyMap<string, RuleInput>, path: string): readonly RuleSetFinding[] {
  const left = operandType(comparison.fact, comparison.path, inputs, path);
  if (left.finding) return [left.finding];
  const { value, operator } = comparison;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const right = operandType(value.fact, value.path, inputs, `${path}.value`);
    if (right.finding) return [right.finding];
    return mismatch(comparison, left.type, right.type, `${path}.value`);
  }
  const message = literalMismatch(operator, left.type, value);
  return message ? [{ code: 'TYPE_MISMATCH', message, path: `${path}.value` }] : [];
}

/** The type of a fact, undefined where a path leads to a value of unknown type. */
function operandType(fact: string, factPath: string | undefined, inputs: ReadonlyMap<string, RuleInput>, path: string): { readonly type?: InputType; readonly finding?: RuleSetFinding } {
  const input = inputs.get(fact);
  if (!input) return { finding: { code: 'FACT_UNDECLARED', message: `Expected a declared input, but ${fact} is none`, path: `${path}.fact` } };
  if (factPath === undefined || factPath === '$') return { type: input.type };
  if (input.type === 'object' || input.type === 'list') return {};
  return { finding: { code: 'PATH_ON_SCALAR', message: `Expected a path on an object or list, but ${fact} is a ${input.type}`, path: `${path}.path` } };
}

function literalMismatch(operator: Comparison['operator'], left: InputType | undefined, value: unknown): string | undefined {
  if (isOrdering(operator)) {
    if (left !== undefined && !orderedTypes.has(left)) return `Expected a number, date or dateTime to compare with ${operator}, but the input is a ${left}`;
    return left === undefined ? (isOrderedLiteral(value) ? undefined : `Expected a number, date or dateTime for ${operator}`) : typeMismatch(left, value);
  }
  if (operator === 'contains' || operator === 'doesNotContain') {
    if (left !== undefined && left !== 'list') return `Expected a list for ${operator}, but the input is a ${left}`;
    return Array.isArray(value) ? `Expected one value for ${operator}, but found a list` : undefined;
  }
  if (operator === 'in' || operator === 'notIn') {
    if (!Array.isArray(value)) return `Expected a list of values for ${operator}, but found one value`;
    return left === undefined ? undefined : value.map((element) => typeMismatch(left, element)).find((message) => message !== undefined);
  }
  if (value === null) return undefined;
  if (Array.isArray(value)) return `Expected one value for ${operator}, but found a list`;
  return left === undefined ? undefined : typeMismatch(left, value);
}

function typeMismatch(type: InputType, value: unknown): string | undefined {
  if (type === 'list' || type === 'object') return `Expected a path to compare within, but the input is a ${type}`;
  return normalValue(type, value) === undefined ? `Expected a ${type}, but found ${value === null ? 'null' : `the ${typeof value} ${JSON.stringify(value)}`}` : undefined;
}

function isOrderedLiteral(value: unknown): boolean {
  return typeof value === 'number' || normalValue('date', value) !== undefined || normalValue('dateTime', value) !== undefined;
}

function mismatch({ operator }: Comparison, left: InputType | undefined, right: InputType | undefined, path: string): readonly RuleSetFinding[] {
  const at = (message: string): readonly RuleSetFinding[] => [{ code: 'TYPE_MISMATCH', message, path }];
  if (operator === 'in' || operator === 'notIn') return right === undefined || right === 'list' ? [] : at(`Expected a list for ${operator}, but the fact is a ${right}`);
  if (operator === 'contains' || operator === 'doesNotContain') return left === undefined || left === 'list' ? [] : at(`Expected a list for ${operator}, but the input is a ${left}`);
  if ((left === 'list' || left === 'object') && right !== undefined) return at(`Expected a path to compare within, but the input is a ${left}`);
  if (isOrdering(operator)) {
    const wrong = [left, right].find((type) => type !== undefined && !orderedTypes.has(type));
    if (wrong) return at(`Expected a number, date or dateTime to compare with ${operator}, but found a ${wrong}`);
  }
  return left !== undefined && right !== undefined && left !== right ? at(`Expected two facts of one type, but found ${left} and ${right}`) : [];
}
