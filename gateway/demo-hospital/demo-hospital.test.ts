import { demoMedications } from './catalogue.ts';
import { demoActiveOrders, demoOrder } from './orders.ts';
import { demoPatients, patientIdOf, wristbandOf } from './patients.ts';

function hasCheckDigit(gtin: string): boolean {
  const digits = [...gtin].map(Number);
  return gtin.length === 14 && digits.reduce((sum, digit, index) => sum + digit * (index % 2 === 0 ? 3 : 1), 0) % 10 === 0;
}

describe('the demo hospital', () => {
  it('has forty patients with names, beds and wristbands of their own', () => {
    expect(demoPatients).toHaveLength(40);
    expect(new Set(demoPatients.map(({ name }) => name)).size).toBe(40);
    expect(new Set(demoPatients.map(wristbandOf)).size).toBe(40);
  });

  it('has bed 12: 78 years, immediate penicillin allergy, potassium 4.1', () => {
    expect(demoPatients.find((patient) => patientIdOf(patient) === 'P112')).toMatchObject({ ageYears: 78, potassiumMmolPerL: 4.1, allergies: [{ substance: 'penicillin', reactionClass: 'immediate' }] });
    expect(demoActiveOrders('2026-11-23T00:00:00.000Z').filter(({ patientId }) => patientId === 'P112').map(({ ingredient, frequency, dose }) => [ingredient, dose, frequency])).toEqual([['warfarin', 3, 'qd'], ['potassium-chloride', 20, 'q8h']]);
  });

  it('gives every product a GTIN of its own with a right check digit', () => {
    expect(demoMedications.filter(({ gtin }) => !hasCheckDigit(gtin))).toEqual([]);
    expect(new Set(demoMedications.map(({ gtin }) => gtin)).size).toBe(demoMedications.length);
  });

  it('knows no order of a product that the catalogue lacks', () => {
    expect(() => demoOrder({ ward: 'W1', bed: 1 }, 'X', 'NOPE', { dose: 1, doseUnit: 'mg', route: 'PO', frequency: 'qd', startAt: '2026-11-23T00:00:00.000Z' })).toThrow('Expected a product of the demo catalogue');
  });
});
