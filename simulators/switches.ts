import { z } from 'zod';

const flag = z.boolean();

/** How a simulated system misbehaves; all off at first. */
export const switchesSchema = z.strictObject({
  /** Waits before it acts. */
  delayMs: z.number().int().min(0).max(600_000),
  /** Neither acts nor answers: switched off. */
  silent: flag,
  /** Acts, but nobody hears of it. */
  answerLost: flag,
  /** Answers twice. */
  duplicate: flag,
  /** Holds a request back until the next one has been handled, or two seconds. */
  reorder: flag,
  /** Refuses this many of the next requests. */
  rejectNext: z.number().int().min(0).max(1_000),
});
export type Switches = z.infer<typeof switchesSchema>;

export const allOff: Switches = { delayMs: 0, silent: false, answerLost: false, duplicate: false, reorder: false, rejectNext: 0 };

export interface SwitchBoard {
  current: Switches;
}

/** Takes one refusal from the board, when there is one. */
export function takeRejection(board: SwitchBoard): boolean {
  const { rejectNext } = board.current;
  if (rejectNext === 0) return false;
  board.current = { ...board.current, rejectNext: rejectNext - 1 };
  return true;
}
