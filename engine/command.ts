import type { Actor } from './actor.ts';
import type { ClinicalTimes } from './event.ts';
import type { Failure } from './failure.ts';
import type { Json, Variables } from './json.ts';
import type { Incident, InstanceStatus, MessageSubscription, TimerState, UserTaskState } from './state.ts';

/** What the shell has to do after a step, in order. The engine never does it itself. */
export type Command =
  | { readonly type: 'executeService'; readonly elementInstanceId: string; readonly elementId: string; readonly activity: string; readonly input: Variables; readonly idempotencyKey: string; readonly attempt: number; readonly maximumAttempts: number; readonly initialIntervalMs: number; readonly timeoutMs: number }
  | { readonly type: 'cancelService'; readonly elementInstanceId: string }
  | { readonly type: 'evaluateRules'; readonly elementInstanceId: string; readonly elementId: string; readonly ruleSet: string; readonly facts: Variables }
  | { readonly type: 'startTimer'; readonly timer: TimerState }
  | { readonly type: 'cancelTimer'; readonly timerId: string }
  | { readonly type: 'openSubscription'; readonly subscription: MessageSubscription }
  | { readonly type: 'closeSubscription'; readonly subscriptionId: string }
  | { readonly type: 'createUserTask'; readonly task: UserTaskState }
  | { readonly type: 'updateUserTask'; readonly task: UserTaskState }
  | { readonly type: 'closeUserTask'; readonly taskId: string; readonly outcome: 'completed' | 'cancelled' }
  | { readonly type: 'raiseIncident'; readonly incident: Incident }
  | { readonly type: 'closeIncident'; readonly incidentId: string }
  | { readonly type: 'sendMessage'; readonly elementInstanceId: string; readonly message: string; readonly correlationKey: string; readonly payload: Variables }
  | { readonly type: 'recordEntry'; readonly entry: RecordEntry }
  | { readonly type: 'recordLedger'; readonly loop: string; readonly step: string; readonly item: string; readonly elementId: string; readonly at: string; readonly actor: Actor }
  | { readonly type: 'endInstance'; readonly status: InstanceStatus; readonly variables: Variables }
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
  | 'element.activated' | 'element.completed' | 'element.terminated' | 'flow.taken'
  | 'task.created' | 'task.claimed' | 'task.released' | 'task.completed' | 'task.cancelled'
  | 'service.requested' | 'service.completed' | 'service.failed' | 'service.outcomeUnknown'
  | 'decision.made' | 'timer.fired' | 'message.received' | 'message.sent' | 'error.thrown' | 'error.caught'
  | 'incident.raised' | 'incident.resolved' | 'variables.changed' | 'event.rejected';
