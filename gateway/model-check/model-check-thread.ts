import { parentPort } from 'node:worker_threads';
import { checkModel, type CheckBudget, type CheckedProcess, type ModelCheck, type ModelInput } from './check-model.ts';

/** What the thread is asked, one at a time. */
export interface ThreadQuestion {
  readonly input: ModelInput;
  readonly budget: CheckBudget;
}

/**
 * What the thread answers: what can be as large as the file is JSON in UTF-8 already, since it takes long to build it, to
 * write it out and to encode it.
 */
export interface WrittenCheck extends Pick<ModelCheck, 'findings' | 'findingCount'> {
  readonly processes: readonly WrittenProcess[];
  readonly picture?: Uint8Array;
}

/** A process whose definition is JSON in UTF-8. */
export interface WrittenProcess extends Omit<CheckedProcess, 'definition'> {
  readonly definition?: Uint8Array;
}

function written({ processes, picture, ...rest }: ModelCheck): WrittenCheck {
  return {
    ...rest,
    processes: processes.map(({ definition, ...process }) => ({ ...process, ...(definition === undefined ? {} : { definition: encoded(definition) }) })),
    ...(picture === undefined ? {} : { picture: encoded(picture) }),
  };
}

function encoded(value: object): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

parentPort?.on('message', ({ input, budget }: ThreadQuestion) => {
  const answer = written(checkModel(input, budget));
  // Handed over, not copied.
  const large = [...answer.processes.map(({ definition }) => definition), answer.picture].flatMap((bytes) => (bytes ? [bytes.buffer as ArrayBuffer] : []));
  parentPort?.postMessage(answer, large);
});
