import { continueBody, isBody } from '../activity-markers.ts';
import { concludeCallCompensation } from '../call-compensation.ts';
import { finish, leave } from '../element-completion.ts';
import { behaviorOf } from '../elements/registry.ts';
import type { EngineEvent, IncidentResolution } from '../event.ts';
import type { Execution } from '../execution.ts';
import { failureOf, raise } from '../failure-raised.ts';
import { closeIncident, raiseIncident } from '../incidents.ts';
import { dropTokens } from '../joins.ts';
import type { Json } from '../json.ts';
import { openTimers } from '../open-waits.ts';
import { applyAssignments, resolveAssignments } from '../scopes.ts';
import type { ElementInstance, Incident } from '../state.ts';
import { requireRunning } from './require-running.ts';

/**
 * Carries out what an operator decided, after setting the variables given with it.
 * Fails: INSTANCE_NOT_RUNNING, INCIDENT_NOT_FOUND, INCIDENT_RESOLUTION_INVALID, and what the variables fail.
 */
export function resolveIncident(execution: Execution, event: Extract<EngineEvent, { type: 'incidentResolved' }>): void {
  requireRunning(execution);
  const { draft } = execution;
  const { resolution, actor, reason, variables = {} } = event;
  const incident = draft.state.incidents[event.incidentId];
  const instance = incident ? draft.state.elementInstances[incident.elementInstanceId] : undefined;
  if (!incident || !instance) return raise({ code: 'INCIDENT_NOT_FOUND', message: 'Expected an open incident, but there is none with this id' });
  const elementId = instance.elementId;
  if (!incident.allowed.includes(resolution.kind)) return raise({ code: 'INCIDENT_RESOLUTION_INVALID', elementId, message: `Expected one of ${incident.allowed.join(', ')}, but got ${resolution.kind}` });
  if (reason.trim() === '') return raise({ code: 'INCIDENT_RESOLUTION_INVALID', elementId, message: 'Expected a reason, but it is empty', place: 'reason' });
  const assignments = resolveAssignments(execution.plan, draft, instance.scopeId, variables, elementId);

  close(execution, incident, resolution, { actor, reason });
  applyAssignments(draft, assignments, { actor, elementId, elementInstanceId: instance.id });
  goOn(execution, incident, instance, resolution);
}

/** Retries an open incident that allows it, for somebody who has decided that elsewhere. */
export function retryIncident(execution: Execution, incidentId: string, by: Decider): void {
  const { incidents, elementInstances } = execution.draft.state;
  const incident = incidents[incidentId];
  const instance = incident && elementInstances[incident.elementInstanceId];
  if (!instance) return;
  close(execution, incident, { kind: 'retry' }, by);
  goOn(execution, incident, instance, { kind: 'retry' });
}

type Decider = Pick<Extract<EngineEvent, { type: 'incidentResolved' }>, 'actor' | 'reason'>;

function close(execution: Execution, { id, elementId, elementInstanceId }: Incident, resolution: IncidentResolution, by: Decider): void {
  closeIncident(execution, id);
  const result = resolution.kind === 'confirmDone' ? { result: resolution.result ?? null } : {};
  execution.draft.record('incident.resolved', { elementId, elementInstanceId, ...by, detail: { incidentId: id, resolution: resolution.kind, ...result } });
}

function goOn(execution: Execution, incident: Incident, instance: ElementInstance, resolution: IncidentResolution): void {
  const isSkip = resolution.kind === 'skip';
  if (resolution.kind === 'confirmDone') {
    execution.draft.record('service.completed', { elementId: instance.elementId, elementInstanceId: instance.id, detail: { result: resolution.result ?? null } });
    execution.complete(instance, { result: resolution.result ?? ({} as Json) });
    return;
  }
  switch (instance.status) {
    case 'activating':
    case 'active':
      if (isStuckJoin(execution, instance, incident)) dropTokens(execution.draft, instance.scopeId, instance.elementId);
      if (isSkip) skip(execution, instance);
      else if (instance.status === 'activating') execution.enter(instance);
      else retry(execution, instance, incident);
      break;
    case 'completing':
      finish(execution, instance, instance.completion ?? {}, { skipOutputs: isSkip });
      break;
    case 'completed':
      leave(execution, instance);
      break;
    case 'terminated':
      break;
  }
}

/** The tokens that wait there go on with the one that the operator lets through. */
function isStuckJoin(execution: Execution, instance: ElementInstance, incident: Incident): boolean {
  return incident.failure.code === 'DEADLOCK' || execution.elementOf(instance).definition.type === 'complexGateway';
}

/** Goes on as if the work were done, without its result and outputs. */
function skip(execution: Execution, instance: ElementInstance): void {
  if (instance.undoes) return concludeCallCompensation(execution, instance);
  const { draft } = execution;
  for (const scope of draft.scopesOwnedBy(instance.id)) execution.terminateScope(scope.id);
  execution.complete(instance, {}, { skipOutputs: true });
}

function retry(execution: Execution, instance: ElementInstance, incident: Incident): void {
  if (incident.failure.code === 'STATE_TOO_LARGE') {
    for (const timer of openTimers(execution.draft.state)) if (timer.elementInstanceId === instance.id) execution.draft.commands.push({ type: 'startTimer', timer });
    return;
  }
  const element = execution.elementOf(instance);
  if (isBody(instance)) {
    continueBody(execution, element, instance);
    return;
  }
  try {
    behaviorOf(element).retry?.(execution, element, instance);
  } catch (error) {
    raiseIncident(execution, instance, { elementId: element.id, ...failureOf(error) }, ['retry', 'skip']);
  }
}
