import { maximumVariableBytes, type Json, type Variables } from '#engine';
import { ValidationError } from './expected-errors.ts';

/**
 * The variables of an input: an object whose values are each small enough; larger things are attachments.
 * Throws a ValidationError with the variable as `place`. Fails: INPUT_INVALID, VARIABLE_TOO_LARGE.
 */
export function variablesOf(value: Json | undefined, place: string): Variables {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ValidationError({ code: 'INPUT_INVALID', place, detail: `Expected an object in ${place}, but got something else` });
  // Json without null, lists and plain values is an object of Json.
  const variables = value as Variables;
  for (const [name, variable] of Object.entries(variables)) {
    const bytes = Buffer.byteLength(JSON.stringify(variable));
    if (bytes > maximumVariableBytes) throw new ValidationError({ code: 'VARIABLE_TOO_LARGE', place: name.slice(0, 64), detail: `Expected a variable of at most ${maximumVariableBytes} bytes, but got ${bytes}` });
  }
  return variables;
}
