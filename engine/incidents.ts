import type { Execution } from './execution.ts';
import type { Failure } from './failure.ts';
import type { ElementInstance, Incident } from './state.ts';

/** Holds the instance with an incident until somebody decides. */
export function raiseIncident(execution: Execution, instance: ElementInstance, failure: Failure, allowed: Incident['allowed'], kind: Incident['kind'] = 'failed'): void {
  const incident: Incident = { id: execution.draft.nextId('i'), elementInstanceId: instance.id, elementId: instance.elementId, kind, failure, raisedAt: execution.at, allowed };
  execution.draft.put('incidents', incident);
  execution.draft.commands.push({ type: 'raiseIncident', incident });
  // A Failure is JSON by construction; its interface lacks an index signature.
  execution.draft.record('incident.raised', { elementId: instance.elementId, elementInstanceId: instance.id, reason: failure.code, detail: { incidentId: incident.id, kind, failure: { ...failure } } });
}

/** Takes the incident out of the state. */
export function closeIncident(execution: Execution, incidentId: string): void {
  execution.draft.remove('incidents', incidentId);
  execution.draft.commands.push({ type: 'closeIncident', incidentId });
}
