import { EngineError } from './failure.ts';
import type { ConditionState, MessageSubscription, ProcessState, SignalSubscription, StoredWait, TimerState } from './state.ts';

type Wait = TimerState | MessageSubscription | SignalSubscription | ConditionState;

/** The open timers of an instance, whole, in the order of the state. */
export function openTimers(state: ProcessState): TimerState[] {
  return Object.values(state.timers).map((timer) => waitOf(state, timer));
}

/** The open message subscriptions of an instance, whole, in the order of the state. */
export function openSubscriptions(state: ProcessState): MessageSubscription[] {
  return Object.values(state.subscriptions).map((subscription) => waitOf(state, subscription));
}

/** The open signal subscriptions of an instance, whole, in the order of the state. */
export function openSignalSubscriptions(state: ProcessState): SignalSubscription[] {
  return Object.values(state.signalSubscriptions ?? {}).map((subscription) => waitOf(state, subscription));
}

/** The conditions that an instance waits for, whole, in the order of the state. */
export function openConditions(state: ProcessState): ConditionState[] {
  return Object.values(state.conditions ?? {}).map((condition) => waitOf(state, condition));
}

/** All that an instance waits for, whole. */
export function openWaits(state: ProcessState): Wait[] {
  return [...openTimers(state), ...openSubscriptions(state), ...openSignalSubscriptions(state), ...openConditions(state)];
}

/** The whole wait to what the state keeps of it. States of earlier releases kept all of it, and say the same. */
export function waitOf<Open extends Wait>(state: ProcessState, stored: StoredWait<Open>): Open {
  // Only the element's id may be missing, and it is put back here.
  return { ...stored, elementId: awaitedElementId(state, stored) } as Open;
}

/** What the state has to keep of a wait: most are those of an event that waits for itself, so that its id need not be said twice. */
export function storedWait<Open extends Wait>(state: ProcessState, wait: Open): StoredWait<Open> {
  if (state.elementInstances[wait.elementInstanceId]?.elementId !== wait.elementId) return wait;
  const { elementId: _own, ...stored } = wait;
  return stored;
}

/** The event that is waited for: the one that is named, or the one that waits. */
export function awaitedElementId(state: ProcessState, { elementInstanceId, elementId }: { readonly elementInstanceId: string; readonly elementId?: string }): string {
  const found = elementId ?? state.elementInstances[elementInstanceId]?.elementId;
  if (found === undefined) throw new EngineError('STATE_INVALID', `Expected the element instance ${elementInstanceId} that waits, but there is none`);
  return found;
}
