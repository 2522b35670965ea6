import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { ProcessState } from '#engine';
import type { Database } from '#database';

/** How long a caller waits for the engine before its command counts as pending. */
export const deliveryTimeoutMs = 5_000;

/** Workflow ids hold no business or patient number. */
export function workflowIdOf(processKey: string, instanceId: string): string {
  return `${processKey}/${instanceId}`;
}

export function withDeadline<Value>(client: Client, work: () => Promise<Value>): Promise<Value> {
  return client.withDeadline(Date.now() + deliveryTimeoutMs, work);
}

/** Temporal's own silence (deadline, unavailable, too busy) keeps the command in the inbox; anything else is a bug. */
export function waitingOrThrow(error: unknown): { readonly kind: 'waiting' } {
  const { name, code, cause } = error as { name?: string; code?: unknown; cause?: { code?: unknown } };
  const grpcCode = typeof code === 'number' ? code : cause?.code;
  if (name === 'WorkflowUpdateRPCTimeoutOrCancelledError' || name === 'ServiceError' || typeof grpcCode === 'number') return { kind: 'waiting' };
  throw error;
}

/** Reads the state of a running instance from its workflow; undefined when that is not there or does not answer in time. */
export function createStateReader({ database, client }: { readonly database: Pick<Database, 'prisma'>; readonly client: Client }): (instanceId: string) => Promise<ProcessState | undefined> {
  return async (instanceId) => {
    const instance = await database.prisma.processInstance.findUnique({ where: { id: instanceId }, select: { processKey: true } });
    if (!instance) return undefined;
    try {
      return await withDeadline(client, () => client.workflow.getHandle(workflowIdOf(instance.processKey, instanceId)).query<ProcessState>('state'));
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) waitingOrThrow(error);
      return undefined;
    }
  };
}
