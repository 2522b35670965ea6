/** What rules and decisions say, strongest first. */
export const levels = ['HARD', 'UNKNOWN', 'PHARMACIST', 'WARN', 'PASS'] as const;
export type Level = (typeof levels)[number];

const strengths: Readonly<Record<Level, number>> = { HARD: 4, UNKNOWN: 3, PHARMACIST: 2, WARN: 1, PASS: 0 };

/** Above 0 when the first is the stronger, below when it is the weaker. */
export function compareStrength(level: Level, other: Level): number {
  return strengths[level] - strengths[other];
}

export function isStronger(level: Level, than: Level): boolean {
  return compareStrength(level, than) > 0;
}

/** The strongest of the levels; PASS for none. */
export function strongestLevel(all: readonly { readonly level: Level }[]): Level {
  let strongest: Level = 'PASS';
  for (const { level } of all) if (isStronger(level, strongest)) strongest = level;
  return strongest;
}

/** Whether a level makes somebody do something before the order goes on: HARD, UNKNOWN and PHARMACIST. */
export function isInterrupting(level: Level): boolean {
  return isStronger(level, 'WARN');
}
