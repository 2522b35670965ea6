import type { Prisma } from '#database';
import { fhirIdOf, referenceTo, systems } from '../ids.ts';
import type { AllergyIntoleranceResource, CodeableConcept, Coding } from '../resources.ts';

export type AllergyRow = Prisma.AllergyIntoleranceGetPayload<object>;

/** The value set of what "nothing is known" is coded with. R4 §9.1.3, no known allergies. */
export const noKnownAllergy: Coding = { system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' };

export const active: Coding = { system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active', display: 'Active' };

/** Begins ids of which no row's id, as it is written, can be one: `.-` is no escape. */
const noneKnownPrefix = 'none-known.-';

/**
 * What the classes of reaction mean. The rules stop a drug of an immediate or severe class, so that both are `high`; how severe an
 * immediate reaction was is not kept.
 */
const classes: Readonly<Record<string, { readonly criticality: 'low' | 'high'; readonly severity?: 'mild' | 'severe'; readonly text: string }>> = {
  immediate: { criticality: 'high', text: 'Immediate reaction' },
  'delayed-mild': { criticality: 'low', severity: 'mild', text: 'Delayed mild reaction' },
  'severe-cutaneous': { criticality: 'high', severity: 'severe', text: 'Severe cutaneous reaction' },
};

/** The classes of reaction of a criticality. */
export function classesOf(criticality: string): readonly string[] {
  return Object.keys(classes).filter((each) => classes[each]?.criticality === criticality);
}

const clinicalStatus: CodeableConcept = { coding: [active] };

/** R4 §9.1 AllergyIntolerance. The substance is the hospital's own code: a drug group or an ingredient. */
export function allergyResource({ id, patientId, substance, reactionClass, recordedAt }: AllergyRow): AllergyIntoleranceResource {
  const fhirId = fhirIdOf(id);
  const known = Object.hasOwn(classes, reactionClass) ? classes[reactionClass] : undefined;
  const manifestation: CodeableConcept = { coding: [{ system: systems.reactionClass, code: reactionClass }], text: known?.text ?? reactionClass };
  return {
    resourceType: 'AllergyIntolerance',
    ...(fhirId === undefined ? {} : { id: fhirId }),
    clinicalStatus,
    type: 'allergy',
    category: ['medication'],
    ...(known === undefined ? {} : { criticality: known.criticality }),
    code: { coding: [{ system: systems.substance, code: substance }], text: substance },
    patient: referenceTo('Patient', patientId, systems.patient),
    recordedDate: recordedAt.toISOString(),
    reaction: [{ manifestation: [manifestation], ...(known?.severity === undefined ? {} : { severity: known.severity }) }],
  };
}

/** That a patient was asked and knows of none: said, since an empty answer would also be that of a patient who was not asked. */
export function noneKnownResource(patientId: string): AllergyIntoleranceResource {
  const patient = fhirIdOf(patientId);
  const id = patient === undefined ? undefined : `${noneKnownPrefix}${patient}`;
  return {
    resourceType: 'AllergyIntolerance',
    ...(id === undefined || id.length > 64 ? {} : { id }),
    clinicalStatus,
    code: { coding: [noKnownAllergy], text: 'No known allergy' },
    patient: referenceTo('Patient', patientId, systems.patient),
  };
}

/** The FHIR id of the patient that such a resource's id names. */
export function patientOfNoneKnown(id: string): string | undefined {
  return id.startsWith(noneKnownPrefix) ? id.slice(noneKnownPrefix.length) : undefined;
}
