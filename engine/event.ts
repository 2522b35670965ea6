import type { Actor } from './actor.ts';
import type { ElementType } from './definition/index.ts';
import type { BpmnError, Failure } from './failure.ts';
import type { Json, Variables } from './json.ts';

interface EventBase {
  /** Id of the command or activity that caused it; a repeated id is ignored by the shell. */
  readonly id: string;
  /** ISO 8601 UTC instant at which the engine handles it; FEEL's `now()`. */
  readonly at: string;
  readonly actor: Actor;
}

/** When something happened at the bedside or on a device, as opposed to when we heard of it. */
export interface ClinicalTimes {
  readonly occurredAt?: string;
  readonly deviceAt?: string;
  /** Where `occurredAt` comes from, for example `person`, `device:PDA-17`, `hl7:ORC-9`. */
  readonly timeSource?: string;
  /** 补录: entered after the fact. */
  readonly lateEntry?: boolean;
}

/** Which called process something is about. */
export interface ChildOrigin {
  /** The call. */
  readonly elementInstanceId: string;
  /** Which of the call's tries started it, counting from 1; absent: the newest. */
  readonly attempt?: number;
  /** It has ended before, and was reopened. */
  readonly isReopened?: boolean;
}

export type EngineEvent =
  | (EventBase & { readonly type: 'instanceStarted'; readonly variables: Variables; readonly messageName?: string; readonly signalName?: string; readonly startElementId?: string })
  | (EventBase & { readonly type: 'userTaskClaimed'; readonly taskId: string })
  | (EventBase & { readonly type: 'userTaskReleased'; readonly taskId: string; readonly reason?: string })
  | (EventBase & { readonly type: 'userTaskCompleted'; readonly taskId: string; readonly data: Variables; readonly reason?: string; readonly times?: ClinicalTimes })
  | (EventBase & { readonly type: 'userTaskDelegated'; readonly taskId: string; readonly delegateId: string; readonly reason?: string })
  | (EventBase & { readonly type: 'userTaskVerificationRejected'; readonly taskId: string; readonly reason: string })
  | (EventBase & { readonly type: 'serviceCompleted'; readonly elementInstanceId: string; readonly result: Json })
  | (EventBase & { readonly type: 'serviceFailed'; readonly elementInstanceId: string; readonly failure: Failure })
  | (EventBase & { readonly type: 'serviceOutcomeUnknown'; readonly elementInstanceId: string; readonly failure: Failure })
  | (EventBase & { readonly type: 'serviceThrewError'; readonly elementInstanceId: string; readonly error: BpmnError })
  | (EventBase & { readonly type: 'rulesEvaluated'; readonly elementInstanceId: string; readonly version: string; readonly decisionId: string; readonly result: Json })
  | (EventBase & { readonly type: 'rulesFailed'; readonly elementInstanceId: string; readonly failure: Failure })
  | (EventBase & { readonly type: 'timerFired'; readonly timerId: string })
  | (EventBase & { readonly type: 'messageReceived'; readonly subscriptionId: string; readonly payload: Variables; readonly times?: ClinicalTimes })
  | (EventBase & { readonly type: 'signalReceived'; readonly signal: string; readonly payload: Variables })
  | (EventBase & ChildOrigin & { readonly type: 'childCompleted'; readonly variables: Variables; readonly isUndoable?: boolean })
  /** A completed process has undone itself for its caller. */
  | (EventBase & ChildOrigin & { readonly type: 'childCompensated' })
  | (EventBase & ChildOrigin & { readonly type: 'childThrewError'; readonly error: BpmnError })
  | (EventBase & ChildOrigin & { readonly type: 'childEscalated'; readonly escalationCode: string; readonly payload: Variables })
  | (EventBase & ChildOrigin & { readonly type: 'childFailed'; readonly failure: Failure })
  | (EventBase & { readonly type: 'adHocActivityActivated'; readonly elementInstanceId: string; readonly elementId: string; readonly reason?: string })
  | (EventBase & { readonly type: 'incidentResolved'; readonly incidentId: string; readonly resolution: IncidentResolution; readonly reason: string; readonly variables?: Variables })
  /** `compensate` undoes what completed before the instance ends. */
  | (EventBase & { readonly type: 'instanceCancelled'; readonly reason: string; readonly compensate?: boolean })
  /** Undoes what completed in a process that has completed, for the element instance of its caller that waits for that. */
  | (EventBase & { readonly type: 'instanceCompensated'; readonly reason: string; readonly elementInstanceId: string; readonly attempt: number })
  | (EventBase & { readonly type: 'instancePaused'; readonly reason: string })
  | (EventBase & { readonly type: 'instanceResumed'; readonly reason: string })
  | (EventBase & { readonly type: 'instanceModified'; readonly instructions: readonly ModifyInstruction[]; readonly reason: string; readonly variables?: Variables })
  /** Handled with the plan of the target version; `types` are told by the plan of the present one. */
  | (EventBase & { readonly type: 'instanceMigrated'; readonly version: string; readonly mapping: ElementMapping; readonly types: ElementTypes; readonly reason: string })
  /** Lets an ended instance run again at the given elements. */
  | (EventBase & { readonly type: 'instanceReopened'; readonly elementIds: readonly string[]; readonly reason: string; readonly variables?: Variables });

/** One change of where tokens are. BPMN has no such thing; the record says who did it and why. */
export type ModifyInstruction =
  | { readonly kind: 'terminate'; readonly elementInstanceId: string }
  /** In the scope that `ancestorId` (an element instance) owns, where there are several. */
  | { readonly kind: 'activate'; readonly elementId: string; readonly ancestorId?: string }
  | { readonly kind: 'move'; readonly elementInstanceId: string; readonly elementId: string };

/** Element ids of the present version → of the target version. What is not named keeps its id. */
export type ElementMapping = { readonly [elementId: string]: string };

/** Types of elements by their ids. */
export type ElementTypes = { readonly [elementId: string]: ElementType };

/**
 * What an operator decides about an incident. `confirmDone` and `confirmNotDone` are for unknown outcomes:
 * the first goes on with `result`, the second runs the effect again.
 */
export type IncidentResolution =
  | { readonly kind: 'retry' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'confirmDone'; readonly result?: Json }
  | { readonly kind: 'confirmNotDone' };

export type EngineEventType = EngineEvent['type'];
