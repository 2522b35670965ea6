import { brokenSeparation, peopleOf, type Actor, type ProcessState } from '#engine';

/** How long a scan waits to hear it, ms. An instance that does not answer decides when the task is completed. */
const waitMs = 1_000;

export interface SeparationQuestion {
  readonly instanceId: string;
  /** The engine's own id of the task. */
  readonly taskId: string;
  /** Elements that the task has to be done apart from. */
  readonly separation: readonly string[];
  readonly actor: Actor;
}

/** Which of these elements the actor, or the one for whom they act, has performed; undefined when none is known. */
export async function readSeparation({ instanceId, taskId, separation, actor }: SeparationQuestion, readState: (instanceId: string) => Promise<ProcessState | undefined>): Promise<string | undefined> {
  if (separation.length === 0) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), waitMs);
  });
  const state = await Promise.race([readState(instanceId), late]).finally(() => clearTimeout(timer));
  return state && brokenSeparation(state, taskId, separation, peopleOf(actor));
}
