import { fhirIdOf, keyOfFhirId, referenceTo, systems } from './ids.ts';

describe('ids of FHIR', () => {
  it.each(['P112', 'A-1', '1a2b.3', '10000000-0000-4000-8000-000000000000:t1', '住院1号', 'a b', '.2e', '..'])('lead back to the row %s', (key) => {
    const id = fhirIdOf(key);

    expect(id).toMatch(/^[A-Za-z0-9\-.]{1,64}$/);
    expect(keyOfFhirId(id ?? '')).toBe(key);
  });

  it.each(['', 'a_b', 'a:b', '.', '.zz', 'a.2', '.2E', '.41', '.00', '.ff', '%41', 'x'.repeat(65), '__proto__'])('that no row has are none: %s', (id) => {
    expect(keyOfFhirId(id)).toBeUndefined();
  });

  it('leaves out what would be too long, and names it by its identifier', () => {
    const key = '号'.repeat(30);

    expect(fhirIdOf(key)).toBeUndefined();
    expect(referenceTo('Patient', key, systems.patient)).toEqual({ type: 'Patient', identifier: { system: systems.patient, value: key } });
    expect(referenceTo('Patient', 'P1', systems.patient)).toEqual({ reference: 'Patient/P1' });
  });
});
