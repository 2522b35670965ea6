import { compose, order, type Person } from './compose.ts';
import type { GoldContext } from './gold-case.ts';
import { inTurn, planter, type PlantedTemplate } from './planted-case.ts';

const plant = planter('allergy', 'R-ALG');
const immediate = (substance: string): GoldContext['allergies'] => [{ substance, reactionClass: 'immediate' }];
const severe = (substance: string): GoldContext['allergies'] => [{ substance, reactionClass: 'severe-cutaneous' }];
const delayed = (substance: string): GoldContext['allergies'] => [{ substance, reactionClass: 'delayed-mild' }];
/** Tested negative a day ago, so that only the allergy on file speaks. */
const tested: Person = { skinTest: [0, 24] };

const penicillins = [order('AMX500', 500, 'mg', 'PO', 'tid'), order('PIP450', 4.5, 'g', 'IV', 'q8h'), order('PEN160', 1920, 'mg', 'IV', 'q6h'), order('AMP500', 1, 'g', 'IV', 'q6h'), order('AMX500', 0.5, 'g', 'PO', 'q8h')];
const laterCephalosporins = [order('CXM250', 250, 'mg', 'PO', 'bid'), order('CRO1', 2, 'g', 'IV', 'qd'), order('CAZ1', 1, 'g', 'IV', 'q8h'), order('FEP1', 1, 'g', 'IV', 'q12h')];

/** Errors of R-ALG: cross-reactivity, skin tests, status not asked. */
export const plantedAllergies: readonly PlantedTemplate[] = [
  plant('penicillin-after-penicillin', 'HARD', 'penicillin immediate, any penicillin', 4, (r, i) => compose(r, { ...tested, years: r.between(20, 85), allergies: immediate('penicillin') }, inTurn(penicillins, i))),
  plant('aminopenicillin-same-side-chain', 'HARD', 'amoxicillin or ampicillin immediate, same R1 side chain', 4, (r, i) =>
    compose(r, { years: r.between(20, 80), allergies: immediate(inTurn(['amoxicillin', 'ampicillin'], i)) }, inTurn([order('LEX250', 500, 'mg', 'PO', 'qid'), order('CEC250', 250, 'mg', 'PO', 'tid'), order('DRX500', 500, 'mg', 'PO', 'bid'), order('CEC250', 500, 'mg', 'PO', 'q8h')], i))),
  plant('aminopenicillin-cefprozil', 'major', 'cefprozil: sources differ', 2, (r) => compose(r, { years: r.between(25, 70), allergies: immediate('amoxicillin') }, order('CPR250', 250, 'mg', 'PO', 'bid'))),
  plant('penicillin-cefazolin', 'major', 'penicillin immediate, cefazolin: sources conflict', 2, (r) => compose(r, { years: r.between(25, 80), allergies: immediate('penicillin') }, order('CZO1', 1, 'g', 'IV', 'q8h'))),
  plant('penicillin-later-cephalosporin', 'major', 'penicillin immediate, cefuroxime to cefepime', 4, (r, i) => compose(r, { years: r.between(18, 88), allergies: immediate('penicillin') }, inTurn(laterCephalosporins, i))),
  plant('penicillin-rash-cephalosporin', 'minor', 'delayed mild rash, any cephalosporin', 2, (r, i) => compose(r, { years: r.between(18, 80), allergies: delayed(inTurn(['penicillin', 'amoxicillin'], i)) }, inTurn(laterCephalosporins, i))),
  plant('beta-lactam-severe', 'HARD', 'SJS, TEN or DRESS after a beta-lactam, any beta-lactam', 5, (r, i) =>
    compose(r, { ...tested, years: r.between(18, 80), allergies: severe(inTurn(['penicillin', 'cephalosporin', 'ceftriaxone', 'amoxicillin', 'meropenem', 'cefotaxime'], i)) }, inTurn([order('CRO1', 1, 'g', 'IV', 'qd'), order('MEM1', 1, 'g', 'IV', 'q8h'), order('AMX500', 500, 'mg', 'PO', 'tid'), order('CAZ1', 1, 'g', 'IV', 'q8h'), order('CXM250', 250, 'mg', 'PO', 'bid'), order('PIP450', 4.5, 'g', 'IV', 'q8h')], i))),
  plant('ceftazidime-aztreonam', 'HARD', 'ceftazidime, aztreonam: same side chain', 2, (r, i) => compose(r, { years: r.between(18, 80), allergies: immediate(inTurn(['ceftazidime', 'aztreonam'], i)) }, inTurn([order('AZT1', 1, 'g', 'IV', 'q8h'), order('CAZ1', 1, 'g', 'IV', 'q8h')], i))),
  plant('penicillin-carbapenem', 'minor', 'carbapenem after penicillin', 2, (r, i) => compose(r, { years: r.between(18, 80), allergies: immediate('penicillin') }, inTurn([order('MEM1', 1, 'g', 'IV', 'q8h'), order('IMI500', 500, 'mg', 'IV', 'q6h')], i))),
  plant('sulfonamide-antibiotic', 'HARD', 'sulfonamide antibiotic', 4, (r, i) => compose(r, { years: r.between(18, 75), allergies: inTurn([immediate('sulfonamide-antibiotic'), severe('sulfonamide-antibiotic'), immediate('sulfamethoxazole-trimethoprim'), severe('sulfamethoxazole')], i) }, order('SMZ480', 960, 'mg', 'PO', 'bid'))),
  plant('sulfonamide-non-antibiotic', 'minor', 'non-antibiotic sulfonamide', 2, (r, i) => compose(r, { years: r.between(40, 85), allergies: immediate('sulfonamide-antibiotic') }, inTurn([order('FUR20', 20, 'mg', 'PO', 'qd'), order('HCT25', 12.5, 'mg', 'PO', 'qd'), order('CEL200', 200, 'mg', 'PO', 'qd')], i))),
  plant('nsaid-cross', 'HARD', 'aspirin or NSAID asthma or urticaria, other COX-1 NSAID', 5, (r, i) =>
    compose(r, { years: r.between(20, 70), allergies: immediate(inTurn(['aspirin', 'nsaid', 'aspirin', 'ibuprofen', 'diclofenac', 'nsaid'], i)) }, inTurn([order('IBU300', 300, 'mg', 'PO', 'bid'), order('DIC50', 50, 'mg', 'PO', 'tid'), order('KET30', 30, 'mg', 'IM', 'once'), order('LOX60', 60, 'mg', 'PO', 'tid'), order('ASP100', 100, 'mg', 'PO', 'qd'), order('IBU200', 400, 'mg', 'PO', 'once')], i))),
  plant('nsaid-alternative', 'minor', 'celecoxib or paracetamol after an NSAID reaction', 2, (r, i) => compose(r, { years: r.between(20, 70), allergies: immediate('nsaid') }, inTurn([order('CEL200', 200, 'mg', 'PO', 'qd'), order('PAR500', 500, 'mg', 'PO', 'tid')], i))),
  plant('status-not-asked', 'stop', 'allergy status not recorded, any drug', 3, (r, i) => compose(r, { years: r.between(18, 90), allergyStatus: 'not-asked' }, inTurn([order('PAN40', 40, 'mg', 'PO', 'qd'), order('CRO1', 2, 'g', 'IV', 'qd'), order('AML5', 5, 'mg', 'PO', 'qd'), order('PAR500', 500, 'mg', 'PO', 'once')], i))),
  plant('same-ingredient', 'HARD', 'the very ingredient, immediate or severe (general pharmacology)', 6, (r, i) =>
    compose(r, { years: r.between(20, 75), allergies: inTurn([immediate('vancomycin'), severe('carbamazepine'), severe('allopurinol'), immediate('levofloxacin'), immediate('morphine'), severe('phenytoin')], i) },
      inTurn([order('VAN500', 1, 'g', 'IV', 'q12h', { infusion: { volumeMl: 250, rateMlPerHour: 125 } }), order('CBZ200', 100, 'mg', 'PO', 'bid'), order('ALL100', 100, 'mg', 'PO', 'qd'), order('LVX500', 500, 'mg', 'PO', 'qd'), order('MOR10', 5, 'mg', 'IV', 'once'), order('PHT100', 100, 'mg', 'PO', 'tid')], i))),
  plant('penicillin-by-another-name', 'HARD', 'penicillin immediate, any penicillin: the allergen is a single penicillin', 3, (r, i) => compose(r, { ...tested, years: r.between(20, 80), allergies: immediate(inTurn(['piperacillin-tazobactam', 'benzylpenicillin', 'ampicillin'], i)) }, order('AMX500', 500, 'mg', 'PO', 'tid'))),
  plant('aromatic-anticonvulsant', 'major', 'severe reaction to one aromatic anticonvulsant, another (general pharmacology)', 2, (r, i) => compose(r, { years: r.between(20, 60), gender: 'male', allergies: severe(inTurn(['carbamazepine', 'phenytoin'], i)) }, inTurn([order('PHT100', 100, 'mg', 'PO', 'tid'), order('CBZ200', 200, 'mg', 'PO', 'bid')], i))),
  plant('cephalosporin-same-class', 'major', 'immediate reaction to one cephalosporin, another (general pharmacology)', 2, (r, i) => compose(r, { years: r.between(20, 80), allergies: immediate(inTurn(['ceftriaxone', 'cefuroxime'], i)) }, inTurn([order('CTX1', 1, 'g', 'IV', 'q8h'), order('CRO1', 1, 'g', 'IV', 'qd')], i))),
  plant('skin-test-positive', 'HARD', 'skin test positive', 2, (r, i) => compose(r, { years: r.between(18, 70), skinTest: [1, inTurn([1, 30], i)] }, inTurn(penicillins, i))),
  plant('skin-test-missing', 'ask', 'skin test before any penicillin by any route', 2, (r, i) => compose(r, { years: r.between(18, 70) }, inTurn(penicillins, i))),
  plant('skin-test-too-old', 'ask', 'skin test again after more than 72 h', 2, (r, i) => compose(r, { years: r.between(18, 70), skinTest: [0, inTurn([73, 120], i)] }, inTurn(penicillins, i + 1))),
];
