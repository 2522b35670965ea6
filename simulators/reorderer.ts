import type { SwitchBoard } from './switches.ts';

const longestHoldMs = 2_000;

/** Runs work in the order in which it comes, or, while the switch is on, each held one after its successor. */
export function createReorderer(board: SwitchBoard): (work: () => void) => void {
  let held: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;

  function releaseHeld(): void {
    clearTimeout(timer);
    const work = held;
    held = undefined;
    work?.();
  }

  return (work) => {
    if (board.current.reorder && !held) {
      held = work;
      timer = setTimeout(releaseHeld, longestHoldMs);
      return;
    }
    work();
    releaseHeld();
  };
}
