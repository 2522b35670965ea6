import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { readEndedInstance, RecordError, signClaims, type KeyStore } from '#activities';
import { step, type EngineEvent, type Failure, type ProcessPlan, type ProcessState, type Variables } from '#engine';
import type { Database } from '#database';
import { bundleArgument, type ProcessWorkflowInput } from '#workflows';
import type { DeliveryResult } from './delivery-result.ts';
import type { InboxRow } from './inbox.ts';
import { readVersion } from './process-versions.ts';
import { deliveryTimeoutMs, waitingOrThrow, withDeadline, workflowIdOf } from './temporal-calls.ts';

export interface AnotherRunDependencies {
  readonly database: Database;
  readonly client: Client;
  readonly taskQueue: string;
  readonly claimsSecret: Buffer;
  readonly keys: KeyStore;
}

/** What the run begins with: the event, and the same for the workflow. */
export interface AnotherRun {
  readonly event: EngineEvent;
  readonly input: Pick<ProcessWorkflowInput, 'reopen' | 'compensate'>;
  readonly variables: Variables;
}

const pollMs = 25;

/**
 * Starts another run of an ended instance, from the state that stands beside the record of its end: Temporal has
 * forgotten the earlier run by then. Each end is given to one command only, so that a repeat starts no second run.
 * Rejects: INSTANCE_NOT_FOUND, INSTANCE_NOT_ENDED, ENDED_STATE_MISSING, and what the engine refuses.
 */
export async function startAnotherRun(row: InboxRow, instanceId: string, run: AnotherRun, { database, client, taskQueue, claimsSecret, keys }: AnotherRunDependencies): Promise<DeliveryResult> {
  const instance = await database.prisma.processInstance.findUnique({ where: { id: instanceId }, select: { processKey: true, businessKey: true, bundleHash: true, patientId: true, status: true, sequence: true } });
  if (!instance) return { kind: 'rejected', failure: { code: 'INSTANCE_NOT_FOUND', message: 'Expected a known instance, but found none' } };
  const { sequence } = instance;
  const taken = await database.prisma.endedState.findFirst({ where: { instanceId, reopenedBy: row.id }, select: { sequence: true } });
  if (taken && sequence > taken.sequence) return { kind: 'delivered', outcome: {} };
  if (!['completed', 'cancelled', 'failed'].includes(instance.status)) return notEnded(instance.status);

  const ended = await readEnded(database, keys, instanceId, sequence);
  // Taken by an update, while it ran.
  if (ended?.accepted.includes(row.id)) return { kind: 'delivered', outcome: {} };
  const version = await readVersion(database, instance.bundleHash);
  if (!ended || !version?.plan) return { kind: 'rejected', failure: { code: 'ENDED_STATE_MISSING', message: 'Expected the state with which the instance has ended, but it was not kept, or its key was destroyed' } };
  const failure = refusalOf(version.plan, ended.state, run.event);
  if (failure) return { kind: 'rejected', failure };
  const { rowCount } = await database.pool.query('update ended_state set reopened_by = $3 where instance_id = $1 and sequence = $2 and coalesce(reopened_by, $3) = $3', [instanceId, sequence, row.id]);
  if (rowCount !== 1) return notEnded('being reopened');

  const input: ProcessWorkflowInput = {
    bundleHash: instance.bundleHash,
    instanceId,
    businessKey: instance.businessKey,
    ...(instance.patientId ? { patientId: instance.patientId } : {}),
    start: { claims: signClaims(claimsSecret, instanceId, row.id, row.actor), variables: run.variables },
    resume: { state: ended.state, sequence, accepted: ended.accepted },
    ...run.input,
  };
  try {
    await withDeadline(client, () =>
      client.workflow.start(instance.processKey, { workflowId: workflowIdOf(instance.processKey, instanceId), taskQueue, workflowIdReusePolicy: 'ALLOW_DUPLICATE', args: [bundleArgument(instance.bundleHash), input] }),
    );
  } catch (error) {
    // It is the run that an earlier try has started, or the one that ends: its end is on record before Temporal knows of it.
    return error instanceof WorkflowExecutionAlreadyStartedError ? { kind: 'waiting' } : waitingOrThrow(error);
  }
  return (await isRecorded(instanceId, sequence, database)) ? { kind: 'delivered', outcome: {} } : { kind: 'waiting' };
}

function notEnded(status: string): DeliveryResult {
  return { kind: 'rejected', failure: { code: 'INSTANCE_NOT_ENDED', message: `Expected an instance that has ended, but it is ${status}` } };
}

async function readEnded(database: Database, keys: KeyStore, instanceId: string, sequence: number) {
  try {
    return await readEndedInstance(database, keys, instanceId, sequence);
  } catch (error) {
    if (error instanceof RecordError && error.code === 'KEY_DESTROYED') return undefined;
    throw error;
  }
}

/** Why the instance could not go on like this: asked before its end is given to the command. */
function refusalOf(plan: ProcessPlan, state: ProcessState, event: EngineEvent): Failure | undefined {
  for (const command of step(plan, state, event).commands) if (command.type === 'rejectEvent') return command.failure;
  return undefined;
}

/** Waits until the record goes on after `sequence`, as long as a caller waits. */
async function isRecorded(instanceId: string, sequence: number, { prisma }: Database): Promise<boolean> {
  const deadline = Date.now() + deliveryTimeoutMs;
  do {
    if ((await prisma.processInstance.count({ where: { id: instanceId, sequence: { gt: sequence } } })) > 0) return true;
    await sleep(pollMs);
  } while (Date.now() < deadline);
  return false;
}
