import { createHash, randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import type { ProcessBundle, Script } from '#engine';
import { bundleProcessWorkflow } from '#workflows';
import { claimsSecret } from './played-instances.ts';
import type { PlayedOutcome } from './played-outcome.ts';
import { Player, type Operation } from './script-player.ts';
import { ScriptedWorld } from './scripted-world.ts';
import { testDataConverter, type PayloadsByHash } from './test-data-converter.ts';
import { testTimeSkipping } from './test-temporal.ts';

export type { PlayedOutcome } from './played-outcome.ts';
export type { Operation } from './script-player.ts';

/** Processes beside the one that a script plays: they can be called, and started by what instances throw. */
export interface PlayOptions {
  readonly others?: readonly ProcessBundle[];
  /** Keys of those that wait before the script begins. */
  readonly startFirst?: readonly string[];
  /** What an operator does with the script's instance after a step, by the step's position from 1. */
  readonly operations?: { readonly [step: number]: Operation };
}

/** A time-skipping server with the real workflow. */
export interface ScenarioServer {
  readonly environment: TestWorkflowEnvironment;
  readonly client: Client;
  readonly workflowBundle: WorkflowBundle;
  readonly payloads: PayloadsByHash;
  play(bundle: ProcessBundle, script: Script, options?: PlayOptions): Promise<PlayedOutcome>;
  stop(): Promise<void>;
}

/**
 * Starts a server that plays scripts against the real workflow: updates as the gateway sends them, outside
 * systems answered by the script, time by `sleep`. A decision that a step speaks of is answered when it is asked
 * for. What instances send is handed on when all have come to rest. Not played: `start.at`, and an `advance` while a
 * service is asked, for the server's clock does not skip meanwhile.
 */
export async function startScenarioServer(): Promise<ScenarioServer> {
  const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path: await testTimeSkipping() } } });
  const payloads: PayloadsByHash = new Map();
  const dataConverter = testDataConverter(payloads);
  const client = new Client({ connection: environment.connection, dataConverter, identity: 'careloop' });
  const workflowBundle = await bundleProcessWorkflow();
  return {
    environment,
    client,
    workflowBundle,
    payloads,
    async play(bundle, script, { others = [], startFirst = [], operations = {} } = {}) {
      for (const operation of Object.values(operations)) if ('migrateTo' in operation) publish(operation.migrateTo, payloads);
      const processes = [bundle, ...others].map((each) => ({ bundle: each, hash: publish(each, payloads) }));
      const world = new ScriptedWorld(script, claimsSecret, processes);
      const taskQueue = `scenario-${randomUUID()}`;
      const worker = await Worker.create({ connection: environment.nativeConnection, taskQueue, identity: 'careloop', dataConverter, workflowBundle, activities: { ...world.activities }, shutdownGraceTime: 0 });
      return worker.runUntil(() => new Player({ environment, client, world, taskQueue, processes }).play(script, startFirst, operations));
    },
    stop: () => environment.teardown(),
  };
}

/** Publishes a bundle to the payload store and gives its hash. */
export function publish(bundle: ProcessBundle, payloads: PayloadsByHash): string {
  const bytes = Buffer.from(JSON.stringify(bundle));
  const hash = createHash('sha256').update(bytes).digest('hex');
  payloads.set(hash, bytes);
  return hash;
}
