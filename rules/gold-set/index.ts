import { cleanNearMisses, type CleanTemplate } from './clean-near-misses.ts';
import { cleanRoutine } from './clean-routine.ts';
import type { GoldCase } from './gold-case.ts';
import { plantedAllergies } from './planted-allergies.ts';
import { plantedDoses } from './planted-doses.ts';
import { plantedInteractions } from './planted-interactions.ts';
import { plantedKidneys } from './planted-kidneys.ts';
import { plantedOthers } from './planted-others.ts';
import { seeded } from './random.ts';

export { goldFormulary, type GoldProduct } from './formulary.ts';
export type { Expected, GoldCase, GoldOrder, Hazard, Severity } from './gold-case.ts';

/** Changing it changes every patient: give the published score a new date with it. */
const seed = 20_261_123;
const cleanOrders = 1_000;

/** 300 orders with a planted error each and 1,000 that are right, the same at every call. Their expectations come from the clinical sources. */
export function goldSet(): { readonly planted: readonly GoldCase[]; readonly clean: readonly GoldCase[] } {
  const random = seeded(seed);
  const planted = [...plantedAllergies, ...plantedDoses, ...plantedKidneys, ...plantedInteractions, ...plantedOthers].flatMap(({ id, expected, times, make }) =>
    Array.from({ length: times }, (_, index): GoldCase => ({ id: `${expected.hazard}/${id}/${index + 1}`, expected, ...make(random, index) })),
  );
  const templates: readonly CleanTemplate[] = [...cleanNearMisses, ...cleanRoutine];
  const clean = Array.from({ length: cleanOrders }, (_, index): GoldCase => {
    const { id, make } = templates[index % templates.length] as CleanTemplate;
    const number = Math.floor(index / templates.length);
    return { id: `clean/${id}/${number + 1}`, ...make(random, number) };
  });
  return { planted, clean };
}
