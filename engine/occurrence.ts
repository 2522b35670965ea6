import type { Actor } from './actor.ts';
import { isParallelMultiple } from './definition/index.ts';
import { fireBoundaryEvent } from './elements/boundary-event.ts';
import { decideEvent } from './elements/event-based-gateway.ts';
import { triggerEventSubProcess } from './event-sub-processes.ts';
import type { Execution } from './execution.ts';
import type { Json, Variables } from './json.ts';
import { openWaits } from './open-waits.ts';
import type { ElementPlan } from './plan.ts';
import { rootScopeId } from './draft.ts';
import { scopeOwnedBy } from './scopes.ts';
import { closeEventWaits, closeWait, openWait, prepareWaits } from './waits.ts';

/** From this semantics on, a parallel multiple event that does not interrupt waits again after it has occurred. */
const waitsAgain = 3;

/** An open wait: whose it is and for which event. */
interface Wait {
  readonly id: string;
  readonly elementInstanceId: string;
  readonly elementId: string;
  readonly eventIndex?: number;
}

/** Lets the awaited event happen: a catch event goes on, a boundary event fires, an event sub-process starts, an event-based gateway decides. */
export function eventOccurred(execution: Execution, map: 'timers' | 'subscriptions' | 'signalSubscriptions' | 'conditions', wait: Wait, completion: Variables, actor?: Actor): void {
  const element = execution.element(wait.elementId);
  const indexed = wait.eventIndex === undefined ? completion : { ...completion, eventIndex: wait.eventIndex };
  if ('event' in element.definition && isParallelMultiple(element.definition.event)) occurInPart(execution, map, element, wait, indexed, actor);
  else occur(execution, element, wait.elementInstanceId, indexed, actor);
}

/** Keeps the part that has occurred until nothing of the event is missing. BPMN 2.0.2 §10.5.1. */
function occurInPart(execution: Execution, map: 'timers' | 'subscriptions' | 'signalSubscriptions' | 'conditions', element: ElementPlan, wait: Wait, completion: Variables, actor: Actor | undefined): void {
  const { draft } = execution;
  const { elementInstanceId, eventIndex = 0 } = wait;
  if (draft.state[map]?.[wait.id]) closeWait(execution, map, wait.id);
  draft.put('occurrences', { id: `${elementInstanceId}.${element.id}.${eventIndex}`, elementInstanceId, elementId: element.id, eventIndex, completion });
  const isOfEvent = (entry: Pick<Wait, 'elementInstanceId' | 'elementId'>): boolean => entry.elementInstanceId === elementInstanceId && entry.elementId === element.id;
  if (openWaits(draft.state).some(isOfEvent)) return;
  const parts: Json[] = Object.values(draft.state.occurrences ?? {}).filter(isOfEvent).map((occurrence) => occurrence.completion);
  closeEventWaits(execution, elementInstanceId, (elementId) => elementId === element.id);
  if (goesOn(element) && draft.state.semantics >= waitsAgain) waitAgain(execution, element, elementInstanceId);
  occur(execution, element, elementInstanceId, { occurrences: parts }, actor);
}

/** What does not interrupt may occur as often as its activity or scope lasts. BPMN 2.0.2 §13.5.3, §13.5.4. */
export function goesOn({ definition }: ElementPlan): boolean {
  return (definition.type === 'boundaryEvent' && !definition.cancelActivity) || (definition.type === 'startEvent' && definition.isInterrupting === false);
}

/** A condition has to become false before; a timer that is over at once would occur without end, so that nothing is waited for. */
function waitAgain(execution: Execution, element: ElementPlan, hostId: string): void {
  const host = element.definition.type === 'boundaryEvent' ? execution.draft.state.elementInstances[hostId] : undefined;
  const scopeId = host?.scopeId ?? (hostId === rootScopeId ? rootScopeId : scopeOwnedBy(execution.draft, hostId).id);
  const waits = prepareWaits(execution, element, execution.variables(scopeId));
  if (waits.some((wait) => wait.kind === 'timer' && wait.dueAt <= execution.at)) return;
  for (const wait of waits) openWait(execution, hostId, wait, true);
}

function occur(execution: Execution, element: ElementPlan, hostId: string, completion: Variables, actor: Actor | undefined): void {
  const { definition } = element;
  const host = execution.draft.state.elementInstances[hostId];
  if (definition.type === 'startEvent' && host?.elementId !== element.id) {
    triggerEventSubProcess(execution, scopeOwnedBy(execution.draft, hostId).id, element.id, completion, actor);
    return;
  }
  if (!host) return;
  if (definition.type === 'boundaryEvent') fireBoundaryEvent(execution, host, element, completion, actor);
  else if (host.elementId === element.id) execution.complete(host, completion, actor ? { actor } : {});
  else decideEvent(execution, host, element, completion, actor);
}
