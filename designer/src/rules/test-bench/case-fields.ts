import { comparisonsOf, type RuleInput, type RuleSetDocument } from '#rules';
import { parseTyped } from '../../operate/variable-rows.ts';

/** How the value of an input is entered. */
export type FieldKind = 'number' | 'boolean' | 'text' | 'list' | 'date' | 'dateTime' | 'json';

/** What stands in a field: text, or the items of a list. An empty text means no data; an empty list is a list without items. */
export type Entry = string | readonly string[];

/** What a field says. */
export type FieldValue = { readonly kind: 'missing' } | { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'invalid' };

const kinds: Readonly<Record<RuleInput['type'], FieldKind>> = { number: 'number', boolean: 'boolean', string: 'text', list: 'list', date: 'date', dateTime: 'dateTime', object: 'json', any: 'json' };

/** The kind of field for an input; a value that is there in another form is entered as JSON, so that it is shown as it is. */
export function fieldKind(type: RuleInput['type'] | undefined, value: unknown): FieldKind {
  const kind = type === undefined ? 'json' : kinds[type];
  return value === undefined || value === null || fits(kind, value) ? kind : 'json';
}

function fits(kind: FieldKind, value: unknown): boolean {
  switch (kind) {
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
      // An empty text is a value, and an empty field is none.
      return typeof value === 'string' && value !== '';
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
    case 'dateTime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    case 'json':
      return true;
  }
}

/** What the field of a value shows. */
export function entryOf(kind: FieldKind, value: unknown): Entry {
  if (value === undefined || value === null) return '';
  if (kind === 'list') return value as readonly string[];
  if (kind === 'json') return JSON.stringify(value);
  return kind === 'dateTime' ? localEntry(String(value)) : String(value);
}

/** `2026-11-23T16:00:05` on the person's clock, as date fields want it. */
export function localEntry(instant: string): string {
  const at = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** What was entered in a field, as JSON. */
export function readEntry(kind: FieldKind, entry: Entry): FieldValue {
  if (typeof entry !== 'string') return { kind: 'value', value: [...entry] };
  const text = entry.trim();
  if (text === '') return { kind: 'missing' };
  if (kind === 'json') return parse(text);
  const parsed = parseTyped(kind === 'text' ? 'string' : kind, text);
  return 'value' in parsed ? { kind: 'value', value: parsed.value } : { kind: 'invalid' };
}

function parse(text: string): FieldValue {
  try {
    return { kind: 'value', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'invalid' };
  }
}

/** The texts that rules compare an input with, and those that it declares: what is likely to be entered. */
export function suggestionsOf(document: RuleSetDocument): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const add = (fact: string, value: unknown): void => {
    for (const each of Array.isArray(value) ? value : [value]) if (typeof each === 'string') found.set(fact, (found.get(fact) ?? new Set()).add(each));
  };
  for (const { name, allowedValues } of document.inputs) add(name, allowedValues ?? []);
  for (const rule of document.rules) for (const { fact, operator, value } of comparisonsOf(rule.conditions, document.conditions)) if (operator !== 'satisfies') add(fact, value);
  return new Map([...found].map(([fact, values]) => [fact, [...values]]));
}
