import type { ChildReport, Claims } from '#activities';
import type { Actor, ChildOrigin, ClinicalTimes, ElementMapping, ElementTypes, EngineEvent, Failure, IncidentResolution, ModifyInstruction, Variables } from '#engine';

/** The updates an instance takes, by name, with their bodies. Names are part of recorded histories: never rename. */
export interface InstanceUpdates {
  claimTask: { readonly taskId: string };
  releaseTask: { readonly taskId: string; readonly reason?: string };
  completeTask: { readonly taskId: string; readonly data: Variables; readonly reason?: string; readonly times?: ClinicalTimes };
  delegateTask: { readonly taskId: string; readonly delegateId: string; readonly reason?: string };
  rejectTaskVerification: { readonly taskId: string; readonly reason: string };
  activateAdHocActivity: { readonly elementInstanceId: string; readonly elementId: string; readonly reason?: string };
  deliverMessage: { readonly subscriptionId: string; readonly payload: Variables; readonly times?: ClinicalTimes };
  resolveIncident: { readonly incidentId: string; readonly resolution: IncidentResolution; readonly reason: string; readonly variables?: Variables };
  /** `compensate` undoes what completed before the instance ends. */
  cancelInstance: { readonly reason: string; readonly compensate?: boolean };
  pauseInstance: { readonly reason: string };
  resumeInstance: { readonly reason: string };
  modifyInstance: { readonly instructions: readonly ModifyInstruction[]; readonly reason: string; readonly variables?: Variables };
  /**
   * Its second argument is the bundle of the target version, see `bundleArgument`; `bundleHash` is that bundle's, `version`
   * its name. With `sourceHash` the mapping is made for that version, and refused when the instance is in another.
   */
  migrateInstance: { readonly bundleHash: string; readonly version: string; readonly sourceHash?: string; readonly mapping: ElementMapping; readonly reason: string };
  /** `subscriptionId`: the newest one on record that waits for it. */
  receiveSignal: { readonly signal: string; readonly payload: Variables; readonly subscriptionId: string };
  reportChild: ChildOrigin & { readonly report: ChildReport };
  /** To a called process that runs: its caller asks again that it undoes itself. */
  compensateInstance: { readonly elementInstanceId: string; readonly attempt: number; readonly reason: string };
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

/** What the event of an update may need to know of the instance. */
export interface PresentInstance {
  /** Of the elements at which it is. */
  readonly types: ElementTypes;
}

/** The engine event that each update means. */
export const eventOfUpdate: { readonly [Name in UpdateName]: (body: InstanceUpdates[Name], base: EventBase, present: PresentInstance) => EngineEvent } = {
  claimTask: (body, base) => ({ ...base, type: 'userTaskClaimed', ...body }),
  releaseTask: (body, base) => ({ ...base, type: 'userTaskReleased', ...body }),
  completeTask: (body, base) => ({ ...base, type: 'userTaskCompleted', ...body }),
  delegateTask: (body, base) => ({ ...base, type: 'userTaskDelegated', ...body }),
  rejectTaskVerification: (body, base) => ({ ...base, type: 'userTaskVerificationRejected', ...body }),
  activateAdHocActivity: (body, base) => ({ ...base, type: 'adHocActivityActivated', ...body }),
  deliverMessage: (body, base) => ({ ...base, type: 'messageReceived', ...body }),
  resolveIncident: (body, base) => ({ ...base, type: 'incidentResolved', ...body }),
  cancelInstance: (body, base) => ({ ...base, type: 'instanceCancelled', ...body }),
  pauseInstance: (body, base) => ({ ...base, type: 'instancePaused', ...body }),
  resumeInstance: (body, base) => ({ ...base, type: 'instanceResumed', ...body }),
  modifyInstance: (body, base) => ({ ...base, type: 'instanceModified', ...body }),
  migrateInstance: ({ version, mapping, reason }, base, { types }) => ({ ...base, type: 'instanceMigrated', version, mapping, types, reason }),
  compensateInstance: (body, base) => ({ ...base, type: 'instanceCompensated', ...body }),
  receiveSignal: ({ signal, payload }, base) => ({ ...base, type: 'signalReceived', signal, payload }),
  reportChild: ({ report, ...origin }, base) => {
    const about = { ...base, ...origin };
    switch (report.kind) {
      case 'completed': return { ...about, type: 'childCompleted', variables: report.variables, ...(report.isUndoable ? { isUndoable: true } : {}) };
      case 'compensated': return { ...about, type: 'childCompensated' };
      case 'error': return { ...about, type: 'childThrewError', error: report.error };
      case 'failed': return { ...about, type: 'childFailed', failure: report.failure };
      case 'escalated': return { ...about, type: 'childEscalated', escalationCode: report.escalationCode, payload: report.payload };
    }
  },
};

/**
 * Why an update comes too early: the record, from which it was addressed, may be ahead of an instance that has yet to
 * come to the same step again. The engine itself would let a signal pass that nothing waits for.
 */
export function prematureSignal(body: InstanceUpdates[UpdateName], lastId: number): Failure | undefined {
  if (!('signal' in body) || Number(body.subscriptionId.slice(1)) <= lastId) return undefined;
  return { code: 'SUBSCRIPTION_NOT_FOUND', message: 'Expected an instance that waits for the signal, but it has not come to it yet' };
}

/** Why a migration does not fit the version in which the instance is, of which the engine knows no hash. */
export function unfitVersion(body: InstanceUpdates[UpdateName], presentHash: string): Failure | undefined {
  if (!('bundleHash' in body)) return undefined;
  if (body.bundleHash === presentHash) return { code: 'MIGRATION_INVALID', message: 'Expected another version than the present one, but the instance is in it already', place: 'targetHash' };
  if (body.sourceHash !== undefined && body.sourceHash !== presentHash) return { code: 'MIGRATION_INVALID', message: 'Expected the instance in the version that the mapping is made for, but it is in another', place: 'sourceHash' };
  return undefined;
}

export const updateNames = Object.keys(eventOfUpdate) as readonly UpdateName[];
