import { unstorable } from '../../unstorable-text.ts';
import { badParameter, FhirRefusal } from '../refusal.ts';

/** One parameter as it was sent: its name without the modifier, and the values of which one has to match. R4 §3.1.1.4. */
export interface SentParameter {
  readonly name: string;
  readonly modifier?: string;
  /** Split at commas; escapes are still in them, so that `|` and `$` can be told from their escapes. */
  readonly values: readonly string[];
  /** As it was sent, without percent-encoding. */
  readonly text: string;
}

const most = { parameters: 40, values: 100, characters: 4_000 } as const;

/**
 * Reads a query or a form (application/x-www-form-urlencoded). Refuses with 400: what is no such form or no UTF-8, text that the database does
 * not keep, a parameter without a value, and more than 40 parameters, 100 values or 4,000 characters.
 */
export function readParameters(text: string): readonly SentParameter[] {
  const parts = text.split('&').filter((part) => part !== '');
  if (parts.length > most.parameters) throw new FhirRefusal(400, 'too-long', `Expected at most ${most.parameters} parameters, but there are more`);
  return parts.map((part) => {
    const at = part.indexOf('=');
    const [key, value] = [decoded(at < 0 ? part : part.slice(0, at)), at < 0 ? '' : decoded(part.slice(at + 1))];
    const [name = '', modifier, ...rest] = key.split(':');
    // What stands in the name of a parameter is told to nobody again unless it has the form of one.
    if (!/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/.test(name) || rest.length > 0 || (modifier !== undefined && !/^[A-Za-z-]{1,32}$/.test(modifier))) throw new FhirRefusal(400, 'invalid', 'Expected names of parameters as FHIR has them, but one is not');
    if (value === '') throw badParameter(name, `Expected a value of ${name}, but it is empty`);
    if (value.length > most.characters) throw badParameter(name, `Expected at most ${most.characters} characters in ${name}, but there are more`, 'too-long');
    const values = split(value, ',');
    if (values.length > most.values) throw badParameter(name, `Expected at most ${most.values} values of ${name}, but there are more`, 'too-long');
    if (values.includes('')) throw badParameter(name, `Expected values between the commas of ${name}, but one is empty`);
    return { name, ...(modifier === undefined ? {} : { modifier }), values, text: value };
  });
}

/** Splits at a separator that no backslash escapes; the parts keep their escapes. R4 §3.1.1.4.0.1. */
export function split(text: string, separator: ',' | '|'): readonly string[] {
  const parts = [''];
  for (const [one] of text.matchAll(/\\.|[^]/gu)) {
    if (one === separator) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${one}`);
  }
  return parts;
}

/** A value without its escapes. */
export function unescaped(text: string): string {
  return text.replace(/\\([\\,|$])/g, '$1');
}

function decoded(text: string): string {
  let value: string;
  try {
    value = decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new FhirRefusal(400, 'invalid', 'Expected percent-encoded UTF-8, but it cannot be read');
  }
  if (unstorable(value) !== undefined) throw new FhirRefusal(400, 'invalid', 'Expected text without the character NUL and halves of characters, but found one');
  return value;
}
