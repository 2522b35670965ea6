import { findFrequency } from './frequency-dictionary.ts';
import type { ClinicalOrder } from './order.ts';

/** Milligrams in one of each UCUM mass unit. */
const milligrams: Readonly<Record<string, number>> = { kg: 1_000_000, g: 1_000, mg: 1, ug: 0.001, ng: 0.000_001 };

/** Strength of one unit of form, as the catalogue has it. */
export interface Strength {
  readonly strength: number;
  readonly strengthUnit: string;
}

/**
 * A dose in milligrams; undefined when its unit is no mass (mmol, international units) or counts units of
 * form whose strength is no mass either. UCUM annotations such as `{tbl}` count units of form.
 */
export function doseInMg(dose: number, unit: string, product?: Strength): number | undefined {
  const factor = milligrams[unit];
  if (factor !== undefined) return round(dose * factor);
  const strengthFactor = isCount(unit) && product ? milligrams[product.strengthUnit] : undefined;
  return strengthFactor !== undefined && product ? round(dose * product.strength * strengthFactor) : undefined;
}

/** Grams counted as a mole of what is prescribed in grams but limited in mmol: 0.3 % KCl, 3 g/L, is the limit of 40 mmol/L. */
const gramsPerMole: Readonly<Record<string, number>> = { 'potassium-chloride': 75 };

/**
 * A dose in millimoles: stated so, counted in units of form whose strength is in mmol, or a mass of an ingredient
 * whose molar mass is known (KCl is prescribed in grams here). Undefined otherwise.
 */
export function doseInMmol(dose: number, unit: string, ingredient: string, product?: Strength): number | undefined {
  if (unit === 'mmol') return dose;
  if (isCount(unit) && product?.strengthUnit === 'mmol') return round(dose * product.strength);
  const grams = gramsPerMole[ingredient];
  const mg = doseInMg(dose, unit, product);
  return grams !== undefined && mg !== undefined ? round(mg / grams) : undefined;
}

/** How often an order is given: doses on a day on which it is due, and hours between doses. */
export interface Rhythm {
  readonly dosesPerDay: number;
  readonly intervalHours: number;
}

/** Undefined for a frequency that the dictionary does not have. A single dose counts as one a day. */
export function rhythmOf(order: Pick<ClinicalOrder, 'frequency' | 'orderType'>): Rhythm | undefined {
  const frequency = findFrequency(order.frequency);
  if (!frequency) return undefined;
  if (order.orderType === 'one-time') return { dosesPerDay: 1, intervalHours: 24 };
  return { dosesPerDay: frequency.dosesPerDay, intervalHours: (24 * frequency.everyDays) / frequency.dosesPerDay };
}

/** UCUM annotations such as `{tbl}`, and the bare unit, count units of form. */
function isCount(unit: string): boolean {
  return unit === '1' || /^\{.+\}$/.test(unit);
}

/** Removes binary noise below a nanogram. */
function round(value: number): number {
  return Math.round(value * 1_000_000) / 1_000_000;
}
