import { setImmediate as nextTurn } from 'node:timers/promises';

/** Others get their turn after this. */
const turnMs = 12;

/** Long work in short turns: call `yield` between two pieces, none of which is long. */
export interface Turns {
  /** Lets others have their turn when this one has lasted long enough; true when it did. */
  yield(): Promise<boolean> | false;
}

/** Begins a turn. */
export function createTurns(): Turns {
  let began = performance.now();
  return {
    yield() {
      if (performance.now() - began < turnMs) return false;
      return nextTurn(true).then((rested) => {
        began = performance.now();
        return rested;
      });
    },
  };
}
