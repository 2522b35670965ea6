import { literalPattern } from '#database';
import { keyOfFhirId } from '../ids.ts';
import { badParameter } from '../refusal.ts';
import type { ResourceType } from '../resources.ts';
import { split, unescaped } from './read-parameters.ts';

/** `[system]|[code]`, R4 §3.1.1.4.10. No `system`: any; an empty one: a code without one. No `code`: any of the system. */
export interface TokenValue {
  readonly system?: string;
  readonly code?: string;
}

export function readToken(name: string, text: string): TokenValue {
  const [first = '', second, ...rest] = split(text, '|').map(unescaped);
  if (rest.length > 0 || (first === '' && (second ?? '') === '')) throw badParameter(name, `Expected system|code or a code in ${name}, but it is neither`);
  return second === undefined ? { code: first } : { system: first, ...(second === '' ? {} : { code: second }) };
}

/**
 * The conditions of one token: of each of the systems that it may mean. Here every code has a system, so that `|code` finds nothing.
 * `code` undefined: any of the system.
 */
export function tokenConditions<Condition>({ system, code }: TokenValue, bySystem: Readonly<Record<string, (code: string | undefined) => Condition | undefined>>): readonly Condition[] {
  return Object.entries(bySystem).flatMap(([each, condition]) => (system === undefined || system === each ? (condition(code) ?? []) : []));
}

/**
 * The key of the row that a reference to a resource of the type names: `id`, `Type/id` or the whole address. Undefined for one to
 * another type, another server, or what no row can have. R4 §3.1.1.4.11.
 */
export function readReference(text: string, type: ResourceType, base: string): string | undefined {
  const plain = unescaped(text);
  const local = plain.startsWith(`${base}/`) ? plain.slice(base.length + 1) : plain;
  const id = local.startsWith(`${type}/`) ? local.slice(type.length + 1) : local;
  return keyOfFhirId(id);
}

/** How a text is compared, by the modifier. R4 §3.1.1.4.8: by default the beginning, whatever the case of letters. */
export function textFilter(text: string, modifier: string | undefined): { readonly equals: string } | { readonly contains: string; readonly mode: 'insensitive' } | { readonly startsWith: string; readonly mode: 'insensitive' } {
  const plain = unescaped(text);
  if (modifier === 'exact') return { equals: plain };
  const pattern = literalPattern(plain);
  return modifier === 'contains' ? { contains: pattern, mode: 'insensitive' } : { startsWith: pattern, mode: 'insensitive' };
}
