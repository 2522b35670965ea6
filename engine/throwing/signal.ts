import { engineActor, type Actor } from '../actor.ts';
import type { Execution } from '../execution.ts';
import type { Variables } from '../json.ts';
import { eventOccurred } from '../occurrence.ts';
import { waitOf } from '../open-waits.ts';
import type { ElementInstance, SignalSubscription } from '../state.ts';

/** Broadcasts: to what waits in this instance at once, to everybody else through the shell. BPMN 2.0.2 §10.5.1. */
export function throwSignal(execution: Execution, instance: ElementInstance, signal: string, payload: Variables): void {
  execution.draft.commands.push({ type: 'broadcastSignal', elementInstanceId: instance.id, signal, payload });
  execution.draft.record('signal.sent', { elementId: instance.elementId, elementInstanceId: instance.id, detail: { signal, payload } });
  deliverSignal(execution, signal, payload);
}

/** Gives the signal to everything in this instance that waits for it now. */
export function deliverSignal(execution: Execution, signal: string, payload: Variables, actor: Actor = engineActor): void {
  const { draft } = execution;
  for (const { id } of Object.values(draft.state.signalSubscriptions ?? {})) {
    // An earlier one may have interrupted it.
    const stored = draft.state.signalSubscriptions?.[id];
    if (stored?.signal !== signal) continue;
    const subscription = waitOf<SignalSubscription>(draft.state, stored);
    draft.record('signal.received', { elementId: subscription.elementId, elementInstanceId: subscription.elementInstanceId, actor, detail: { signal, payload } });
    eventOccurred(execution, 'signalSubscriptions', subscription, { signal: payload }, actor);
  }
}
