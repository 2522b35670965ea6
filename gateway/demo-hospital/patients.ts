/** A synthetic patient: invented name, no person's data. Times are in days or hours before the seeding. */
export interface DemoPatient {
  readonly ward: 'W1' | 'W2';
  readonly bed: number;
  readonly name: string;
  readonly gender: 'male' | 'female';
  readonly ageYears: number;
  readonly weightKg: number;
  readonly heightCm: number;
  readonly creatinineMicromolPerL: number;
  readonly potassiumMmolPerL: number;
  readonly heartRatePerMin: number;
  readonly systolicMmHg: number;
  readonly allergyStatus: 'recorded' | 'none-known' | 'not-asked';
  readonly allergies: readonly { readonly substance: string; readonly reactionClass: string }[];
}

export const demoWards = [
  { id: 'W1', name: { 'zh-CN': '心内科一病区（演示）', en: 'Cardiology ward 1 (demo)' } },
  { id: 'W2', name: { 'zh-CN': '呼吸内科二病区（演示）', en: 'Respiratory ward 2 (demo)' } },
] as const;

const names = {
  W1: ['赵德顺', '钱桂芳', '孙文博', '李秀云', '周建平', '吴雅琴', '郑志远', '王淑珍', '冯国梁', '陈慧兰', '褚立新', '卫秀英', '蒋永安', '沈玉洁', '韩东升', '杨丽华', '朱明德', '秦晓梅', '尤卫国', '许静怡'],
  W2: ['何兆庆', '吕春燕', '施宏伟', '张月娥', '孔祥林', '曹凤仪', '严志强', '华彩霞', '金大勇', '魏素贞', '陶学军', '姜翠屏', '戚长河', '谢婉清', '邹润生', '喻小满', '柏树林', '水凌波', '窦一鸣', '章可欣'],
} as const;

const allergyCases: readonly (readonly [DemoPatient['allergyStatus'], string?, string?])[] = [
  ['none-known'], ['none-known'], ['recorded', 'sulfonamide-antibiotic', 'immediate'], ['none-known'], ['recorded', 'penicillin', 'delayed-mild'],
  ['none-known'], ['none-known'], ['recorded', 'aspirin', 'immediate'], ['none-known'], ['not-asked'],
  ['none-known'], ['none-known'], ['none-known'], ['recorded', 'cephalosporin', 'severe-cutaneous'], ['none-known'],
  ['none-known'], ['recorded', 'iodine-contrast', 'immediate'], ['none-known'], ['none-known'], ['none-known'],
];

/** Bed 12 of ward 1: the patient of the walk-through. */
const bed12: Partial<DemoPatient> = {
  gender: 'female', ageYears: 78, weightKg: 50, heightCm: 158, creatinineMicromolPerL: 80, potassiumMmolPerL: 4.1, heartRatePerMin: 76, systolicMmHg: 128,
  allergyStatus: 'recorded', allergies: [{ substance: 'penicillin', reactionClass: 'immediate' }],
};
/** The only child, for the rules by weight. */
const child: Partial<DemoPatient> = { ageYears: 12, weightKg: 38, heightCm: 149, creatinineMicromolPerL: 45 };

/** A number from `low` to `high` in steps, the same for the same seed. */
function spread(seed: number, low: number, high: number, step = 1): number {
  const steps = Math.floor((high - low) / step) + 1;
  return Math.round((low + (((seed * 7919 + 104729) % 65_537) % steps) * step) * 10) / 10;
}

function patientAt(ward: DemoPatient['ward'], bed: number): DemoPatient {
  const seed = (ward === 'W1' ? 0 : 20) + bed;
  const gender = bed % 2 === 0 ? 'female' : 'male';
  const [allergyStatus = 'not-asked', substance, reactionClass] = allergyCases[bed - 1] ?? [];
  const base: DemoPatient = {
    ward, bed, gender,
    name: names[ward][bed - 1] ?? '佚名',
    ageYears: spread(seed, 36, 88),
    weightKg: spread(seed + 3, gender === 'male' ? 56 : 46, gender === 'male' ? 86 : 72),
    heightCm: spread(seed + 5, gender === 'male' ? 162 : 150, gender === 'male' ? 182 : 168),
    creatinineMicromolPerL: spread(seed + 11, 52, 108),
    potassiumMmolPerL: spread(seed + 13, 3.6, 4.8, 0.1),
    heartRatePerMin: spread(seed + 17, 62, 96),
    systolicMmHg: spread(seed + 19, 108, 158),
    allergyStatus,
    allergies: substance && reactionClass ? [{ substance, reactionClass }] : [],
  };
  if (ward === 'W1' && bed === 12) return { ...base, ...bed12 };
  return ward === 'W2' && bed === 20 ? { ...base, ...child } : base;
}

/** Forty synthetic patients, twenty a ward; the same ones every time. */
export const demoPatients: readonly DemoPatient[] = demoWards.flatMap(({ id }) => Array.from({ length: 20 }, (_, index) => patientAt(id, index + 1)));

/** `P112`: ward 1, bed 12. */
export function patientIdOf({ ward, bed }: Pick<DemoPatient, 'ward' | 'bed'>): string {
  return `P${ward.slice(1)}${String(bed).padStart(2, '0')}`;
}

/** 住院号, for example `ZY260112`. */
export function encounterIdOf({ ward, bed }: Pick<DemoPatient, 'ward' | 'bed'>): string {
  return `ZY260${ward.slice(1)}${String(bed).padStart(2, '0')}`;
}

/** What the wristband's barcode says. */
export function wristbandOf(place: Pick<DemoPatient, 'ward' | 'bed'>): string {
  return `WB-${encounterIdOf(place)}`;
}
