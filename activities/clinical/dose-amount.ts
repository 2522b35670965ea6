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
  const isCount = unit === '1' || /^\{.+\}$/.test(unit);
  const strengthFactor = isCount && product ? milligrams[product.strengthUnit] : undefined;
  return strengthFactor !== undefined && product ? round(dose * product.strength * strengthFactor) : undefined;
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

/** Removes binary noise below a nanogram. */
function round(value: number): number {
  return Math.round(value * 1_000_000) / 1_000_000;
}
