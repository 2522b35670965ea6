import type { BpmnError, Failure, Json, Variables } from '#engine';
import type { Claims } from './claims.ts';
import type { RecordBatch } from './record/record-batch.ts';

/** What the process workflow calls. `executeService` and `nextTask` are regular activities; the others are local ones. */
export interface ProcessActivities {
  executeService(call: ServiceCall): Promise<ServiceOutcome>;
  /** Does nothing: its answer comes with another workflow task. */
  nextTask(): Promise<void>;
  evaluateRules(call: RulesCall): Promise<RulesOutcome>;
  recordInstance(input: RecordInstanceInput): Promise<void>;
  sendMessage(call: MessageCall): Promise<void>;
  allotChild(call: ChildCall): Promise<ChildAllotment>;
  endChild(end: ChildEnd): Promise<void>;
}

export interface ServiceCall {
  readonly instanceId: string;
  readonly elementId: string;
  readonly activity: string;
  readonly input: Variables;
  readonly idempotencyKey: string;
  readonly timeoutMs: number;
}

/** `failed` and `unknown` become incidents, `error` a BPMN error event. */
export type ServiceOutcome =
  | { readonly kind: 'completed'; readonly result: Json }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'unknown'; readonly failure: Failure }
  | { readonly kind: 'error'; readonly error: BpmnError };

export interface RulesCall {
  readonly instanceId: string;
  readonly elementId: string;
  /** Unique within the instance; makes the decision's id stable over retries. */
  readonly elementInstanceId: string;
  readonly ruleSet: string;
  readonly facts: Variables;
  readonly at: string;
  readonly patientId?: string;
}

export type RulesOutcome =
  | { readonly kind: 'decided'; readonly version: string; readonly decisionId: string; readonly result: Json }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface RecordInstanceInput {
  readonly batch: RecordBatch;
  /** The claims under which the batch's acts happened; an actor whose claims do not verify is not named. */
  readonly claims: readonly Claims[];
}

export interface MessageCall {
  readonly instanceId: string;
  readonly elementInstanceId: string;
  /** Tells the second and later of several messages of one event apart. */
  readonly ordinal?: number;
  readonly message: string;
  readonly correlationKey: string;
  readonly payload: Variables;
}

/** A call of another process; nothing of its variables is needed to allot its instance. */
export interface ChildCall {
  readonly parentInstanceId: string;
  readonly elementInstanceId: string;
  readonly elementId: string;
  /** Counts the calls of this element instance from 1. */
  readonly attempt: number;
  readonly processKey: string;
  /** The current one when absent. */
  readonly version?: string;
  readonly businessKey: string;
}

export type ChildAllotment =
  | { readonly kind: 'allotted'; readonly instanceId: string; readonly bundleHash: string; readonly patientId?: string; /** The names of its variables. */ readonly declared: readonly string[]; readonly claims: Claims }
  | { readonly kind: 'refused'; readonly failure: Failure };

export interface ChildEnd {
  readonly parentInstanceId: string;
  readonly elementInstanceId: string;
  /** Id of a child that was allotted only. */
  readonly neverStarted?: string;
  readonly at: string;
}
