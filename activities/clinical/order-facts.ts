import { creatinineClearance, idealBodyWeight, type Clearance } from './creatinine-clearance.ts';
import { doseInMg, doseInMmol, rhythmOf, type Strength } from './dose-amount.ts';
import { latestLocal, readingsOf, type observationCodes } from './observation-codes.ts';
import type { ClinicalOrder } from './order.ts';
import { recentlyGiven, type EndedOrder } from './recently-given.ts';
import { reproductiveFacts } from './reproductive-status.ts';

/** What the checks read about one order and its patient, as it is in the database. */
export interface OrderContext {
  readonly order: ClinicalOrder;
  readonly patient: { readonly birthDate: Date | undefined; readonly gender: string; readonly allergyStatus: string };
  readonly allergies: readonly { readonly substance: string; readonly reactionClass: string; /** Groups of the catalogue's products of this ingredient. */ readonly groups?: readonly string[] }[];
  readonly observations: readonly { readonly code: string; readonly value: number; readonly unit: string; readonly observedAt: Date }[];
  /** The product in the catalogue; undefined when the code is unknown there. */
  readonly medication: (Strength & { readonly ingredient: string; readonly groups: readonly string[]; readonly highAlert: string }) | undefined;
  /** The patient's other orders that run or are on hold. */
  readonly activeOrders: readonly ActiveOrder[];
  /** The patient's orders that have ended, with a dose given in the last 14 days. */
  readonly endedOrders?: readonly EndedOrder[];
  /** Instant of the order's last dose that was really given. */
  readonly lastGivenAt?: string | undefined;
  readonly at: string;
}

export interface ActiveOrder extends Pick<ClinicalOrder, 'ingredient' | 'groups' | 'dose' | 'doseUnit' | 'route' | 'frequency' | 'orderType'> {
  readonly product?: Strength | undefined;
}

/**
 * Flat, named facts for the rule sets. A value that is not known is an omitted key, never a default;
 * `observedAt` says when each measured fact was observed.
 */
export interface OrderFacts {
  readonly [fact: string]: string | number | boolean | readonly string[] | Readonly<Record<string, string | number>>;
  readonly observedAt: Readonly<Record<string, string>>;
}

const intravenousRoutes = new Set(['IV', 'IVP', 'IVD', 'IVGTT']);

/** Computes the facts. Pure: the same context gives the same facts. */
export function orderFacts(context: OrderContext): OrderFacts {
  const { order, medication, at } = context;
  const measured = measuredFacts(context);
  const ingredient = medication?.ingredient ?? order.ingredient;
  const groups = medication?.groups ?? order.groups;
  return {
    orderedIngredient: ingredient,
    orderedGroups: [...groups],
    orderedRoute: order.route.toUpperCase(),
    orderedFrequency: order.frequency.toLowerCase(),
    orderType: order.orderType,
    isInCatalogue: medication !== undefined,
    highAlert: medication?.highAlert ?? 'not-maintained',
    ...(order.indication ? { indication: order.indication } : {}),
    ...ageFacts(context.patient.birthDate, at),
    gender: context.patient.gender,
    ...reproductiveFacts({ gender: context.patient.gender, ageYears: context.patient.birthDate && ageInYears(context.patient.birthDate, at), observations: context.observations }),
    ...doseFacts(context, ingredient, measured.values['weightKg'], measured.idealWeightKg),
    ...infusionFacts(order, medication, ingredient),
    ...measured.values,
    ...clearanceFacts(measured.clearance),
    allergyStatus: context.patient.allergyStatus,
    allergiesImmediate: substances(context, 'immediate'),
    allergiesDelayed: substances(context, 'delayed-mild'),
    allergiesSevere: substances(context, 'severe-cutaneous'),
    allergenGroupsImmediate: allergenGroups(context, 'immediate'),
    allergenGroupsSevere: allergenGroups(context, 'severe-cutaneous'),
    ...activeFacts(context, groups),
    ...recentlyGiven(context.endedOrders ?? [], at),
    ...(context.lastGivenAt ? { minutesSinceLastDose: Math.floor((Date.parse(at) - Date.parse(context.lastGivenAt)) / 60_000) } : {}),
    observedAt: measured.observedAt,
  };
}

function ageFacts(birthDate: Date | undefined, at: string): Record<string, number> {
  return birthDate ? { ageYears: ageInYears(birthDate, at), ageDays: Math.floor((Date.parse(at) - birthDate.getTime()) / 86_400_000) } : {};
}

function doseFacts({ order, medication, activeOrders }: OrderContext, ingredient: string, weightKg: number | undefined, idealWeightKg: number | undefined): Record<string, number | string> {
  const rhythm = rhythmOf(order);
  const singleDoseMg = doseInMg(order.dose, order.doseUnit, medication);
  const others = activeOrders.filter((active) => active.ingredient === ingredient);
  const otherDailyMg = others.reduce((sum, active) => sum + (doseInMg(active.dose, active.doseUnit, active.product) ?? Number.NaN) * (rhythmOf(active)?.dosesPerDay ?? Number.NaN), 0);
  const dailyDoseMg = singleDoseMg !== undefined && rhythm && !Number.isNaN(otherDailyMg) ? singleDoseMg * rhythm.dosesPerDay + otherDailyMg : undefined;
  const perKg = (mg: number | undefined, kg = weightKg) => (mg !== undefined && kg !== undefined ? Math.round((mg / kg) * 1_000) / 1_000 : undefined);
  return known({
    frequencyStatus: rhythm ? 'known' : 'not-in-dictionary',
    dosesPerDay: rhythm?.dosesPerDay,
    dosingIntervalHours: rhythm?.intervalHours,
    doseUnit: order.doseUnit,
    singleDoseMg,
    dailyDoseMg,
    singleDosePerKgMg: perKg(singleDoseMg),
    singleDosePerIdealKgMg: idealWeightKg === undefined ? undefined : perKg(singleDoseMg, idealWeightKg),
    dailyDosePerKgMg: perKg(dailyDoseMg),
  });
}

function infusionFacts(order: ClinicalOrder, medication: OrderContext['medication'], ingredient: string): Record<string, number | string> {
  const { infusion } = order;
  const amountMmol = doseInMmol(order.dose, order.doseUnit, ingredient, medication);
  const volumeMl = infusion?.volumeMl;
  const concentration = infusion?.concentrationMmolPerL ?? (amountMmol !== undefined && volumeMl ? (amountMmol / volumeMl) * 1_000 : undefined);
  const rate = infusion?.rateMlPerHour;
  const doseMg = doseInMg(order.dose, order.doseUnit, medication);
  return known({
    infusionLine: infusion?.line ?? 'not-stated',
    infusionMinutes: volumeMl !== undefined && rate !== undefined ? (volumeMl / rate) * 60 : undefined,
    infusionConcentrationMmolPerL: concentration,
    infusionRateMmolPerHour: concentration !== undefined && rate !== undefined ? (concentration * rate) / 1_000 : undefined,
    infusionRateMgPerMin: doseMg !== undefined && volumeMl && rate !== undefined ? (doseMg / volumeMl) * (rate / 60) : undefined,
  });
}

const measuredKinds = ['weightKg', 'potassiumMmolPerL', 'glucoseMmolPerL', 'heartRatePerMin', 'systolicMmHg', 'glomerularFiltrationRate', 'inr'] as const satisfies readonly (keyof typeof observationCodes)[];

function measuredFacts(context: OrderContext): { readonly values: Record<string, number>; readonly observedAt: Record<string, string>; readonly clearance: Clearance; readonly idealWeightKg: number | undefined } {
  const { observations, patient, at } = context;
  const values: Record<string, number> = {};
  const observedAt: Record<string, string> = {};
  for (const kind of measuredKinds) {
    const latest = readingsOf(observations, kind)[0];
    if (!latest || (kind === 'weightKg' && isOutgrown(latest.observedAt, context))) continue;
    values[kind] = latest.value;
    observedAt[kind] = latest.observedAt;
  }
  for (const kind of ['penicillinSkinTest', 'opioidTolerant'] as const) {
    const latest = latestLocal(observations, kind);
    if (!latest) continue;
    values[kind] = latest.value;
    observedAt[kind] = latest.observedAt;
  }
  const creatinine = [
    ...readingsOf(observations, 'creatinineMicromolPerL').map(({ value, observedAt: time }) => ({ micromolPerL: value, observedAt: time })),
    ...readingsOf(observations, 'creatinineMgPerDl').map(({ value, observedAt: time }) => ({ micromolPerL: value * 88.4, observedAt: time })),
  ].sort((a, b) => (a.observedAt < b.observedAt ? 1 : -1));
  const heightCm = readingsOf(observations, 'heightCm')[0]?.value;
  const weightKg = values['weightKg'];
  if (heightCm !== undefined && weightKg !== undefined) {
    values['bodyMassIndex'] = Math.round((weightKg / (heightCm / 100) ** 2) * 10) / 10;
    observedAt['bodyMassIndex'] = observedAt['weightKg'] ?? at;
  }
  const ageYears = patient.birthDate && ageInYears(patient.birthDate, at);
  const clearance = creatinineClearance({
    ageYears,
    gender: patient.gender,
    weightKg,
    heightCm,
    creatinine,
    isOnDialysis: latestLocal(observations, 'dialysis')?.value === 1,
    at,
  });
  if (clearance.kind === 'computed') observedAt['creatinineClearanceMlPerMin'] = clearance.observedAt;
  const { gender } = patient;
  const idealWeightKg = heightCm !== undefined && ageYears !== undefined && ageYears >= 18 && (gender === 'male' || gender === 'female') ? idealBodyWeight(heightCm, gender) : undefined;
  return { values, observedAt, clearance, idealWeightKg };
}

/** A newborn's weight counts for a day only; safety.md, drugs and orders. */
function isOutgrown(weighedAt: string, { patient, at }: OrderContext): boolean {
  const atMs = Date.parse(at);
  return patient.birthDate !== undefined && atMs - patient.birthDate.getTime() < 28 * 86_400_000 && atMs - Date.parse(weighedAt) > 86_400_000;
}

function clearanceFacts(clearance: Clearance): Record<string, string | number> {
  if (clearance.kind === 'refused') return { creatinineClearanceStatus: clearance.reason };
  return { creatinineClearanceStatus: 'COMPUTED', creatinineClearanceMlPerMin: clearance.mlPerMin };
}

function activeFacts({ activeOrders }: OrderContext, orderedGroups: readonly string[]): Record<string, readonly string[] | Readonly<Record<string, number>>> {
  const unique = (names: readonly string[]) => [...new Set(names)].sort();
  const activeGroups = unique(activeOrders.flatMap((active) => active.groups));
  const intravenous = activeOrders.filter((active) => intravenousRoutes.has(active.route.toUpperCase()));
  return {
    activeIngredients: unique(activeOrders.map((active) => active.ingredient)),
    activeGroups,
    activeIntravenousGroups: unique(intravenous.flatMap((active) => [active.ingredient, ...active.groups])),
    sharedGroups: activeGroups.filter((group) => orderedGroups.includes(group)),
    activeSingleDosesMg: strongestDoses(activeOrders),
  };
}

/** The strongest single dose of each ingredient that is active; an ingredient with a dose that is no mass is left out. */
function strongestDoses(activeOrders: readonly ActiveOrder[]): Readonly<Record<string, number>> {
  const strongest: Record<string, number> = {};
  for (const { ingredient, dose, doseUnit, product } of activeOrders) {
    const mg = doseInMg(dose, doseUnit, product);
    if (mg !== undefined) strongest[ingredient] = Math.max(mg, strongest[ingredient] ?? 0);
  }
  return strongest;
}

/** Groups of what the patient is allergic to, where the catalogue knows it as an ingredient. */
function allergenGroups({ allergies }: OrderContext, reactionClass: string): readonly string[] {
  return [...new Set(allergies.filter((allergy) => allergy.reactionClass === reactionClass).flatMap(({ substance, groups }) => [substance, ...(groups ?? [])]))].sort();
}

function substances({ allergies }: OrderContext, reactionClass: string): readonly string[] {
  return [...new Set(allergies.filter((allergy) => allergy.reactionClass === reactionClass).map((allergy) => allergy.substance))].sort();
}

function known<Value>(values: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

/** Completed years of life on the hospital's calendar. */
export function ageInYears(birthDate: Date, at: string): number {
  const today = new Date(Date.parse(at) + 8 * 3_600_000);
  const hadBirthday = today.getUTCMonth() > birthDate.getUTCMonth() || (today.getUTCMonth() === birthDate.getUTCMonth() && today.getUTCDate() >= birthDate.getUTCDate());
  return today.getUTCFullYear() - birthDate.getUTCFullYear() - (hadBirthday ? 0 : 1);
}
