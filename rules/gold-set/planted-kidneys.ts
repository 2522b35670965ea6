import { compose, order, type Person } from './compose.ts';
import { inTurn, planter, type PlantedTemplate } from './planted-case.ts';

const plant = planter('kidney', 'R-DOSE renal rule');

/**
 * A man of 60 years, 64 kg and 170 cm whose creatinine gives this Cockcroft-Gault clearance:
 * (140 − 60) × 64 / (72 × creatinine in mg/dL), the actual weight being below the ideal one.
 */
export function withClearance(mlPerMin: number): Person {
  return { years: 60, gender: 'male', kg: 64, cm: 170, creatinine: Math.round((80 * 64 * 88.4 * 10) / (72 * mlPerMin)) / 10, weighed: 30 };
}
/** The patient of scenario O3: 78 years, female, 50 kg, 158 cm, creatinine 141 µmol/L: 22.9 mL/min. */
const o3: Person = { years: 78, gender: 'female', kg: 50, cm: 158, creatinine: 141 };
const infused = { infusion: { volumeMl: 250, rateMlPerHour: 125, line: 'peripheral' as const } };

/** Errors against the kidney's function. */
export const plantedKidneys: readonly PlantedTemplate[] = [
  plant('ibuprofen', 'major', 'ibuprofen, clearance below 30', 1, (r, i) => compose(r, withClearance(inTurn([29, 15], i)), order('IBU300', 300, 'mg', 'PO', 'bid'))),
  plant('amoxicillin', 'major', 'amoxicillin, 10–30: at most 1 g q12h, no 875 mg; below 10: 250–500 mg q12–24h', 3, (r, i) => compose(r, { ...withClearance(inTurn([20, 24, 8], i)), skinTest: [0, 20] }, inTurn([order('AMX875', 875, 'mg', 'PO', 'bid'), order('AMX500', 500, 'mg', 'PO', 'q8h'), order('AMX500', 500, 'mg', 'PO', 'tid')], i))),
  plant('acyclovir', 'major', 'acyclovir, 25–50 q12h; 10–24.5 q24h; below 10: 5 mg/kg q24h', 3, (r, i) => compose(r, withClearance(inTurn([49, 30, 18, 7], i)), order('ACV250', inTurn([600, 500, 500, 600], i), 'mg', 'IV', inTurn(['q8h', 'q8h', 'q12h', 'qd'], i)))),
  plant('allopurinol', 'major', 'allopurinol, 10–20: 200 mg; 3–10: 100 mg a day', 2, (r, i) => compose(r, withClearance(inTurn([15, 8], i)), order('ALL100', inTurn([300, 200], i), 'mg', 'PO', 'qd'))),
  plant('ceftriaxone', 'major', 'ceftriaxone, below 10: 2 g a day', 1, (r) => compose(r, withClearance(8), order('CRO1', 2, 'g', 'IV', 'q12h'))),
  plant('levofloxacin', 'major', 'levofloxacin, 20–49: 750 mg q48h; 10–19: 500 mg q48h', 3, (r, i) => compose(r, withClearance(inTurn([45, 25, 15], i)), order('LVX500', inTurn([750, 500, 500], i), 'mg', 'PO', 'qd'))),
  plant('meropenem', 'major', 'meropenem, 26–50 q12h; 10–25 half q12h; below 10 half q24h', 4, (r, i) => compose(r, withClearance(inTurn([50, 40, 20, 7], i)), inTurn([order('MEM1', 1, 'g', 'IV', 'q8h'), order('MEM1', 2, 'g', 'IV', 'q8h'), order('MEM1', 1, 'g', 'IV', 'q12h'), order('MEM1', 500, 'mg', 'IV', 'q12h')], i))),
  plant('vancomycin', 'major', 'vancomycin, below 50: monitoring required', 1, (r, i) => compose(r, withClearance(inTurn([45, 20], i)), order('VAN500', 1, 'g', 'IV', 'q12h', infused))),
  plant('gentamicin', 'major', 'gentamicin, 40–59 q36h; 20–39 q48h; below 20 by level', 3, (r, i) => compose(r, withClearance(inTurn([55, 30, 38, 15], i)), order('GEN80', 320, 'mg', 'IV', inTurn(['qd', 'qd', 'q12h', 'qod'], i)))),
  plant('enoxaparin-treatment', 'major', 'enoxaparin, below 30: 1 mg/kg q24h', 3, (r, i) => compose(r, inTurn([o3, withClearance(29), withClearance(15)], i), order('ENO40', inTurn([50, 60, 60], i), 'mg', 'SC', 'q12h'))),
  plant('enoxaparin-prophylaxis', 'major', 'enoxaparin, below 30: prophylaxis 20–30 mg a day', 2, (r, i) => compose(r, inTurn([withClearance(22), withClearance(28)], i), order('ENO40', 40, 'mg', 'SC', 'qd'))),
  plant('metformin-contraindicated', 'HARD', 'metformin, eGFR below 45 (label 2020)', 3, (r, i) => compose(r, { ...withClearance(inTurn([42, 38, 28], i)), egfr: inTurn([44, 38, 27], i) }, order('MTF500', 500, 'mg', 'PO', 'bid'))),
  plant('metformin-reduce', 'major', 'metformin, eGFR 45–59 (label 2020)', 2, (r, i) => compose(r, { ...withClearance(55), egfr: inTurn([45, 59], i) }, order('MTF500', 1, 'g', 'PO', 'bid'))),
  plant('digoxin', 'major', 'digoxin, below 50: 0.125 mg', 1, (r, i) => compose(r, withClearance(inTurn([48, 30], i)), order('DIG025', 0.25, 'mg', 'PO', 'qd'))),
  plant('kcl', 'major', 'KCl, clearance below 30', 1, (r, i) => compose(r, { ...withClearance(inTurn([28, 12], i)), potassium: 4.2 }, order('KCL10', 20, 'mmol', 'IV', 'qd', { infusion: { volumeMl: 500, rateMlPerHour: 100, line: 'peripheral' } }))),
  plant('methotrexate', 'HARD', 'methotrexate, below 30', 1, (r, i) => compose(r, withClearance(inTurn([29, 18], i)), order('MTX25', 10, 'mg', 'PO', 'qw'))),
  plant('morphine', 'major', 'morphine, below 30', 1, (r, i) => compose(r, withClearance(inTurn([29, 12], i)), order('MOR10', 5, 'mg', 'IV', 'once'))),
  plant('clearance-refused', 'ask', 'clearance refused: creatinine unstable, too old or dialysis', 3, (r, i) =>
    compose(r, { ...withClearance(80), ...inTurn([{ creatinine: 150, creatinineBefore: 80 }, { creatinineTaken: 190 }, { dialysis: 1 as const }, { creatinine: false as const }], i) }, inTurn([order('ENO40', 60, 'mg', 'SC', 'q12h'), order('VAN500', 1, 'g', 'IV', 'q12h', infused), order('MEM1', 1, 'g', 'IV', 'q8h'), order('GEN80', 320, 'mg', 'IV', 'qd')], i))),
  plant('dabigatran', 'HARD', 'dabigatran, below 30 (general pharmacology)', 1, (r, i) => compose(r, withClearance(inTurn([29, 16], i)), order('DAB110', 110, 'mg', 'PO', 'bid'))),
];
