import { parentPort } from 'node:worker_threads';
import { checkModel, type CheckBudget, type ModelInput } from './check-model.ts';

/** What the thread is asked, one at a time. */
export interface ThreadQuestion {
  readonly input: ModelInput;
  readonly budget: CheckBudget;
}

parentPort?.on('message', ({ input, budget }: ThreadQuestion) => parentPort?.postMessage(checkModel(input, budget)));
