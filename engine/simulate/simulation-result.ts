import type { RecordEntry } from '../command.ts';
import type { FailureCode } from '../failure.ts';
import type { Json, Variables } from '../json.ts';
import type { IncidentResolution } from '../event.ts';
import type { InstanceStatus } from '../state.ts';

/** What one simulated instance looks like at the end of the script. */
export interface SimulatedInstance {
  readonly processKey: string;
  readonly status: InstanceStatus;
  /** Element ids in the order in which they completed; a multi-instance activity once for each item. */
  readonly path: readonly string[];
  readonly variables: Variables;
  readonly openTasks: readonly OpenTask[];
  readonly incidents: readonly OpenIncident[];
  /** Services, decisions, called processes that the script plays, timers, messages, signals and conditions that the instance waits for. */
  readonly waitingFor: readonly WaitingFor[];
  readonly ledger: readonly LedgerStep[];
  /** The instance's history, as the record would have it. */
  readonly log: readonly RecordEntry[];
}

/** The simulated instance and what it did to the world. */
export interface SimulationResult extends SimulatedInstance {
  readonly messages: readonly SentMessage[];
  readonly refused: readonly RefusedStep[];
  /** ISO 8601 UTC instant of the virtual clock. */
  readonly clock: string;
  /** Instances that it called or that its messages and signals started, in the order in which they began. */
  readonly others: readonly SimulatedInstance[];
  /** Empty when everything that the script expects came true. */
  readonly expectationFailures: readonly string[];
}

export interface OpenTask {
  readonly id: string;
  readonly element: string;
  readonly candidateRoles: readonly string[];
  readonly candidateUnit?: string;
  readonly assignee?: string;
  readonly form: string;
  readonly dueAt?: string;
  readonly input: Variables;
}

export interface OpenIncident {
  readonly id: string;
  readonly element: string;
  readonly kind: 'failed' | 'outcomeUnknown';
  readonly code: FailureCode;
  readonly message: string;
  readonly allowed: readonly IncidentResolution['kind'][];
}

export type WaitingFor =
  | { readonly kind: 'service'; readonly element: string; readonly activity: string; readonly input: Variables }
  | { readonly kind: 'decision'; readonly element: string; readonly ruleSet: string; readonly facts: Variables }
  | { readonly kind: 'process'; readonly element: string; readonly processKey: string }
  | { readonly kind: 'timer'; readonly element: string; readonly dueAt: string }
  | { readonly kind: 'signal'; readonly element: string; readonly name: string }
  | { readonly kind: 'condition'; readonly element: string }
  | { readonly kind: 'message'; readonly element: string; readonly name: string; readonly correlationKey: string };

export interface SentMessage {
  readonly name: string;
  readonly correlationKey: string;
  readonly payload: Variables;
}

export interface LedgerStep {
  readonly loop: string;
  readonly step: string;
  readonly item: string;
  readonly element: string;
  readonly at: string;
}

/** A step of the script that the engine refused, by its position from 1. */
export interface RefusedStep {
  readonly step: number;
  readonly code: FailureCode;
  readonly message: string;
  readonly element?: string;
}

/** Structural equality of JSON values, keys in any order. */
export function isSameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  // Arrays and objects are both read by key; the union's index signatures do not say so.
  const [a, b] = [left as Variables, right as Variables];
  return keys.length === Object.keys(right).length && keys.every((key) => isSameJson(a[key], b[key]));
}
