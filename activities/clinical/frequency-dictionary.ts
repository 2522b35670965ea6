/**
 * When doses of a frequency code are due, on the hospital's clock. Demo default of a hospital's
 * 频次字典; the nursing department owns it.
 */
export interface Frequency {
  readonly code: string;
  /** `HH:MM` of each slot in a day. Empty: a single dose at the order's start, or on request. */
  readonly slots: readonly string[];
  /** Every how many days the slots hold, counted from the order's first day. */
  readonly everyDays: number;
  /** Doses in a day on which it is due; for daily maxima. */
  readonly dosesPerDay: number;
  /** Minutes before and after the planned time in which a dose is on time; orders-loop.md P3. */
  readonly windowMinutes: number;
}

const frequency = (code: string, slots: readonly string[], windowMinutes: number, everyDays = 1): Frequency => ({ code, slots, everyDays, windowMinutes, dosesPerDay: Math.max(1, slots.length) });

const dictionary: readonly Frequency[] = [
  frequency('qd', ['08:00'], 120),
  frequency('qn', ['21:00'], 120),
  frequency('bid', ['08:00', '16:00'], 60),
  frequency('tid', ['08:00', '12:00', '16:00'], 60),
  frequency('qid', ['08:00', '12:00', '16:00', '20:00'], 60),
  frequency('q12h', ['08:00', '20:00'], 60),
  frequency('q8h', ['00:00', '08:00', '16:00'], 60),
  frequency('q6h', ['02:00', '08:00', '14:00', '20:00'], 60),
  frequency('q4h', ['00:00', '04:00', '08:00', '12:00', '16:00', '20:00'], 60),
  frequency('qod', ['08:00'], 120, 2),
  frequency('qw', ['08:00'], 120, 7),
  frequency('once', [], 60),
  frequency('st', [], 15),
];

const byCode = new Map(dictionary.map((entry) => [entry.code, entry]));

/** The entry of a code, in any letter case; undefined for a code that the hospital does not use. */
export function findFrequency(code: string): Frequency | undefined {
  return byCode.get(code.trim().toLowerCase());
}

/** Minutes since midnight of each slot, ascending. */
export function slotMinutes(entry: Frequency): readonly number[] {
  return entry.slots.map((slot) => Number(slot.slice(0, 2)) * 60 + Number(slot.slice(3))).sort((a, b) => a - b);
}
