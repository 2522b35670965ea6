import { randomUUID } from 'node:crypto';
import type { Actor, Json, ProcessState } from '#engine';
import type { Database } from '#database';
import { casesReachedBy } from '../identity/case-reach.ts';
import type { CommandFailure, CommandOutcome, CommandService, MigrateInstance, StartProcess } from './command-service.ts';
import { type DeliveryResult, type Refusal, settle } from './delivery-result.ts';
import type { CommandKind, Inbox, InboxRow, NewCommand } from './inbox.ts';
import { planMigration, readMigration } from './plan-migration.ts';
import { readVersion, type ProcessVersion } from './process-versions.ts';
import { readSeparation } from './read-separation.ts';
import { startRefusal } from './triggered-starts.ts';

const messageLifeMs = 24 * 3_600_000;

export interface CommandServiceDependencies {
  readonly database: Database;
  readonly inbox: Inbox;
  readonly deliver: (row: InboxRow) => Promise<DeliveryResult>;
  /** Writes the audit entry of a refusal before the caller hears of it. */
  readonly recordRefusal: (refusal: Refusal) => Promise<void>;
  /** The state of a running instance; undefined when it does not answer in time. */
  readonly readState: (instanceId: string) => Promise<ProcessState | undefined>;
}

/** The command service on PostgreSQL and Temporal. */
export function createCommandService(dependencies: CommandServiceDependencies): CommandService {
  const { database, inbox, deliver, recordRefusal, readState } = dependencies;
  const versions = new Map<string, ProcessVersion>();

  async function refuse(row: Pick<InboxRow, 'id' | 'kind' | 'actor' | 'instanceId'>, failure: CommandFailure, taskId?: string): Promise<CommandOutcome> {
    await recordRefusal({ commandId: row.id, kind: row.kind, actor: row.actor, failure, ...(row.instanceId ? { instanceId: row.instanceId } : {}), ...(taskId ? { taskId } : {}) });
    return { status: 'refused', commandId: row.id, failure };
  }

  /** Delivers a received row, or answers what an earlier try with the same key came to. */
  async function complete(row: InboxRow, taskId?: string): Promise<CommandOutcome> {
    const instanceId = row.instanceId ? { instanceId: row.instanceId } : {};
    if (row.payloadDigest === 'differs') {
      return refuse(row, { code: 'IDEMPOTENCY_KEY_REUSED', message: 'Expected the payload that this idempotency key was first used with, but it differs', place: 'idempotencyKey' }, taskId);
    }
    if (row.status === 'delivered') return { status: 'accepted', commandId: row.id, ...instanceId, ...(row.outcome?.result === undefined ? {} : { result: row.outcome.result }) };
    if (row.status === 'rejected' && row.outcome?.failure) return { status: 'refused', commandId: row.id, failure: row.outcome.failure };

    const result = await deliver(row);
    const started = result.kind !== 'rejected' && result.instanceId ? { instanceId: result.instanceId } : instanceId;
    if (result.kind === 'rejected') {
      // The refusal is on record before it is settled, so that a kill in between records it again rather than never.
      const outcome = await refuse(row, result.failure, taskId);
      await settle(row, result, inbox);
      return outcome;
    }
    await settle(row, result, inbox);
    if (result.kind === 'waiting') return { status: 'pending', commandId: row.id, ...started };
    return { status: 'accepted', commandId: row.id, ...started, ...(result.outcome.result === undefined ? {} : { result: result.outcome.result }) };
  }

  async function submit(command: NewCommand, taskId?: string): Promise<CommandOutcome> {
    const { row } = await inbox.receive(command);
    return complete(row, taskId);
  }

  async function versionOf(hash: string): Promise<ProcessVersion | undefined> {
    const version = versions.get(hash) ?? (await readVersion(database, hash));
    if (version) versions.set(hash, version);
    return version;
  }

  /** Who at most hears the actor's signal: a person is heard where the policy table lets them act. Undefined when by all. */
  async function hearersOf(signal: string, actor: Actor): Promise<readonly string[] | undefined> {
    const reached = await casesReachedBy(database, actor, 'Mutation.broadcastSignal');
    return reached && (await database.prisma.signalSubscription.findMany({ where: { signal, instance: reached }, select: { instanceId: true } })).map(({ instanceId }) => instanceId);
  }

  /** The command as a row that was never stored: for what is refused before it could be kept. */
  const unstored = (kind: CommandKind, actor: Actor): Pick<InboxRow, 'id' | 'kind' | 'actor' | 'instanceId'> => ({ id: randomUUID(), kind, actor, instanceId: null });

  async function startProcess({ processKey, businessKey, variables, startEventId, patientId, unit, actor, idempotencyKey }: StartProcess): Promise<CommandOutcome> {
    const bundle = await database.prisma.processBundle.findFirst({ where: { processKey, isCurrent: true }, select: { hash: true } });
    const version = bundle ? await versionOf(bundle.hash) : undefined;
    if (!bundle || !version) return refuse(unstored('start', actor), processNotFound(processKey));
    const named = startEventId === undefined ? {} : { startElementId: startEventId };
    const invalid = version.plan && startRefusal(version.plan, { variables, ...named }, actor);
    if (invalid) return refuse(unstored('start', actor), invalid);

    return submit({ kind: 'start', actor, idempotencyKey, payload: { processKey, businessKey, variables: variables as Json, bundleHash: bundle.hash, ...named, ...(patientId ? { patientId } : {}), ...(unit ? { unit } : {}) } });
  }

  async function migrateInstance({ instanceId, targetHash, mapping, sourceHash, reason, actor, idempotencyKey }: MigrateInstance): Promise<CommandOutcome> {
    const migration = await readMigration({ instanceId, targetHash, ...(mapping ? { mapping } : {}) }, database);
    if ('code' in migration) return refuse({ ...unstored('migrateInstance', actor), instanceId }, migration);
    const { source, target } = migration;
    const payload = { targetHash, reason, ...(mapping ? { mapping } : {}), ...(sourceHash === undefined ? {} : { sourceHash }) };
    // Both versions are those of this moment, also when it is delivered again after the record has gone on.
    const derived = { bundleHash: target.hash, version: target.version, sourceHash: sourceHash ?? source.hash, mapping: migration.mapping, reason };
    return submit({ kind: 'migrateInstance', instanceId, actor, idempotencyKey, payload, derived });
  }

  return {
    startProcess,
    migrateInstance,
    planMigration: (question) => planMigration(question, database, readState),
    readSeparation: (question) => readSeparation(question, readState),
    reopenInstance: ({ instanceId, elementIds, variables, reason, actor, idempotencyKey }) =>
      submit({ kind: 'reopenInstance', instanceId, actor, idempotencyKey, payload: { elementIds, reason, ...(variables ? { variables } : {}) } }),
    publishMessage: ({ message, correlationKey, payload, times, expiresAt, actor, idempotencyKey }) =>
      submit({ kind: 'message', actor, idempotencyKey, expiresAt: expiresAt ?? new Date(Date.now() + messageLifeMs).toISOString(), payload: { message, correlationKey, payload, ...(times ? { times: { ...times } } : {}) } }),
    broadcastSignal: async ({ signal, payload, actor, idempotencyKey }) => complete(await inbox.broadcast({ kind: 'signal', actor, idempotencyKey, payload: { signal, payload } }, await hearersOf(signal, actor))),
    evaluateConditions: async ({ variables, businessKey, processKey, patientId, unit, actor, idempotencyKey }) => {
      if (processKey !== undefined && (await database.prisma.processBundle.count({ where: { processKey, isCurrent: true } })) === 0) return refuse(unstored('conditions', actor), processNotFound(processKey));
      return submit({ kind: 'conditions', actor, idempotencyKey, payload: { variables: variables as Json, ...(businessKey === undefined ? {} : { businessKey }), ...(processKey === undefined ? {} : { processKey }), ...(patientId ? { patientId } : {}), ...(unit ? { unit } : {}) } });
    },
    claimTask: ({ instanceId, taskId, actor, idempotencyKey }) => submit({ kind: 'claimTask', instanceId, actor, idempotencyKey, payload: { taskId } }, taskId),
    releaseTask: ({ instanceId, taskId, reason, actor, idempotencyKey }) => submit({ kind: 'releaseTask', instanceId, actor, idempotencyKey, payload: { taskId, ...(reason ? { reason } : {}) } }, taskId),
    completeTask: ({ instanceId, taskId, data, reason, times, actor, idempotencyKey }) =>
      submit({ kind: 'completeTask', instanceId, actor, idempotencyKey, payload: { taskId, data, ...(reason ? { reason } : {}), ...(times ? { times: { ...times } } : {}) } }, taskId),
    delegateTask: ({ instanceId, taskId, delegateId, reason, actor, idempotencyKey }) => submit({ kind: 'delegateTask', instanceId, actor, idempotencyKey, payload: { taskId, delegateId, ...(reason ? { reason } : {}) } }, taskId),
    rejectTaskVerification: ({ instanceId, taskId, reason, actor, idempotencyKey }) => submit({ kind: 'rejectTaskVerification', instanceId, actor, idempotencyKey, payload: { taskId, reason } }, taskId),
    activateAdHocActivity: ({ instanceId, elementInstanceId, elementId, reason, actor, idempotencyKey }) =>
      submit({ kind: 'activateAdHocActivity', instanceId, actor, idempotencyKey, payload: { elementInstanceId, elementId, ...(reason ? { reason } : {}) } }),
    resolveIncident: ({ instanceId, incidentId, resolution, reason, variables, actor, idempotencyKey }) =>
      submit({ kind: 'resolveIncident', instanceId, actor, idempotencyKey, payload: { incidentId, resolution: { ...resolution }, reason, ...(variables ? { variables } : {}) } }),
    cancelInstance: ({ instanceId, reason, compensate, actor, idempotencyKey }) => submit({ kind: 'cancelInstance', instanceId, actor, idempotencyKey, payload: { reason, ...(compensate ? { compensate } : {}) } }),
    pauseInstance: ({ instanceId, reason, actor, idempotencyKey }) => submit({ kind: 'pauseInstance', instanceId, actor, idempotencyKey, payload: { reason } }),
    resumeInstance: ({ instanceId, reason, actor, idempotencyKey }) => submit({ kind: 'resumeInstance', instanceId, actor, idempotencyKey, payload: { reason } }),
    modifyInstance: ({ instanceId, instructions, reason, variables, actor, idempotencyKey }) =>
      submit({ kind: 'modifyInstance', instanceId, actor, idempotencyKey, payload: { instructions: instructions.map((instruction) => ({ ...instruction })), reason, ...(variables ? { variables } : {}) } }),
  };
}

function processNotFound(processKey: string): CommandFailure {
  return { code: 'PROCESS_NOT_FOUND', message: `Expected a published process, but found none with the key "${processKey.slice(0, 64)}"`, place: 'processKey' };
}
