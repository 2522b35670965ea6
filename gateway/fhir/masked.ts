import type { Coding, Extension, Meta } from './resources.ts';

/** What stands in the place of a value that the policy hides: it is there, and not told. R4, extension data-absent-reason. */
export const masked: readonly Extension[] = [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }];

/** Of a resource of which something is hidden. R4 §6.1.1, security labels; HL7 Terminology, ObservationValue. */
const redacted: Coding = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'REDACTED', display: 'redacted' };

/** `meta` with its security labels, empty where there is nothing to say. */
export function metaOf({ security = [], isRedacted = false, lastUpdated }: { readonly security?: readonly Coding[]; readonly isRedacted?: boolean; readonly lastUpdated?: Date }): { readonly meta?: Meta } {
  const labels = [...security, ...(isRedacted ? [redacted] : [])];
  if (labels.length === 0 && lastUpdated === undefined) return {};
  return { meta: { ...(lastUpdated === undefined ? {} : { lastUpdated: lastUpdated.toISOString() }), ...(labels.length === 0 ? {} : { security: labels }) } };
}
