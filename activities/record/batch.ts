import type { Actor, Incident, InstanceStatus, Json, MessageSubscription, OpenUserTask, ProcessState, RecordEntry, SignalSubscription, Variables } from '#engine';
import type { OutboundCommand } from './outbound.ts';

/** Everything that one quiescent point of an instance puts on record. JSON only. */
export interface RecordBatch {
  readonly instanceId: string;
  readonly processKey: string;
  /** Counts the batches of the instance from 1. */
  readonly sequence: number;
  readonly at: string;
  readonly patientId?: string;
  readonly entries: readonly RecordEntry[];
  readonly tasks: { readonly upsert: readonly OpenUserTask[]; readonly close: readonly TaskClosing[] };
  readonly subscriptions: { readonly open: readonly MessageSubscription[]; readonly close: readonly string[] };
  readonly incidents: { readonly raise: readonly Incident[]; readonly close: readonly IncidentClosing[] };
  readonly ledger: readonly LedgerMark[];
  /** Present when a signal begins or ends to be awaited. */
  readonly signals?: { readonly open: readonly SignalSubscription[]; readonly close: readonly string[] };
  /** Present when something leaves the instance. */
  readonly outbound?: readonly OutboundCommand[];
  readonly instance: {
    readonly status: InstanceStatus | 'paused';
    readonly startedAt?: string;
    readonly endedAt?: string;
    readonly activeElements: Json;
    /** Element ids completed since the last batch, appended to the path and counted: one for each `element.completed` entry. */
    readonly completed: readonly string[];
    readonly variables: Variables;
    /** The modelled error with which the instance has failed. */
    readonly errorCode?: string;
    /** Present when the instance has been migrated: the version in which it goes on. */
    readonly bundleHash?: string;
  };
  /** Present when the instance has ended. */
  readonly ended?: EndedInstance;
  /** What is open after the batch: a correction brings the projections to exactly this. */
  readonly open: {
    readonly tasks: readonly (Pick<OpenUserTask, 'id' | 'assignee' | 'owner' | 'verifying'> & Partial<Pick<OpenUserTask, 'elementId' | 'candidateRoles' | 'form'>>)[];
    readonly subscriptions: readonly MessageSubscription[];
    readonly incidents: readonly string[];
    readonly signals?: readonly SignalSubscription[];
    /** The version in which the instance is. */
    readonly bundleHash?: string;
  };
}

/** All that a reopened instance needs of the one that has ended. Kept encrypted. */
export interface EndedInstance {
  readonly state: ProcessState;
  /** Ids of the last commands that were accepted: a repeat after the reopening is still one. */
  readonly accepted: readonly string[];
}

export interface TaskClosing {
  readonly taskId: string;
  readonly outcome: 'completed' | 'cancelled';
  readonly completedBy?: string;
  readonly at: string;
}

export interface IncidentClosing {
  readonly incidentId: string;
  readonly at: string;
  readonly by: string;
}

export interface LedgerMark {
  readonly loop: string;
  readonly step: string;
  readonly item: string;
  readonly elementId: string;
  readonly at: string;
  readonly actor: Actor;
}
