import { createSideThread, type SideThreadOptions } from '../side-thread/index.ts';
import type { CheckBudget, ModelInput } from './check-model.ts';
import type { ThreadQuestion, WrittenCheck } from './model-check-thread.ts';

/** What became of a check: `busy` when others wait already, `tooHeavy` when it took more time or memory than it may. */
export type ModelAnswer = { readonly kind: 'checked'; readonly check: WrittenCheck } | { readonly kind: 'busy' } | { readonly kind: 'tooHeavy' };

/** Checks process models beside the gateway's own work. */
export interface ModelChecker {
  check(input: ModelInput): Promise<ModelAnswer>;
  close(): Promise<void>;
}

export interface ModelCheckerOptions extends SideThreadOptions {
  readonly budget?: CheckBudget;
}

/** Runs get most of the time that a person waits for an answer. */
const usualBudget: CheckBudget = { timeMs: 4_000, maximumStates: 20_000 };

/** A large file, an expression that explodes or a process with very many situations takes its time in a thread of its own. */
export function createModelChecker({ budget = usualBudget, ...options }: ModelCheckerOptions = {}): ModelChecker {
  const thread = createSideThread<ThreadQuestion, WrittenCheck>(new URL('./start-thread.mjs', import.meta.url), options);
  return {
    async check(input) {
      const answer = await thread.ask({ input, budget });
      return answer.kind === 'answered' ? { kind: 'checked', check: answer.answer } : answer;
    },
    close: () => thread.close(),
  };
}
