import type { Claims } from '#activities';
import type { Actor, ClinicalTimes, EngineEvent, IncidentResolution, Variables } from '#engine';

/** The updates an instance takes, by name, with their bodies. Names are part of recorded histories: never rename. */
export interface InstanceUpdates {
  claimTask: { readonly taskId: string };
  releaseTask: { readonly taskId: string; readonly reason?: string };
  completeTask: { readonly taskId: string; readonly data: Variables; readonly reason?: string; readonly times?: ClinicalTimes };
  deliverMessage: { readonly subscriptionId: string; readonly payload: Variables; readonly times?: ClinicalTimes };
  resolveIncident: { readonly incidentId: string; readonly resolution: IncidentResolution; readonly reason: string; readonly variables?: Variables };
  cancelInstance: { readonly reason: string };
}

export type UpdateName = keyof InstanceUpdates;

export interface UpdateInput<Name extends UpdateName = UpdateName> {
  readonly claims: Claims;
  readonly body: InstanceUpdates[Name];
}

/** What an accepted update answers: it is in the state and on record. */
export interface UpdateAccepted {
  readonly status: 'accepted';
  /** Sequence of the recorded batch that holds it. */
  readonly sequence: number;
}

interface EventBase {
  readonly id: string;
  readonly at: string;
  readonly actor: Actor;
}

/** The engine event that each update means. */
export const eventOfUpdate: { readonly [Name in UpdateName]: (body: InstanceUpdates[Name], base: EventBase) => EngineEvent } = {
  claimTask: (body, base) => ({ ...base, type: 'userTaskClaimed', ...body }),
  releaseTask: (body, base) => ({ ...base, type: 'userTaskReleased', ...body }),
  completeTask: (body, base) => ({ ...base, type: 'userTaskCompleted', ...body }),
  deliverMessage: (body, base) => ({ ...base, type: 'messageReceived', ...body }),
  resolveIncident: (body, base) => ({ ...base, type: 'incidentResolved', ...body }),
  cancelInstance: (body, base) => ({ ...base, type: 'instanceCancelled', ...body }),
};

export const updateNames = Object.keys(eventOfUpdate) as readonly UpdateName[];
