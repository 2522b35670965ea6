import { compose, order, type Person } from './compose.ts';
import { inTurn, planter, type PlantedTemplate } from './planted-case.ts';
import type { Random } from './random.ts';

const duplicate = planter('duplicate', 'Order review P1, duplicate ingredient');
const pregnancy = planter('pregnancy', 'General pharmacology');
const payment = planter('payment', 'Order review P1, insurer limit');
const fit = (r: Random): Person => ({ years: r.between(30, 64), gender: 'male', creatinine: r.between(50, 72) });
const pregnant = (r: Random, weeks = r.between(6, 24)): Person => ({ years: r.between(21, 40), gender: 'female', pregnant: 1, weeks, creatinine: r.between(42, 58) });

/** Errors beside R-ALG, R-DOSE and R-DDI: duplicate therapy, pregnancy and lactation, limits of payment. */
export const plantedOthers: readonly PlantedTemplate[] = [
  duplicate('same-ingredient', 'major', 'the same ingredient twice', 3, (r, i) => {
    const twice = inTurn([order('AML5', 5, 'mg', 'PO', 'qd'), order('PAN40', 40, 'mg', 'PO', 'qd'), order('MTF500', 500, 'mg', 'PO', 'bid'), order('LVX250', 250, 'mg', 'PO', 'qd')], i);
    return compose(r, fit(r), twice, [inTurn([order('AML5', 2.5, 'mg', 'PO', 'qd'), order('PAN40', 40, 'mg', 'IV', 'qd'), order('MTF500', 250, 'mg', 'PO', 'qd'), order('LVX500', 500, 'mg', 'IV', 'qd')], i)]);
  }),
  duplicate('two-anticoagulants', 'major', 'two anticoagulants', 2, (r, i) => compose(r, fit(r), inTurn([order('RIV15', 15, 'mg', 'PO', 'qd'), order('ENO40', 40, 'mg', 'SC', 'qd'), order('DAB110', 110, 'mg', 'PO', 'bid')], i), [inTurn([order('WAR3', 3, 'mg', 'PO', 'qd'), order('RIV15', 15, 'mg', 'PO', 'qd'), order('ENO40', 40, 'mg', 'SC', 'qd')], i)])),
  duplicate('two-of-a-class', 'major', 'two NSAIDs, opioids, benzodiazepines, ACE inhibitors, ARBs', 5, (r, i) =>
    compose(r, fit(r), inTurn([order('DIC50', 50, 'mg', 'PO', 'bid'), order('OXY10', 10, 'mg', 'PO', 'q12h'), order('EST1', 1, 'mg', 'PO', 'qn'), order('ENA10', 10, 'mg', 'PO', 'qd'), order('LOS50', 50, 'mg', 'PO', 'qd')], i),
      [inTurn([order('IBU300', 300, 'mg', 'PO', 'bid'), order('TRA50', 50, 'mg', 'PO', 'bid'), order('LOR05', 0.5, 'mg', 'PO', 'qn'), order('PER4', 4, 'mg', 'PO', 'qd'), order('VAL80', 80, 'mg', 'PO', 'qd')], i)])),
  duplicate('two-of-a-class-minor', 'minor', 'two statins, proton pump inhibitors, beta-blockers', 3, (r, i) =>
    compose(r, fit(r), inTurn([order('ATO20', 20, 'mg', 'PO', 'qn'), order('PAN40', 40, 'mg', 'PO', 'qd'), order('BIS5', 5, 'mg', 'PO', 'qd')], i), [inTurn([order('ROS10', 10, 'mg', 'PO', 'qn'), order('ESO40', 40, 'mg', 'IV', 'qd'), order('MET25', 25, 'mg', 'PO', 'bid')], i)])),
  pregnancy('teratogens', 'HARD', 'contraindicated in pregnancy', 9, (r, i) =>
    compose(r, pregnant(r), inTurn([order('WAR3', 3, 'mg', 'PO', 'qd'), order('PER4', 4, 'mg', 'PO', 'qd'), order('VAL80', 80, 'mg', 'PO', 'qd'), order('ATO20', 20, 'mg', 'PO', 'qn'), order('MTX25', 10, 'mg', 'PO', 'qw'), order('VPA500', 500, 'mg', 'PO', 'bid'), order('ISO10', 20, 'mg', 'PO', 'qd'), order('RIB100', 200, 'mg', 'PO', 'tid'), order('SAC100', 100, 'mg', 'PO', 'bid')], i))),
  pregnancy('avoided', 'major', 'avoided in pregnancy', 3, (r, i) => compose(r, pregnant(r), inTurn([order('DOX100', 100, 'mg', 'PO', 'bid'), order('LVX500', 500, 'mg', 'PO', 'qd'), order('CBZ200', 200, 'mg', 'PO', 'bid'), order('LIT250', 250, 'mg', 'PO', 'tid')], i))),
  pregnancy('nsaid-late', 'major', 'NSAID from 28 weeks', 2, (r, i) => compose(r, pregnant(r, inTurn([29, 36], i)), inTurn([order('IBU300', 300, 'mg', 'PO', 'bid'), order('DIC50', 50, 'mg', 'PO', 'bid')], i))),
  pregnancy('not-asked', 'ask', 'a teratogen for a woman of 12–50 years who was not asked', 3, (r, i) => compose(r, { years: r.between(16, 48), gender: 'female', pregnant: 'unknown' }, inTurn([order('MTX25', 10, 'mg', 'PO', 'qw'), order('WAR3', 3, 'mg', 'PO', 'qd'), order('ISO10', 10, 'mg', 'PO', 'qd'), order('RIB100', 200, 'mg', 'PO', 'tid')], i))),
  pregnancy('lactation', 'major', 'passes into milk: methotrexate, lithium, amiodarone', 2, (r, i) => compose(r, { years: r.between(22, 38), gender: 'female', lactating: 1 }, inTurn([order('MTX25', 10, 'mg', 'PO', 'qw'), order('LIT250', 250, 'mg', 'PO', 'tid'), order('AMI200', 200, 'mg', 'PO', 'qd')], i))),
  payment('limited-indication', 'minor', 'paid for listed indications only', 3, (r, i) => compose(r, fit(r), inTurn([order('ALB20', 10, 'g', 'IV', 'qd', { indication: 'weakness' }), order('RIV15', 15, 'mg', 'PO', 'qd', { indication: 'superficial-phlebitis' }), order('ALB20', 10, 'g', 'IV', 'qd'), order('SAC100', 100, 'mg', 'PO', 'bid', { indication: 'hypertension' })], i))),
];
