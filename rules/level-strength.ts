import type { Level } from './rule-set.ts';

const strengths: Readonly<Record<Level, number>> = { HARD: 4, UNKNOWN: 3, PHARMACIST: 2, WARN: 1, PASS: 0 };

/** The place of a level in HARD > UNKNOWN > PHARMACIST > WARN > PASS, as a number: more is stronger. */
export function strengthOf(level: Level): number {
  return strengths[level];
}

/** Whether somebody has to do something before the order goes on: HARD, UNKNOWN and PHARMACIST. */
export function isInterrupting(level: Level): boolean {
  return strengths[level] >= strengths.PHARMACIST;
}
