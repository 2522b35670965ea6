import type { Claims } from '#activities';
import type { ParentReference, ProcessState, Variables } from '#engine';
import type { Call } from './held-calls.ts';

/** What every process workflow is started with, beside its bundle. An instance that was reopened or undone has several runs. */
export interface ProcessWorkflowInput {
  /** Content hash of the bundle: the plan is compiled once a worker, however many instances run. */
  readonly bundleHash: string;
  readonly instanceId: string;
  readonly businessKey: string;
  readonly patientId?: string;
  /** The call activity that starts it. */
  readonly parent?: ParentReference;
  /** What begins it, or the run that reopens it. */
  readonly start: {
    readonly claims: Claims;
    readonly variables: Variables;
    /** What starts it, where that is not a person's or system's own start. */
    readonly messageName?: string;
    readonly signalName?: string;
    readonly startElementId?: string;
  };
  /** Set by continue-as-new, and when an ended instance is reopened or undone. */
  readonly resume?: ResumedInstance;
  /** Set when an ended instance is reopened: where it goes on and why; by whom and with which values says `start`. */
  readonly reopen?: { readonly elementIds: readonly string[]; readonly reason: string };
  /** Set when a completed instance is undone for its caller: what there waits for it, and which of its tries this is. */
  readonly compensate?: { readonly elementInstanceId: string; readonly attempt: number; readonly reason: string };
}

/** What an instance carries over continue-as-new, and from its end to its reopening. */
export interface ResumedInstance {
  readonly state: ProcessState;
  /** Sequence of the last recorded batch. */
  readonly sequence: number;
  /** Ids of the last commands that were accepted: a repeat after continue-as-new is still one. */
  readonly accepted: readonly string[];
  /** What the run before was asked to call and left to this one. */
  readonly calls?: readonly Call[];
}

export interface ProcessWorkflowResult {
  readonly status: ProcessState['status'];
}
