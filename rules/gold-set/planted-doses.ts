import { compose, order, type Person } from './compose.ts';
import type { GoldContext, GoldOrder } from './gold-case.ts';
import { inTurn, planter, type PlantedTemplate } from './planted-case.ts';
import type { Random } from './random.ts';

const plant = planter('dose', 'R-DOSE');
/** An adult with good kidneys, so that only the dose speaks. */
const adult = (r: Random): Person => ({ years: r.between(22, 60), creatinine: r.between(50, 72) });
const given = (r: Random, ordered: GoldOrder, person: Person = adult(r), active: readonly GoldOrder[] = []): GoldContext => compose(r, person, ordered, active);
const child = (years: number, kg: number): Person => ({ years, kg, weighed: 20 });
const peripheral = (volumeMl: number, rateMlPerHour: number): Partial<GoldOrder> => ({ infusion: { volumeMl, rateMlPerHour, line: 'peripheral' } });
const central = (volumeMl: number, rateMlPerHour: number): Partial<GoldOrder> => ({ infusion: { volumeMl, rateMlPerHour, line: 'central' } });

/** Errors of R-DOSE: adult maxima, doses by weight, infusions, ages. */
export const plantedDoses: readonly PlantedTemplate[] = [
  plant('paracetamol-adult', 'HARD', 'paracetamol: 1 g, 4 g a day', 3, (r, i) => given(r, inTurn([order('PAR500', 1, 'g', 'PO', 'q4h'), order('PAR500', 1500, 'mg', 'PO', 'once'), order('PAR500', 3, '{tbl}', 'PO', 'bid')], i))),
  plant('paracetamol-two-orders', 'HARD', 'paracetamol: the daily sum counts', 1, (r) => given(r, order('PAR500', 1, 'g', 'PO', 'q8h'), adult(r), [order('PAR500', 1, 'g', 'PO', 'bid')])),
  plant('paracetamol-soft', 'minor', 'paracetamol: soft limit 2 g a day', 1, (r, i) => given(r, order('PAR500', inTurn([750, 1000], i), 'mg', 'PO', 'tid'))),
  plant('paracetamol-child', 'HARD', 'paracetamol: 15 mg/kg, 75 mg/kg a day', 4, (r, i) => compose(r, inTurn([child(6, 20), child(3, 14), child(8, 26), child(2, 12)], i), inTurn([order('PAR500', 400, 'mg', 'PO', 'tid'), order('PAR500', 210, 'mg', 'PO', 'q4h'), order('PAR500', 500, 'mg', 'PO', 'once'), order('PAR500', 180, 'mg', 'PO', 'q4h')], i))),
  plant('ibuprofen-adult', 'HARD', 'ibuprofen: 800 mg, 3200 mg a day', 2, (r, i) => given(r, inTurn([order('IBU200', 1, 'g', 'PO', 'bid'), order('IBU300', 600, 'mg', 'PO', 'q4h')], i))),
  plant('ibuprofen-child', 'HARD', 'ibuprofen: 10 mg/kg, 40 mg/kg a day', 2, (r, i) => compose(r, inTurn([child(4, 16), child(7, 24), child(10, 32)], i), inTurn([order('IBU200', 240, 'mg', 'PO', 'tid'), order('IBU200', 300, 'mg', 'PO', 'q8h'), order('IBU200', 320, 'mg', 'PO', 'q4h')], i))),
  plant('ibuprofen-otc', 'minor', 'ibuprofen: over the counter 1200 mg', 1, (r) => given(r, order('IBU200', 400, 'mg', 'PO', 'qid'))),
  plant('aspirin-daily', 'HARD', 'aspirin: 3 g a day as analgesic', 1, (r) => given(r, order('ASP500', 1, 'g', 'PO', 'qid'))),
  plant('aspirin-child', 'major', 'aspirin under 16 years', 2, (r, i) => compose(r, inTurn([child(8, 26), child(15, 50)], i), order('ASP100', 100, 'mg', 'PO', 'qd'))),
  plant('amoxicillin-adult', 'HARD', 'amoxicillin: 875 mg, 1750 mg a day', 2, (r, i) => given(r, inTurn([order('AMX500', 1, 'g', 'PO', 'tid'), order('AMX500', 500, 'mg', 'PO', 'qid')], i), { ...adult(r), skinTest: [0, 20] })),
  plant('amoxicillin-child', 'HARD', 'amoxicillin: 90 mg/kg a day', 2, (r, i) => compose(r, { ...inTurn([child(2, 12), child(1, 10)], i), skinTest: [0, 20] }, inTurn([order('AMXSUS', 400, 'mg', 'PO', 'tid'), order('AMXSUS', 500, 'mg', 'PO', 'bid')], i))),
  plant('acyclovir', 'HARD', 'acyclovir: 10 mg/kg', 1, (r) => given(r, order('ACV250', 900, 'mg', 'IV', 'q8h'), { ...adult(r), kg: 60, gender: 'male', cm: 172 })),
  plant('acyclovir-obese', 'HARD', 'acyclovir: ideal weight over BMI 30', 2, (r, i) => given(r, order('ACV250', inTurn([1000, 950], i), 'mg', 'IV', 'q8h'), { ...adult(r), gender: 'male', kg: 105, cm: 170 })),
  plant('allopurinol', 'HARD', 'allopurinol: 300 mg, 800 mg a day', 2, (r, i) => given(r, inTurn([order('ALL100', 400, 'mg', 'PO', 'qd'), order('ALL100', 300, 'mg', 'PO', 'tid')], i))),
  plant('ceftriaxone', 'HARD', 'ceftriaxone: 2 g, 4 g a day', 2, (r, i) => given(r, inTurn([order('CRO1', 3, 'g', 'IV', 'qd'), order('CRO1', 2, 'g', 'IV', 'q8h')], i))),
  plant('ceftriaxone-child', 'HARD', 'ceftriaxone: 100 mg/kg a day', 1, (r) => compose(r, child(5, 18), order('CRO1', 1, 'g', 'IV', 'q12h'))),
  plant('levofloxacin', 'HARD', 'levofloxacin: 750 mg a day', 2, (r, i) => given(r, inTurn([order('LVX500', 1, 'g', 'PO', 'qd'), order('LVX500', 500, 'mg', 'PO', 'bid')], i))),
  plant('levofloxacin-child', 'major', 'levofloxacin under 18 years', 1, (r) => compose(r, child(r.between(10, 16), 45), order('LVX250', 250, 'mg', 'PO', 'qd'))),
  plant('meropenem', 'HARD', 'meropenem: 2 g, 6 g a day, 40 mg/kg', 3, (r, i) => compose(r, inTurn([adult(r), adult(r), child(5, 18)], i), inTurn([order('MEM1', 3, 'g', 'IV', 'q8h'), order('MEM1', 2, 'g', 'IV', 'q6h'), order('MEM1', 1, 'g', 'IV', 'q8h')], i))),
  plant('vancomycin-dose', 'HARD', 'vancomycin: 2 g, 4 g a day', 2, (r, i) => given(r, inTurn([order('VAN500', 3, 'g', 'IV', 'qd', central(500, 100)), order('VAN500', 2, 'g', 'IV', 'q8h', central(500, 125))], i))),
  plant('vancomycin-rate', 'HARD', 'vancomycin: at least 60 min or at most 10 mg/min', 4, (r, i) => given(r, inTurn([order('VAN500', 1, 'g', 'IV', 'q12h', peripheral(250, 500)), order('VAN500', 1, 'g', 'IV', 'q12h', peripheral(200, 200)), order('VAN500', 0.5, 'g', 'IV', 'q8h', peripheral(100, 120)), order('VAN500', 1.5, 'g', 'IV', 'q12h', central(250, 125))], i))),
  plant('gentamicin-dose', 'HARD', 'gentamicin: 7 mg/kg once daily', 2, (r, i) => given(r, inTurn([order('GEN80', 480, 'mg', 'IV', 'qd'), order('GEN80', 240, 'mg', 'IV', 'q8h'), order('GEN80', 400, 'mg', 'IV', 'qd')], i), { ...adult(r), kg: inTurn([60, 55, 50], i) })),
  plant('gentamicin-child', 'major', 'gentamicin under 6 years', 1, (r) => compose(r, child(r.between(2, 5), 16), order('GEN80', 80, 'mg', 'IV', 'qd'))),
  plant('enoxaparin', 'HARD', 'enoxaparin: 1 mg/kg q12h, 150 mg a dose', 3, (r, i) => given(r, inTurn([order('ENO40', 160, 'mg', 'SC', 'q12h'), order('ENO40', 80, 'mg', 'SC', 'q12h'), order('ENO40', 100, 'mg', 'SC', 'q12h')], i), { ...adult(r), kg: inTurn([120, 52, 70], i) })),
  plant('metformin', 'HARD', 'metformin: 1 g, 2550 mg a day', 2, (r, i) => given(r, inTurn([order('MTF500', 1.5, 'g', 'PO', 'qd'), order('MTF500', 1, 'g', 'PO', 'tid')], i))),
  plant('metformin-soft', 'minor', 'metformin: soft limit 2000 mg', 1, (r) => given(r, order('MTF500', 850, 'mg', 'PO', 'tid'))),
  plant('digoxin', 'HARD', 'digoxin maintenance: 0.25 mg', 2, (r, i) => given(r, inTurn([order('DIG025', 0.5, 'mg', 'PO', 'qd'), order('DIG025', 0.25, 'mg', 'PO', 'bid')], i))),
  plant('digoxin-old', 'major', 'digoxin over 70 years: 0.125 mg', 1, (r) => compose(r, { years: r.between(72, 84), gender: 'male', kg: 70, cm: 172, creatinine: 55 }, order('DIG025', 1, '{tbl}', 'PO', 'qd'))),
  plant('kcl-concentration', 'HARD', 'KCl peripheral: 40 mmol/L', 4, (r, i) => given(r, inTurn([order('KCL10', 20, 'mmol', 'IV', 'qd', peripheral(250, 100)), order('KCL10', 3, 'g', 'IV', 'qd', peripheral(500, 100)), order('KCL10', 2, '{ampoule}', 'IV', 'bid', peripheral(500, 100)), order('KCL10', 30, 'mmol', 'IVGTT', 'qd', peripheral(500, 100))], i))),
  plant('kcl-push', 'HARD', 'KCl: IV push', 1, (r) => given(r, order('KCL10', 20, 'mmol', 'IVP', 'once'))),
  plant('kcl-rate', 'HARD', 'KCl: 10 mmol/h peripheral, 20 central', 3, (r, i) => given(r, inTurn([order('KCL10', 20, 'mmol', 'IV', 'qd', peripheral(500, 300)), order('KCL10', 40, 'mmol', 'IV', 'qd', central(100, 60)), order('KCL10', 15, 'mmol', 'IV', 'once', peripheral(500, 500))], i))),
  plant('kcl-potassium-high', 'HARD', 'KCl with potassium over 5.5', 2, (r, i) => given(r, order('KCL10', 20, 'mmol', 'IV', 'qd', peripheral(500, 100)), { ...adult(r), potassium: inTurn([5.6, 6.1], i) })),
  plant('kcl-potassium-raised', 'major', 'KCl with potassium over 5.0', 2, (r, i) => given(r, inTurn([order('KCL10', 20, 'mmol', 'IV', 'qd', peripheral(500, 100)), order('KCLSR', 1, 'g', 'PO', 'bid')], i), { ...adult(r), potassium: inTurn([5.1, 5.5], i) })),
  plant('kcl-potassium-unknown', 'ask', 'KCl: potassium of 48 h', 2, (r, i) => given(r, order('KCL10', 20, 'mmol', 'IV', 'qd', peripheral(500, 100)), { ...adult(r), ...inTurn([{ potassium: false as const }, { potassiumTaken: 55 }], i) })),
  plant('methotrexate-daily', 'HARD', 'methotrexate: any daily frequency', 3, (r, i) => given(r, order('MTX25', inTurn([10, 2.5, 7.5], i), 'mg', 'PO', inTurn(['qd', 'bid', 'qod'], i)), { ...adult(r), gender: 'male' })),
  plant('methotrexate-weekly', 'HARD', 'methotrexate: 25 mg a week', 1, (r) => given(r, order('MTX25', 30, 'mg', 'PO', 'qw'), { ...adult(r), gender: 'male' })),
  plant('morphine-naive', 'major', 'morphine IV, opioid-naive: 10 mg', 2, (r, i) => given(r, order('MOR10', inTurn([15, 20], i), 'mg', inTurn(['IV', 'IVP'], i), 'once'))),
  plant('morphine-old', 'major', 'morphine IV from 70 years: halve', 1, (r) => compose(r, { years: r.between(70, 86), gender: 'male', kg: 68, cm: 170, creatinine: 60 }, order('MOR10', 10, 'mg', 'IV', 'once'))),
  plant('child-without-weight', 'stop', 'under 14 years without a weight of 7 days', 3, (r, i) => compose(r, { years: inTurn([4, 9, 13], i), weighed: inTurn([false, 200, 170] as const, i) }, inTurn([order('PAR500', 250, 'mg', 'PO', 'tid'), order('CRO1', 1, 'g', 'IV', 'qd'), order('CXM250', 250, 'mg', 'PO', 'bid')], i))),
  plant('neonate-old-weight', 'stop', 'neonate: weight of 24 h', 2, (r) => compose(r, { days: r.between(4, 20), kg: 3.1, weighed: r.between(30, 70) }, order('AMP500', 150, 'mg', 'IV', 'q12h'))),
  plant('frequency-unknown', 'stop', 'frequency code missing in the dictionary', 2, (r, i) => given(r, order(inTurn(['PAN40', 'CRO1'], i), 40, 'mg', 'PO', inTurn(['q5h', '5id'], i)))),
];
