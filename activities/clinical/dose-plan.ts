import { findFrequency, slotMinutes, type Frequency } from './frequency-dictionary.ts';
import { addMinutes, hospitalDayOf, instantOf } from './hospital-time.ts';
import type { ClinicalOrder } from './order.ts';

/** How far ahead doses are planned; safety.md "Dose planning". */
export const horizonMinutes = 36 * 60;
/** How long the last dose of an order stays open after its window; then it counts as not done. */
const lateMinutes = 24 * 60;
/** Drugs whose doses keep to ±30 minutes; orders-loop.md P3. */
const timeCriticalGroups = new Set(['insulin', 'immunosuppressant']);
const timeCriticalMinutes = 30;

export interface PlannedDose {
  /** `<orderId>@<plannedAt>`: the same dose in every plan. */
  readonly doseId: string;
  readonly plannedAt: string;
  readonly windowOpensAt: string;
  readonly windowClosesAt: string;
  /** When the next dose's window opens, or a day after this one's closed: from then on this one is missed. */
  readonly expiresAt: string;
}

export type DosePlan =
  | { readonly kind: 'planned'; readonly doses: readonly PlannedDose[]; readonly horizonEndsAt: string }
  | { readonly kind: 'unknownFrequency'; readonly frequency: string };

/**
 * The doses of an order from `from` up to 36 hours ahead, or the next one when it lies beyond. A slot before
 * the order's start, or whose window has closed, is not planned; a single dose and a first antibiotic dose
 * are due at the start, also when the order was accepted hours later.
 * `firstDayDoses` (首日次数) takes the last doses of the first day, and adds one at the start when more
 * are asked for than slots are left.
 */
export function planDoses(order: ClinicalOrder, from: string): DosePlan {
  const frequency = findFrequency(order.frequency);
  if (!frequency) return { kind: 'unknownFrequency', frequency: order.frequency };
  const horizonEndsAt = addMinutes(from, horizonMinutes);
  if (order.orderType === 'prn') return { kind: 'planned', doses: [], horizonEndsAt };
  const times = order.orderType === 'one-time' || frequency.slots.length === 0 ? [order.startAt] : slotTimes(order, frequency, from, horizonEndsAt);
  return { kind: 'planned', doses: withWindows(order, frequency, times, horizonEndsAt), horizonEndsAt };
}

/** A single dose on request, for an order as needed (长期备用). */
export function planDoseOnRequest(order: ClinicalOrder, requestedAt: string): PlannedDose {
  return { ...dose(order, requestedAt, 60), expiresAt: addMinutes(requestedAt, 60 + lateMinutes) };
}

function slotTimes(order: ClinicalOrder, frequency: Frequency, from: string, until: string): readonly string[] {
  const firstDay = hospitalDayOf(order.startAt);
  const lastDay = hospitalDayOf(until) + frequency.everyDays;
  const minutes = slotMinutes(frequency);
  const first = firstDayTimes(order, minutes, firstDay);
  const times = [...first];
  const startDay = Math.max(firstDay + frequency.everyDays, firstDay + Math.floor((hospitalDayOf(from) - firstDay) / frequency.everyDays) * frequency.everyDays);
  for (let day = startDay; day <= lastDay; day += frequency.everyDays) times.push(...minutes.map((minute) => instantOf(day, minute)));
  // One time beyond the horizon tells when the last dose within it expires.
  const upcoming = times.filter((time) => addMinutes(time, frequency.windowMinutes) >= from || (time === order.startAt && addMinutes(time, lateMinutes) >= from));
  const within = upcoming.filter((time) => time <= until);
  return [...within, ...upcoming.slice(within.length, within.length + 1)];
}

function firstDayTimes(order: ClinicalOrder, minutes: readonly number[], firstDay: number): readonly string[] {
  const left = minutes.map((minute) => instantOf(firstDay, minute)).filter((time) => time >= order.startAt);
  const wanted = order.firstDayDoses ?? left.length;
  const kept = wanted < left.length ? left.slice(left.length - wanted) : left;
  const isFirstAntibiotic = order.groups.includes('antibiotic') && order.firstDayDoses !== 0;
  if ((wanted > left.length || isFirstAntibiotic) && kept[0] !== order.startAt) return withStartDose(order, minutes, kept, wanted);
  return kept;
}

/** Adds a dose at the order's start; a slot closer to it than half the usual interval gives way. */
function withStartDose(order: ClinicalOrder, minutes: readonly number[], kept: readonly string[], wanted: number): readonly string[] {
  const intervalMinutes = (24 * 60) / minutes.length;
  const later = kept.filter((time) => Date.parse(time) - Date.parse(order.startAt) >= (intervalMinutes / 2) * 60_000);
  const rest = order.firstDayDoses === undefined ? later : later.slice(Math.max(0, later.length - (wanted - 1)));
  return [order.startAt, ...rest];
}

function withWindows(order: ClinicalOrder, frequency: Frequency, times: readonly string[], until: string): readonly PlannedDose[] {
  const windowMinutes = order.groups.some((group) => timeCriticalGroups.has(group)) ? Math.min(timeCriticalMinutes, frequency.windowMinutes) : frequency.windowMinutes;
  const doses = times.map((time) => dose(order, time, windowMinutes));
  return doses
    .map((planned, index) => ({ ...planned, expiresAt: doses[index + 1]?.windowOpensAt ?? addMinutes(planned.windowClosesAt, lateMinutes) }))
    .filter((planned) => planned.plannedAt <= until || times.length === 1);
}

function dose(order: ClinicalOrder, plannedAt: string, windowMinutes: number): Omit<PlannedDose, 'expiresAt'> {
  const opensAt = addMinutes(plannedAt, -windowMinutes);
  return {
    doseId: `${order.orderId}@${plannedAt}`,
    plannedAt,
    windowOpensAt: opensAt < order.startAt && order.startAt <= plannedAt ? order.startAt : opensAt,
    windowClosesAt: addMinutes(plannedAt, windowMinutes),
  };
}
