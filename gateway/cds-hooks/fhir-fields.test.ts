import { describe, expect, it } from '@jest/globals';
import { readAllergy, readMedicationRequest, readObservation } from './fhir-fields.ts';
import { hookRequestSchema, prefetchedResources } from './hook-request.ts';

const warfarin = { resourceType: 'MedicationRequest', medicationCodeableConcept: { text: 'Warfarin 3 mg' } };

describe('an order of which something cannot be read', () => {
  it.each<[string, object]>([
    ['a dose beyond all numbers', { dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: JSON.parse('1e400') as number, unit: 'mg' } }] }] }],
    ['a dose as a text', { dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: '3', unit: 'mg' } }] }] }],
    ['a dosage as a text', { dosageInstruction: 'one a day' }],
    ['a dosage that is nothing', { dosageInstruction: [null] }],
    ['an id as a number', { id: 7 }],
    ['a status as a list', { status: ['draft'] }],
  ])('stays an order, without it: %s', (_what, broken) => {
    const order = readMedicationRequest({ ...warfarin, ...broken });

    expect(order).toMatchObject({ description: 'Warfarin 3 mg' });
    expect(order).not.toHaveProperty('dose');
  });

  it('stays an order whose drug nobody knows: a concept as a text, a name of 3 MB', () => {
    for (const concept of ['Warfarin', { text: 'x'.repeat(3_000_000) }, { coding: 'x' }]) {
      expect(readMedicationRequest({ ...warfarin, medicationCodeableConcept: concept })).toMatchObject({ description: '', codings: [] });
    }
  });

  it('keeps the readable codings beside one that is not', () => {
    expect(readMedicationRequest({ ...warfarin, medicationCodeableConcept: { coding: [null, { display: 'Warfarin' }] } })).toMatchObject({ description: 'Warfarin' });
  });
});

describe('an allergy of which something cannot be read', () => {
  it.each<[string, object, string]>([
    ['its category as a text', { category: 'medication', code: { text: 'penicillin' } }, 'penicillin'],
    ['what it is to', { code: 7 }, ''],
  ])('stays an allergy: %s', (_what, fields, description) => {
    expect(readAllergy({ resourceType: 'AllergyIntolerance', ...fields })).toMatchObject({ description, isNone: false });
  });
});

it('takes no value from an observation without a number or a time', () => {
  const potassium = { resourceType: 'Observation', code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] }, valueQuantity: { value: 4.1, unit: 'mmol/L' }, effectiveDateTime: '2026-11-23T08:00:00Z' };

  expect(readObservation(potassium)).toMatchObject({ value: 4.1 });
  for (const broken of [{ valueQuantity: { value: JSON.parse('1e400') as number, unit: 'mmol/L' } }, { effectiveDateTime: 8 }, { effectiveDateTime: 'yesterday' }, { code: null }]) {
    expect(readObservation({ ...potassium, ...broken })).toBeUndefined();
  }
});

describe('a prefetched bundle', () => {
  const asked = (medications: object) => hookRequestSchema.safeParse({ hook: 'order-sign', hookInstance: 'i', context: { patientId: 'X' }, prefetch: { medications } });

  it('is read whole', () => {
    const read = asked({ resourceType: 'Bundle', entry: [{ resource: warfarin }, { fullUrl: 'urn:x' }] });

    expect(read.success && prefetchedResources(read.data)).toEqual([warfarin]);
  });

  it.each<[string, object]>([
    ['with an entry that is no resource', { resourceType: 'Bundle', entry: [{ resource: warfarin }, { resource: {} }] }],
    ['with entries that are no list', { resourceType: 'Bundle', entry: {} }],
    ['with more entries than are read', { resourceType: 'Bundle', entry: Array.from({ length: 2_001 }, () => ({ resource: warfarin })) }],
  ])('is refused with its place when it cannot be: %s', (_what, bundle) => {
    expect(asked(bundle).error?.issues.map(({ path }) => path.join('.'))).toEqual(['prefetch.medications']);
  });
});
