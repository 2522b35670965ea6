import type { Prisma } from '#database';
import { fhirIdOf, referenceTo, systems } from '../ids.ts';
import type { CodeableConcept, Coding, EncounterResource } from '../resources.ts';

export type EncounterRow = Prisma.EncounterGetPayload<object>;

/** HL7 Terminology, ActCode: every stay here is one of an inpatient. */
export const inpatient: Coding = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP', display: 'inpatient encounter' };

/** HL7 Terminology, location-physical-type. */
export const physicalType = (code: 'wa' | 'bd', display: string): CodeableConcept => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/location-physical-type', code, display }] });

/** R4 §8.11 Encounter: a stay in hospital with its ward and bed. A bed has no resource of its own. */
export function encounterResource({ id, patientId, wardId, bed, admittedAt, endedAt, wristband }: EncounterRow, wardName: string | undefined): EncounterResource {
  const fhirId = fhirIdOf(id);
  const status = endedAt === null ? 'active' : 'completed';
  return {
    resourceType: 'Encounter',
    ...(fhirId === undefined ? {} : { id: fhirId }),
    identifier: [{ system: systems.encounter, value: id }, { system: systems.wristband, value: wristband }],
    status: endedAt === null ? 'in-progress' : 'finished',
    class: inpatient,
    subject: referenceTo('Patient', patientId, systems.patient),
    period: { start: admittedAt.toISOString(), ...(endedAt === null ? {} : { end: endedAt.toISOString() }) },
    location: [
      { location: referenceTo('Location', wardId, systems.ward, wardName), status, physicalType: physicalType('wa', 'Ward') },
      { location: { display: bed }, status, physicalType: physicalType('bd', 'Bed') },
    ],
  };
}
