import { FeelError } from '../feel/feel-error.ts';
import { parseFeel } from '../feel/parse-tree.ts';
import { overloadsOf } from '../feel/standard/index.ts';
import { childrenOf } from '../feel/standard/syntax.ts';
import { canonicalInstant, dateToEpochDay } from '../instant.ts';
import type { InputType } from '../index.ts';
import { parseJsonPath } from '../json-path.ts';
import { writeString } from '../table/write-feel.ts';

/** A text of JSON with escapes for the two characters that JSON may hold and XML may not. */
export function escaped(json: string): string {
  return json.replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

function stringText(value: string): string {
  return escaped(writeString(value));
}

/** A number in digits: the grammar of FEEL has had an exponent since DMN 1.4 only. */
export function numberText(value: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value));
  if (!match) return String(value);
  const [, sign = '', whole = '', fraction = '', power] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + (point >= digits.length ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`);
}

/** A JSON value as a literal of FEEL; texts of dates and instants are such where the type says so. Instants are in UTC. */
export function literalText(value: unknown, type: InputType = 'any'): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') {
    if (type === 'date' && dateToEpochDay(value) !== undefined) return `date(${stringText(value)})`;
    const instant = type === 'dateTime' ? canonicalInstant(value) : undefined;
    return instant === undefined ? stringText(value) : `date and time(${stringText(instant)})`;
  }
  if (Array.isArray(value)) return `[${value.map((item) => literalText(item)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, entry]) => `${stringText(key)}: ${literalText(entry)}`).join(', ')}}`;
  return typeof value === 'boolean' ? String(value) : 'null';
}

/** First words of functions that texts of an export call. */
const callWords: ReadonlySet<string> = new Set(['date', 'get', 'list', 'string']);

/** Whether FEEL reads the text as the name of one variable, which hides no function: `if`, `and` and `date` are none. */
export function isFeelName(name: string): boolean {
  return onlyNode(name)?.name === 'VariableName' && !overloadsOf(name) && !callWords.has(name);
}

/** A place in a variable; undefined for a path that can lead to several. FEEL counts from 1. */
export function pathText(name: string, path = '$'): string | undefined {
  let text = name;
  for (const step of parseJsonPath(path) ?? []) {
    if (step.kind !== 'key') return undefined;
    if (/^\d+$/.test(step.key)) text = `${text}[${Number(step.key) + 1}]`;
    else text = /^[A-Za-z_][A-Za-z0-9_]*$/.test(step.key) && onlyNode(`a.${step.key}`)?.name === 'PathExpression' ? `${text}.${step.key}` : `get value(${text}, ${stringText(step.key)})`;
  }
  return text;
}

function onlyNode(text: string): { readonly name: string } | undefined {
  try {
    const [node] = childrenOf(parseFeel(text, 'expression'));
    return node && node.to - node.from === text.length ? node : undefined;
  } catch (error) {
    if (error instanceof FeelError) return undefined;
    throw error;
  }
}
