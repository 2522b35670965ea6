import { Worker } from 'node:worker_threads';

/** What became of a question: `busy` when others wait already, `tooHeavy` when it took more time or memory than it may. */
export type SideThreadAnswer<Answer> = { readonly kind: 'answered'; readonly answer: Answer } | { readonly kind: 'busy' } | { readonly kind: 'tooHeavy' };

/** Answers questions that take long beside the gateway's own work. */
export interface SideThread<Question, Answer> {
  ask(question: Question): Promise<SideThreadAnswer<Answer>>;
  close(): Promise<void>;
}

export interface SideThreadOptions {
  /** For one question in all. */
  readonly timeLimitMs?: number;
  /** Questions that may wait while one is answered. */
  readonly maximumWaiting?: number;
}

/** An unused thread keeps its memory no longer than this. */
const idleMs = 60_000;
const memoryMb = 768;

/**
 * One thread, begun with the first question and given up when idle; one question at a time. `start` is the module that the thread
 * runs: it posts one answer for each message. What takes long does so there, and nobody else waits for it.
 */
export function createSideThread<Question, Answer>(start: URL, { timeLimitMs = 30_000, maximumWaiting = 4 }: SideThreadOptions = {}): SideThread<Question, Answer> {
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let pending = 0;
  let isClosed = false;

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  }

  function answerTo(question: Question): Promise<SideThreadAnswer<Answer>> {
    if (isClosed) return Promise.resolve({ kind: 'busy' });
    clearTimeout(idle);
    const asked = (thread ??= new Worker(start, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: memoryMb } }));
    // The gateway waits for its own end, not for a thread that nobody asks.
    asked.ref();
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        for (const event of ['message', 'error', 'exit']) asked.removeAllListeners(event);
        act();
      };
      const giveUp = (): void => settle(() => void end().then(() => resolve({ kind: 'tooHeavy' }), reject));
      const timer = setTimeout(giveUp, timeLimitMs);
      asked.once('message', (answer: Answer) =>
        settle(() => {
          asked.unref();
          idle = setTimeout(() => void end(), idleMs).unref();
          resolve({ kind: 'answered', answer });
        }),
      );
      asked.once('error', (error: Error & { readonly code?: string }) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') giveUp();
        else settle(() => void end().then(() => reject(error), reject));
      });
      asked.once('exit', giveUp);
      asked.postMessage(question);
    });
  }

  return {
    async ask(question) {
      if (isClosed || pending > maximumWaiting) return { kind: 'busy' };
      pending += 1;
      const answer = last.then(() => answerTo(question));
      last = answer.catch(() => undefined);
      try {
        return await answer;
      } finally {
        pending -= 1;
      }
    },
    async close() {
      isClosed = true;
      await end();
    },
  };
}
