import { FhirRefusal } from './refusal.ts';

/** What the door sends. R4 §3.1.0.1.9. */
export const fhirJson = 'application/fhir+json';

const jsonNames = [fhirJson, 'application/json', 'json', 'text/json'];

/** Refuses with 406 who takes no FHIR R4 in JSON: by `_format` where it is there, else by `Accept`. */
export function requireJson(accept: string | undefined, format: string | undefined): void {
  const refusal = new FhirRefusal(406, 'not-supported', `Expected a client that takes ${fhirJson} of FHIR 4.0, but it takes something else`);
  if (format !== undefined) {
    // A plus sign that was not encoded has become a space.
    if (!isJson(format.replace(' ', '+'))) throw refusal;
    return;
  }
  if (accept === undefined || accept.trim() === '') return;
  if (!accept.split(',').some((range) => isJson(range) || /^\s*(?:\*\/\*|application\/\*)\s*(?:;(?!\s*q=0(?:\.0*)?\s*$)[^]*)?$/i.test(range))) throw refusal;
}

function isJson(range: string): boolean {
  const [type = '', ...parameters] = range.trim().toLowerCase().split(';').map((part) => part.trim());
  const isRefused = parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter) || (parameter.startsWith('fhirversion=') && !/^fhirversion="?4\.0(?:\.1)?"?$/.test(parameter)));
  return jsonNames.includes(type) && !isRefused;
}

/** Whether the client wants to be refused rather than misunderstood. R4 §3.1.1.1, RFC 7240. */
export function isStrict(prefer: string | undefined): boolean {
  return (prefer ?? '').split(',').some((preference) => /^\s*handling\s*=\s*"?strict"?\s*(?:;[^]*)?$/i.test(preference));
}
