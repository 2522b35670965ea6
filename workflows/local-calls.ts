interface WaitingCall {
  readonly isWanted: () => boolean;
  /** Sends it; its answer comes as what hands it on to the asker. */
  readonly send: (answered: (handOn: () => void) => void, failed: (error: unknown) => void) => void;
}

/**
 * Calls local activities in waves: what was asked for since the last wave goes out at once, and the answers are
 * handed on together, in the order of asking, when the last one has come.
 *
 * Live, each answer of a local activity is an activation of its own; in a replay, all that were recorded with one
 * workflow task come in a single one. What an instance does next must not depend on that, or it could not go on
 * after the death of its worker.
 *
 * Askers give a function instead of awaiting a promise: the SDK keeps a stack trace for every promise of a workflow,
 * which is most of what an instance costs its worker.
 */
export class LocalCalls {
  #waiting: WaitingCall[] = [];
  #missing = 0;
  readonly #asked: () => void;

  /** `asked` is told of every call that waits. */
  constructor(asked: () => void) {
    this.#asked = asked;
  }

  /** Whether there is something to send. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Whether answers of the last wave are missing. */
  get isOut(): boolean {
    return this.#missing > 0;
  }

  /** Asks for a call in the next wave; one that is not wanted any more by then is not made. */
  ask<Answer>(call: () => Promise<Answer>, take: (answer: Answer) => void, isWanted: () => boolean = () => true): void {
    this.#waiting.push({ isWanted, send: (answered, failed) => void call().then((answer) => answered(() => take(answer)), failed) });
    this.#asked();
  }

  /** Sends what waits. `done` is called when all of it has been answered and handed on, `fail` when a call fails for good. */
  sendWave(done: () => void, fail: (error: unknown) => void): void {
    const wave = this.#waiting.filter(({ isWanted }) => isWanted());
    this.#waiting = [];
    const answers: (() => void)[] = [];
    this.#missing = wave.length;
    if (wave.length === 0) done();
    wave.forEach(({ send }, index) => send((handOn) => {
      answers[index] = handOn;
      this.#missing -= 1;
      if (this.isOut) return;
      for (const answer of answers) answer();
      done();
    }, fail));
  }
}
