import type { Prisma } from '#database';
import { fhirIdOf, referenceTo, systems } from '../ids.ts';
import { metaOf } from '../masked.ts';
import type { ObservationResource } from '../resources.ts';

export type ObservationRow = Prisma.ObservationGetPayload<object>;

export const loinc = 'http://loinc.org';
const ucum = 'http://unitsofmeasure.org';

/** Whether a code has the form of LOINC's: a number and its check digit. The hospital's own do not. */
export function isLoinc(code: string): boolean {
  return /^\d{1,7}-\d$/.test(code);
}

/** R4 §10.1 Observation. Only results that count are kept: withdrawn ones are refused as they come. */
export function observationResource({ id, patientId, code, value, unit, observedAt, receivedAt }: ObservationRow): ObservationResource {
  const fhirId = fhirIdOf(id);
  return {
    resourceType: 'Observation',
    ...(fhirId === undefined ? {} : { id: fhirId }),
    ...metaOf({ lastUpdated: receivedAt }),
    status: 'final',
    code: { coding: [{ system: isLoinc(code) ? loinc : systems.observation, code }] },
    subject: referenceTo('Patient', patientId, systems.patient),
    effectiveDateTime: observedAt.toISOString(),
    issued: receivedAt.toISOString(),
    valueQuantity: { value, unit, system: ucum, code: unit },
  };
}
