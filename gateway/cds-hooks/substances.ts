/**
 * A substance as the rule sets know it. Orders of foreign systems name products that no catalogue of ours has; their
 * substances are found by an ATC code or by the generic names in the product's description.
 * Groups follow the WHO's ATC classification and the approved labels. Demo default; the pharmacy owns the list.
 */
export interface Substance {
  readonly ingredient: string;
  readonly groups: readonly string[];
}

interface Entry extends Substance {
  /** ATC code of the substance; several where it is given by several routes. */
  readonly atc: readonly string[];
  /** Generic names: INN, United States adopted name, Chinese. */
  readonly names: readonly string[];
}

const entry = (ingredient: string, atc: string, groups: string, ...names: readonly string[]): Entry => ({
  ingredient,
  atc: atc.split(' '),
  groups: groups.split(' ').filter((group) => group !== ''),
  names: [ingredient.replaceAll('-', ' '), ...names],
});

const entries: readonly Entry[] = [
  entry('acyclovir', 'J05AB01 D06BB03', 'antiviral', 'aciclovir', '阿昔洛韦'),
  entry('adrenaline', 'C01CA24', 'catecholamine', 'epinephrine', '肾上腺素'),
  entry('allopurinol', 'M04AA01', '', '别嘌醇'),
  entry('amiodarone', 'C01BD01', 'antiarrhythmic qt-prolonging', '胺碘酮'),
  entry('amlodipine', 'C08CA01', 'calcium-channel-blocker antihypertensive', '氨氯地平'),
  entry('amoxicillin', 'J01CA04', 'penicillin beta-lactam antibiotic', '阿莫西林'),
  entry('ampicillin', 'J01CA01', 'penicillin beta-lactam antibiotic', '氨苄西林'),
  entry('aspirin', 'B01AC06 N02BA01', 'nsaid antiplatelet', 'acetylsalicylic acid', '阿司匹林'),
  entry('atenolol', 'C07AB03', 'beta-blocker antihypertensive', '阿替洛尔'),
  entry('atorvastatin', 'C10AA05', 'statin', '阿托伐他汀'),
  entry('azathioprine', 'L04AX01', 'thiopurine immunosuppressant', '硫唑嘌呤'),
  entry('azithromycin', 'J01FA10', 'macrolide antibiotic qt-prolonging', '阿奇霉素'),
  entry('benzylpenicillin', 'J01CE01', 'penicillin beta-lactam antibiotic', 'penicillin g', '青霉素'),
  entry('captopril', 'C09AA01', 'ace-inhibitor antihypertensive', '卡托普利'),
  entry('cefazolin', 'J01DB04', 'cephalosporin beta-lactam antibiotic', '头孢唑林'),
  entry('ceftriaxone', 'J01DD04', 'cephalosporin beta-lactam antibiotic', '头孢曲松'),
  entry('cefuroxime', 'J01DC02', 'cephalosporin beta-lactam antibiotic', '头孢呋辛'),
  entry('celecoxib', 'M01AH01', 'nsaid', '塞来昔布'),
  entry('ciprofloxacin', 'J01MA02', 'fluoroquinolone antibiotic qt-prolonging', '环丙沙星'),
  entry('citalopram', 'N06AB04', 'ssri qt-prolonging', '西酞普兰'),
  entry('clarithromycin', 'J01FA09', 'macrolide antibiotic qt-prolonging', '克拉霉素'),
  entry('clopidogrel', 'B01AC04', 'antiplatelet', '氯吡格雷'),
  entry('cyclosporine', 'L04AD01', 'immunosuppressant', 'ciclosporin', 'cyclosporin', '环孢素'),
  entry('diazepam', 'N05BA01', 'benzodiazepine', '地西泮'),
  entry('diclofenac', 'M01AB05', 'nsaid', '双氯芬酸'),
  entry('digoxin', 'C01AA05', 'cardiac-glycoside', '地高辛'),
  entry('diltiazem', 'C08DB01', 'calcium-channel-blocker', '地尔硫䓬', '地尔硫卓'),
  entry('enalapril', 'C09AA02', 'ace-inhibitor antihypertensive', '依那普利'),
  entry('enoxaparin', 'B01AB05', 'anticoagulant low-molecular-weight-heparin', '依诺肝素'),
  entry('erythromycin', 'J01FA01', 'macrolide antibiotic qt-prolonging', '红霉素'),
  entry('esomeprazole', 'A02BC05', 'proton-pump-inhibitor', '艾司奥美拉唑', '埃索美拉唑'),
  entry('fluconazole', 'J02AC01', 'azole-antifungal', '氟康唑'),
  entry('fluoxetine', 'N06AB03', 'ssri', '氟西汀'),
  entry('furosemide', 'C03CA01', 'loop-diuretic sulfonamide-non-antibiotic', '呋塞米'),
  entry('gentamicin', 'J01GB03', 'aminoglycoside antibiotic', '庆大霉素'),
  entry('heparin', 'B01AB01', 'anticoagulant', '肝素'),
  entry('hydrochlorothiazide', 'C03AA03', 'thiazide antihypertensive sulfonamide-non-antibiotic', '氢氯噻嗪'),
  entry('ibuprofen', 'M01AE01', 'nsaid', '布洛芬'),
  entry('indometacin', 'M01AB01', 'nsaid', 'indomethacin', '吲哚美辛'),
  entry('insulin', 'A10AB01', 'insulin antidiabetic', '胰岛素'),
  entry('isosorbide-dinitrate', 'C01DA08', 'nitrate', '硝酸异山梨酯'),
  entry('itraconazole', 'J02AC02', 'azole-antifungal', '伊曲康唑'),
  entry('ketorolac', 'M01AB15', 'nsaid', '酮咯酸'),
  entry('levofloxacin', 'J01MA12', 'fluoroquinolone antibiotic qt-prolonging', '左氧氟沙星'),
  entry('linezolid', 'J01XX08', 'antibiotic', '利奈唑胺'),
  entry('lisinopril', 'C09AA03', 'ace-inhibitor antihypertensive', '赖诺普利'),
  entry('lithium', 'N05AN01', '', 'lithium carbonate', '碳酸锂'),
  entry('losartan', 'C09CA01', 'angiotensin-receptor-blocker antihypertensive', '氯沙坦'),
  entry('meloxicam', 'M01AC06', 'nsaid', '美洛昔康'),
  entry('mercaptopurine', 'L01BB02', 'thiopurine', '巯嘌呤'),
  entry('meropenem', 'J01DH02', 'carbapenem beta-lactam antibiotic', '美罗培南'),
  entry('metformin', 'A10BA02', 'biguanide antidiabetic', '二甲双胍'),
  entry('methotrexate', 'L01BA01 L04AX03', 'antimetabolite immunosuppressant', '甲氨蝶呤'),
  entry('metoprolol', 'C07AB02', 'beta-blocker antihypertensive', '美托洛尔'),
  entry('metronidazole', 'J01XD01 P01AB01', 'antibiotic', '甲硝唑'),
  entry('morphine', 'N02AA01', 'opioid', '吗啡'),
  entry('moxifloxacin', 'J01MA14', 'fluoroquinolone antibiotic qt-prolonging', '莫西沙星'),
  entry('naproxen', 'M01AE02', 'nsaid', '萘普生'),
  entry('nitroglycerin', 'C01DA02', 'nitrate', 'glyceryl trinitrate', '硝酸甘油'),
  entry('omeprazole', 'A02BC01', 'proton-pump-inhibitor', '奥美拉唑'),
  entry('pantoprazole', 'A02BC02', 'proton-pump-inhibitor', '泮托拉唑'),
  entry('paracetamol', 'N02BE01', 'analgesic antipyretic', 'acetaminophen', '对乙酰氨基酚'),
  entry('perindopril', 'C09AA04', 'ace-inhibitor antihypertensive', '培哚普利'),
  entry('pethidine', 'N02AB02', 'opioid', 'meperidine', '哌替啶'),
  entry('piperacillin', 'J01CA12', 'penicillin beta-lactam antibiotic', '哌拉西林'),
  entry('piroxicam', 'M01AC01', 'nsaid', '吡罗昔康'),
  entry('potassium-chloride', 'A12BA01', 'potassium-supplement electrolyte', '氯化钾'),
  entry('ramipril', 'C09AA05', 'ace-inhibitor antihypertensive', '雷米普利'),
  entry('rosuvastatin', 'C10AA07', 'statin', '瑞舒伐他汀'),
  entry('sertraline', 'N06AB06', 'ssri', '舍曲林'),
  entry('sildenafil', 'G04BE03', 'pde5-inhibitor', '西地那非'),
  entry('simvastatin', 'C10AA01', 'statin', '辛伐他汀'),
  entry('spironolactone', 'C03DA01', 'potassium-sparing-diuretic', '螺内酯'),
  entry('sulfamethoxazole-trimethoprim', 'J01EE01', 'sulfonamide-antibiotic antibiotic', 'co-trimoxazole', '复方磺胺甲噁唑'),
  entry('tacrolimus', 'L04AD02', 'immunosuppressant', '他克莫司'),
  entry('tadalafil', 'G04BE08', 'pde5-inhibitor', '他达拉非'),
  entry('theophylline', 'R03DA04', '', '茶碱'),
  entry('tramadol', 'N02AX02', 'opioid', '曲马多'),
  entry('valproate', 'N03AG01', 'antiepileptic', 'valproic acid', 'divalproex', '丙戊酸'),
  entry('valsartan', 'C09CA03', 'angiotensin-receptor-blocker antihypertensive', '缬沙坦'),
  entry('vancomycin', 'J01XA01', 'glycopeptide antibiotic', '万古霉素'),
  entry('venlafaxine', 'N06AX16', 'snri', '文拉法辛'),
  entry('verapamil', 'C08DA01', 'calcium-channel-blocker', '维拉帕米'),
  entry('voriconazole', 'J02AC03', 'azole-antifungal qt-prolonging', '伏立康唑'),
  entry('warfarin', 'B01AA03', 'anticoagulant vitamin-k-antagonist', '华法林'),
];

const byAtc = new Map(entries.flatMap((each) => each.atc.map((code) => [code, each] as const)));
// The longest name first: "isosorbide dinitrate" before a shorter name within it.
const byName = entries
  .flatMap((each) => each.names.map((name) => ({ name, pattern: patternOf(name), each })))
  .sort((a, b) => b.name.length - a.name.length);

/** A whole word in Latin letters; a Chinese name wherever it stands. */
function patternOf(name: string): RegExp {
  return /^[\u0020-\u007e]+$/.test(name) ? new RegExp(`(?<![a-z])${name.replaceAll('-', ' ')}(?![a-z])`, 'g') : new RegExp(name, 'g');
}

/** The substance of an ATC code of the fifth level; undefined for one that the list does not have. */
export function substanceByAtc(code: string): Substance | undefined {
  return byAtc.get(code.trim().toUpperCase());
}

/**
 * The substances that a product's description names, each once: `Amoxicillin 500 MG / Clavulanate …` names one that is known.
 * Names count as whole words, in any letter case; a Chinese name wherever it stands.
 */
export function substancesInText(text: string): readonly Substance[] {
  let rest = text.normalize('NFKC').toLowerCase().replaceAll('-', ' ');
  const found = new Set<Substance>();
  for (const { pattern, each } of byName) {
    const without = rest.replace(pattern, ' ');
    if (without !== rest) found.add(each);
    rest = without;
  }
  return [...found].map(({ ingredient, groups }) => ({ ingredient, groups }));
}

const allergyGroups: readonly (readonly [group: string, names: RegExp])[] = [
  ['penicillin', /(?<![a-z])penicillins?(?![a-z])|青霉素/],
  ['cephalosporin', /(?<![a-z])(?:cephalosporins?|cef[a-z]+)(?![a-z])|头孢/],
  ['sulfonamide-antibiotic', /(?<![a-z])(?:sulfa|sulfonamides?|sulphonamides?)(?![a-z])|磺胺/],
  ['nsaid', /(?<![a-z])nsaids?(?![a-z])|非甾体/],
];

/** What an allergy is to, as the allergy rules know it: a substance with its groups, or a group. */
export interface Allergen {
  readonly substance: string;
  readonly groups: readonly string[];
}

/** The substances and groups that the text of an allergy names, each once. */
export function allergensInText(text: string): readonly Allergen[] {
  const plain = text.normalize('NFKC').toLowerCase();
  const substances = substancesInText(text).map(({ ingredient, groups }) => ({ substance: ingredient, groups }));
  const groups = allergyGroups.filter(([, names]) => names.test(plain)).map(([group]) => ({ substance: group, groups: [] }));
  return [...substances, ...groups];
}
