import { compose, order, type Person } from './compose.ts';
import type { GoldOrder } from './gold-case.ts';
import { inTurn } from './planted-case.ts';
import type { CleanTemplate } from './clean-near-misses.ts';
import type { Random } from './random.ts';

/** What patients of a kind take when the new order comes; each list is a usual, compatible regimen. */
const regimens = {
  hypertension: [order('AML5', 5, 'mg', 'PO', 'qd'), order('VAL80', 80, 'mg', 'PO', 'qd'), order('ATO20', 20, 'mg', 'PO', 'qn')],
  coronary: [order('ASP100', 100, 'mg', 'PO', 'qd'), order('CLO75', 75, 'mg', 'PO', 'qd'), order('ATO20', 20, 'mg', 'PO', 'qn'), order('MET25', 25, 'mg', 'PO', 'bid'), order('PAN40', 40, 'mg', 'PO', 'qd')],
  failure: [order('FUR20', 20, 'mg', 'PO', 'bid'), order('BIS5', 2.5, 'mg', 'PO', 'qd'), order('PER4', 4, 'mg', 'PO', 'qd'), order('ATO20', 20, 'mg', 'PO', 'qn')],
  fibrillation: [order('RIV15', 15, 'mg', 'PO', 'qd'), order('MET25', 25, 'mg', 'PO', 'bid'), order('ROS10', 10, 'mg', 'PO', 'qn')],
  diabetes: [order('MTF500', 500, 'mg', 'PO', 'bid'), order('ACA50', 50, 'mg', 'PO', 'tid'), order('INS300', 10, '[iU]', 'SC', 'qn'), order('AML5', 5, 'mg', 'PO', 'qd')],
  lungs: [order('AMB30', 30, 'mg', 'PO', 'tid'), order('MON10', 10, 'mg', 'PO', 'qn'), order('MPR40', 40, 'mg', 'IV', 'qd')],
  stomach: [order('PAN40', 40, 'mg', 'PO', 'qd'), order('LAC15', 10, 'g', 'PO', 'bid')],
  thyroid: [order('LEV50', 50, 'ug', 'PO', 'qd'), order('CAC600', 600, 'mg', 'PO', 'qn')],
  nerves: [order('VITB', 0.5, 'mg', 'PO', 'tid'), order('LVT500', 500, 'mg', 'PO', 'bid'), order('QUE25', 25, 'mg', 'PO', 'qn')],
  many: [order('ASP100', 100, 'mg', 'PO', 'qd'), order('ROS10', 10, 'mg', 'PO', 'qn'), order('AML5', 5, 'mg', 'PO', 'qd'), order('BIS5', 2.5, 'mg', 'PO', 'qd'), order('ACA50', 50, 'mg', 'PO', 'tid'), order('INS300', 8, '[iU]', 'SC', 'qn'), order('CAC600', 600, 'mg', 'PO', 'qd'), order('LAC15', 10, 'g', 'PO', 'qn'), order('VITB', 0.5, 'mg', 'PO', 'tid')],
  none: [],
} as const satisfies Record<string, readonly GoldOrder[]>;

type Regimen = keyof typeof regimens;

/** Regimens beside which each new order is routine: no class twice, no listed interaction. */
const routine: readonly (readonly [GoldOrder, readonly Regimen[], Person?])[] = [
  [order('CRO1', 2, 'g', 'IV', 'qd'), ['hypertension', 'coronary', 'failure', 'diabetes', 'lungs', 'many']],
  [order('CXM250', 250, 'mg', 'PO', 'bid'), ['hypertension', 'fibrillation', 'thyroid', 'many']],
  [order('CAZ1', 1, 'g', 'IV', 'q8h'), ['lungs', 'diabetes', 'none']],
  [order('FEP1', 1, 'g', 'IV', 'q12h'), ['many', 'nerves', 'coronary']],
  [order('AMX500', 500, 'mg', 'PO', 'tid'), ['stomach', 'hypertension', 'none'], { skinTest: [0, 40] }],
  [order('PIP450', 4.5, 'g', 'IV', 'q8h'), ['lungs', 'diabetes', 'coronary'], { skinTest: [0, 12] }],
  [order('LVX500', 500, 'mg', 'IV', 'qd'), ['lungs', 'hypertension', 'stomach'], { years: 54, creatinine: 62 }],
  [order('MXF400', 400, 'mg', 'IV', 'qd'), ['lungs', 'thyroid', 'none']],
  [order('AZM250', 500, 'mg', 'PO', 'qd'), ['lungs', 'stomach', 'diabetes']],
  [order('MTZ200', 400, 'mg', 'PO', 'tid'), ['stomach', 'hypertension', 'none']],
  [order('OSE75', 75, 'mg', 'PO', 'bid'), ['coronary', 'many', 'lungs']],
  [order('PAN40', 40, 'mg', 'IV', 'qd'), ['hypertension', 'failure', 'fibrillation', 'lungs']],
  [order('OME20', 20, 'mg', 'PO', 'qd'), ['diabetes', 'nerves', 'hypertension']],
  [order('ATO20', 20, 'mg', 'PO', 'qn'), ['diabetes', 'stomach', 'lungs'], { gender: 'male' }],
  [order('ROS10', 10, 'mg', 'PO', 'qn'), ['stomach', 'thyroid'], { gender: 'male' }],
  [order('AML5', 5, 'mg', 'PO', 'qd'), ['coronary', 'failure', 'fibrillation', 'nerves']],
  [order('NIF30', 30, 'mg', 'PO', 'qd'), ['stomach', 'lungs', 'thyroid']],
  [order('MET25', 25, 'mg', 'PO', 'bid'), ['hypertension', 'diabetes', 'thyroid']],
  [order('BIS5', 5, 'mg', 'PO', 'qd'), ['hypertension', 'diabetes']],
  [order('PER4', 4, 'mg', 'PO', 'qd'), ['coronary', 'diabetes', 'stomach'], { gender: 'male' }],
  [order('VAL80', 80, 'mg', 'PO', 'qd'), ['diabetes', 'coronary', 'lungs'], { gender: 'male' }],
  [order('SAC100', 100, 'mg', 'PO', 'bid', { indication: 'heart-failure' }), ['coronary', 'thyroid'], { gender: 'male' }],
  [order('FUR20', 20, 'mg', 'IV', 'once'), ['coronary', 'hypertension', 'many']],
  [order('SPI20', 20, 'mg', 'PO', 'qd'), ['coronary', 'stomach'], { potassium: 4.1 }],
  [order('HCT25', 12.5, 'mg', 'PO', 'qd'), ['hypertension', 'stomach']],
  [order('ASP100', 100, 'mg', 'PO', 'qd'), ['hypertension', 'diabetes', 'stomach', 'failure']],
  [order('CLO75', 75, 'mg', 'PO', 'qd'), ['hypertension', 'diabetes', 'failure']],
  [order('TIC90', 90, 'mg', 'PO', 'bid'), ['hypertension', 'diabetes']],
  [order('RIV15', 15, 'mg', 'PO', 'qd', { indication: 'atrial-fibrillation' }), ['hypertension', 'stomach'], { years: 60, gender: 'male', creatinine: 64 }],
  [order('WAR3', 3, 'mg', 'PO', 'qd'), ['hypertension', 'failure', 'thyroid'], { gender: 'male' }],
  [order('ENO40', 40, 'mg', 'SC', 'qd'), ['hypertension', 'lungs', 'coronary'], { years: 56, creatinine: 60 }],
  [order('DIG025', 0.125, 'mg', 'PO', 'qd'), ['failure', 'hypertension'], { creatinine: 64 }],
  [order('ISM20', 20, 'mg', 'PO', 'bid'), ['coronary', 'hypertension', 'diabetes', 'many']],
  [order('NTG5', 5, 'mg', 'IV', 'once'), ['coronary', 'failure']],
  [order('MTF500', 500, 'mg', 'PO', 'bid'), ['hypertension', 'coronary', 'thyroid'], { years: 55, creatinine: 60 }],
  [order('GLI5', 5, 'mg', 'PO', 'qd'), ['hypertension', 'coronary']],
  [order('INS300', 6, '[iU]', 'SC', 'tid'), ['hypertension', 'coronary', 'lungs']],
  [order('ACA50', 50, 'mg', 'PO', 'tid'), ['hypertension', 'failure']],
  [order('LEV50', 50, 'ug', 'PO', 'qd'), ['hypertension', 'coronary', 'nerves']],
  [order('PAR500', 500, 'mg', 'PO', 'tid', { orderType: 'prn' }), ['coronary', 'many', 'fibrillation', 'failure']],
  [order('IBU300', 300, 'mg', 'PO', 'bid'), ['stomach', 'thyroid', 'none'], { years: 44, creatinine: 60 }],
  [order('CEL200', 200, 'mg', 'PO', 'qd'), ['stomach', 'thyroid', 'nerves'], { years: 50, creatinine: 60 }],
  [order('TRA50', 50, 'mg', 'PO', 'bid'), ['stomach', 'hypertension'], { years: 52, creatinine: 60 }],
  [order('MOR10', 5, 'mg', 'IV', 'once'), ['coronary', 'lungs'], { years: 62, gender: 'male', creatinine: 62 }],
  [order('AMB30', 30, 'mg', 'PO', 'tid'), ['hypertension', 'coronary', 'diabetes', 'failure']],
  [order('MON10', 10, 'mg', 'PO', 'qn'), ['hypertension', 'thyroid']],
  [order('THE100', 100, 'mg', 'PO', 'bid'), ['lungs', 'hypertension']],
  [order('MPR40', 40, 'mg', 'IV', 'qd'), ['hypertension', 'stomach']],
  [order('PRE5', 10, 'mg', 'PO', 'qd'), ['stomach', 'thyroid']],
  [order('COL05', 0.5, 'mg', 'PO', 'bid'), ['hypertension', 'stomach'], { years: 48, creatinine: 66 }],
  [order('LOR05', 0.5, 'mg', 'PO', 'qn'), ['hypertension', 'coronary', 'thyroid']],
  [order('EST1', 1, 'mg', 'PO', 'qn'), ['hypertension', 'diabetes', 'stomach']],
  [order('SER50', 50, 'mg', 'PO', 'qd'), ['hypertension', 'thyroid']],
  [order('LVT500', 500, 'mg', 'PO', 'bid'), ['hypertension', 'coronary']],
  [order('VPA500', 500, 'mg', 'PO', 'bid'), ['hypertension', 'stomach'], { gender: 'male' }],
  [order('LAC15', 10, 'g', 'PO', 'bid'), ['failure', 'coronary', 'fibrillation']],
  [order('MCP10', 10, 'mg', 'IV', 'once'), ['hypertension', 'diabetes', 'coronary']],
  [order('ODN8', 8, 'mg', 'IV', 'once'), ['hypertension', 'stomach', 'lungs']],
  [order('ALB20', 10, 'g', 'IV', 'qd', { indication: 'hypoalbuminaemia-ascites' }), ['failure', 'stomach']],
  [order('MAG25', 2.5, 'g', 'IV', 'once'), ['hypertension', 'lungs']],
  [order('CAC600', 600, 'mg', 'PO', 'qd'), ['hypertension', 'coronary', 'nerves']],
  [order('FEF200', 200, 'mg', 'PO', 'bid'), ['hypertension', 'coronary']],
  [order('LZD600', 600, 'mg', 'IV', 'q12h'), ['diabetes', 'lungs', 'coronary']],
  [order('FLU150', 150, 'mg', 'PO', 'qd'), ['hypertension', 'lungs']],
];

/** A ward's usual patient: middle-aged to old, kidneys fit for the age. */
const inpatient = (r: Random): Person => {
  const years = r.between(34, 84);
  return { years, creatinine: years > 64 ? r.between(50, 72) : r.between(52, 84) };
};

/** Of twenty patients one has no creatinine of this week, one no height on file: as on any ward. */
function gapsInFile(random: Random): Person {
  return random.pick<Person>([{ creatinineTaken: 200 }, { cm: false }, ...Array.from({ length: 18 }, (): Person => ({}))]);
}

/** Everyday orders for patients with several other drugs; every pairing is in turn. */
export const cleanRoutine: readonly CleanTemplate[] = routine.map(([ordered, beside, person]) => ({
  id: `routine-${ordered.medicationCode}`,
  make: (random, index) => compose(random, { ...inpatient(random), ...person, ...gapsInFile(random) }, ordered, regimens[inTurn(beside, index)]),
}));
