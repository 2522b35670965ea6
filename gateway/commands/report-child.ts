import { WorkflowFailedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Database } from '#database';
import type { InstanceUpdates } from '#workflows';
import type { DeliveryResult } from './delivery.ts';
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

/**
 * Tells the caller what became of the called process, by `send`. The end is told when it stands in Temporal's history:
 * until then a worker that was killed may come to another one. An end after which the child was reopened is not told any
 * more: the next one is. What a reopened child comes to is refused when its call has gone on (CALL_NOT_WAITING), or its
 * caller has ended (INSTANCE_NOT_RUNNING).
 */
export async function reportChild(row: InboxRow, { database, client }: Dependencies, send: (body: Report) => Promise<DeliveryResult>): Promise<DeliveryResult> {
  const { childId, sequence, ...report } = row.payload as unknown as StoredReport;
  const reopenings = (await database.prisma.endedState.findMany({ where: { instanceId: childId, reopenedBy: { not: null } }, select: { sequence: true } })).map((ended) => ended.sequence);
  if (report.report.kind !== 'escalated') {
    if (sequence !== undefined && reopenings.includes(sequence)) return { kind: 'delivered', outcome: {} };
    if (await hasEarlierReport(row, childId, database)) return { kind: 'waiting' };
    if (!(await hasClosed(childId, { database, client }))) return { kind: 'waiting' };
  }
  if (reopenings.length > 0) return send({ ...report, isReopened: true });
  const result = await send(report);
  // A caller that has ended does not need it any more.
  return result.kind === 'rejected' && result.failure.code === 'INSTANCE_NOT_RUNNING' ? { kind: 'delivered', outcome: {} } : result;
}

/** Whether the workflow has closed, now or within a moment. */
async function hasClosed(instanceId: string, { database, client }: Dependencies): Promise<boolean> {
  const { processKey } = await database.prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId }, select: { processKey: true } });
  try {
    await client.withDeadline(Date.now() + closingMs, () => client.workflow.getHandle(workflowIdOf(processKey, instanceId)).result());
    return true;
  } catch (error) {
    // Not found: closed so long ago that Temporal has forgotten it.
    if (error instanceof WorkflowFailedError || error instanceof WorkflowNotFoundError) return true;
    return waitingOrThrow(error).kind !== 'waiting';
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
