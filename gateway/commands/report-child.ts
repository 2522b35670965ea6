import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Database } from '#database';
import type { InstanceUpdates } from '#workflows';
import { isOnRecord } from './compensate-child.ts';
import type { DeliveryResult } from './delivery-result.ts';
import type { InboxRow } from './inbox.ts';
import { waitingOrThrow, workflowIdOf } from './temporal-calls.ts';

interface Dependencies {
  readonly database: Database;
  readonly client: Client;
}

type Report = InstanceUpdates['reportChild'];

/** What stands in the inbox: written with the batch `sequence` of the child; earlier releases did not say which. */
type StoredReport = Report & { readonly childId: string; readonly sequence?: number };

/** The report is written before Temporal knows of the end that it tells; this is how long a delivery waits for that. */
const closingMs = 500;
const pollMs = 20;

/**
 * Tells the caller what became of the called process, by `send`. The end is told when it stands in Temporal's history:
 * until then a worker that was killed may come to another one. What a reopened child comes to is refused when its call has
 * gone on (CALL_NOT_WAITING), or its caller has ended (INSTANCE_NOT_RUNNING).
 */
export async function reportChild(row: InboxRow, dependencies: Dependencies, send: (body: Report) => Promise<DeliveryResult>): Promise<DeliveryResult> {
  const { database } = dependencies;
  const { childId, sequence = Infinity, ...report } = row.payload as unknown as StoredReport;
  if (report.report.kind !== 'escalated') {
    if (await hasEarlierReport(row, childId, database)) return { kind: 'waiting' };
    if (!(await hasClosed(childId, sequence, row.instanceId ?? '', dependencies))) return { kind: 'waiting' };
  }
  const isReopened = (await database.prisma.endedState.count({ where: { instanceId: childId, reopenedBy: { not: null }, ...(sequence === Infinity ? {} : { sequence: { lt: sequence } }) } })) > 0;
  if (isReopened) {
    const result = await send({ ...report, isReopened });
    const isEarly = result.kind === 'rejected' && report.report.kind === 'compensated' && (await isOnRecord(row.instanceId ?? '', report.elementInstanceId, database));
    return isEarly ? { kind: 'waiting' } : result;
  }
  const result = await send(report);
  // A caller that has ended does not need it any more.
  return result.kind === 'rejected' && result.failure.code === 'INSTANCE_NOT_RUNNING' ? { kind: 'delivered', outcome: {} } : result;
}

/**
 * Whether the run of the child that has ended with the batch `sequence` has closed, now or within a moment, and its caller's
 * history says so: Temporal refuses a workflow task that ends the caller when something comes into its history meanwhile, and
 * what that task has put on record would be put there again.
 */
async function hasClosed(childId: string, sequence: number, callerId: string, { database: { prisma }, client }: Dependencies): Promise<boolean> {
  const deadline = Date.now() + closingMs;
  const read = (id: string) => prisma.processInstance.findUniqueOrThrow({ where: { id }, select: { processKey: true, sequence: true } });
  const [childRow, callerRow] = await Promise.all([read(childId), read(callerId)]);
  const [child, caller] = [workflowIdOf(childRow.processKey, childId), workflowIdOf(callerRow.processKey, callerId)];
  // The record has gone on after that end: a run that reopened the child has begun, which needs the other one closed.
  const isReopened = childRow.sequence > sequence;
  try {
    if (!isReopened) await client.withDeadline(deadline, () => client.workflow.getHandle(child).result()).catch(unlessClosed);
    while (await client.withDeadline(deadline, () => isPending(client, caller, child))) {
      if (Date.now() + pollMs > deadline) return false;
      await sleep(pollMs);
    }
    return true;
  } catch (error) {
    return waitingOrThrow(error).kind !== 'waiting';
  }
}

/** However it has closed. Not found: so long ago that Temporal has forgotten it. */
function unlessClosed(error: unknown): void {
  if (!(error instanceof WorkflowFailedError || error instanceof WorkflowNotFoundError)) throw error;
}

/** Whether the caller's run still waits for Temporal to tell it of the child's close. */
async function isPending(client: Client, caller: string, child: string): Promise<boolean> {
  try {
    const { status, raw } = await client.workflow.getHandle(caller).describe();
    // A run that has closed is told nothing any more, whatever it was waiting for.
    return status.name === 'RUNNING' && (raw.pendingChildren?.some(({ workflowId }) => workflowId === child) ?? false);
  } catch (error) {
    unlessClosed(error);
    return false;
  }
}

/** An escalation that was thrown before the end is told before it. */
async function hasEarlierReport({ id, instanceId }: InboxRow, childId: string, { pool }: Database): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from inbox_command e, inbox_command me where me.id = $1 and e.status = 'received' and e.kind = 'reportChild' and e.instance_id = $2
       and e.payload->>'childId' = $3 and e.created_at < me.created_at limit 1`,
    [id, instanceId, childId],
  );
  return (rowCount ?? 0) > 0;
}
