import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError, WorkflowExecutionAlreadyStartedError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { signClaims, type KeyStore } from '#activities';
import type { Actor, ClinicalTimes, Failure, Variables } from '#engine';
import type { Database } from '#database';
import { bundleArgument, type InstanceUpdates, type ProcessWorkflowInput, type UpdateName } from '#workflows';
import { casesReachedBy } from '../identity/case-reach.ts';
import type { CommandFailure } from './command-service.ts';
import { compensateChild } from './compensate-child.ts';
import { type DeliveryResult, settle } from './delivery-result.ts';
import { startByConditions } from './evaluate-conditions.ts';
import { createInbox, type Inbox, type InboxRow } from './inbox.ts';
import { findSubject, patientOfCase } from './named-patients.ts';
import { reopenInstance } from './reopen-instance.ts';
import { reportChild } from './report-child.ts';
import { waitingOrThrow, withDeadline, workflowIdOf } from './temporal-calls.ts';
import { createTriggeredStarts, startRefusal, type TriggeredStarts } from './triggered-starts.ts';

export interface DeliveryDependencies {
  readonly database: Database;
  readonly client: Client;
  readonly taskQueue: string;
  readonly claimsSecret: Buffer;
  /** Opens how an instance has ended, for reopening it. */
  readonly keys: KeyStore;
}

/** The same with what stands on it. */
interface Delivery extends DeliveryDependencies {
  readonly inbox: Inbox;
  readonly starts: TriggeredStarts;
}

/** What a start command holds. */
interface StartPayload {
  readonly processKey: string;
  readonly businessKey: string;
  readonly variables: Variables;
  readonly messageName?: string;
  readonly signalName?: string;
  readonly startElementId?: string;
  readonly bundleHash: string;
  readonly patientId?: string;
  readonly unit?: string;
}

/** Hands one inbox row to Temporal. Safe to repeat: the row's id is the update id, the instance id the workflow id. */
export function createDelivery(dependencies: DeliveryDependencies): (row: InboxRow) => Promise<DeliveryResult> {
  const delivery: Delivery = { ...dependencies, inbox: createInbox(dependencies.database), starts: createTriggeredStarts(dependencies.database) };
  return async (row) => {
    if (row.kind === 'start') return start(row, delivery);
    if (row.kind === 'message') return deliverMessage(row, delivery);
    if (row.kind === 'signal') return startBySignal(row, delivery);
    if (row.kind === 'conditions') return startByConditions(row, { inbox: delivery.inbox, starts: delivery.starts, start: (command) => start(command, dependencies) });
    if (row.kind === 'receiveSignal') return receiveSignal(row, delivery);
    if (row.kind === 'reportChild') return reportChild(row, dependencies, (body) => update('reportChild', row.instanceId ?? '', row.id, row.actor, body, dependencies));
    if (row.kind === 'compensateChild') return compensateChild(row, dependencies, (name, instanceId, body) => update(name, instanceId, row.id, row.actor, body, dependencies));
    if (row.kind === 'reopenInstance') return reopenInstance(row, dependencies);
    // The payload was written by the command service as the body of this update.
    const body = row.payload as unknown as InstanceUpdates[UpdateName];
    const result = await update(row.kind, row.instanceId ?? '', row.id, row.actor, body, dependencies);
    // An instance that a caller does not need any more may have ended by itself.
    return row.actor.kind === 'engine' ? settledByEnd(result) : result;
  };
}

async function start(row: InboxRow, { database, client, taskQueue, claimsSecret }: DeliveryDependencies): Promise<DeliveryResult> {
  const payload = row.payload as unknown as StartPayload;
  const instanceId = row.instanceId ?? (await allotInstance(row, payload, database));
  if (!instanceId) return { kind: 'rejected', failure: await businessKeyInUse(payload, database) };
  const { processKey, businessKey, bundleHash, patientId, variables, messageName, signalName, startElementId } = payload;
  const input: ProcessWorkflowInput = {
    bundleHash,
    instanceId,
    businessKey,
    ...(patientId ? { patientId } : {}),
    start: {
      claims: signClaims(claimsSecret, instanceId, row.id, row.actor),
      variables,
      ...(messageName === undefined ? {} : { messageName }),
      ...(signalName === undefined ? {} : { signalName }),
      ...(startElementId === undefined ? {} : { startElementId }),
    },
  };
  try {
    await withDeadline(client, () =>
      client.workflow.start(processKey, {
        workflowId: workflowIdOf(processKey, instanceId),
        taskQueue,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [bundleArgument(bundleHash), input],
      }),
    );
  } catch (error) {
    // Started by an earlier try whose answer was lost.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) return { ...waitingOrThrow(error), instanceId };
  }
  return { kind: 'delivered', outcome: {}, instanceId };
}

/**
 * Gives the start its instance: the instance row and the inbox row that points to it, in one statement, so
 * that a kill leaves neither or both. Undefined when another instance has the business key, for ever.
 */
async function allotInstance(row: InboxRow, { processKey, businessKey, bundleHash, patientId, unit }: StartPayload, { pool }: Database): Promise<string | undefined> {
  const { rows } = await pool.query<{ id: string }>(
    `with instance as (
       insert into process_instance (id, process_key, business_key, bundle_hash, patient_id, unit, started_by)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (process_key, business_key) do nothing returning id
     )
     update inbox_command set instance_id = instance.id from instance where inbox_command.id = $8 returning instance.id`,
    [randomUUID(), processKey, businessKey, bundleHash, patientId ?? null, unit ?? null, row.actor.id, row.id],
  );
  if (rows[0]) return rows[0].id;
  // Two deliveries of the same row at once: the other one has allotted.
  const { rows: again } = await pool.query<{ id: string | null }>('select instance_id as id from inbox_command where id = $1', [row.id]);
  return again[0]?.id ?? undefined;
}

async function businessKeyInUse({ processKey, businessKey }: StartPayload, { prisma }: Database): Promise<CommandFailure> {
  const holder = await prisma.processInstance.findUnique({ where: { processKey_businessKey: { processKey, businessKey } }, select: { id: true } });
  return { code: 'BUSINESS_KEY_IN_USE', message: 'Expected a business key that is not in use, but an instance has it already', place: 'businessKey', ...(holder ? { instanceId: holder.id } : {}) };
}

async function deliverMessage(row: InboxRow, dependencies: Delivery): Promise<DeliveryResult> {
  const { message, correlationKey, payload, times } = row.payload as unknown as { message: string; correlationKey: string; payload: Variables; times?: ClinicalTimes };
  // Asked at each delivery: a message that is kept must not come to a case that its sender may not act in by then.
  const reached = await casesReachedBy(dependencies.database, row.actor, 'Mutation.publishMessage');
  const subscriptions = await dependencies.database.prisma.messageSubscription.findMany({ where: { message, correlationKey, ...(reached ? { instance: reached } : {}) }, select: { instanceId: true, subscriptionId: true } });
  let delivered = 0;
  let waiting = 0;
  for (const { instanceId, subscriptionId } of subscriptions) {
    const body: InstanceUpdates['deliverMessage'] = { subscriptionId, payload, ...(times ? { times } : {}) };
    const result = await update('deliverMessage', instanceId, `${row.id}:${instanceId.slice(0, 8)}:${subscriptionId}`, row.actor, body, dependencies);
    if (result.kind === 'delivered') delivered += 1;
    if (result.kind === 'waiting') waiting += 1;
  }
  if (delivered === 0 && waiting === 0) delivered = await startBy(row, { messageName: message, businessKey: correlationKey, variables: payload }, dependencies);
  return waiting > 0 || delivered === 0 ? { kind: 'waiting' } : { kind: 'delivered', outcome: { result: { delivered } } };
}

/** Those who wait for the signal have their own commands, written with it; left is what it starts. */
async function startBySignal(row: InboxRow, dependencies: Delivery): Promise<DeliveryResult> {
  const { signal, payload, receivers = 0 } = row.payload as unknown as { signal: string; payload: Variables; receivers?: number };
  const started = await startBy(row, { signalName: signal, businessKey: `signal:${row.id.slice(0, 32)}`, variables: payload }, dependencies);
  return { kind: 'delivered', outcome: { result: { receivers, started } } };
}

/**
 * Starts an instance of each published process that the message or signal starts, each by a command of its own, so
 * that a repeat starts none twice. Gives how many there are; what the process or a business key in use does not admit
 * is none of them.
 */
async function startBy(row: InboxRow, trigger: Pick<StartPayload, 'messageName' | 'signalName' | 'businessKey' | 'variables'>, dependencies: Delivery): Promise<number> {
  const { database, inbox, starts } = dependencies;
  const { messageName, signalName, businessKey, variables } = trigger;
  const fitting = await starts.find((event) => (event.kind === 'message' ? event.message === messageName : event.kind === 'signal' && event.signal === signalName));
  // Without its patient the case would be nobody's, and everybody would see it.
  const named = patientOfCase(variables);
  const subject = fitting.length > 0 && named ? await findSubject(database, named.patientId) : undefined;
  let started = 0;
  for (const { processKey, bundleHash, startElementId, plan } of fitting) {
    const by = { startElementId, ...(messageName === undefined ? {} : { messageName }), ...(signalName === undefined ? {} : { signalName }) };
    if (startRefusal(plan, { variables, ...by }, row.actor)) continue;
    // A repeat is compared by what was sent: the patient may have moved.
    const payload = { processKey, bundleHash, businessKey, variables, ...by };
    const derived = subject && { ...payload, ...subject };
    const { row: command } = await inbox.receive({ kind: 'start', actor: row.actor, idempotencyKey: `${row.id}/${processKey}/${startElementId}`, payload, ...(derived ? { derived } : {}) });
    if (command.status === 'received') {
      const result = await start(command, dependencies);
      await settle(command, result, inbox);
      if (result.kind !== 'rejected') started += 1;
    } else if (command.status === 'delivered') started += 1;
  }
  return started;
}

/** An instance that has ended meanwhile does not need it any more. */
async function receiveSignal(row: InboxRow, dependencies: Delivery): Promise<DeliveryResult> {
  const result = await update('receiveSignal', row.instanceId ?? '', row.id, row.actor, row.payload as unknown as InstanceUpdates['receiveSignal'], dependencies);
  return result.kind === 'rejected' && result.failure.code === 'SUBSCRIPTION_NOT_FOUND' ? { kind: 'waiting' } : settledByEnd(result);
}

/** What an instance does not need any more because it has ended is no refusal. */
function settledByEnd(result: DeliveryResult): DeliveryResult {
  return result.kind === 'rejected' && result.failure.code === 'INSTANCE_NOT_RUNNING' ? { kind: 'delivered', outcome: {} } : result;
}

async function update(name: UpdateName, instanceId: string, commandId: string, actor: Actor, body: InstanceUpdates[UpdateName], { database, client, claimsSecret }: DeliveryDependencies): Promise<DeliveryResult> {
  const instance = await database.prisma.processInstance.findUnique({ where: { id: instanceId }, select: { processKey: true } });
  if (!instance) return { kind: 'rejected', failure: { code: 'INSTANCE_NOT_FOUND', message: 'Expected a known instance, but found none' } };
  const handle = client.workflow.getHandle(workflowIdOf(instance.processKey, instanceId));
  try {
    await withDeadline(client, () => handle.executeUpdate(name, { updateId: commandId, args: [{ claims: signClaims(claimsSecret, instanceId, commandId, actor), body }, ...('bundleHash' in body ? [bundleArgument(body.bundleHash)] : [])] }));
    return { kind: 'delivered', outcome: {} };
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) {
      const failure = refusalIn(error.cause);
      if (!failure || (await isRecordAhead(failure, instanceId, body, database))) return { kind: 'waiting' };
      return { kind: 'rejected', failure };
    }
    if (error instanceof WorkflowNotFoundError) return endedOrNotYet(instanceId, database);
    return waitingOrThrow(error);
  }
}

/**
 * The record is written before Temporal's history: after a crash in between, people see a task or an incident
 * that the instance has yet to come to again. Then the command waits instead of being refused.
 */
async function isRecordAhead(failure: CommandFailure, instanceId: string, body: InstanceUpdates[UpdateName], { prisma }: Database): Promise<boolean> {
  if (failure.code === 'TASK_NOT_FOUND' && 'taskId' in body) return (await prisma.userTask.count({ where: { instanceId, taskId: body.taskId, status: 'open' } })) > 0;
  if (failure.code === 'INCIDENT_NOT_FOUND' && 'incidentId' in body) return (await prisma.incident.count({ where: { instanceId, incidentId: body.incidentId, resolvedAt: null } })) > 0;
  if (failure.code === 'MIGRATION_INVALID' && failure.place === 'sourceHash' && 'sourceHash' in body) return (await prisma.processInstance.count({ where: { id: instanceId, bundleHash: body.sourceHash } })) > 0;
  return false;
}

/** A workflow that Temporal does not know has ended, or its start is still in the inbox. */
async function endedOrNotYet(instanceId: string, database: Database): Promise<DeliveryResult> {
  const started = await database.prisma.inboxCommand.findFirst({ where: { instanceId, kind: 'start', status: 'received' }, select: { id: true } });
  // A called process is started by its caller.
  const called = await database.prisma.processInstance.count({ where: { id: instanceId, parentInstanceId: { not: null }, status: 'created' } });
  if (started || called > 0) return { kind: 'waiting' };
  return { kind: 'rejected', failure: { code: 'INSTANCE_NOT_RUNNING', message: 'Expected a running instance, but it has ended' } };
}

/**
 * The engine's refusal. Anything else that failed an update, such as a fault of a worker or the end of the
 * run, says nothing about the command: it is sent again.
 */
function refusalIn(cause: unknown): CommandFailure | undefined {
  if (!(cause instanceof ApplicationFailure) || !/^[A-Z][A-Z_]+$/.test(cause.type ?? '')) return undefined;
  const detail = cause.details?.[0] as Failure | undefined;
  // The type is the failure's code; see workflows/process-workflow.ts.
  return { ...detail, code: cause.type as CommandFailure['code'], message: cause.message };
}
