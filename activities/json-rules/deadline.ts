/** Timers with a longer time would end at once. */
const longestMs = 2 ** 31 - 1;

/** The time of one run. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(ms: number) {
    this.#timer = setTimeout(() => this.#controller.abort(), Math.min(ms, longestMs));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What the promise gives, or the error when the time is over before. */
  limit<Value>(promise: Promise<Value>, error: () => Error): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.signal.addEventListener('abort', () => reject(error()), { once: true });
      promise.then(resolve, reject);
    });
  }

  /** Ends the time, so that whatever still goes on is given up. */
  end(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}
