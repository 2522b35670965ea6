import { randomUUID } from 'node:crypto';
import { actorOf } from '../identity/viewer.ts';
import type { RequestContext } from './context.ts';
import type { DoorFact } from './door-fact.ts';
import type { ExpectedError } from './expected-errors.ts';

/**
 * Puts a refusal of this door on record, then gives the error to throw: a refusal leaves no event in the
 * engine's history. What was expected and scanned stands in the encrypted detail only.
 */
export async function refused<Refused extends ExpectedError>(error: Refused, about: Pick<DoorFact, 'ruleSet' | 'processKey' | 'instanceId' | 'elementId' | 'taskId' | 'patientId'>, { recordFact, viewer }: RequestContext): Promise<Refused> {
  const { code, place, checkCode, expected, scanned } = error.content;
  await recordFact({
    factId: `refused/${randomUUID()}`,
    action: about.taskId === undefined ? 'command.refused' : 'task.refused',
    actor: actorOf(viewer),
    ...about,
    reason: checkCode ?? code,
    detail: { code, ...(place === undefined ? {} : { place }), ...(checkCode === undefined ? {} : { checkCode }), ...(expected === undefined ? {} : { expected }), ...(scanned === undefined ? {} : { scanned }) },
  });
  return error;
}
