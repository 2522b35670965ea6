import { clinicalOrderSchema, type ClinicalOrder } from '#activities';
import { demoMedications } from './catalogue.ts';
import { encounterIdOf, patientIdOf, type DemoPatient } from './patients.ts';

type Place = Pick<DemoPatient, 'ward' | 'bed'>;

/** An order of a demo patient, valid as the process variable `order`. Throws for a code that the catalogue lacks. */
export function demoOrder(place: Place, number: string, medicationCode: string, order: Pick<ClinicalOrder, 'dose' | 'doseUnit' | 'route' | 'frequency' | 'startAt'> & Partial<ClinicalOrder>): ClinicalOrder {
  const medication = demoMedications.find(({ code }) => code === medicationCode);
  if (!medication) throw new Error(`Expected a product of the demo catalogue, but ${medicationCode} is none`);
  return clinicalOrderSchema.parse({
    orderId: number,
    patientId: patientIdOf(place),
    encounterId: encounterIdOf(place),
    ward: place.ward,
    medicationCode,
    ingredient: medication.ingredient,
    groups: medication.groups,
    orderType: 'long-term',
    priority: 'routine',
    orderedBy: 'D001',
    ...order,
  });
}

/** Numbers of the orders that run as processes from the start; the others only stand in the patients' charts. */
export const demoLoopOrders: readonly string[] = ['DEMO-W1-12-2'];

/**
 * Orders that are under way when the demo hospital opens; `startedAt` is their start. Bed 12 is on warfarin
 * and has a KCl infusion of 40 mmol/L.
 */
export function demoActiveOrders(startedAt: string): readonly ClinicalOrder[] {
  const daily = (place: Place, number: string, code: string, dose: number, doseUnit: string, frequency = 'qd') => demoOrder(place, number, code, { dose, doseUnit, frequency, route: 'PO', startAt: startedAt });
  const w1 = (bed: number): Place => ({ ward: 'W1', bed });
  const w2 = (bed: number): Place => ({ ward: 'W2', bed });
  return [
    daily(w1(12), 'DEMO-W1-12-1', 'WAR3', 3, 'mg'),
    demoOrder(w1(12), 'DEMO-W1-12-2', 'KCL10', { dose: 20, doseUnit: 'mmol', route: 'IV', frequency: 'q8h', startAt: startedAt, infusion: { volumeMl: 500, concentrationMmolPerL: 40, rateMlPerHour: 250, line: 'peripheral' } }),
    daily(w1(13), 'DEMO-W1-13-1', 'MET25', 25, 'mg', 'bid'),
    daily(w1(13), 'DEMO-W1-13-2', 'ATO20', 20, 'mg', 'qn'),
    daily(w1(4), 'DEMO-W1-04-1', 'AML5', 5, 'mg'),
    daily(w1(6), 'DEMO-W1-06-1', 'PER4', 4, 'mg'),
    daily(w1(9), 'DEMO-W1-09-1', 'DIG025', 0.125, 'mg'),
    daily(w1(17), 'DEMO-W1-17-1', 'SPI20', 20, 'mg'),
    daily(w2(2), 'DEMO-W2-02-1', 'AMB30', 30, 'mg', 'tid'),
    daily(w2(7), 'DEMO-W2-07-1', 'LVX500', 500, 'mg'),
    daily(w2(11), 'DEMO-W2-11-1', 'PAN40', 40, 'mg'),
  ];
}
