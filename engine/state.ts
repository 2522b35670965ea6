import type { Actor } from './actor.ts';
import type { EngineEvent, IncidentResolution } from './event.ts';
import type { Failure } from './failure.ts';
import type { Json, Variables } from './json.ts';

/** Everything an instance knows. JSON only: no Date, class, closure or promise; absence is an omitted key. */
export interface ProcessState {
  readonly format: 1;
  /** Numbered changes of meaning that this instance has agreed to; see `semantics.ts`. */
  readonly semantics: number;
  readonly instanceId: string;
  readonly processKey: string;
  readonly businessKey?: string;
  readonly status: InstanceStatus;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Counts every id of this instance: `e1`, `t2`, `s3`, … */
  readonly lastId: number;
  /** Scopes by id; `root` is the process itself. */
  readonly scopes: { readonly [scopeId: string]: Scope };
  readonly elementInstances: { readonly [elementInstanceId: string]: ElementInstance };
  readonly userTasks: { readonly [taskId: string]: UserTaskState };
  readonly timers: { readonly [timerId: string]: StoredWait<TimerState> };
  readonly subscriptions: { readonly [subscriptionId: string]: StoredWait<MessageSubscription> };
  readonly incidents: { readonly [incidentId: string]: Incident };
  /** Who performed each element last, for `separation`. */
  readonly performers: { readonly [elementId: string]: readonly string[] };
  readonly signalSubscriptions?: { readonly [subscriptionId: string]: StoredWait<SignalSubscription> };
  readonly conditions?: { readonly [conditionId: string]: StoredWait<ConditionState> };
  readonly occurrences?: { readonly [occurrenceId: string]: Occurrence };
  /** Nothing moves while it is set; what comes from outside is held and happens on resuming. */
  readonly paused?: PauseState;
  /** The instance is being undone before it ends as cancelled. */
  readonly cancelling?: {
    readonly reason: string;
    readonly actor: Actor;
    readonly compensating: readonly CompensationEntry[];
    /** It had completed, and is undone for its caller. */
    readonly isForCaller?: true;
  };
  /** The call activity that started this instance; while that is undone, the element instance that waits for it. */
  readonly parent?: ParentReference;
}

export interface PauseState {
  readonly since: string;
  readonly by: string;
  readonly reason: string;
  readonly held: readonly EngineEvent[];
}

export interface ParentReference {
  readonly processKey: string;
  readonly instanceId: string;
  readonly elementInstanceId: string;
  /** Which of the call's tries, counting from 1. */
  readonly attempt?: number;
}

/** A call that has completed: the element instance that it was, and which of its tries the called process answered. */
export interface CompletedCall {
  readonly elementInstanceId: string;
  readonly attempt: number;
}

export type InstanceStatus = 'created' | 'running' | 'completed' | 'cancelled' | 'failed';

/** A flow scope: the process, a sub-process, or one inner instance of a multi-instance body. BPMN 2.0.2 §13.3.4. */
export interface Scope {
  readonly id: string;
  readonly parentId?: string;
  /** The sub-process or multi-instance instance that owns it; absent for `root`. */
  readonly elementInstanceId?: string;
  readonly variables: Variables;
  /** Tokens waiting at joins: gateway element id → incoming flow id → count. */
  readonly joins?: { readonly [elementId: string]: { readonly [flowId: string]: number } };
  /** Complex gateways that have acted and wait for the rest of their tokens → the incoming flows that are used up. */
  readonly resetting?: { readonly [elementId: string]: readonly string[] };
  /** What completed here and can be undone, in the order of completion. */
  readonly compensations?: readonly CompensationEntry[];
  /** Holds the data of an earlier time, for a compensation handler: read before the live variables, never instead of setting them. */
  readonly isSnapshot?: true;
  /** What is undone in it; its data and inner entries are the scope's own. */
  readonly undoes?: Omit<CompensationEntry, 'variables' | 'inner'>;
  /** The process as a whole has been undone by its compensation event sub-process, which runs once. */
  readonly isUndone?: true;
  /** An interrupting event sub-process has taken over; no other one starts. */
  readonly isInterrupted?: true;
  /** Who performed each element of this scope last, for `separation` within one item of a multi-instance body. */
  readonly performers?: { readonly [elementId: string]: readonly string[] };
}

export interface ElementInstance {
  readonly id: string;
  readonly elementId: string;
  /** The scope in which it flows (not the one it may own). */
  readonly scopeId: string;
  readonly status: ElementStatus;
  readonly activatedAt: string;
  /** Present while a multi-instance body runs. */
  readonly multiInstance?: MultiInstanceState;
  /** Position in the collection, on the inner instances. */
  readonly loopCounter?: number;
  /** The service or rule evaluation in flight. */
  readonly attempt?: number;
  /** Finished repetitions, while the body of a standard loop runs. */
  readonly iteration?: number;
  /** Present from the beginning of an event sub-process until its flow runs: what started it. */
  readonly trigger?: { readonly startElementId: string; readonly completion: Variables; readonly actor?: Actor };
  /** What is still to be undone, on a compensation throw event or a cancelled transaction. */
  readonly compensating?: readonly CompensationEntry[];
  /** It only undoes what a throw event has triggered whose token has gone on. */
  readonly isBesideFlow?: true;
  /** A call whose process has completed and has something to undo. */
  readonly isUndoable?: true;
  /** It waits for the process of this completed call to undo itself. */
  readonly undoes?: CompletedCall;
  /** Activities of a sequential ad-hoc sub-process that are still to begin. */
  readonly upcoming?: readonly string[];
  /** What its outputs see (`data`, `result`, `message`, …), kept while an incident holds up the completion. */
  readonly completion?: Variables;
}

/** See `lifecycle.ts` for the transitions. */
export type ElementStatus = 'activating' | 'active' | 'completing' | 'completed' | 'terminated';

export interface MultiInstanceState {
  readonly items: readonly Json[];
  readonly next: number;
  readonly completed: number;
  readonly outputs: readonly Json[];
}

/** A completed activity that can be undone. BPMN 2.0.2 §13.5.5. */
export interface CompensationEntry {
  readonly elementId: string;
  readonly completedAt: string;
  /** The handler, or the compensation event sub-process; without one, `inner` is undone in reverse order, or `call` by its process. */
  readonly handlerId?: string;
  /** The visible variables when the activity completed; with a handler only. */
  readonly variables?: Variables;
  /** What completed in a sub-process. */
  readonly inner?: readonly CompensationEntry[];
  /** Without a handler of its own: the call whose process undoes itself. */
  readonly call?: CompletedCall;
}

/** What the state keeps of an open user task; its plan and its element instance say the rest, see `userTaskOf`. */
export interface UserTaskState {
  readonly id: string;
  readonly elementInstanceId: string;
  readonly candidateUnit?: string;
  readonly assignee?: string;
  readonly dueAt?: string;
  /** 0–100; the default when absent. */
  readonly priority?: number;
  readonly subject?: string;
  /** Without any when absent. */
  readonly input?: Variables;
  /** With its element instance when absent. */
  readonly createdAt?: string;
  readonly followUpAt?: string;
  /** Who delegated it and gets it back. */
  readonly owner?: string;
  /** The first person's work, while the second one is awaited. */
  readonly verifying?: TaskVerification;
}

export interface TaskVerification {
  readonly data: Variables;
  readonly performers: readonly string[];
  readonly performedAt: string;
  /** After this instant the first person's work counts no more. */
  readonly until?: string;
}

/** What the state keeps of something that is waited for: without `elementId` where the instance that waits is the event's own, see `waitOf`. */
export type StoredWait<Wait extends { readonly elementId: string }> = Omit<Wait, 'elementId'> & { readonly elementId?: string };

export interface TimerState {
  readonly id: string;
  /** The instance that waits: the event's own, the activity that it is attached to, or the owner of an event sub-process's scope (`root` for the process). */
  readonly elementInstanceId: string;
  /** The event that is waited for. */
  readonly elementId: string;
  readonly dueAt: string;
  /** For cycles: how many firings remain after this one (`-1`: without end) and the period. */
  readonly repeat?: { readonly remaining: number; readonly duration: string };
  /** Which of a multiple event's definitions it is. */
  readonly eventIndex?: number;
}

export interface MessageSubscription {
  readonly id: string;
  readonly elementInstanceId: string;
  readonly elementId: string;
  readonly message: string;
  readonly correlationKey: string;
  readonly eventIndex?: number;
}

export interface SignalSubscription {
  readonly id: string;
  readonly elementInstanceId: string;
  readonly elementId: string;
  readonly signal: string;
  readonly eventIndex?: number;
}

/** A conditional event that waits. */
export interface ConditionState {
  readonly id: string;
  readonly elementInstanceId: string;
  readonly elementId: string;
  /** Held at the last look: it fires again only after it was false. */
  readonly holds: boolean;
  readonly eventIndex?: number;
}

/** A part of a parallel multiple event that has occurred. */
export interface Occurrence {
  readonly id: string;
  readonly elementInstanceId: string;
  readonly elementId: string;
  readonly eventIndex: number;
  readonly completion: Variables;
}

export interface Incident {
  readonly id: string;
  readonly elementInstanceId: string;
  readonly elementId: string;
  readonly kind: 'failed' | 'outcomeUnknown';
  readonly failure: Failure;
  readonly raisedAt: string;
  readonly allowed: readonly IncidentResolution['kind'][];
}
