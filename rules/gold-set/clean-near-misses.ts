import { compose, order, type Person } from './compose.ts';
import type { GoldContext, GoldOrder } from './gold-case.ts';
import { inTurn } from './planted-case.ts';
import { withClearance } from './planted-kidneys.ts';
import type { Random } from './random.ts';

/** An order that is right, close to one that is not. */
export interface CleanTemplate {
  readonly id: string;
  readonly make: (random: Random, index: number) => GoldContext;
}

const clean = (id: string, make: CleanTemplate['make']): CleanTemplate => ({ id, make });
const fit = (r: Random): Person => ({ years: r.between(22, 60), gender: 'male', creatinine: r.between(50, 70) });
const child = (years: number, kg: number): Person => ({ years, kg, weighed: 30 });
const tested: Person = { skinTest: [0, 30] };
const vancomycin = (r: Random, volumeMl: number, rateMlPerHour: number): Partial<GoldOrder> => ({ infusion: { volumeMl, rateMlPerHour, line: r.pick(['peripheral', 'central'] as const) } });
const kcl = { infusion: { volumeMl: 500, rateMlPerHour: 250, line: 'peripheral' as const } };

/** Orders just on the allowed side of a limit, an allergy or a combination. */
export const cleanNearMisses: readonly CleanTemplate[] = [
  // Allergies that do not matter for what is ordered.
  clean('penicillin-allergy-other-class', (r, i) => compose(r, { years: r.between(20, 64), gender: 'male', creatinine: 60, allergies: [{ substance: 'penicillin', reactionClass: 'immediate' }] }, inTurn([order('LVX500', 500, 'mg', 'PO', 'qd'), order('AZM250', 500, 'mg', 'PO', 'qd'), order('SMZ480', 960, 'mg', 'PO', 'bid'), order('MEM1', 1, 'g', 'IV', 'q8h')], i))),
  clean('sulfonamide-allergy-diuretic', (r, i) => compose(r, { years: r.between(50, 85), allergies: [{ substance: 'sulfonamide-antibiotic', reactionClass: 'immediate' }] }, inTurn([order('FUR20', 20, 'mg', 'PO', 'qd'), order('SPI20', 20, 'mg', 'PO', 'qd'), order('CXM250', 250, 'mg', 'PO', 'bid')], i))),
  clean('nsaid-allergy-paracetamol', (r, i) => compose(r, { years: r.between(20, 75), allergies: [{ substance: inTurn(['aspirin', 'nsaid'], i), reactionClass: 'immediate' }] }, inTurn([order('PAR500', 500, 'mg', 'PO', 'tid'), order('TRA50', 50, 'mg', 'PO', 'bid')], i))),
  clean('rash-after-penicillin-cephalosporin', (r, i) => compose(r, { years: r.between(18, 80), allergies: [{ substance: 'amoxicillin', reactionClass: 'delayed-mild' }] }, inTurn([order('CRO1', 2, 'g', 'IV', 'qd'), order('CXM250', 250, 'mg', 'PO', 'bid'), order('CZO1', 1, 'g', 'IV', 'q8h')], i))),
  clean('food-allergy', (r, i) => compose(r, { years: r.between(18, 80), ...tested, allergies: [{ substance: inTurn(['shellfish', 'peanut', 'iodine-contrast', 'latex'], i), reactionClass: 'immediate' }] }, inTurn([order('AMX500', 500, 'mg', 'PO', 'tid'), order('CRO1', 1, 'g', 'IV', 'qd'), order('PAN40', 40, 'mg', 'PO', 'qd')], i))),
  clean('penicillin-tested', (r, i) => compose(r, { years: r.between(18, 60), skinTest: [0, r.between(1, 71)], creatinine: 60 }, inTurn([order('AMX500', 500, 'mg', 'PO', 'tid'), order('AMX875', 875, 'mg', 'PO', 'bid'), order('PIP450', 4.5, 'g', 'IV', 'q8h'), order('AMP500', 1, 'g', 'IV', 'q6h')], i))),
  clean('severe-reaction-unrelated', (r, i) => compose(r, { years: r.between(20, 70), gender: 'male', allergies: [{ substance: inTurn(['carbamazepine', 'sulfonamide-antibiotic', 'allopurinol'], i), reactionClass: 'severe-cutaneous' }] }, inTurn([order('LVT500', 500, 'mg', 'PO', 'bid'), order('CRO1', 2, 'g', 'IV', 'qd'), order('COL05', 0.5, 'mg', 'PO', 'bid')], i))),
  // At the adult maximum.
  clean('paracetamol-at-limit', (r, i) => compose(r, fit(r), inTurn([order('PAR500', 1, 'g', 'PO', 'q6h'), order('PAR500', 1, 'g', 'PO', 'once'), order('PAR500', 500, 'mg', 'PO', 'qid')], i))),
  clean('ibuprofen-at-limit', (r, i) => compose(r, fit(r), inTurn([order('IBU200', 800, 'mg', 'PO', 'qid'), order('IBU200', 400, 'mg', 'PO', 'tid'), order('IBU300', 300, 'mg', 'PO', 'bid')], i))),
  clean('amoxicillin-helicobacter', (r, i) => compose(r, { ...fit(r), ...tested }, order('AMX500', 1, 'g', 'PO', inTurn(['bid', 'tid'], i), { indication: 'helicobacter-pylori' }), [order('ESO40', 20, 'mg', 'PO', 'bid')])),
  clean('aspirin-antiplatelet', (r) => compose(r, { years: r.between(45, 88) }, order('ASP100', 100, 'mg', 'PO', 'qd'), [order('CLO75', 75, 'mg', 'PO', 'qd'), order('ATO20', 20, 'mg', 'PO', 'qn')])),
  clean('acyclovir-by-weight', (r, i) => compose(r, { ...fit(r), kg: inTurn([50, 60, 70], i), cm: 172 }, order('ACV250', inTurn([500, 600, 700], i), 'mg', 'IV', 'q8h'))),
  clean('allopurinol-usual', (r, i) => compose(r, fit(r), order('ALL100', inTurn([100, 200, 300], i), 'mg', 'PO', 'qd'))),
  clean('ceftriaxone-at-limit', (r, i) => compose(r, fit(r), order('CRO1', 2, 'g', 'IV', inTurn(['qd', 'q12h'], i)))),
  clean('levofloxacin-at-limit', (r, i) => compose(r, fit(r), order('LVX500', inTurn([500, 750], i), 'mg', 'PO', 'qd'))),
  clean('meropenem-at-limit', (r, i) => compose(r, fit(r), order('MEM1', inTurn([1, 2], i), 'g', 'IV', 'q8h'))),
  clean('vancomycin-slow', (r, i) => compose(r, fit(r), inTurn([order('VAN500', 1, 'g', 'IV', 'q12h', vancomycin(r, 250, 125)), order('VAN500', 0.5, 'g', 'IV', 'q8h', vancomycin(r, 100, 100)), order('VAN500', 1.5, 'g', 'IV', 'q12h', vancomycin(r, 250, 100)), order('VAN500', 1, 'g', 'IV', 'q8h', vancomycin(r, 200, 120))], i))),
  clean('gentamicin-once-daily', (r, i) => compose(r, { ...fit(r), kg: inTurn([60, 70, 64], i) }, order('GEN80', inTurn([300, 400, 320], i), 'mg', 'IV', 'qd'))),
  clean('enoxaparin-usual', (r, i) => compose(r, { ...fit(r), kg: inTurn([60, 72, 80], i) }, inTurn([order('ENO40', 60, 'mg', 'SC', 'q12h'), order('ENO40', 40, 'mg', 'SC', 'qd'), order('ENO40', 80, 'mg', 'SC', 'q12h')], i))),
  clean('metformin-usual', (r, i) => compose(r, { years: r.between(35, 62), creatinine: r.between(50, 68) }, order('MTF500', inTurn([500, 1000, 850], i), 'mg', 'PO', 'bid'), [order('ATO20', 20, 'mg', 'PO', 'qn')])),
  clean('metformin-egfr-60', (r) => compose(r, { years: 62, gender: 'male', creatinine: 112, egfr: r.between(60, 66) }, order('MTF500', 500, 'mg', 'PO', 'bid'))),
  clean('digoxin-usual', (r, i) => compose(r, inTurn([{ years: 60, gender: 'male' as const, creatinine: 60 }, { years: 82, creatinine: 60 }, { years: 70, gender: 'male' as const, creatinine: 60 }], i), order('DIG025', inTurn([0.25, 0.125, 0.25], i), 'mg', 'PO', 'qd'), [order('FUR20', 20, 'mg', 'PO', 'qd')])),
  clean('kcl-at-limit', (r, i) => compose(r, { ...fit(r), potassium: inTurn([3.2, 3.4, 5, 2.9], i) }, inTurn([order('KCL10', 20, 'mmol', 'IV', 'qd', kcl), order('KCL10', 1.5, 'g', 'IV', 'qd', kcl), order('KCLSR', 1, 'g', 'PO', 'tid'), order('KCL10', 40, 'mmol', 'IV', 'qd', { infusion: { volumeMl: 500, rateMlPerHour: 240, line: 'central' } })], i))),
  clean('methotrexate-weekly', (r, i) => compose(r, fit(r), order('MTX25', inTurn([7.5, 10, 15, 25], i), 'mg', 'PO', 'qw'), [order('FOL5', 5, 'mg', 'PO', 'qw'), order('PRE5', 5, 'mg', 'PO', 'qd')])),
  clean('methotrexate-low-dose-aspirin', (r) => compose(r, fit(r), order('ASP100', 100, 'mg', 'PO', 'qd'), [order('MTX25', 10, 'mg', 'PO', 'qw'), order('FOL5', 5, 'mg', 'PO', 'qw')])),
  clean('morphine-usual', (r, i) => compose(r, inTurn<Person>([{ years: 50, creatinine: 60 }, { years: 78, gender: 'male', creatinine: 55 }, { years: 66, creatinine: 55, gender: 'male', opioidTolerant: 1 }], i), order('MOR10', inTurn([10, 5, 20], i), 'mg', 'IV', 'once'))),
  // Children by weight.
  clean('child-paracetamol', (r, i) => compose(r, inTurn([child(6, 20), child(3, 14), child(9, 30), child(1, 10)], i), inTurn([order('PAR500', 300, 'mg', 'PO', 'q6h'), order('PAR500', 200, 'mg', 'PO', 'tid'), order('PAR500', 450, 'mg', 'PO', 'once'), order('PAR500', 120, 'mg', 'PO', 'q6h')], i))),
  clean('child-ibuprofen', (r, i) => compose(r, inTurn([child(4, 16), child(7, 24), child(11, 36)], i), inTurn([order('IBU200', 160, 'mg', 'PO', 'tid'), order('IBU200', 200, 'mg', 'PO', 'q6h'), order('IBU200', 200, 'mg', 'PO', 'tid')], i))),
  clean('child-antibiotic', (r, i) => compose(r, { ...inTurn([child(5, 18), child(3, 14), child(8, 26), child(12, 40)], i), ...tested }, inTurn([order('CRO1', 0.9, 'g', 'IV', 'q12h'), order('AMXSUS', 250, 'mg', 'PO', 'tid'), order('CXM250', 250, 'mg', 'PO', 'bid'), order('MEM1', 0.8, 'g', 'IV', 'q8h')], i))),
  clean('child-other', (r, i) => compose(r, inTurn([child(4, 16), child(7, 24), child(13, 44), child(5, 18)], i), inTurn([order('MON10', 5, 'mg', 'PO', 'qn'), order('AMB30', 15, 'mg', 'PO', 'bid'), order('OSE75', 75, 'mg', 'PO', 'bid'), order('LVT500', 200, 'mg', 'PO', 'bid')], i))),
  clean('neonate-weighed-today', (r) => compose(r, { days: r.between(3, 26), kg: 3.2, weighed: r.between(1, 23), skinTest: [0, 12] }, order('CTX1', 150, 'mg', 'IV', 'q12h'))),
  // The kidney's allowed side.
  clean('clearance-just-enough', (r, i) => compose(r, withClearance(inTurn([31, 31, 52, 51, 62, 21], i)), inTurn([order('ENO40', 60, 'mg', 'SC', 'q12h'), order('IBU300', 300, 'mg', 'PO', 'bid'), order('VAN500', 1, 'g', 'IV', 'q12h', vancomycin(r, 250, 125)), order('MEM1', 1, 'g', 'IV', 'q8h'), order('GEN80', 320, 'mg', 'IV', 'qd'), order('ALL100', 300, 'mg', 'PO', 'qd')], i))),
  clean('dose-fitted-to-kidney', (r, i) => compose(r, { ...withClearance(inTurn([40, 40, 20, 22, 24, 15], i)), ...tested }, inTurn([order('MEM1', 1, 'g', 'IV', 'q12h'), order('ACV250', 500, 'mg', 'IV', 'q12h'), order('MEM1', 500, 'mg', 'IV', 'q12h'), order('ENO40', 60, 'mg', 'SC', 'qd'), order('AMX500', 500, 'mg', 'PO', 'bid'), order('ALL100', 200, 'mg', 'PO', 'qd')], i))),
  clean('levofloxacin-fitted', (r, i) => compose(r, withClearance(inTurn([40, 30], i)), order('LVX250', 250, 'mg', 'PO', 'qd'))),
  clean('first-dose-not-reduced', (r, i) => compose(r, withClearance(inTurn([30, 22], i)), inTurn([order('LVX500', 500, 'mg', 'IV', 'once'), order('MEM1', 1, 'g', 'IV', 'once')], i))),
  clean('kidney-irrelevant', (r, i) => compose(r, withClearance(inTurn([12, 20, 28, 35], i)), inTurn([order('CRO1', 2, 'g', 'IV', 'qd'), order('AML5', 5, 'mg', 'PO', 'qd'), order('PAR500', 500, 'mg', 'PO', 'tid'), order('LZD600', 600, 'mg', 'IV', 'q12h')], i))),
  clean('old-but-well', (r, i) => compose(r, { years: r.between(76, 92), creatinine: r.between(60, 95) }, inTurn([order('CXM250', 250, 'mg', 'PO', 'bid'), order('AML5', 5, 'mg', 'PO', 'qd'), order('DIG025', 0.125, 'mg', 'PO', 'qd'), order('FUR20', 20, 'mg', 'PO', 'qd')], i), [order('ATO20', 10, 'mg', 'PO', 'qn'), order('PAN40', 40, 'mg', 'PO', 'qd'), order('CAC600', 600, 'mg', 'PO', 'qd')])),
  // Combinations that are fine.
  clean('warfarin-paracetamol', (r, i) => compose(r, { years: r.between(50, 85), gender: 'male' }, inTurn([order('PAR500', 500, 'mg', 'PO', 'bid'), order('CXM250', 250, 'mg', 'PO', 'bid'), order('PAN40', 40, 'mg', 'PO', 'qd')], i), [order('WAR3', 3, 'mg', 'PO', 'qd'), order('MET25', 25, 'mg', 'PO', 'bid')])),
  clean('clopidogrel-pantoprazole', (r) => compose(r, { years: r.between(48, 85) }, order('PAN40', 40, 'mg', 'PO', 'qd'), [order('CLO75', 75, 'mg', 'PO', 'qd'), order('ASP100', 100, 'mg', 'PO', 'qd')])),
  clean('simvastatin-20-amlodipine', (r, i) => compose(r, fit(r), inTurn([order('SIM20', 20, 'mg', 'PO', 'qn'), order('AML5', 5, 'mg', 'PO', 'qd')], i), [inTurn([order('AML5', 5, 'mg', 'PO', 'qd'), order('SIM20', 20, 'mg', 'PO', 'qn')], i)])),
  clean('atorvastatin-azithromycin', (r) => compose(r, fit(r), order('AZM250', 500, 'mg', 'PO', 'qd'), [order('ATO20', 20, 'mg', 'PO', 'qn')])),
  clean('oral-beta-blocker-amlodipine', (r, i) => compose(r, { years: r.between(45, 80) , gender: 'male' }, inTurn([order('MET25', 25, 'mg', 'PO', 'bid'), order('AML5', 5, 'mg', 'PO', 'qd')], i), [inTurn([order('AML5', 5, 'mg', 'PO', 'qd'), order('MET25', 25, 'mg', 'PO', 'bid')], i)])),
  clean('acei-with-loop-diuretic', (r, i) => compose(r, { years: r.between(50, 80), gender: 'male' }, inTurn([order('PER4', 4, 'mg', 'PO', 'qd'), order('FUR20', 20, 'mg', 'PO', 'bid')], i), [inTurn([order('FUR20', 20, 'mg', 'PO', 'bid'), order('PER4', 4, 'mg', 'PO', 'qd')], i)])),
  clean('oral-calcium-ceftriaxone', (r) => compose(r, fit(r), order('CRO1', 2, 'g', 'IV', 'qd'), [order('CAC600', 600, 'mg', 'PO', 'qd')])),
  clean('one-opioid', (r, i) => compose(r, { years: r.between(30, 64), creatinine: 60, gender: 'male' }, inTurn([order('OXY10', 10, 'mg', 'PO', 'q12h'), order('TRA50', 50, 'mg', 'PO', 'tid')], i), [order('LAC15', 10, 'g', 'PO', 'bid'), order('PAR500', 500, 'mg', 'PO', 'tid')])),
  clean('ssri-alone', (r, i) => compose(r, fit(r), inTurn([order('SER50', 50, 'mg', 'PO', 'qd'), order('VEN75', 75, 'mg', 'PO', 'qd'), order('ESC10', 10, 'mg', 'PO', 'qd')], i), [order('QUE25', 25, 'mg', 'PO', 'qn')])),
  clean('washout-over', (r, i) => { const [ended, hours, ordered] = inTurn([['SEL5', 24 * 15, order('SER50', 50, 'mg', 'PO', 'qd')], ['ENA10', 40, order('SAC100', 100, 'mg', 'PO', 'bid')], ['TAD10', 60, order('ISM20', 20, 'mg', 'PO', 'bid')], ['SIL50', 30, order('ISM20', 20, 'mg', 'PO', 'bid')], ['MTZ200', 24 * 9, order('ALC10', 10, 'mL', 'PO', 'tid')]] as const, i); return compose(r, fit(r), ordered, [], [[ended, hours]]); }),
  clean('ended-and-started-again', (r) => compose(r, fit(r), order('LVX500', 500, 'mg', 'PO', 'qd'), [], [['LVX500', 12], ['CRO1', 30]])),
  clean('lithium-alone', (r) => compose(r, fit(r), order('LIT250', 250, 'mg', 'PO', 'tid'), [order('QUE25', 25, 'mg', 'PO', 'qn')])),
  clean('valproate-cephalosporin', (r) => compose(r, fit(r), order('CRO1', 2, 'g', 'IV', 'qd'), [order('VPA500', 500, 'mg', 'PO', 'bid')])),
  clean('theophylline-azithromycin', (r) => compose(r, fit(r), order('AZM250', 500, 'mg', 'PO', 'qd'), [order('THE100', 100, 'mg', 'PO', 'bid')])),
  clean('bridging-ended', (r) => compose(r, { ...fit(r), years: 58 }, order('WAR3', 3, 'mg', 'PO', 'qd'), [], [['ENO40', 14]])),
  // Women who can be, are, or are not pregnant.
  clean('pregnant-usual', (r, i) => compose(r, { years: r.between(20, 42), gender: 'female', pregnant: 1, weeks: r.between(6, 39), creatinine: 48, ...tested }, inTurn([order('PAR500', 500, 'mg', 'PO', 'tid'), order('CXM250', 250, 'mg', 'PO', 'bid'), order('FOL5', 0.4, 'mg', 'PO', 'qd'), order('LEV50', 50, 'ug', 'PO', 'qd'), order('AMX500', 500, 'mg', 'PO', 'tid'), order('FEF200', 200, 'mg', 'PO', 'bid')], i))),
  clean('not-pregnant-teratogen', (r, i) => compose(r, { years: r.between(20, 48), gender: 'female', pregnant: 0, creatinine: 52 }, inTurn([order('VAL80', 80, 'mg', 'PO', 'qd'), order('ATO20', 20, 'mg', 'PO', 'qn'), order('WAR3', 3, 'mg', 'PO', 'qd'), order('MTX25', 10, 'mg', 'PO', 'qw')], i))),
  clean('past-childbearing-teratogen', (r, i) => compose(r, { years: r.between(52, 85), gender: 'female' }, inTurn([order('VAL80', 80, 'mg', 'PO', 'qd'), order('ATO20', 20, 'mg', 'PO', 'qn'), order('PER4', 4, 'mg', 'PO', 'qd')], i))),
  clean('not-asked-harmless', (r, i) => compose(r, { years: r.between(16, 48), gender: 'female', pregnant: 'unknown', creatinine: 52 }, inTurn([order('PAR500', 500, 'mg', 'PO', 'tid'), order('CXM250', 250, 'mg', 'PO', 'bid'), order('PAN40', 40, 'mg', 'PO', 'qd'), order('IBU300', 300, 'mg', 'PO', 'bid')], i))),
  clean('lactation-usual', (r, i) => compose(r, { years: r.between(22, 38), gender: 'female', lactating: 1, creatinine: 50, ...tested }, inTurn([order('PAR500', 500, 'mg', 'PO', 'tid'), order('IBU300', 300, 'mg', 'PO', 'bid'), order('AMX500', 500, 'mg', 'PO', 'tid'), order('CRO1', 1, 'g', 'IV', 'qd')], i))),
];
