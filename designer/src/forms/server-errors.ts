import type { Refusal } from '../graphql/command.ts';

/** A refusal as rjsf shows it at a field: nested by the path in `place` (`data.reason`, `/reason`, `reason`). */
export interface FieldErrors {
  readonly [field: string]: FieldErrors | readonly string[] | undefined;
  readonly __errors?: readonly string[];
}

/** The fields of `place`, without the envelope's own name. */
export function fieldPath(place: string): readonly string[] {
  const parts = place.split(/[./[\]]+/).filter((part) => part !== '');
  return parts[0] === 'data' || parts[0] === 'input' ? parts.slice(1) : parts;
}

/** Puts a server's refusal at its field when the form has that field; otherwise there is none to put it at. */
export function errorsAtField(refusal: Refusal, fields: readonly string[]): FieldErrors | undefined {
  const path = refusal.place === undefined ? [] : fieldPath(refusal.place);
  const [first] = path;
  if (first === undefined || !fields.includes(first)) return undefined;
  return path.reduceRight<FieldErrors>((inner, field) => ({ [field]: inner }), { __errors: [refusal.message] });
}
