import type { JsonObject, VariableDeclaration } from '../graphql/model.ts';

/** One value that a person sets: the variable's name and what was typed. */
export interface VariableRow {
  readonly name: string;
  readonly typed: string;
}

type Parsed = { readonly value: unknown } | { readonly problem: 'empty' | 'number' | 'date' | 'json' };

const plainDate = /^\d{4}-\d{2}-\d{2}$/;

function parseJson(typed: string, isWanted: (value: unknown) => boolean): Parsed {
  try {
    const value: unknown = JSON.parse(typed);
    return isWanted(value) ? { value } : { problem: 'json' };
  } catch {
    return { problem: 'json' };
  }
}

/** What was typed, as a value of the variable's type. A local date and time becomes its instant. */
export function parseTyped(type: string, typed: string): Parsed {
  const text = typed.trim();
  if (text === '') return { problem: 'empty' };
  switch (type) {
    case 'number':
      return Number.isFinite(Number(text)) ? { value: Number(text) } : { problem: 'number' };
    case 'boolean':
      return { value: text === 'true' };
    case 'date':
      return plainDate.test(text) && !Number.isNaN(Date.parse(text)) ? { value: text } : { problem: 'date' };
    case 'dateTime':
      return Number.isNaN(Date.parse(text)) ? { problem: 'date' } : { value: new Date(text).toISOString() };
    case 'object':
      return parseJson(text, (value) => typeof value === 'object' && value !== null && !Array.isArray(value));
    case 'list':
      return parseJson(text, Array.isArray);
    default:
      return { value: typed };
  }
}

/** The rows as variables; undefined while one of them is not right. */
export function variablesOf(rows: readonly VariableRow[], declared: readonly VariableDeclaration[]): JsonObject | undefined {
  const values: Record<string, unknown> = {};
  for (const { name, typed } of rows) {
    const parsed = parseTyped(declared.find((each) => each.name === name)?.type ?? 'string', typed);
    if (!('value' in parsed)) return undefined;
    values[name] = parsed.value;
  }
  return values;
}
