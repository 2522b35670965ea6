import type { ServiceOutcome } from '#activities';
import type { Actor, ScriptActor, ScriptStep } from '#engine';
import type { OpenCall } from './scripted-world.ts';

/** What a step speaks of: the first open one when it does not count. */
export interface Target { readonly element: string; readonly occurrence?: number | undefined }

/** A step that answers a service. */
export type AnswerStep = Extract<ScriptStep, { answer: unknown } | { fail: unknown } | { error: unknown } | { unanswered: unknown }>;

/** What the service answers by the step. */
export function outcomeOf(step: AnswerStep, elementId: string): ServiceOutcome {
  if ('answer' in step) return { kind: 'completed', result: step.answer.result ?? {} };
  if ('fail' in step) return { kind: 'failed', failure: { code: 'SERVICE_FAILED', elementId, message: step.fail.message ?? 'Expected the service to act, but it did not' } };
  if ('error' in step) return { kind: 'error', error: { errorCode: step.error.errorCode, ...optional({ message: step.error.message }) } };
  return { kind: 'unknown', failure: { code: 'SERVICE_OUTCOME_UNKNOWN', elementId, message: 'Expected an answer, but none came' } };
}

/** The one that the step speaks of. Throws with all that are open when it is not there. */
export function pick<Entry>(entries: readonly Entry[], { element, occurrence = 1 }: Target, elementOf: (entry: Entry) => string, what: string): Entry {
  const found = entries.filter((entry) => elementOf(entry) === element)[occurrence - 1];
  if (!found) throw new Error(`Expected occurrence ${occurrence} of an open ${what} of ${element}, but open are: ${entries.map(elementOf).join(', ') || 'none'}`);
  return found;
}

/** In the order in which their elements were activated, as in the simulator; a worker may take them up in another one. */
export function byActivation(calls: readonly OpenCall[]): OpenCall[] {
  const numberOf = ({ call: { idempotencyKey } }: OpenCall): number => Number(/:e(\d+)$/.exec(idempotencyKey)?.[1] ?? 0);
  return calls.toSorted((left, right) => numberOf(left) - numberOf(right));
}

/** The actor of a step. */
export function actorOf({ id, roles, unit, kind = 'person', onBehalfOf }: ScriptActor): Actor {
  return { id, kind, roles, ...optional({ unit, onBehalfOf }) };
}

/** The value without the members that are undefined. */
export function optional<Value extends object>(value: Value): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  // Only members that are undefined are left out.
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as { [Key in keyof Value]?: Exclude<Value[Key], undefined> };
}
