import { patched, workflowInfo } from '@temporalio/workflow';
import type { Command } from '#engine';

/** What an instance asks of others while it runs, and what its run has to wait for before it can continue as a new one. */
export type Call = Extract<Command, { readonly type: 'executeService' | 'evaluateRules' | 'sendMessage' | 'startChildProcess' }>;

/** From here on a run is continued as a new one; Temporal's own proposal may come earlier. */
const dueBytes = 4 * 1024 * 1024;
const dueEvents = 4_096;

/** Here a run is no longer given time to wait for what it has in flight. Temporal ends a workflow at 51,200 events or 50 MB. */
const overlongBytes = 8 * 1024 * 1024;
const overlongEvents = 20_480;

/** Whether this run's history should be continued as a new one. */
export function isContinuationDue(): boolean {
  const { continueAsNewSuggested, historyLength, historySize } = workflowInfo();
  return continueAsNewSuggested || historyLength >= dueEvents || historySize >= dueBytes;
}

function isOverlong(): boolean {
  const { historyLength, historySize } = workflowInfo();
  return historyLength >= overlongEvents || historySize >= overlongBytes;
}

/**
 * Calls that the next run makes. A loop that calls something in each round has always something in flight, and its
 * history would grow until Temporal ends the workflow; so when a run is due to be continued, new calls are held back.
 * As long as a service is in flight that would mean to wait for that one, so this is done only in a run that has become
 * overlong.
 */
export class HeldCalls {
  #calls: readonly Call[] = [];

  get calls(): readonly Call[] {
    return this.#calls;
  }

  /** Holds the call back if it has to; `isInFlight`: whether the run waits for others already. */
  takes(call: Call, isInFlight: boolean): boolean {
    if (!isContinuationDue() || (isInFlight && !isOverlong())) return false;
    // Runs that were long already before calls were held back go on as they were recorded.
    if (!patched('held-calls')) return false;
    this.#calls = [...this.#calls, call];
    return true;
  }

  /** Drops a call that is not wanted any more. True when there was one. */
  drop(type: Call['type'], elementInstanceId: string): boolean {
    const kept = this.#calls.filter((call) => call.type !== type || call.elementInstanceId !== elementInstanceId);
    const isDropped = kept.length < this.#calls.length;
    this.#calls = kept;
    return isDropped;
  }
}
