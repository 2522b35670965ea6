import type { Actor } from './actor.ts';
import type { ClinicalTimes } from './event.ts';
import type { BpmnError, Failure } from './failure.ts';
import type { Json, Variables } from './json.ts';
import type { CompletedCall, Incident, InstanceStatus, MessageSubscription, SignalSubscription, TimerState } from './state.ts';
import type { OpenUserTask } from './user-tasks.ts';

/** What the shell has to do after a step, in order. The engine never does it itself. */
export type Command =
  | { readonly type: 'executeService'; readonly elementInstanceId: string; readonly elementId: string; readonly activity: string; readonly input: Variables; readonly idempotencyKey: string; readonly attempt: number; readonly maximumAttempts: number; readonly initialIntervalMs: number; readonly timeoutMs: number }
  | { readonly type: 'cancelService'; readonly elementInstanceId: string }
  | { readonly type: 'evaluateRules'; readonly elementInstanceId: string; readonly elementId: string; readonly ruleSet: string; readonly facts: Variables }
  | { readonly type: 'startTimer'; readonly timer: TimerState }
  | { readonly type: 'cancelTimer'; readonly timerId: string }
  | { readonly type: 'openSubscription'; readonly subscription: MessageSubscription }
  | { readonly type: 'closeSubscription'; readonly subscriptionId: string }
  | { readonly type: 'openSignalSubscription'; readonly subscription: SignalSubscription }
  | { readonly type: 'closeSignalSubscription'; readonly subscriptionId: string }
  | { readonly type: 'createUserTask'; readonly task: OpenUserTask }
  | { readonly type: 'updateUserTask'; readonly task: OpenUserTask }
  | { readonly type: 'closeUserTask'; readonly taskId: string; readonly outcome: 'completed' | 'cancelled' }
  | { readonly type: 'raiseIncident'; readonly incident: Incident }
  | { readonly type: 'closeIncident'; readonly incidentId: string }
  /** `ordinal` tells the second and later of several throws of one event apart. */
  | { readonly type: 'sendMessage'; readonly elementInstanceId: string; readonly ordinal?: number; readonly message: string; readonly correlationKey: string; readonly payload: Variables }
  /** To every other instance that waits for it and every process that it starts; this instance has had it already. */
  | { readonly type: 'broadcastSignal'; readonly elementInstanceId: string; readonly signal: string; readonly payload: Variables }
  /** With `declaredOnly`, the child is given only those of the variables that it declares. */
  | { readonly type: 'startChildProcess'; readonly elementInstanceId: string; readonly elementId: string; readonly processKey: string; readonly version?: string; readonly businessKey: string; readonly variables: Variables; readonly declaredOnly: boolean }
  | { readonly type: 'cancelChildProcess'; readonly elementInstanceId: string; readonly elementId: string }
  /** Undoes what completed in the process of a completed call; `attempt` counts the tries of `elementInstanceId`, which waits for it. */
  | { readonly type: 'compensateChildProcess'; readonly elementInstanceId: string; readonly elementId: string; readonly attempt: number; readonly call: CompletedCall }
  /** An escalation that nothing in this instance catches goes on to the call activity. */
  | { readonly type: 'escalateToParent'; readonly escalationCode: string; readonly payload: Variables }
  | { readonly type: 'recordEntry'; readonly entry: RecordEntry }
  | { readonly type: 'recordLedger'; readonly loop: string; readonly step: string; readonly item: string; readonly elementId: string; readonly at: string; readonly actor: Actor }
  /** `isUndoable`: it has completed, and has something to undo; `isUndone`: it was undone for its caller. */
  | { readonly type: 'endInstance'; readonly status: InstanceStatus; readonly variables: Variables; readonly error?: BpmnError; readonly isUndoable?: true; readonly isUndone?: true }
  /** The event was refused; the state is unchanged. */
  | { readonly type: 'rejectEvent'; readonly eventId: string; readonly failure: Failure };

export type CommandType = Command['type'];

/** One line of the instance's history, before the record adds sequence, `recordedAt` and encryption. */
export interface RecordEntry {
  /** Past tense, dotted: `element.activated`, `element.completed`, `task.completed`, `decision.made`, `incident.resolved`, … */
  readonly action: RecordAction;
  readonly at: string;
  readonly actor: Actor;
  readonly elementId?: string;
  readonly elementInstanceId?: string;
  readonly taskId?: string;
  readonly reason?: string;
  readonly ruleSet?: string;
  readonly ruleSetVersion?: string;
  readonly decisionId?: string;
  readonly times?: ClinicalTimes;
  /** Values before and after, by variable; encrypted in the record. */
  readonly before?: Variables;
  readonly after?: Variables;
  /** What else the entry shows (facts, findings, scans); encrypted in the record. */
  readonly detail?: Json;
}

export type RecordAction =
  | 'instance.started' | 'instance.completed' | 'instance.cancelled' | 'instance.failed'
  | 'instance.paused' | 'instance.resumed' | 'instance.modified' | 'instance.migrated' | 'instance.reopened' | 'event.held'
  | 'element.activated' | 'element.completed' | 'element.terminated' | 'flow.taken'
  | 'task.created' | 'task.claimed' | 'task.released' | 'task.completed' | 'task.cancelled' | 'task.delegated' | 'task.performed' | 'task.verificationRejected'
  | 'service.requested' | 'service.completed' | 'service.failed' | 'service.outcomeUnknown'
  | 'decision.made' | 'timer.fired' | 'message.received' | 'message.sent' | 'error.thrown' | 'error.caught'
  | 'signal.sent' | 'signal.received' | 'condition.met' | 'escalation.thrown' | 'escalation.caught' | 'compensation.started' | 'compensation.completed'
  | 'child.started' | 'child.completed' | 'child.compensationStarted' | 'child.compensated'
  | 'incident.raised' | 'incident.resolved' | 'variables.changed' | 'event.rejected';
