import { compose, order, type Person } from './compose.ts';
import type { GoldContext, GoldOrder, Severity } from './gold-case.ts';
import { inTurn, planter, type PlantedTemplate } from './planted-case.ts';
import type { Random } from './random.ts';

const plant = planter('interaction', 'R-DDI');
const fit = (r: Random): Person => ({ years: r.between(28, 62), gender: 'male', creatinine: r.between(50, 70) });

/** Doses at which nobody would stumble over one of the two drugs alone. */
const usual: Readonly<Record<string, GoldOrder>> = Object.fromEntries(
  [
    order('ASP100', 100, 'mg', 'PO', 'qd'), order('WAR3', 3, 'mg', 'PO', 'qd'), order('IBU300', 300, 'mg', 'PO', 'bid'), order('DIC50', 50, 'mg', 'PO', 'bid'), order('CEL200', 200, 'mg', 'PO', 'qd'),
    order('AMI200', 200, 'mg', 'PO', 'qd'), order('FLU150', 150, 'mg', 'PO', 'qd'), order('MTZ200', 400, 'mg', 'PO', 'tid'), order('SMZ480', 960, 'mg', 'PO', 'bid'), order('RIF150', 450, 'mg', 'PO', 'qd'),
    order('SIM20', 20, 'mg', 'PO', 'qn'), order('CLR250', 500, 'mg', 'PO', 'bid'), order('ITR100', 200, 'mg', 'PO', 'bid'), order('AML5', 5, 'mg', 'PO', 'qd'), order('LZD600', 600, 'mg', 'IV', 'q12h'),
    order('SER50', 50, 'mg', 'PO', 'qd'), order('ESC10', 10, 'mg', 'PO', 'qd'), order('VEN75', 75, 'mg', 'PO', 'qd'), order('SEL5', 5, 'mg', 'PO', 'bid'), order('MOC150', 150, 'mg', 'PO', 'bid'), order('PET50', 50, 'mg', 'IM', 'once'),
    order('ISM20', 20, 'mg', 'PO', 'bid'), order('NTG5', 5, 'mg', 'IV', 'qd'), order('SIL50', 50, 'mg', 'PO', 'once'), order('TAD10', 10, 'mg', 'PO', 'once'), order('PER4', 4, 'mg', 'PO', 'qd'), order('ENA10', 10, 'mg', 'PO', 'qd'),
    order('VAL80', 80, 'mg', 'PO', 'qd'), order('SPI20', 20, 'mg', 'PO', 'qd'), order('KCLSR', 1, 'g', 'PO', 'bid'), order('SAC100', 100, 'mg', 'PO', 'bid'), order('CRO1', 2, 'g', 'IV', 'qd'), order('CAG10', 1, 'g', 'IV', 'qd'),
    order('MTX25', 10, 'mg', 'PO', 'qw'), order('DIG025', 0.125, 'mg', 'PO', 'qd'), order('VER40', 40, 'mg', 'PO', 'tid'), order('CLO75', 75, 'mg', 'PO', 'qd'), order('OME20', 20, 'mg', 'PO', 'qd'), order('ESO40', 40, 'mg', 'PO', 'qd'),
    order('MXF400', 400, 'mg', 'PO', 'qd'), order('HAL5', 5, 'mg', 'IM', 'once'), order('ODN8', 8, 'mg', 'IV', 'once'), order('AZM250', 500, 'mg', 'PO', 'qd'), order('MEM1', 1, 'g', 'IV', 'q8h'), order('IMI500', 500, 'mg', 'IV', 'q6h'), order('VPA500', 500, 'mg', 'PO', 'bid'),
    order('MOR10', 5, 'mg', 'IV', 'once'), order('OXY10', 10, 'mg', 'PO', 'q12h'), order('TRA50', 50, 'mg', 'PO', 'bid'), order('DIA25', 2.5, 'mg', 'PO', 'qn'), order('MID5', 2, 'mg', 'IV', 'once'), order('EST1', 1, 'mg', 'PO', 'qn'),
    order('CFP1', 1, 'g', 'IV', 'q12h'), order('ALC10', 10, 'mL', 'PO', 'tid'), order('METIV', 5, 'mg', 'IV', 'once'), order('ESM100', 50, 'mg', 'IV', 'once'), order('VERIV', 5, 'mg', 'IV', 'once'), order('DILIV', 10, 'mg', 'IV', 'once'),
    order('THE100', 100, 'mg', 'PO', 'bid'), order('CIP250', 500, 'mg', 'PO', 'bid'), order('LIT250', 250, 'mg', 'PO', 'tid'), order('HCT25', 12.5, 'mg', 'PO', 'qd'), order('ALL100', 100, 'mg', 'PO', 'qd'), order('AZA50', 50, 'mg', 'PO', 'qd'), order('MER50', 50, 'mg', 'PO', 'qd'),
    order('COL05', 0.5, 'mg', 'PO', 'bid'), order('CBZ200', 200, 'mg', 'PO', 'bid'), order('LOS50', 50, 'mg', 'PO', 'qd'), order('TIC90', 90, 'mg', 'PO', 'bid'),
  ].map((each) => [each.medicationCode, each]),
);
const usualDose = (code: string): GoldOrder => {
  const found = usual[code];
  if (!found) throw new Error(`Expected a usual dose of ${code}, but there is none`);
  return found;
};

/** Pairs `A+B`: the one is active, the other ordered, in both directions in turn. */
function pairs(id: string, severity: Severity, row: string, times: number, list: string, person: (r: Random) => Person = fit): PlantedTemplate {
  const both = list.split(' ').flatMap((pair): readonly (readonly [string, string])[] => {
    const [first = '', second = ''] = pair.split('+');
    return [[first, second], [second, first]];
  });
  return plant(id, severity, row, times, (r, i): GoldContext => {
    const [active, ordered] = inTurn(both, i);
    return compose(r, person(r), usualDose(ordered), [usualDose(active)]);
  });
}

const washout = (id: string, row: string, cases: readonly (readonly [string, number, string])[], severity: Severity = 'HARD'): PlantedTemplate =>
  plant(id, severity, row, cases.length, (r, i) => {
    const [ended, hours, ordered] = inTurn(cases, i);
    return compose(r, fit(r), usualDose(ordered), [], [[ended, hours]]);
  });

/** Errors of R-DDI, its washout times, and pairs of general pharmacology. */
export const plantedInteractions: readonly PlantedTemplate[] = [
  pairs('aspirin-warfarin', 'major', 'row 1', 2, 'WAR3+ASP100'),
  pairs('nsaid-warfarin', 'major', 'row 2', 3, 'WAR3+IBU300 WAR3+DIC50'),
  pairs('amiodarone-warfarin', 'major', 'row 3', 1, 'WAR3+AMI200'),
  pairs('antimicrobial-warfarin', 'major', 'row 4', 5, 'WAR3+FLU150 WAR3+MTZ200 WAR3+SMZ480'),
  pairs('simvastatin-inhibitor', 'HARD', 'row 5', 3, 'SIM20+CLR250 SIM20+ITR100'),
  plant('simvastatin-over-20', 'major', 'row 6', 4, (r, i) => {
    const simvastatin = order('SIM20', 40, 'mg', 'PO', 'qn');
    const other = usualDose(inTurn(['AMI200', 'AML5'], i));
    return i % 4 < 2 ? compose(r, fit(r), simvastatin, [other]) : compose(r, fit(r), other, [simvastatin]);
  }),
  pairs('linezolid-ssri', 'major', 'row 7 and safety corrections', 3, 'SER50+LZD600 VEN75+LZD600'),
  pairs('maoi-ssri', 'HARD', 'row 7', 3, 'SEL5+SER50 MOC150+VEN75'),
  pairs('maoi-pethidine', 'HARD', 'row 8', 2, 'SEL5+PET50'),
  pairs('nitrate-pde5', 'HARD', 'row 9', 3, 'ISM20+SIL50 NTG5+TAD10'),
  pairs('raas-potassium', 'major', 'row 10', 3, 'PER4+SPI20 VAL80+KCLSR'),
  pairs('acei-sacubitril', 'HARD', 'row 11', 2, 'ENA10+SAC100'),
  plant('ceftriaxone-calcium-neonate', 'HARD', 'row 12, under 28 days', 2, (r, i) => {
    const two = [order('CRO1', 150, 'mg', 'IV', 'qd'), order('CAG10', 100, 'mg', 'IV', 'qd')] as const;
    return compose(r, { days: r.between(3, 26), kg: 3.2 }, i % 2 === 0 ? two[0] : two[1], [i % 2 === 0 ? two[1] : two[0]]);
  }),
  pairs('ceftriaxone-calcium', 'major', 'row 12', 2, 'CRO1+CAG10'),
  pairs('methotrexate-smz', 'HARD', 'row 13', 2, 'MTX25+SMZ480'),
  pairs('methotrexate-nsaid', 'major', 'row 13', 1, 'MTX25+IBU300'),
  pairs('digoxin', 'major', 'row 14', 2, 'DIG025+AMI200 DIG025+VER40'),
  pairs('clopidogrel', 'minor', 'row 15', 2, 'CLO75+OME20 CLO75+ESO40'),
  pairs('two-qt', 'major', 'row 16', 3, 'MXF400+HAL5 AZM250+ODN8'),
  pairs('carbapenem-valproate', 'HARD', 'row 17', 2, 'VPA500+MEM1 VPA500+IMI500'),
  pairs('opioid-benzodiazepine', 'major', 'row 18', 3, 'MOR10+MID5 OXY10+EST1'),
  pairs('disulfiram-like', 'HARD', 'row 19', 3, 'CFP1+ALC10 MTZ200+ALC10'),
  pairs('iv-beta-blocker', 'HARD', 'row 20', 3, 'METIV+VERIV ESM100+DILIV'),
  pairs('theophylline', 'major', 'row 21', 1, 'THE100+CIP250'),
  pairs('lithium', 'major', 'row 22', 5, 'LIT250+IBU300 LIT250+PER4 LIT250+HCT25'),
  pairs('thiopurine', 'major', 'row 23', 2, 'ALL100+AZA50 ALL100+MER50'),
  washout('washout-maoi', 'rows 7 and 8, washout of 14 days', [['SEL5', 24 * 9, 'SER50'], ['SER50', 24 * 5, 'SEL5'], ['MOC150', 24 * 2, 'PET50']]),
  washout('washout-pde5', 'row 9, 24 h and 48 h', [['SIL50', 10, 'ISM20'], ['TAD10', 40, 'NTG5']]),
  washout('washout-acei', 'row 11, 36 h', [['ENA10', 20, 'SAC100'], ['SAC100', 30, 'PER4']]),
  washout('washout-disulfiram', 'row 19, 7 days', [['MTZ200', 24 * 4, 'ALC10'], ['CFP1', 24 * 2, 'ALC10']]),
  pairs('general-major', 'major', 'general pharmacology: dual RAAS blockade, serotonergic pair, inducers and inhibitors', 7, 'VAL80+PER4 SER50+TRA50 CLR250+COL05 WAR3+RIF150 LIT250+LOS50 DIG025+CLR250'),
];
