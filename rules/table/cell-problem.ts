import type { InputType, LocalizedText } from '../index.ts';
import type { CellError, CellProblem } from './table.ts';

const examples: Readonly<Record<InputType, LocalizedText>> = {
  number: { 'zh-CN': '数字，例如 5 或 > 5', en: 'a number such as 5 or > 5' },
  string: { 'zh-CN': '带引号的文本，例如 "a"', en: 'a text in quotes such as "a"' },
  boolean: { 'zh-CN': 'true 或 false', en: 'true or false' },
  date: { 'zh-CN': '日期，例如 date("2026-01-01")', en: 'a date such as date("2026-01-01")' },
  dateTime: { 'zh-CN': '时刻，例如 date and time("2026-01-01T08:00:00Z")', en: 'an instant such as date and time("2026-01-01T08:00:00Z")' },
  list: { 'zh-CN': '列表，例如 ["a", "b"]', en: 'a list such as ["a", "b"]' },
  object: { 'zh-CN': '对象，例如 {dose: 5}', en: 'a context such as {dose: 5}' },
  any: { 'zh-CN': '一个值', en: 'a value' },
};

export function problem(code: CellError['code'], zh: string, en: string): CellProblem {
  return { code, expected: { 'zh-CN': zh, en } };
}

/** A value of a type was expected. */
export function expectedType(type: InputType): CellProblem {
  return { code: 'TYPE_MISMATCH', expected: examples[type] };
}

/** The name of a declared input was expected. */
export function undeclaredFact(name: string): CellProblem {
  return problem('FACT_UNDECLARED', `已声明的输入或 FEEL 函数，而不是 ${name}`, `a declared input or a function of FEEL, not ${name}`);
}
