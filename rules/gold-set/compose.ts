/* eslint-disable no-restricted-globals -- Date only converts the fixed instants of the set: no clock is read. */
import type { GoldContext, GoldOrder } from './gold-case.ts';
import type { Random } from './random.ts';

/** The moment of every case: a Monday morning round on the hospital's clock. */
export const roundAt = '2026-11-23T02:00:00.000Z';
const hourMs = 3_600_000;

/** What a template says about a patient; the rest is drawn. Ages in years, or in days for infants. */
export interface Person {
  readonly years?: number;
  readonly days?: number;
  readonly gender?: 'male' | 'female';
  readonly kg?: number;
  /** Hours since weighed; false: no weight on file. */
  readonly weighed?: number | false;
  /** false: no height on file. */
  readonly cm?: number | false;
  /** Serum creatinine in µmol/L; false: none on file. */
  readonly creatinine?: number | false;
  /** Hours since the creatinine was taken. */
  readonly creatinineTaken?: number;
  /** An earlier creatinine, 40 h before the newest. */
  readonly creatinineBefore?: number;
  /** eGFR as the laboratory reported it; by CKD-EPI 2021 when absent. */
  readonly egfr?: number;
  readonly potassium?: number | false;
  readonly potassiumTaken?: number;
  readonly allergies?: GoldContext['allergies'];
  readonly allergyStatus?: 'not-asked';
  /** `unknown`: a woman who was not asked. */
  readonly pregnant?: 0 | 1 | 'unknown';
  readonly weeks?: number;
  readonly lactating?: 0 | 1;
  readonly opioidTolerant?: 1;
  readonly dialysis?: 1;
  /** Result of the penicillin skin test and the hours since. */
  readonly skinTest?: readonly [0 | 1, number];
}

/** An order with its frequency; long-term unless said otherwise. */
export function order(medicationCode: string, dose: number, doseUnit: string, route: string, frequency: string, more: Partial<GoldOrder> = {}): GoldOrder {
  return { medicationCode, dose, doseUnit, route, frequency, orderType: frequency === 'once' || frequency === 'st' ? 'one-time' : 'long-term', ...more };
}

/** A patient, what is on file, other orders and the order in question as one case. */
export function compose(random: Random, person: Person, ordered: GoldOrder, activeOrders: readonly GoldOrder[] = [], endedOrders: readonly (readonly [string, number])[] = []): GoldContext {
  const gender = person.gender ?? random.pick(['male', 'female'] as const);
  const days = person.days ?? Math.round((person.years ?? 45) * 365.25 + random.between(20, 330));
  const allergies = person.allergies ?? [];
  return {
    at: roundAt,
    ward: random.pick(['W1', 'W2', 'W3', 'ICU']),
    order: ordered,
    patient: {
      birthDate: new Date(Date.parse(roundAt) - days * 24 * hourMs).toISOString().slice(0, 10),
      gender,
      allergyStatus: person.allergyStatus ?? (allergies.length > 0 ? 'recorded' : 'none-known'),
    },
    allergies,
    observations: observationsOf(random, person, gender, days / 365.25),
    activeOrders,
    endedOrders: endedOrders.map(([medicationCode, hours]) => ({ medicationCode, lastGivenAt: hoursBefore(hours) })),
  };
}

function observationsOf(random: Random, person: Person, gender: 'male' | 'female', years: number): GoldContext['observations'] {
  const rows: { code: string; value: number; unit: string; observedAt: string }[] = [];
  const row = (code: string, value: number | undefined, unit: string, hours: number) => {
    if (value !== undefined) rows.push({ code, value, unit, observedAt: hoursBefore(hours) });
  };
  const size = sizeOf(random, gender, years);
  if (person.weighed !== false) row('29463-7', person.kg ?? size.kg, 'kg', person.weighed ?? (years < 0.1 ? random.between(2, 20) : random.between(4, 90)));
  if (person.cm !== false) row('8302-2', person.cm ?? size.cm, 'cm', 60);
  if (person.creatinine !== false) {
    const taken = person.creatinineTaken ?? random.between(4, 70);
    const value = person.creatinine ?? (years < 18 ? random.between(25, 50) : random.between(52, 82));
    row('14682-9', value, 'umol/L', taken);
    row('14682-9', person.creatinineBefore, 'umol/L', taken + 40);
    if (years >= 18) row('98979-8', person.egfr ?? ckdEpi(value / 88.4, years, gender), 'mL/min/{1.73_m2}', taken);
  }
  if (person.potassium !== false) row('2823-3', person.potassium ?? random.between(3.6, 4.7, 0.1), 'mmol/L', person.potassiumTaken ?? random.between(3, 40));
  row('8867-4', random.between(64, 94), '/min', 2);
  row('8480-6', random.between(108, 148), 'mm[Hg]', 2);
  row('8310-5', random.between(36.3, 37.8, 0.1), 'Cel', 2);
  const known = (code: string, value: number | undefined, hours: number) => row(code, value, '1', hours);
  // Women of childbearing age are asked on admission, unless the template is about not having asked.
  const askedHoursAgo = random.between(10, 200);
  if (person.pregnant !== 'unknown') known('CL-PREGNANT', person.pregnant ?? (gender === 'female' && years >= 12 && years < 51 ? 0 : undefined), askedHoursAgo);
  known('CL-LACTATING', person.lactating, 48);
  row('49051-6', person.weeks, 'wk', 30);
  known('CL-OPIOID-TOLERANT', person.opioidTolerant, 30);
  known('CL-DIALYSIS', person.dialysis, 30);
  if (person.skinTest) known('CL-PENICILLIN-SKIN-TEST', ...person.skinTest);
  return rows;
}

/** A usual weight and height: adults by sex, children by age. */
function sizeOf(random: Random, gender: 'male' | 'female', years: number): { readonly kg: number; readonly cm: number } {
  if (years < 0.1) return { kg: random.between(2.8, 4, 0.1), cm: random.between(48, 53) };
  if (years < 14) return { kg: Math.round((years < 1 ? 4 + years * 6 : 8 + years * 2.2) * random.between(92, 112) / 10) / 10, cm: Math.round(72 + years * 6.2) };
  return gender === 'male' ? { kg: random.between(58, 78), cm: random.between(165, 180) } : { kg: random.between(48, 66), cm: random.between(154, 167) };
}

/** eGFR by CKD-EPI 2021, as the laboratory reports it with the creatinine in mg/dL. */
function ckdEpi(mgPerDl: number, years: number, gender: 'male' | 'female'): number {
  const [kappa, alpha] = gender === 'female' ? [0.7, -0.241] : [0.9, -0.302];
  const ratio = mgPerDl / kappa;
  return Math.round(142 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.2 * 0.9938 ** years * (gender === 'female' ? 1.012 : 1));
}

function hoursBefore(hours: number): string {
  return new Date(Date.parse(roundAt) - hours * hourMs).toISOString();
}
