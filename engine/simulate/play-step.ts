import { isBody } from '../activity-markers.ts';
import { engineActor, type Actor } from '../actor.ts';
import type { Failure } from '../failure.ts';
import { formatInstant, parseInstant } from '../instant.ts';
import type { IncidentResolution } from '../event.ts';
import type { Json, Variables } from '../json.ts';
import { openUserTasks } from '../user-tasks.ts';
import type { ScriptActor, ScriptStep } from './script.ts';
import type { EventBody, VirtualInstance } from './virtual-instance.ts';
import type { VirtualWorld } from './virtual-world.ts';

/** The script asks for something that the instance does not have at that moment. */
export class ScriptError extends Error {
  readonly code = 'SCRIPT_STEP_IMPOSSIBLE';
}

interface Target { readonly element: string; readonly occurrence?: number | undefined; readonly process?: string | undefined }

const operator: Actor = { id: 'operator', kind: 'person', roles: ['operator'] };
const starter: Actor = { id: 'starter', kind: 'system', roles: [] };

/** Plays one step and gives the engine's refusal, if it was refused. Throws ScriptError when there is nothing to play it on. */
export function playStep(world: VirtualWorld, step: ScriptStep): Failure | undefined {
  const { main } = world;
  if ('start' in step) {
    const { variables, at, message, signal, element, process, as } = step.start;
    const startAt = at === undefined ? undefined : parseInstant(at);
    if (startAt !== undefined) world.clock = formatInstant(startAt) ?? world.clock;
    const named = withoutUndefined({ messageName: message, signalName: signal, startElementId: element });
    const instance = process === undefined ? main : (world.create(process) ?? impossible({ element: process }, 'process', []));
    return world.handle(instance, { type: 'instanceStarted', variables, actor: as ? actorOf(as) : starter, ...named });
  }
  if ('message' in step) {
    const { name, correlationKey, payload = {}, as } = step.message;
    return world.publish({ name, correlationKey, payload, actor: as ? actorOf(as) : starter });
  }
  if ('signal' in step) {
    const { name, payload = {}, as } = step.signal;
    world.broadcast(name, payload, as ? actorOf(as) : starter);
    return undefined;
  }
  if ('advance' in step) {
    world.advance(step.advance);
    return undefined;
  }
  if ('operator' in step) {
    const { resolution, result, reason, variables, as } = step.operator;
    const { instance, id } = incidentOf(world, step.operator);
    return world.handle(instance, { type: 'incidentResolved', incidentId: id, resolution: resolutionOf(resolution, result), reason, actor: as ? actorOf(as) : operator, ...(variables ? { variables } : {}) });
  }
  if ('activate' in step) {
    const { activity, as } = step.activate;
    const { instance, id } = elementInstanceOf(world, step.activate);
    return world.handle(instance, { type: 'adHocActivityActivated', elementInstanceId: id, elementId: activity, actor: as ? actorOf(as) : operator });
  }
  if ('cancel' in step) return world.handle(main, { type: 'instanceCancelled', reason: step.cancel.reason, actor: step.cancel.as ? actorOf(step.cancel.as) : operator });
  if ('answer' in step || 'fail' in step || 'error' in step || 'escalate' in step || 'unanswered' in step || 'decide' in step) return playOutside(world, step);
  return playPerson(world, step);
}

/** What people do with their tasks. */
function playPerson(world: VirtualWorld, step: Extract<ScriptStep, { claim: unknown } | { release: unknown } | { complete: unknown } | { delegate: unknown } | { rejectVerification: unknown }>): Failure | undefined {
  if ('claim' in step) {
    const { instance, id } = taskOf(world, step.claim);
    return world.handle(instance, { type: 'userTaskClaimed', taskId: id, actor: actorOf(step.claim.as) });
  }
  if ('release' in step) {
    const { as, reason } = step.release;
    const { instance, id } = taskOf(world, step.release);
    return world.handle(instance, { type: 'userTaskReleased', taskId: id, actor: actorOf(as), ...(reason === undefined ? {} : { reason }) });
  }
  if ('delegate' in step) {
    const { as, to, reason } = step.delegate;
    const { instance, id } = taskOf(world, step.delegate);
    return world.handle(instance, { type: 'userTaskDelegated', taskId: id, delegateId: to, actor: actorOf(as), ...(reason === undefined ? {} : { reason }) });
  }
  if ('rejectVerification' in step) {
    const { as, reason } = step.rejectVerification;
    const { instance, id } = taskOf(world, step.rejectVerification);
    return world.handle(instance, { type: 'userTaskVerificationRejected', taskId: id, reason, actor: actorOf(as) });
  }
  const { as, data = {}, reason, times } = step.complete;
  const { instance, id } = taskOf(world, step.complete);
  return world.handle(instance, { type: 'userTaskCompleted', taskId: id, data, actor: actorOf(as), ...(reason === undefined ? {} : { reason }), ...(times ? { times: withoutUndefined(times) } : {}) });
}

/** The outside world: services, decisions, and called processes as their caller sees them. */
function playOutside(world: VirtualWorld, step: Extract<ScriptStep, { answer: unknown } | { fail: unknown } | { error: unknown } | { escalate: unknown } | { unanswered: unknown } | { decide: unknown }>): Failure | undefined {
  if ('decide' in step) {
    const { instance, id } = pick(world, ({ decisions }) => decisions, step.decide, 'decision');
    const { result, version = 'script' } = step.decide;
    instance.decisions.delete(id);
    return world.handle(instance, { type: 'rulesEvaluated', elementInstanceId: id, version, decisionId: `simulated-${id}`, result });
  }
  if ('escalate' in step) {
    const { escalationCode, payload = {} } = step.escalate;
    const { instance, id } = pick(world, ({ calls }) => calls, step.escalate, 'called process');
    return world.handle(instance, { type: 'childEscalated', elementInstanceId: id, escalationCode, payload });
  }
  const target = 'answer' in step ? step.answer : 'fail' in step ? step.fail : 'error' in step ? step.error : step.unanswered;
  const { instance, id: elementInstanceId } = pick(world, ({ services, calls }) => ('unanswered' in step ? services : new Map<string, { readonly elementId: string }>([...services, ...calls])), target, 'service call');
  if (instance.calls.delete(elementInstanceId)) return world.handle(instance, endOfCall(step, elementInstanceId));
  instance.services.delete(elementInstanceId);
  if ('answer' in step) return world.handle(instance, { type: 'serviceCompleted', elementInstanceId, result: step.answer.result ?? {} });
  if ('fail' in step) return world.handle(instance, { type: 'serviceFailed', elementInstanceId, failure: { code: 'SERVICE_FAILED', elementId: target.element, message: step.fail.message ?? 'Expected the service to act, but it did not' } });
  if ('error' in step) {
    const { errorCode, message } = step.error;
    return world.handle(instance, { type: 'serviceThrewError', elementInstanceId, error: { errorCode, ...(message === undefined ? {} : { message }) } });
  }
  return world.handle(instance, { type: 'serviceOutcomeUnknown', elementInstanceId, failure: { code: 'SERVICE_OUTCOME_UNKNOWN', elementId: target.element, message: 'Expected an answer, but none came' } });
}

/** How a called process ends: with its variables, a modelled error or a failure. */
function endOfCall(step: Parameters<typeof playOutside>[1], elementInstanceId: string): EventBody {
  if ('answer' in step) {
    const { element, result = {} } = step.answer;
    if (typeof result !== 'object' || result === null || Array.isArray(result)) throw new ScriptError(`Expected the result of ${element}, which calls a process, to be its variables by name, but it is something else`);
    // Arrays are excluded above; the readonly union does not say so.
    return { type: 'childCompleted', elementInstanceId, variables: result as Variables };
  }
  if ('error' in step) {
    const { errorCode, message } = step.error;
    return { type: 'childThrewError', elementInstanceId, error: { errorCode, ...(message === undefined ? {} : { message }) } };
  }
  const { element, message = 'Expected the called process to complete, but it did not' } = 'fail' in step ? step.fail : { element: '' };
  return { type: 'childFailed', elementInstanceId, failure: { code: 'CHILD_FAILED', elementId: element, message } };
}

/** Something open in one of the world's instances. */
interface Found {
  readonly instance: VirtualInstance;
  readonly id: string;
}

function taskOf(world: VirtualWorld, target: Target): Found {
  const found = findOpen(world, ({ plan, state }) => openUserTasks(plan, state), target);
  if (found) return found;
  // A task that was open before is addressed by the id it had, so that the engine itself refuses it.
  for (const instance of instancesOf(world, target)) {
    const earlier = instance.log.findLast((entry) => entry.action === 'task.created' && entry.elementId === target.element);
    if (earlier?.taskId !== undefined) return { instance, id: earlier.taskId };
  }
  return impossible(target, 'open task', world.instances.flatMap(({ plan, state }) => openUserTasks(plan, state).map(({ elementId }) => elementId)));
}

function incidentOf(world: VirtualWorld, target: Target): Found {
  const all = world.instances.flatMap(({ state }) => Object.values(state.incidents).map(({ elementId }) => elementId));
  return findOpen(world, ({ state }) => Object.values(state.incidents), target) ?? impossible(target, 'open incident', all);
}

function elementInstanceOf(world: VirtualWorld, target: Target): Found {
  const all = world.instances.flatMap(({ state }) => Object.values(state.elementInstances).map(({ elementId }) => elementId));
  return findOpen(world, ({ state }) => Object.values(state.elementInstances).filter((instance) => !isBody(instance)), target) ?? impossible(target, 'open element', all);
}

function findOpen(world: VirtualWorld, entriesOf: (instance: VirtualInstance) => readonly { readonly id: string; readonly elementId: string }[], target: Target): Found | undefined {
  const open = instancesOf(world, target).flatMap((instance) => inOrder(entriesOf(instance).filter(({ elementId }) => elementId === target.element)).map(({ id }) => ({ instance, id })));
  return open[(target.occurrence ?? 1) - 1];
}

function pick(world: VirtualWorld, requestsOf: (instance: VirtualInstance) => ReadonlyMap<string, { readonly elementId: string }>, target: Target, what: string): Found {
  const open = instancesOf(world, target).flatMap((instance) => [...requestsOf(instance)].map(([id, { elementId }]) => ({ instance, id, elementId })));
  return open.filter(({ elementId }) => elementId === target.element)[(target.occurrence ?? 1) - 1] ?? impossible(target, what, open.map(({ elementId }) => elementId));
}

function instancesOf(world: VirtualWorld, { process }: Target): readonly VirtualInstance[] {
  return process === undefined ? world.instances : world.instances.filter(({ state }) => state.processKey === process);
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
