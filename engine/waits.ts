import { eventDefinitionsOf, isWaiting, type EventDefinition, type MessageEventDefinition, type WaitingEventDefinition } from './definition/index.ts';
import type { Execution, ExpressionContext } from './execution.ts';
import { raise } from './failure-raised.ts';
import { awaitedElementId, storedWait } from './open-waits.ts';
import type { ElementPlan } from './plan.ts';
import type { ConditionState, ElementInstance, MessageSubscription, ProcessState, SignalSubscription, TimerState } from './state.ts';
import { evaluateTimer } from './timers.ts';

/** What an event waits for, evaluated but not yet open. */
export type PreparedWait = { readonly elementId: string; readonly eventIndex?: number } & (
  | { readonly kind: 'timer'; readonly dueAt: string; readonly repeat?: TimerState['repeat'] }
  | { readonly kind: 'message'; readonly message: string; readonly correlationKey: string }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'conditional' }
);

/** Evaluates everything that the event waits for, but what has `occurred`. Raises TIMER_INVALID, CORRELATION_KEY_INVALID, EXPRESSION_FAILED. */
export function prepareWaits(execution: Execution, element: ElementPlan, context: ExpressionContext, occurred?: number): PreparedWait[] {
  const definitions = definitionsOf(element);
  return definitions.flatMap((event, index) => (isWaiting(event) && index !== occurred ? [prepareWait(execution, element.id, event, context, definitions.length > 1 ? index : undefined)] : []));
}

/** The event definitions of an event or receive task. */
export function definitionsOf({ definition }: ElementPlan): readonly EventDefinition[] {
  return 'event' in definition ? eventDefinitionsOf(definition.event) : [];
}

function prepareWait(execution: Execution, elementId: string, event: WaitingEventDefinition, context: ExpressionContext, eventIndex: number | undefined): PreparedWait {
  const place = { elementId, ...(eventIndex === undefined ? {} : { eventIndex }) };
  switch (event.kind) {
    case 'timer':
      return { kind: 'timer', ...place, ...evaluateTimer(execution, elementId, event, context) };
    case 'message':
      return { kind: 'message', ...place, message: event.message, correlationKey: evaluateCorrelationKey(execution, elementId, event, context) };
    case 'signal':
      return { kind: 'signal', ...place, signal: event.signal };
    case 'conditional':
      return { kind: 'conditional', ...place };
  }
}

/** Opens the timer, subscription or condition, which may have held at the last look; `elementInstanceId` is the instance that waits. */
export function openWait(execution: Execution, elementInstanceId: string, wait: PreparedWait, holds = false): void {
  const { draft } = execution;
  const { elementId, eventIndex } = wait;
  const place = { elementInstanceId, elementId, ...(eventIndex === undefined ? {} : { eventIndex }) };
  switch (wait.kind) {
    case 'timer': {
      const timer: TimerState = { id: draft.nextId('d'), ...place, dueAt: wait.dueAt, ...(wait.repeat ? { repeat: wait.repeat } : {}) };
      draft.put('timers', storedWait(draft.state, timer));
      draft.commands.push({ type: 'startTimer', timer });
      break;
    }
    case 'message': {
      const subscription: MessageSubscription = { id: draft.nextId('m'), ...place, message: wait.message, correlationKey: wait.correlationKey };
      draft.put('subscriptions', storedWait(draft.state, subscription));
      draft.commands.push({ type: 'openSubscription', subscription });
      break;
    }
    case 'signal': {
      const subscription: SignalSubscription = { id: draft.nextId('g'), ...place, signal: wait.signal };
      draft.put('signalSubscriptions', storedWait(draft.state, subscription));
      draft.commands.push({ type: 'openSignalSubscription', subscription });
      break;
    }
    case 'conditional': {
      const condition: ConditionState = { id: draft.nextId('c'), ...place, holds };
      draft.put('conditions', storedWait(draft.state, condition));
      // It may hold already.
      draft.hasChangedVariables = true;
      break;
    }
  }
}

/** The kinds of things that an instance waits for. */
const waitMaps = ['timers', 'subscriptions', 'signalSubscriptions', 'conditions', 'occurrences'] as const;
type WaitMap = (typeof waitMaps)[number];

/** Closes what the instance waits for through the events that `isMeant` names; through all of them by default. */
export function closeEventWaits(execution: Execution, elementInstanceId: string, isMeant: (elementId: string) => boolean = () => true): void {
  for (const map of waitMaps) {
    const entries: ProcessState[WaitMap] = execution.draft.state[map];
    for (const id in entries) {
      const entry = entries[id];
      if (entry?.elementInstanceId === elementInstanceId && isMeant(awaitedElementId(execution.draft.state, entry))) closeWait(execution, map, id);
    }
  }
}

/** Closes one timer, subscription or condition. */
export function closeWait(execution: Execution, map: WaitMap, id: string): void {
  const { draft } = execution;
  draft.remove(map, id);
  if (map === 'timers') draft.commands.push({ type: 'cancelTimer', timerId: id });
  if (map === 'subscriptions') draft.commands.push({ type: 'closeSubscription', subscriptionId: id });
  if (map === 'signalSubscriptions') draft.commands.push({ type: 'closeSignalSubscription', subscriptionId: id });
}

/** Closes all that the instance waits for: events, its user task and its incidents. */
export function closeWaits(execution: Execution, { id: elementInstanceId, elementId }: ElementInstance, outcome: 'completed' | 'cancelled'): void {
  const { draft } = execution;
  closeEventWaits(execution, elementInstanceId);
  const { userTasks, incidents } = draft.state;
  for (const id in userTasks) {
    if (userTasks[id]?.elementInstanceId !== elementInstanceId) continue;
    draft.remove('userTasks', id);
    draft.commands.push({ type: 'closeUserTask', taskId: id, outcome });
    if (outcome === 'cancelled') draft.record('task.cancelled', { elementId, elementInstanceId, taskId: id });
  }
  for (const id in incidents) {
    if (incidents[id]?.elementInstanceId !== elementInstanceId) continue;
    draft.remove('incidents', id);
    draft.commands.push({ type: 'closeIncident', incidentId: id });
  }
}

function evaluateCorrelationKey(execution: Execution, elementId: string, event: MessageEventDefinition, context: ExpressionContext): string {
  return correlationKeyOf(event.correlationKey === undefined ? undefined : execution.evaluate(event.correlationKey, context, elementId, 'correlation key'), elementId, event.message);
}

/** The correlation key as text. Raises CORRELATION_KEY_INVALID. */
export function correlationKeyOf(value: unknown, elementId: string, message: string): string {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  return raise({ code: 'CORRELATION_KEY_INVALID', elementId, message: `Expected a correlation key for message ${message}, but the expression gives none`, place: message });
}
