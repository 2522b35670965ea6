import { cancel } from '../cancellation.ts';
import { decideEvent } from '../elements/event-based-gateway.ts';
import { armEventSubProcesses, prepareEventSubProcesses } from '../event-sub-processes.ts';
import { rootScopeId } from '../draft.ts';
import type { EngineEvent } from '../event.ts';
import { eventResults } from '../event-results.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import type { Variables } from '../json.ts';
import { beginScope } from '../own-scope.ts';
import { requireScope } from '../scopes.ts';
import { findStart, type ProcessStart } from '../start-triggers.ts';
import { validateVariables } from '../variables.ts';
import { definitionsOf, openWait, prepareWaits } from '../waits.ts';
import { requireRunning } from './require-running.ts';

type Event<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/**
 * Starts the instance with its variables, at the start of the message, signal or element where one is named.
 * Fails: INSTANCE_NOT_RUNNING when it has begun already, SUBSCRIPTION_NOT_FOUND for an unknown start,
 * START_EVENT_NOT_NAMED where it has to be said, what
 * `validateVariables` finds, and what the event sub-processes of the process wait for.
 */
export function startInstance(execution: Execution, event: Event<'instanceStarted'>): void {
  const { draft, plan } = execution;
  if (draft.state.status !== 'created') raise({ code: 'INSTANCE_NOT_RUNNING', message: `Expected an instance that has not begun, but it is ${draft.state.status}` });
  const start = findStart(plan, event);
  const variables = startVariables(execution, start, event.variables);
  const failure = validateVariables(plan.definition.variables, variables, { requireRequired: true })[0];
  if (failure) raise(failure);
  const waits = prepareEventSubProcesses(execution, plan.root, variables);

  draft.set({ status: 'running', startedAt: event.at });
  draft.put('scopes', { ...requireScope(draft, rootScopeId), variables });
  draft.record('instance.started', { actor: event.actor, after: variables });
  const { messageName, signalName } = event;
  const place = { actor: event.actor, ...(start ? { elementId: start.event.id } : {}) };
  if (messageName !== undefined) draft.record('message.received', { ...place, detail: { message: messageName } });
  if (signalName !== undefined) draft.record('signal.received', { ...place, detail: { signal: signalName } });
  armEventSubProcesses(execution, rootScopeId, waits);
  if (start) beginAt(execution, start);
  else beginScope(execution, plan.root, rootScopeId);
}

/** Begins with one event; the gateway before it decides for it, or with a parallel one its other events are awaited. */
function beginAt(execution: Execution, { gateway, event, eventIndex }: ProcessStart): void {
  if (gateway) {
    const isParallel = gateway.definition.type === 'eventBasedGateway' && gateway.definition.eventGatewayType === 'parallel';
    decideEvent(execution, execution.begin(gateway, rootScopeId), event, {});
    if (isParallel) for (const { target } of gateway.outgoing) if (target !== event) execution.queueStart(target, rootScopeId);
    return;
  }
  const isPart = event.definition.type === 'startEvent' && event.definition.event?.kind === 'multiple' && event.definition.event.parallel === true;
  if (!isPart) return event.definition.type === 'startEvent' ? execution.activate(event, rootScopeId) : execution.complete(execution.begin(event, rootScopeId), {});
  // Of a parallel multiple start event, the instance awaits what has not occurred yet.
  const instance = execution.draft.transition(execution.begin(event, rootScopeId), 'active');
  const missing = prepareWaits(execution, event, execution.variables(rootScopeId), eventIndex ?? 0);
  for (const wait of missing) openWait(execution, instance.id, wait);
  if (missing.length === 0) execution.complete(instance);
}

/** Ends everything that runs; with `compensate`, after undoing what completed. Fails: INSTANCE_NOT_RUNNING. */
export function cancelInstance(execution: Execution, event: Event<'instanceCancelled'>): void {
  requireRunning(execution);
  execution.draft.unset('paused');
  cancel(execution, { reason: event.reason, actor: event.actor, compensate: event.compensate ?? false });
}

function startVariables(execution: Execution, start: ProcessStart | undefined, given: Variables): Variables {
  const definition = start ? definitionsOf(start.event)[start.eventIndex ?? 0] : undefined;
  if (!start || !definition || !('mappings' in definition) || !definition.mappings) return given;
  return eventResults(execution, start.event, rootScopeId, { [definition.kind]: given, ...(start.eventIndex === undefined ? {} : { eventIndex: start.eventIndex }) });
}
