import { rootScopeId } from '../draft.ts';
import type { EngineEvent } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import type { Variables } from '../json.ts';
import { evaluateMappings } from '../mappings.ts';
import type { ElementPlan } from '../plan.ts';
import { requireScope } from '../scopes.ts';
import { validateVariables } from '../variables.ts';
import { requireRunning } from './require-running.ts';

type Event<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/**
 * Starts the instance with its variables, at the start event of the message where one is named.
 * Fails: INSTANCE_NOT_RUNNING when it has begun already, SUBSCRIPTION_NOT_FOUND for an unknown message, and
 * what `validateVariables` finds.
 */
export function startInstance(execution: Execution, event: Event<'instanceStarted'>): void {
  const { draft, plan } = execution;
  if (draft.state.status !== 'created') raise({ code: 'INSTANCE_NOT_RUNNING', message: `Expected an instance that has not begun, but it is ${draft.state.status}` });
  const start = startEventFor(execution, event.messageName);
  const variables = startVariables(execution, start, event.variables);
  const failure = validateVariables(plan.definition.variables, variables, { requireRequired: true })[0];
  if (failure) raise(failure);

  draft.set({ status: 'running', startedAt: event.at });
  draft.put('scopes', { ...requireScope(draft, rootScopeId), variables });
  draft.record('instance.started', { actor: event.actor, after: variables });
  if (event.messageName !== undefined) draft.record('message.received', { actor: event.actor, elementId: start.id, detail: { message: event.messageName } });
  execution.activate(start, rootScopeId);
}

/** Ends everything that runs. Fails: INSTANCE_NOT_RUNNING. */
export function cancelInstance(execution: Execution, event: Event<'instanceCancelled'>): void {
  requireRunning(execution);
  const { draft } = execution;
  execution.terminateScope(rootScopeId);
  draft.set({ status: 'cancelled', endedAt: event.at });
  draft.record('instance.cancelled', { actor: event.actor, reason: event.reason });
  draft.commands.push({ type: 'endInstance', status: 'cancelled', variables: requireScope(draft, rootScopeId).variables });
}

function startEventFor(execution: Execution, messageName: string | undefined): ElementPlan {
  const { startEvents } = execution.plan.root;
  const messageOf = ({ definition }: ElementPlan) => (definition.type === 'startEvent' ? definition.event?.message : undefined);
  const found = startEvents.find((start) => messageOf(start) === messageName) ?? (messageName === undefined && startEvents.length === 1 ? startEvents[0] : undefined);
  if (found) return found;
  return raise({ code: 'SUBSCRIPTION_NOT_FOUND', message: messageName === undefined ? 'Expected the message that starts the process, but none is named' : `Expected a start event for message ${messageName}, but there is none` });
}

function startVariables(execution: Execution, start: ElementPlan, given: Variables): Variables {
  const { definition } = start;
  const mappings = definition.type === 'startEvent' ? definition.event?.mappings : undefined;
  return mappings ? evaluateMappings(execution, mappings, { message: given }, start.id, 'message field') : given;
}
