import type { IncidentResolution } from './event.ts';
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
  readonly timers: { readonly [timerId: string]: TimerState };
  readonly subscriptions: { readonly [subscriptionId: string]: MessageSubscription };
  readonly incidents: { readonly [incidentId: string]: Incident };
  /** Who performed each element last, for `separation`. */
  readonly performers: { readonly [elementId: string]: readonly string[] };
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

export interface UserTaskState {
  readonly id: string;
  readonly elementInstanceId: string;
  readonly elementId: string;
  readonly candidateRoles: readonly string[];
  readonly candidateUnit?: string;
  readonly assignee?: string;
  readonly form: string;
  readonly dueAt?: string;
  readonly priority: number;
  readonly subject?: string;
  readonly input: Variables;
  readonly createdAt: string;
}

export interface TimerState {
  readonly id: string;
  readonly elementInstanceId: string;
  /** The catch or boundary event that waits. */
  readonly elementId: string;
  readonly dueAt: string;
  /** For cycles: how many firings remain after this one (`-1`: without end) and the period. */
  readonly repeat?: { readonly remaining: number; readonly duration: string };
}

export interface MessageSubscription {
  readonly id: string;
  readonly elementInstanceId: string;
  readonly elementId: string;
  readonly message: string;
  readonly correlationKey: string;
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
