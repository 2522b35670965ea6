import type { Actor } from '../../actor.ts';
import { eventDefinitionsOf, type FlowElement } from '../../definition/index.ts';
import type { EngineEvent } from '../../event.ts';
import { openSignalSubscriptions, openSubscriptions, openTimers } from '../../open-waits.ts';
import type { ElementPlan, ProcessPlan } from '../../plan.ts';
import { plainStarts, startTriggers } from '../../start-triggers.ts';
import type { ElementInstance, ProcessState } from '../../state.ts';
import { openUserTasks } from '../../user-tasks.ts';
import { definitionsOf } from '../../waits.ts';

/** Something that the world around an instance may do next. */
export type Move =
  | { readonly kind: 'start'; readonly elementId?: string; readonly message?: string }
  | { readonly kind: 'complete'; readonly elementId: string; readonly taskId: string }
  | { readonly kind: 'answer'; readonly elementId: string; readonly elementInstanceId: string }
  | { readonly kind: 'error'; readonly elementId: string; readonly elementInstanceId: string; readonly errorCode: string }
  | { readonly kind: 'childEnded'; readonly elementId: string; readonly elementInstanceId: string; readonly code?: string }
  | { readonly kind: 'childEscalated'; readonly elementId: string; readonly elementInstanceId: string; readonly code: string }
  | { readonly kind: 'timer'; readonly elementId: string; readonly timerId: string; readonly hostId: string }
  | { readonly kind: 'message'; readonly elementId: string; readonly message: string; readonly subscriptionIds: readonly string[]; readonly hostIds: readonly string[] }
  | { readonly kind: 'signal'; readonly elementId: string; readonly signal: string; readonly fired: readonly string[] }
  | { readonly kind: 'begin'; readonly elementId: string; readonly elementInstanceId: string; readonly activityId: string };

const at = '2026-01-01T00:00:00.000Z';
const actor: Actor = { id: 'anyone', kind: 'person', roles: ['anyone'] };

/** Every way to begin the process. */
export function possibleStarts(plan: ProcessPlan): Move[] {
  const triggers = startTriggers(plan);
  const plain = plainStarts(plan);
  const byTrigger = triggers.map(({ startElementId, event }): Move => ({ kind: 'start', elementId: startElementId, ...(event.kind === 'message' ? { message: event.message } : {}) }));
  if (plain.length > 1) return [...plain.map(({ id }): Move => ({ kind: 'start', elementId: id })), ...byTrigger];
  return plain.length === 1 || triggers.length === 0 ? [{ kind: 'start' }, ...byTrigger] : byTrigger;
}

/**
 * Everything that may happen to a waiting instance: tasks are completed, services answer or throw what is caught, any
 * timer fires, messages and signals come, children end. What does not interrupt happens once for each time its host
 * runs (`fired`): a second time would only do the same again.
 */
export function possibleMoves(plan: ProcessPlan, state: ProcessState, fired: ReadonlySet<string>): Move[] {
  const moves: Move[] = [];
  for (const { id, elementId } of openUserTasks(plan, state)) moves.push({ kind: 'complete', elementId, taskId: id });
  for (const instance of Object.values(state.elementInstances)) moves.push(...outcomesOf(plan, state, instance));
  for (const { id, elementId, elementInstanceId } of openTimers(state)) moves.push({ kind: 'timer', elementId, timerId: id, hostId: elementInstanceId });
  moves.push(...messagesOf(plan, state, fired), ...signalsOf(plan, state, fired));
  return moves;
}

function outcomesOf(plan: ProcessPlan, state: ProcessState, instance: ElementInstance): Move[] {
  const element = plan.elementsById.get(instance.elementId);
  if (!element || instance.status !== 'active' || instance.multiInstance || instance.iteration !== undefined) return [];
  const place = { elementId: element.id, elementInstanceId: instance.id };
  switch (element.definition.type) {
    case 'serviceTask':
      return [{ kind: 'answer', ...place }, ...errorsCaughtFrom(plan, element).map((errorCode): Move => ({ kind: 'error', ...place, errorCode }))];
    case 'callActivity':
      return [
        { kind: 'childEnded', ...place },
        ...errorsCaughtFrom(plan, element).map((code): Move => ({ kind: 'childEnded', ...place, code })),
        ...codesOf(element.boundaryEvents, 'escalation').map((code): Move => ({ kind: 'childEscalated', ...place, code })),
      ];
    case 'adHocSubProcess':
      return adHocChoices(state, element, instance);
    default:
      return [];
  }
}

/** A person may begin what does not run. */
function adHocChoices(state: ProcessState, element: ElementPlan, instance: ElementInstance): Move[] {
  const scope = Object.values(state.scopes).find(({ elementInstanceId, isSnapshot }) => elementInstanceId === instance.id && !isSnapshot);
  const running = Object.values(state.elementInstances).filter(({ scopeId }) => scopeId === scope?.id);
  const isSequential = element.definition.type === 'adHocSubProcess' && element.definition.ordering === 'sequential';
  if (!scope || (isSequential && running.length > 0)) return [];
  const idle = (element.inner?.implicitStarts ?? []).filter(({ id }) => !running.some(({ elementId }) => elementId === id));
  return idle.map(({ id }): Move => ({ kind: 'begin', elementId: element.id, elementInstanceId: instance.id, activityId: id }));
}

/** The errors that a service may answer with: those caught around it that no error end event is there to throw. */
function errorsCaughtFrom(plan: ProcessPlan, element: ElementPlan): string[] {
  const codes = new Set(codesOf(element.boundaryEvents, 'error'));
  for (let owner = ownerOf(plan, element), inner: ElementPlan | undefined = owner; inner; inner = ownerOf(plan, inner)) {
    const catching = [...inner.boundaryEvents, ...(inner.inner?.eventSubProcesses ?? []).map(({ start }) => start)];
    const thrown = errorsThrownIn(inner);
    for (const code of codesOf(catching, 'error')) if (!thrown.has(code) && !(code === anyError && thrown.size > 0)) codes.add(code);
    owner = inner;
  }
  for (const code of codesOf(plan.root.eventSubProcesses.map(({ start }) => start), 'error')) codes.add(code);
  return [...codes];
}

/** Stands for the code of an error that only an event without a code catches. */
const anyError = 'ANY_ERROR';

function codesOf(events: readonly ElementPlan[], kind: 'error' | 'escalation'): string[] {
  return events.flatMap((event) => definitionsOf(event).flatMap((definition) => (definition.kind === kind ? [(definition.kind === 'error' ? definition.errorCode : definition.kind === 'escalation' ? definition.escalationCode : undefined) ?? anyError] : [])));
}

function errorsThrownIn(owner: ElementPlan): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (elements: readonly FlowElement[]): void => {
    for (const element of elements) {
      if (element.type === 'endEvent') for (const event of eventDefinitionsOf(element.event)) if (event.kind === 'error') found.add(event.errorCode ?? '');
      if ('flowElements' in element) visit(element.flowElements);
    }
  };
  if ('flowElements' in owner.definition) visit(owner.definition.flowElements);
  return found;
}

const owners = new WeakMap<ProcessPlan, ReadonlyMap<string, ElementPlan>>();

/** The sub-process in which the element stands. */
export function ownerOf(plan: ProcessPlan, element: ElementPlan): ElementPlan | undefined {
  const known = owners.get(plan) ?? new Map(plan.elements.flatMap((owner) => ('flowElements' in owner.definition ? owner.definition.flowElements.map(({ id }): [string, ElementPlan] => [id, owner]) : [])));
  owners.set(plan, known);
  return known.get(element.id);
}

/** Whether the event goes on waiting after it has occurred. */
export function isRepeatable(element: ElementPlan | undefined): boolean {
  if (element?.definition.type === 'boundaryEvent') return !element.definition.cancelActivity;
  return element?.definition.type === 'startEvent' && element.definition.isInterrupting === false;
}

function messagesOf(plan: ProcessPlan, state: ProcessState, fired: ReadonlySet<string>): Move[] {
  const groups = new Map<string, { elementId: string; message: string; subscriptionIds: string[]; hostIds: string[] }>();
  for (const { id, elementId, elementInstanceId, message, correlationKey } of openSubscriptions(state)) {
    if (isRepeatable(plan.elementsById.get(elementId)) && fired.has(firingOf(elementInstanceId, elementId))) continue;
    // A message reaches everybody who waits for it under the same key.
    const key = `${message} ${correlationKey}`;
    const group = groups.get(key) ?? { elementId, message, subscriptionIds: [], hostIds: [] };
    group.subscriptionIds.push(id);
    group.hostIds.push(firingOf(elementInstanceId, elementId));
    groups.set(key, group);
  }
  return [...groups.values()].map((group): Move => ({ kind: 'message', ...group }));
}

function signalsOf(plan: ProcessPlan, state: ProcessState, fired: ReadonlySet<string>): Move[] {
  const groups = new Map<string, { elementId: string; fired: string[]; isNew: boolean }>();
  for (const { elementId, elementInstanceId, signal } of openSignalSubscriptions(state)) {
    const firing = firingOf(elementInstanceId, elementId);
    const group = groups.get(signal) ?? { elementId, fired: [], isNew: true };
    if (isRepeatable(plan.elementsById.get(elementId)) && fired.has(firing)) group.isNew = false;
    group.fired.push(firing);
    groups.set(signal, group);
  }
  return [...groups].filter(([, { isNew }]) => isNew).map(([signal, { elementId, fired: firings }]): Move => ({ kind: 'signal', elementId, signal, fired: firings }));
}

/** Names the occurrence of an event at its host. */
export function firingOf(hostId: string, elementId: string): string {
  return `${hostId} ${elementId}`;
}

/** What a move has occurred, of events that go on waiting. */
export function firingsOf(move: Move): readonly string[] {
  return move.kind === 'message' ? move.hostIds : move.kind === 'signal' ? move.fired : [];
}

/** The events that tell the interpreter of a move; `payload` stands for what comes with it. */
export function eventsOf(move: Move, payload: number, startVariables: { readonly [name: string]: number }): EngineEvent[] {
  const base = { id: 'move', at, actor };
  switch (move.kind) {
    case 'start':
      return [{ ...base, type: 'instanceStarted', variables: move.message === undefined ? startVariables : { ...startVariables, payload }, ...(move.elementId === undefined ? {} : { startElementId: move.elementId }) }];
    case 'complete':
      return [{ ...base, type: 'userTaskCompleted', taskId: move.taskId, data: { payload } }];
    case 'answer':
      return [{ ...base, type: 'serviceCompleted', elementInstanceId: move.elementInstanceId, result: payload }];
    case 'error':
      return [{ ...base, type: 'serviceThrewError', elementInstanceId: move.elementInstanceId, error: { errorCode: move.errorCode } }];
    case 'childEnded':
      if (move.code !== undefined) return [{ ...base, type: 'childThrewError', elementInstanceId: move.elementInstanceId, error: { errorCode: move.code } }];
      return [{ ...base, type: 'childCompleted', elementInstanceId: move.elementInstanceId, variables: { payload } }];
    case 'childEscalated':
      return [{ ...base, type: 'childEscalated', elementInstanceId: move.elementInstanceId, escalationCode: move.code, payload: { payload } }];
    case 'timer':
      return [{ ...base, type: 'timerFired', timerId: move.timerId }];
    case 'message':
      return move.subscriptionIds.map((subscriptionId): EngineEvent => ({ ...base, type: 'messageReceived', subscriptionId, payload: { payload } }));
    case 'signal':
      return [{ ...base, type: 'signalReceived', signal: move.signal, payload: { payload } }];
    case 'begin':
      return [{ ...base, type: 'adHocActivityActivated', elementInstanceId: move.elementInstanceId, elementId: move.activityId }];
  }
}

