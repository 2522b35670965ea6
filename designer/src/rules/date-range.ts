import { instantOf } from './effective-time.ts';

/** What a range can be chosen as: so many days until now, or days of the person's calendar. */
export const rangeChoices = ['7', '30', '90', 'days'] as const;
export type RangeChoice = (typeof rangeChoices)[number];

export interface ChosenRange {
  readonly choice: RangeChoice;
  /** `2026-11-01`, the first day; empty before it is entered. */
  readonly from: string;
  /** The last day, which belongs to the range. */
  readonly to: string;
}

/** ISO 8601 instants; `to` is not in it. */
export interface InstantRange {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;

/** Why a choice is no range; undefined when it is one. `maximumDays`: what the gateway reads at most. */
export function rangeProblem({ choice, from, to }: ChosenRange, maximumDays = Number.POSITIVE_INFINITY): 'missing' | 'reversed' | 'tooLong' | undefined {
  if (choice !== 'days') return undefined;
  const [start, end] = [startOfDay(from), startOfDay(to)];
  if (start === undefined || end === undefined) return 'missing';
  if (end < start) return 'reversed';
  return (end - start) / dayMs + 1 > maximumDays ? 'tooLong' : undefined;
}

/** The choice as instants on the person's clock; undefined for what is no range. */
export function instantsOf(chosen: ChosenRange, nowMs: number): InstantRange | undefined {
  if (rangeProblem(chosen) !== undefined) return undefined;
  if (chosen.choice !== 'days') return { from: new Date(nowMs - Number(chosen.choice) * dayMs).toISOString(), to: new Date(nowMs).toISOString() };
  const [start, end] = [startOfDay(chosen.from), dayAfter(chosen.to)];
  return start === undefined || end === undefined ? undefined : { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
}

function startOfDay(day: string): number | undefined {
  const instant = day === '' ? undefined : instantOf(`${day}T00:00`);
  return instant === undefined ? undefined : Date.parse(instant);
}

/** The midnight that ends a day; not always 24 hours later. */
function dayAfter(day: string): number | undefined {
  const start = startOfDay(day);
  if (start === undefined) return undefined;
  const date = new Date(start);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}
