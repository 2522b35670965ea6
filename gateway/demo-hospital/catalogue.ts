import { groupsOf } from '#substances';

/** A product of the demo catalogue. `number` makes its GTIN; prefix 693 0000 is invented. */
interface Product {
  readonly code: string;
  readonly number: number;
  readonly name: { readonly 'zh-CN': string; readonly en: string };
  readonly ingredient: string;
  readonly groups: readonly string[];
  readonly strength: number;
  readonly strengthUnit: string;
  readonly form: string;
  readonly highAlert: 'yes' | 'no' | 'not-maintained';
}

const product = (number: number, code: string, zh: string, en: string, ingredient: string, strength: number, strengthUnit: string, form: string, highAlert: Product['highAlert'] = 'no'): Product => ({ number, code, name: { 'zh-CN': zh, en }, ingredient, groups: groupsOf(ingredient), strength, strengthUnit, form, highAlert });

/** GTIN-14 with its check digit. GS1 General Specifications §7.9.1. */
export function gtin14(number: number): string {
  const body = `06930000${String(number).padStart(5, '0')}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

const products: readonly Product[] = [
  product(1, 'AMX500', '阿莫西林胶囊 0.5 g', 'Amoxicillin capsules 0.5 g', 'amoxicillin', 500, 'mg', 'capsule'),
  product(2, 'ASP100', '阿司匹林肠溶片 100 mg', 'Aspirin enteric-coated tablets 100 mg', 'aspirin', 100, 'mg', 'tablet'),
  product(3, 'WAR3', '华法林钠片 3 mg', 'Warfarin sodium tablets 3 mg', 'warfarin', 3, 'mg', 'tablet', 'yes'),
  product(4, 'KCL10', '氯化钾注射液 10 mL:1.5 g', 'Potassium chloride injection 10 mL:1.5 g', 'potassium-chloride', 20, 'mmol', 'ampoule', 'yes'),
  product(5, 'MET25', '美托洛尔片 25 mg', 'Metoprolol tablets 25 mg', 'metoprolol', 25, 'mg', 'tablet'),
  product(6, 'PAR500', '对乙酰氨基酚片 0.5 g', 'Paracetamol tablets 0.5 g', 'paracetamol', 500, 'mg', 'tablet'),
  product(7, 'IBU300', '布洛芬缓释胶囊 0.3 g', 'Ibuprofen sustained-release capsules 0.3 g', 'ibuprofen', 300, 'mg', 'capsule'),
  product(8, 'CRO1', '注射用头孢曲松钠 1 g', 'Ceftriaxone for injection 1 g', 'ceftriaxone', 1, 'g', 'vial'),
  product(9, 'CXM250', '头孢呋辛酯片 0.25 g', 'Cefuroxime axetil tablets 0.25 g', 'cefuroxime', 250, 'mg', 'tablet'),
  product(10, 'LVX500', '左氧氟沙星片 0.5 g', 'Levofloxacin tablets 0.5 g', 'levofloxacin', 500, 'mg', 'tablet'),
  product(11, 'MEM1', '注射用美罗培南 1 g', 'Meropenem for injection 1 g', 'meropenem', 1, 'g', 'vial'),
  product(12, 'VAN500', '注射用盐酸万古霉素 0.5 g', 'Vancomycin for injection 0.5 g', 'vancomycin', 500, 'mg', 'vial'),
  product(13, 'ENO40', '依诺肝素钠注射液 0.4 mL:4000 AxaIU', 'Enoxaparin injection 40 mg', 'enoxaparin', 40, 'mg', 'syringe', 'yes'),
  product(14, 'MTF500', '二甲双胍片 0.5 g', 'Metformin tablets 0.5 g', 'metformin', 500, 'mg', 'tablet'),
  product(15, 'DIG025', '地高辛片 0.25 mg', 'Digoxin tablets 0.25 mg', 'digoxin', 0.25, 'mg', 'tablet', 'yes'),
  product(16, 'MTX25', '甲氨蝶呤片 2.5 mg', 'Methotrexate tablets 2.5 mg', 'methotrexate', 2.5, 'mg', 'tablet', 'yes'),
  product(17, 'MOR10', '盐酸吗啡注射液 1 mL:10 mg', 'Morphine injection 1 mL:10 mg', 'morphine', 10, 'mg', 'ampoule', 'yes'),
  product(18, 'FUR20', '呋塞米片 20 mg', 'Furosemide tablets 20 mg', 'furosemide', 20, 'mg', 'tablet'),
  product(19, 'SPI20', '螺内酯片 20 mg', 'Spironolactone tablets 20 mg', 'spironolactone', 20, 'mg', 'tablet'),
  product(20, 'PER4', '培哚普利叔丁胺片 4 mg', 'Perindopril tablets 4 mg', 'perindopril', 4, 'mg', 'tablet'),
  product(21, 'AML5', '苯磺酸氨氯地平片 5 mg', 'Amlodipine tablets 5 mg', 'amlodipine', 5, 'mg', 'tablet'),
  product(22, 'ATO20', '阿托伐他汀钙片 20 mg', 'Atorvastatin tablets 20 mg', 'atorvastatin', 20, 'mg', 'tablet'),
  product(23, 'PAN40', '泮托拉唑肠溶片 40 mg', 'Pantoprazole tablets 40 mg', 'pantoprazole', 40, 'mg', 'tablet'),
  product(24, 'INS300', '胰岛素注射液 10 mL:400 IU', 'Insulin injection 10 mL:400 IU', 'insulin', 400, '[iU]', 'vial', 'yes'),
  product(25, 'ADR1', '盐酸肾上腺素注射液 1 mL:1 mg', 'Adrenaline injection 1 mL:1 mg', 'adrenaline', 1, 'mg', 'ampoule', 'yes'),
  product(26, 'AMB30', '盐酸氨溴索片 30 mg', 'Ambroxol tablets 30 mg', 'ambroxol', 30, 'mg', 'tablet', 'not-maintained'),
];

/** Rows of the drug catalogue: 26 products, each with a GTIN of its own. */
export const demoMedications = products.map(({ number, groups, ...row }) => ({ ...row, groups: [...groups], gtin: gtin14(number) }));
