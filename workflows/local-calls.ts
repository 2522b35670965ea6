import { CancellationScope } from '@temporalio/workflow';

/** Sends a call, and gives what hands its answer to the asker. */
type WaitingCall = () => Promise<() => void>;

/**
 * Calls local activities in waves: what was asked for since the last wave goes out at once, and the answers are
 * handed on together, in the order of asking, when the last one has come.
 *
 * Live, each answer of a local activity is an activation of its own; in a replay, all that were recorded with one
 * workflow task come in a single one. What an instance does next must not depend on that, or it could not go on
 * after the death of its worker.
 */
export class LocalCalls {
  #waiting: WaitingCall[] = [];

  /** Whether there is something to send. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Asks for a call in the next wave; it is cancelled with the scope in which it was asked for. */
  ask<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    const scope = CancellationScope.current();
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => scope.run(call).then((answer) => () => resolve(answer), (error: unknown) => () => reject(error)));
    });
  }

  /** Sends what waits; resolves when all of it has been answered and handed on. */
  async runWave(): Promise<void> {
    const wave = this.#waiting;
    this.#waiting = [];
    for (const handOn of await Promise.all(wave.map((send) => send()))) handOn();
  }
}
