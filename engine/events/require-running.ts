import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';

/** Raises INSTANCE_NOT_RUNNING. */
export function requireRunning(execution: Execution): void {
  const { status } = execution.draft.state;
  if (status !== 'running') raise({ code: 'INSTANCE_NOT_RUNNING', message: `Expected a running instance, but it is ${status}` });
}
