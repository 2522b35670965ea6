import { factNameSchema } from '../condition.ts';
import { normalValue } from '../input-value.ts';
import { same } from '../hit-policy.ts';
import { ruleInputSchema } from '../rule-set.ts';
import { ucumProblem } from '../ucum/index.ts';
import type { InputType, LocalizedText, RuleInput, RuleOutput } from '../index.ts';
import { expectedType } from './cell-problem.ts';

/** A part of a declaration that a person writes; `value` is that of the branch a missing value takes. */
export type DeclarationField = 'name' | 'description' | 'type' | 'unit' | 'allowedValues' | 'maxAge' | 'observedAtInput' | 'whenMissing' | 'value' | 'default';

/** What is wrong with a field of a declaration. */
export interface DeclarationProblem {
  readonly field: DeclarationField;
  readonly expected: LocalizedText;
}

const problem = (field: DeclarationField, zh: string, en: string): DeclarationProblem => ({ field, expected: { 'zh-CN': zh, en } });

/** What keeps an input from being declared beside the others of its rule set; empty when nothing does. */
export function inputProblems(input: RuleInput, others: readonly RuleInput[]): readonly DeclarationProblem[] {
  const { name, type, maxAge, observedAtInput, whenMissing } = input;
  const problems = [...nameProblems(name, others), ...labelProblems(input), ...unitProblems(input), ...allowedProblems(input)];
  if (maxAge !== undefined && !ruleInputSchema.shape.maxAge.safeParse(maxAge).success) problems.push(problem('maxAge', '时长，例如 48 h、7 d 或 P1DT12H', 'a duration such as 48 h, 7 d or P1DT12H'));
  if (maxAge !== undefined && !whenMissing) problems.push(problem('whenMissing', '过期即缺失，请说明缺失时怎么办', 'what a missing value means: one that is too old is missing'));
  if (observedAtInput !== undefined && !others.some((other) => other.name === observedAtInput && other.type === 'dateTime')) problems.push(problem('observedAtInput', '类型为“时刻”的数据项', 'an input that is an instant'));
  if (whenMissing?.value !== undefined && normalValue(type, whenMissing.value) === undefined) problems.push(valueProblem('value', type));
  return problems;
}

/** What keeps a result from being declared beside the others of its rule set; empty when nothing does. */
export function outputProblems(output: RuleOutput, others: readonly RuleOutput[]): readonly DeclarationProblem[] {
  const { name, type, allowedValues, default: given } = output;
  const problems = [...nameProblems(name, others), ...labelProblems(output), ...unitProblems(output), ...allowedProblems(output)];
  if (given === undefined || given === null) return problems;
  const value = normalValue(type, given);
  if (value === undefined) return [...problems, valueProblem('default', type)];
  if (allowedValues && !allowedValues.some((allowed) => same(normalValue(type, allowed), value))) problems.push(problem('default', `以下之一：${allowedValues.join('、')}`, `one of ${allowedValues.join(', ')}`));
  return problems;
}

/** A value of the type was expected in the field. */
export function valueProblem(field: DeclarationField, type: InputType): DeclarationProblem {
  return { field, expected: examples[type] ?? expectedType(type).expected };
}

/** In fields texts have no quotes and dates no function, other than in cells. */
const examples: Readonly<Partial<Record<InputType, LocalizedText>>> = {
  number: { 'zh-CN': '数字，例如 5', en: 'a number such as 5' },
  string: { 'zh-CN': '文字', en: 'a text' },
  date: { 'zh-CN': '日期，例如 2026-01-01', en: 'a date such as 2026-01-01' },
  dateTime: { 'zh-CN': '时刻，例如 2026-01-01T08:00:00Z', en: 'an instant such as 2026-01-01T08:00:00Z' },
  list: { 'zh-CN': 'JSON 列表，例如 ["a", "b"]', en: 'a list in JSON such as ["a", "b"]' },
  object: { 'zh-CN': 'JSON 对象，例如 {"dose": 5}', en: 'an object in JSON such as {"dose": 5}' },
  any: { 'zh-CN': 'JSON 值，例如 5 或 "a"', en: 'a value in JSON such as 5 or "a"' },
};

function nameProblems(name: string, others: readonly { readonly name: string }[]): DeclarationProblem[] {
  if (!factNameSchema.safeParse(name).success) return [problem('name', '字母、数字和下划线，不以数字开头，最多 64 个字符', 'letters, digits and underscores, no digit first, at most 64 characters')];
  return others.some((other) => other.name === name) ? [problem('name', '另一个名称：此名称已有', 'another name: this one is taken')] : [];
}

function labelProblems({ description }: Pick<RuleInput | RuleOutput, 'description'>): DeclarationProblem[] {
  return description && Object.values(description).some((text) => text.trim() === '') ? [problem('description', '中文和英文名称都写，或都不写', 'a label in both languages, or in none')] : [];
}

/** A unit is an expression of UCUM; where it is none, the nearest is named. */
function unitProblems({ unit }: Pick<RuleInput | RuleOutput, 'unit'>): DeclarationProblem[] {
  const wrong = unit === undefined ? undefined : ucumProblem(unit);
  if (!wrong) return [];
  return [wrong.nearest === undefined ? problem('unit', 'UCUM 单位，例如 mg 或 mmol/L', 'a unit of UCUM such as mg or mmol/L') : problem('unit', `UCUM 单位；可能是 ${wrong.nearest}`, `a unit of UCUM; it may be ${wrong.nearest}`)];
}

function allowedProblems({ type, allowedValues }: Pick<RuleInput, 'type' | 'allowedValues'>): DeclarationProblem[] {
  if (!allowedValues) return [];
  if (allowedValues.length === 0 || allowedValues.length > 1_000) return [problem('allowedValues', '1 到 1000 个值', '1 to 1,000 values')];
  if (type !== 'list' && type !== 'object' && allowedValues.some((value) => normalValue(type, value) === undefined)) return [valueProblem('allowedValues', type)];
  return allowedValues.some((value, index) => allowedValues.findIndex((other) => same(other, value)) < index) ? [problem('allowedValues', '每个值只写一次', 'each value once')] : [];
}
