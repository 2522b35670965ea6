/** What rules and decisions say, strongest first. */
export const levels = ['HARD', 'UNKNOWN', 'PHARMACIST', 'WARN', 'PASS'] as const;
export type Level = (typeof levels)[number];

const strengths: Readonly<Record<Level, number>> = { HARD: 4, UNKNOWN: 3, PHARMACIST: 2, WARN: 1, PASS: 0 };

export function isStronger(level: Level, than: Level): boolean {
  return strengths[level] > strengths[than];
}

/** The strongest of the levels; PASS for none. */
export function strongestLevel(all: readonly { readonly level: Level }[]): Level {
  let strongest: Level = 'PASS';
  for (const { level } of all) if (isStronger(level, strongest)) strongest = level;
  return strongest;
}
