/** An order that has ended, with its last dose that was really given. */
export interface EndedOrder {
  readonly ingredient: string;
  readonly groups: readonly string[];
  readonly lastGivenAt: string;
}

/** Windows in hours after the last dose in which a drug still interacts: washout times of orders-loop.md 1.5. */
const windows = { recentlyGiven24h: 24, recentlyGiven36h: 36, recentlyGiven48h: 48, recentlyGiven7d: 7 * 24, recentlyGiven14d: 14 * 24 } as const;

/** How far back `recentlyGiven` looks, in milliseconds. */
export const longestWashoutMs = windows.recentlyGiven14d * 3_600_000;

/** Ingredients and groups of ended orders by how long ago their last dose was given; each window contains the shorter ones. */
export function recentlyGiven(ended: readonly EndedOrder[], at: string): Readonly<Record<keyof typeof windows, readonly string[]>> {
  const within = (hours: number): readonly string[] => [
    ...new Set(ended.filter(({ lastGivenAt }) => Date.parse(at) - Date.parse(lastGivenAt) <= hours * 3_600_000).flatMap(({ ingredient, groups }) => [ingredient, ...groups])),
  ].sort();
  return {
    recentlyGiven24h: within(windows.recentlyGiven24h),
    recentlyGiven36h: within(windows.recentlyGiven36h),
    recentlyGiven48h: within(windows.recentlyGiven48h),
    recentlyGiven7d: within(windows.recentlyGiven7d),
    recentlyGiven14d: within(windows.recentlyGiven14d),
  };
}
