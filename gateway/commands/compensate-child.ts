import { childIdOf } from '#activities';
import type { CompletedCall, Failure } from '#engine';
import type { Database } from '#database';
import type { InstanceUpdates } from '#workflows';
import { startAnotherRun, type AnotherRunDependencies } from './another-run.ts';
import type { DeliveryResult } from './delivery-result.ts';
import type { InboxRow } from './inbox.ts';

/** Sends an update to an instance. */
type Send = <Name extends 'reportChild' | 'compensateInstance'>(name: Name, instanceId: string, body: InstanceUpdates[Name]) => Promise<DeliveryResult>;

/** What stands in the inbox: written with the batch of the caller that undoes the completed call. */
interface StoredCompensation {
  readonly callerId: string;
  readonly call: CompletedCall;
  /** What waits for it at the caller. */
  readonly elementInstanceId: string;
  readonly attempt: number;
}

/** Reason on record of a called instance whose caller undoes the call. */
const reason = 'CALL_COMPENSATED';

const missing: DeliveryResult = { kind: 'rejected', failure: { code: 'INSTANCE_NOT_FOUND', message: 'Expected the instance that the call was answered by, but there is none' } };

/**
 * Has the process of a completed call undo itself in another run, which reports its end; one that runs is asked itself. What
 * stands in the way is told to the caller, by `send`, as an incident there.
 */
export async function compensateChild(row: InboxRow, dependencies: AnotherRunDependencies, send: Send): Promise<DeliveryResult> {
  const { callerId, call, elementInstanceId, attempt } = row.payload as unknown as StoredCompensation;
  const child = await findChild(callerId, call, dependencies.database);
  const result = child ? await ask(row, child, { elementInstanceId, attempt, reason }, dependencies, send) : missing;
  if (result.kind !== 'rejected') return result;
  const failure: Failure = { code: 'CHILD_FAILED', message: result.failure.message };
  const told = await send('reportChild', callerId, { elementInstanceId, attempt, isReopened: true, report: { kind: 'failed', failure } });
  if (told.kind !== 'rejected') return told;
  return (await isOnRecord(callerId, elementInstanceId, dependencies.database)) ? { kind: 'waiting' } : { kind: 'delivered', outcome: {} };
}

async function ask(row: InboxRow, { id, status }: CalledInstance, compensate: InstanceUpdates['compensateInstance'], dependencies: AnotherRunDependencies, send: Send): Promise<DeliveryResult> {
  if (status === 'running' || status === 'paused') {
    const result = await send('compensateInstance', id, compensate);
    // It has ended meanwhile: asked once more, by its record.
    return result.kind === 'rejected' && result.failure.code === 'INSTANCE_NOT_RUNNING' ? { kind: 'waiting' } : result;
  }
  const event = { id: 'tried', at: new Date().toISOString(), actor: row.actor, type: 'instanceCompensated', ...compensate } as const;
  return startAnotherRun(row, id, { event, input: { compensate }, variables: {} }, dependencies);
}

/**
 * Whether the record shows the caller at this element instance. Its workflow may have yet to come to that again, when its
 * worker was killed after the record was written.
 */
export async function isOnRecord(callerId: string, elementInstanceId: string, { pool }: Pick<Database, 'pool'>): Promise<boolean> {
  const { rowCount } = await pool.query('select from process_instance where id = $1 and active_elements @> $2', [callerId, JSON.stringify([{ elementInstanceId }])]);
  return (rowCount ?? 0) > 0;
}

interface CalledInstance { readonly id: string; readonly status: string }

/** The instance that the call was answered by: an earlier try may have called another one. */
async function findChild(callerId: string, { elementInstanceId, attempt }: CompletedCall, { prisma }: Database): Promise<CalledInstance | undefined> {
  const children = await prisma.processInstance.findMany({ where: { parentInstanceId: callerId, parentElementInstanceId: elementInstanceId }, select: { id: true, processKey: true, businessKey: true, status: true } });
  return children.find(({ id, processKey, businessKey }) => id === childIdOf(callerId, elementInstanceId, attempt, processKey, businessKey));
}
