import { hkdfSync } from 'node:crypto';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { clinicalActivities, createActivities, createExampleServices, hospitalActivities, type ActivitySettings, type DeciderOptions, type KeyStore, type AnyServiceActivity } from '#activities';
import type { Database } from '#database';
import { bundleProcessWorkflow } from '#workflows';
import type { Temporal } from './temporal.ts';

/** Every service that a process can call. */
export const serviceActivities: readonly AnyServiceActivity[] = [...clinicalActivities, ...hospitalActivities, ...createExampleServices()];

export interface WorkerOptions extends DeciderOptions {
  readonly temporal: Temporal;
  readonly taskQueue: string;
  readonly database: Database;
  readonly keys: KeyStore;
  readonly settings: ActivitySettings;
  readonly claimsSecret: Buffer;
  readonly services?: readonly AnyServiceActivity[];
  readonly workflowBundle?: WorkflowBundle;
}

/** A worker that runs the processes and their activities; `run()` it, `shutdown()` it. */
export async function createWorker({ temporal, taskQueue, database, keys, settings, claimsSecret, services = serviceActivities, workflowBundle, onShadowFailure }: WorkerOptions): Promise<Worker> {
  return Worker.create({
    connection: temporal.connection,
    namespace: temporal.namespace,
    taskQueue,
    dataConverter: temporal.dataConverter,
    workflowBundle: workflowBundle ?? (await bundleProcessWorkflow()),
    activities: createActivities({ database, keys, settings, services, claimsSecret, ...(onShadowFailure === undefined ? {} : { onShadowFailure }) }),
    maxConcurrentWorkflowTaskExecutions: 40,
    maxCachedWorkflows: 500,
    shutdownGraceTime: '5 seconds',
  });
}

/** The claims secret of a deployment, derived from its master key (RFC 5869). */
export function deriveClaimsSecret(masterKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), 'careloop/claims/1', 32));
}
