import type { Variables } from '#engine';
import { startAnotherRun, type AnotherRunDependencies } from './another-run.ts';
import type { DeliveryResult } from './delivery-result.ts';
import type { InboxRow } from './inbox.ts';

interface ReopenPayload {
  readonly elementIds: readonly string[];
  readonly variables?: Variables;
  readonly reason: string;
}

/** Lets an ended instance go on in another run. Rejects: INSTANCE_NOT_FOUND, INSTANCE_NOT_ENDED, ENDED_STATE_MISSING, and what the engine refuses. */
export function reopenInstance(row: InboxRow, dependencies: AnotherRunDependencies): Promise<DeliveryResult> {
  // Written by the command service.
  const { elementIds, variables = {}, reason } = row.payload as unknown as ReopenPayload;
  const reopen = { elementIds, reason };
  const event = { id: 'tried', at: new Date().toISOString(), actor: row.actor, type: 'instanceReopened', ...reopen, variables } as const;
  return startAnotherRun(row, row.instanceId ?? '', { event, input: { reopen }, variables }, dependencies);
}
