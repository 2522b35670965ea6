import { engineActor, type Actor } from '../actor.ts';
import type { Failure } from '../failure.ts';
import { formatInstant, parseInstant } from '../instant.ts';
import type { IncidentResolution } from '../event.ts';
import type { Json } from '../json.ts';
import type { ScriptActor, ScriptStep } from './script.ts';
import type { VirtualInstance } from './virtual-instance.ts';

/** The script asks for something that the instance does not have at that moment. */
export class ScriptError extends Error {
  readonly code = 'SCRIPT_STEP_IMPOSSIBLE';
}

interface Target { readonly element: string; readonly occurrence?: number | undefined }

const operator: Actor = { id: 'operator', kind: 'person', roles: ['operator'] };
const starter: Actor = { id: 'starter', kind: 'system', roles: [] };

/** Plays one step and gives the engine's refusal, if it was refused. Throws ScriptError when there is nothing to play it on. */
export function playStep(instance: VirtualInstance, step: ScriptStep): Failure | undefined {
  if ('start' in step) {
    const { variables, at, message, as } = step.start;
    const startAt = at === undefined ? undefined : parseInstant(at);
    if (startAt !== undefined) instance.clock = formatInstant(startAt) ?? instance.clock;
    return instance.handle({ type: 'instanceStarted', variables, actor: as ? actorOf(as) : starter, ...(message === undefined ? {} : { messageName: message }) });
  }
  if ('claim' in step) return instance.handle({ type: 'userTaskClaimed', taskId: taskOf(instance, step.claim), actor: actorOf(step.claim.as) });
  if ('release' in step) {
    const { as, reason } = step.release;
    return instance.handle({ type: 'userTaskReleased', taskId: taskOf(instance, step.release), actor: actorOf(as), ...(reason === undefined ? {} : { reason }) });
  }
  if ('complete' in step) {
    const { as, data = {}, reason, times } = step.complete;
    return instance.handle({ type: 'userTaskCompleted', taskId: taskOf(instance, step.complete), data, actor: actorOf(as), ...(reason === undefined ? {} : { reason }), ...(times ? { times: withoutUndefined(times) } : {}) });
  }
  if ('message' in step) {
    const { name, correlationKey, payload = {}, as } = step.message;
    return instance.publish({ name, correlationKey, payload, actor: as ? actorOf(as) : starter });
  }
  if ('advance' in step) {
    instance.advance(step.advance);
    return undefined;
  }
  if ('operator' in step) {
    const { resolution, result, reason, variables, as } = step.operator;
    return instance.handle({ type: 'incidentResolved', incidentId: incidentOf(instance, step.operator), resolution: resolutionOf(resolution, result), reason, actor: as ? actorOf(as) : operator, ...(variables ? { variables } : {}) });
  }
  if ('cancel' in step) return instance.handle({ type: 'instanceCancelled', reason: step.cancel.reason, actor: step.cancel.as ? actorOf(step.cancel.as) : operator });
  return playOutside(instance, step);
}

/** The outside world: services and decisions. */
function playOutside(instance: VirtualInstance, step: Extract<ScriptStep, { answer: unknown } | { fail: unknown } | { error: unknown } | { unanswered: unknown } | { decide: unknown }>): Failure | undefined {
  if ('decide' in step) {
    const elementInstanceId = pick(instance.decisions, step.decide, 'decision');
    const { result, version = 'script' } = step.decide;
    instance.decisions.delete(elementInstanceId);
    return instance.handle({ type: 'rulesEvaluated', elementInstanceId, version, decisionId: `simulated-${elementInstanceId}`, result });
  }
  const target = 'answer' in step ? step.answer : 'fail' in step ? step.fail : 'error' in step ? step.error : step.unanswered;
  const elementInstanceId = pick(instance.services, target, 'service call');
  instance.services.delete(elementInstanceId);
  if ('answer' in step) return instance.handle({ type: 'serviceCompleted', elementInstanceId, result: step.answer.result ?? {} });
  if ('fail' in step) return instance.handle({ type: 'serviceFailed', elementInstanceId, failure: { code: 'SERVICE_FAILED', elementId: target.element, message: step.fail.message ?? 'Expected the service to act, but it did not' } });
  if ('error' in step) {
    const { errorCode, message } = step.error;
    return instance.handle({ type: 'serviceThrewError', elementInstanceId, error: { errorCode, ...(message === undefined ? {} : { message }) } });
  }
  return instance.handle({ type: 'serviceOutcomeUnknown', elementInstanceId, failure: { code: 'SERVICE_OUTCOME_UNKNOWN', elementId: target.element, message: 'Expected an answer, but none came' } });
}

function taskOf(instance: VirtualInstance, target: Target): string {
  const open = Object.values(instance.state.userTasks).filter(({ elementId }) => elementId === target.element);
  const found = inOrder(open)[(target.occurrence ?? 1) - 1];
  if (found) return found.id;
  // A task that was open before is addressed by the id it had, so that the engine itself refuses it.
  const earlier = instance.log.filter((entry) => entry.action === 'task.created' && entry.elementId === target.element).at(-1);
  return earlier?.taskId ?? impossible(target, 'open task', Object.values(instance.state.userTasks).map(({ elementId }) => elementId));
}

function incidentOf(instance: VirtualInstance, target: Target): string {
  const open = Object.values(instance.state.incidents);
  return inOrder(open.filter(({ elementId }) => elementId === target.element))[(target.occurrence ?? 1) - 1]?.id ?? impossible(target, 'open incident', open.map(({ elementId }) => elementId));
}

function pick(requests: ReadonlyMap<string, { readonly elementId: string }>, target: Target, what: string): string {
  const matching = [...requests].filter(([, request]) => request.elementId === target.element);
  return matching[(target.occurrence ?? 1) - 1]?.[0] ?? impossible(target, what, [...requests.values()].map(({ elementId }) => elementId));
}

function inOrder<Entry extends { readonly id: string }>(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((left, right) => Number(left.id.slice(1)) - Number(right.id.slice(1)));
}

function impossible({ element, occurrence }: Target, what: string, open: readonly string[]): never {
  throw new ScriptError(`Expected ${occurrence === undefined ? 'an' : `occurrence ${occurrence} of an`} open ${what.replace(/^open /, '')} of ${element}, but open are: ${open.join(', ') || 'none'}`);
}

function actorOf({ id, roles, unit, kind = 'person', onBehalfOf }: ScriptActor): Actor {
  return { id, kind, roles, ...(unit === undefined ? {} : { unit }), ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
}

function resolutionOf(kind: IncidentResolution['kind'], result: Json | undefined): IncidentResolution {
  return kind === 'confirmDone' && result !== undefined ? { kind, result } : { kind };
}

function withoutUndefined<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  // Only members that are undefined are left out.
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as { [Key in keyof Value]: Exclude<Value[Key], undefined> };
}

/** Who acts when a script names nobody. */
export const defaultActors = { starter, operator, engine: engineActor };
