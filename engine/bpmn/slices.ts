/** Work that may be interrupted wherever it yields: a large file must not keep a server from its other work. */
export type Slices<Result> = Generator<undefined, Result, undefined>;

/** Lets others run; in Node `setImmediate` of `node:timers/promises`. The engine itself has no clock. */
export type Pause = () => Promise<unknown>;

/** Does all the work without a pause. */
export function atOnce<Result>(work: Slices<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does the work with a pause after each slice. */
export async function inSlices<Result>(work: Slices<Result>, pause: Pause): Promise<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await pause();
  }
}
