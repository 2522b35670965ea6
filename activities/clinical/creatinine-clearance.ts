/** Why no clearance is given: the formula does not hold, or a value is missing. */
export type ClearanceRefusal = 'AGE_UNKNOWN' | 'AGE_UNDER_18' | 'DIALYSIS' | 'CREATININE_UNSTABLE' | 'CREATININE_MISSING' | 'CREATININE_TOO_OLD' | 'WEIGHT_MISSING' | 'HEIGHT_MISSING' | 'GENDER_UNKNOWN';

export type Clearance =
  | { readonly kind: 'computed'; readonly mlPerMin: number; readonly weightKg: number; readonly weightUsed: 'actual' | 'ideal' | 'adjusted'; readonly observedAt: string }
  | { readonly kind: 'refused'; readonly reason: ClearanceRefusal };

export interface CreatinineReading {
  readonly micromolPerL: number;
  readonly observedAt: string;
}

export interface ClearanceInput {
  readonly ageYears: number | undefined;
  /** FHIR administrative-gender */
  readonly gender: string;
  readonly weightKg?: number | undefined;
  readonly heightCm?: number | undefined;
  /** Newest first. */
  readonly creatinine: readonly CreatinineReading[];
  readonly isOnDialysis: boolean;
  readonly at: string;
}

const dayMs = 86_400_000;
const maximumAgeMs = 7 * dayMs;
const micromolPerLPerMgPerDl = 88.4;

/**
 * Creatinine clearance in mL/min after Cockcroft and Gault, (140 − age) × weight × 0.85 if female /
 * (72 × creatinine in mg/dL), with the weight rules and refusals of safety.md: the smaller of actual and
 * ideal weight, above 120 % of ideal the adjusted one; refused under 18, on dialysis, with a creatinine
 * older than 7 days or unstable (KDIGO: +26.5 µmol/L in 48 h, or 1.5 times the lowest of 7 days).
 */
export function creatinineClearance(input: ClearanceInput): Clearance {
  const refuse = (reason: ClearanceRefusal): Clearance => ({ kind: 'refused', reason });
  if (input.ageYears === undefined) return refuse('AGE_UNKNOWN');
  if (input.ageYears < 18) return refuse('AGE_UNDER_18');
  if (input.isOnDialysis) return refuse('DIALYSIS');
  const latest = input.creatinine[0];
  if (!latest) return refuse('CREATININE_MISSING');
  if (Date.parse(input.at) - Date.parse(latest.observedAt) > maximumAgeMs) return refuse('CREATININE_TOO_OLD');
  if (isUnstable(latest, input.creatinine.slice(1))) return refuse('CREATININE_UNSTABLE');
  if (input.gender !== 'male' && input.gender !== 'female') return refuse('GENDER_UNKNOWN');
  if (input.weightKg === undefined) return refuse('WEIGHT_MISSING');
  if (input.heightCm === undefined) return refuse('HEIGHT_MISSING');
  const { weightKg, weightUsed } = dosingWeight(input.weightKg, idealBodyWeight(input.heightCm, input.gender));
  const mgPerDl = latest.micromolPerL / micromolPerLPerMgPerDl;
  const mlPerMin = ((140 - input.ageYears) * weightKg * (input.gender === 'female' ? 0.85 : 1)) / (72 * mgPerDl);
  return { kind: 'computed', mlPerMin: Math.round(mlPerMin * 10) / 10, weightKg, weightUsed, observedAt: latest.observedAt };
}

/** Ideal body weight in kg after Devine: 50 kg (men) or 45.5 kg (women) and 2.3 kg for each inch over 60. */
export function idealBodyWeight(heightCm: number, gender: 'male' | 'female'): number {
  return Math.round(((gender === 'male' ? 50 : 45.5) + 2.3 * Math.max(0, heightCm / 2.54 - 60)) * 10) / 10;
}

function dosingWeight(actual: number, ideal: number): { readonly weightKg: number; readonly weightUsed: 'actual' | 'ideal' | 'adjusted' } {
  if (actual > 1.2 * ideal) return { weightKg: Math.round((ideal + 0.4 * (actual - ideal)) * 10) / 10, weightUsed: 'adjusted' };
  return actual <= ideal ? { weightKg: actual, weightUsed: 'actual' } : { weightKg: ideal, weightUsed: 'ideal' };
}

function isUnstable(latest: CreatinineReading, earlier: readonly CreatinineReading[]): boolean {
  const ageOf = (reading: CreatinineReading) => Date.parse(latest.observedAt) - Date.parse(reading.observedAt);
  return earlier.some((reading) => (ageOf(reading) <= 2 * dayMs && latest.micromolPerL - reading.micromolPerL >= 26.5) || (ageOf(reading) <= 7 * dayMs && latest.micromolPerL >= 1.5 * reading.micromolPerL));
}
