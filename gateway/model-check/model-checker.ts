import { Worker } from 'node:worker_threads';
import type { CheckBudget, ModelInput } from './check-model.ts';
import type { ThreadQuestion, WrittenCheck } from './model-check-thread.ts';

/** What became of a check: `busy` when others wait already, `tooHeavy` when it took more time or memory than it may. */
export type ModelAnswer = { readonly kind: 'checked'; readonly check: WrittenCheck } | { readonly kind: 'busy' } | { readonly kind: 'tooHeavy' };

/** Checks process models beside the gateway's own work. */
export interface ModelChecker {
  check(input: ModelInput): Promise<ModelAnswer>;
  close(): Promise<void>;
}

export interface ModelCheckerOptions {
  readonly budget?: CheckBudget;
  /** For one model in all, reading and drawing included. */
  readonly timeLimitMs?: number;
  /** Models that may wait while one is checked. */
  readonly maximumWaiting?: number;
}

/** Runs get most of the time that a person waits for an answer. */
const usualBudget: CheckBudget = { timeMs: 4_000, maximumStates: 20_000 };
/** An unused thread keeps its memory no longer than this. */
const idleMs = 60_000;
const memoryMb = 768;

/**
 * One thread, begun with the first model and given up when idle; one model at a time. A large file, an expression that
 * explodes or a process with very many situations takes its time there, and nobody else waits for it.
 */
export function createModelChecker({ budget = usualBudget, timeLimitMs = 30_000, maximumWaiting = 4 }: ModelCheckerOptions = {}): ModelChecker {
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

  function ask(question: ThreadQuestion): Promise<ModelAnswer> {
    if (isClosed) return Promise.resolve({ kind: 'busy' });
    clearTimeout(idle);
    const asked = (thread ??= new Worker(new URL('./start-thread.mjs', import.meta.url), { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: memoryMb } }));
    // The gateway waits for its own end, not for a thread that nobody asks.
    asked.ref();
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        for (const event of ['message', 'error', 'exit']) asked.removeAllListeners(event);
        act();
      };
      const giveUp = (answer: ModelAnswer): void => settle(() => void end().then(() => resolve(answer), reject));
      const timer = setTimeout(() => giveUp({ kind: 'tooHeavy' }), timeLimitMs);
      asked.once('message', (check: WrittenCheck) =>
        settle(() => {
          asked.unref();
          idle = setTimeout(() => void end(), idleMs).unref();
          resolve({ kind: 'checked', check });
        }),
      );
      asked.once('error', (error: Error & { readonly code?: string }) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') giveUp({ kind: 'tooHeavy' });
        else settle(() => void end().then(() => reject(error), reject));
      });
      asked.once('exit', () => settle(() => void end().then(() => resolve({ kind: 'tooHeavy' }), reject)));
      asked.postMessage(question);
    });
  }

  return {
    async check(input) {
      if (isClosed || pending > maximumWaiting) return { kind: 'busy' };
      pending += 1;
      const answer = last.then(() => ask({ input, budget }));
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
