import { condition } from '@temporalio/workflow';

const firstMicrotask = Promise.resolve();

/**
 * Work that is done when everything that came with an activation has been handled, however many promises it went
 * through: what happened together is recorded together.
 *
 * The SDK has no hook there, but looks at conditions after each job of an activation and once more, last, when no microtask
 * is left; the work is done in that look. To resume a waiting loop instead would cost each activation another entry
 * into the workflow's context, which is most of what an activation costs.
 */
export class ActivationEnd {
  #isWanted = false;
  #isPastJobs = false;

  /** The work is wanted at the end of this activation. */
  want(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    // No microtask runs between the jobs of an activation.
    void firstMicrotask.then(() => {
      this.#isPastJobs = true;
    });
  }

  /** Does the work at the end of each activation that wants it; settles when `isDone` says so, looked at after the work. */
  async run(work: () => void, isDone: () => boolean): Promise<void> {
    // The SDK's first look is at once, in the middle of an activation.
    let isFirstLook = true;
    await condition(() => {
      if (isFirstLook) {
        isFirstLook = false;
        return false;
      }
      if (this.#isWanted && this.#isPastJobs) {
        this.#isWanted = false;
        this.#isPastJobs = false;
        work();
      }
      return isDone();
    });
  }
}
