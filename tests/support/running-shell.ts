import { createHash, randomUUID } from 'node:crypto';
import pino from 'pino';
import type { Worker, WorkflowBundle } from '@temporalio/worker';
import { createKeyStore, type ActivitySettings, type AnyServiceActivity } from '#activities';
import { createDatabase, type Database } from '#database';
import type { Actor, ProcessDefinition } from '#engine';
import { bundleProcessWorkflow } from '#workflows';
import { createCommandService, createDelivery, createInbox, createStateReader, startDispatcher, startProcessTimers, type CommandService, type Refusal } from '../../gateway/commands/index.ts';
import { createWorker, deriveClaimsSecret } from '../../gateway/create-worker.ts';
import { startRuleChanges } from '../../gateway/rule-sets/index.ts';
import { connectTemporal, type Temporal } from '../../gateway/temporal.ts';

let bundled: Promise<WorkflowBundle> | undefined;

/** The Temporal shell on a test's own database and task queue: inbox, dispatcher, worker. */
export interface RunningShell {
  readonly database: Database;
  readonly commands: CommandService;
  readonly temporal: Temporal;
  readonly taskQueue: string;
  readonly refusals: Refusal[];
  publish(definition: unknown): Promise<string>;
  /** Ends the worker as a crash does, as far as a test in one process can: nothing is handed back. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  /** Polls `read` until it gives a value. */
  until<Value>(read: () => Promise<Value | undefined>, timeoutMs?: number): Promise<Value>;
  close(): Promise<void>;
}

export const operator: Actor = { id: 'operator-1', kind: 'person', roles: ['operator'] };
export const nurse: Actor = { id: 'nurse-1', kind: 'person', roles: ['nurse'] };

/** Starts a shell. `services` are what service tasks call; `settings` where the outside systems are, nowhere when absent. */
export async function startShell({ databaseUrl, temporalAddress, services = [], settings = { hisHost: '127.0.0.1', hisMllpPort: 1, mqttUrl: 'mqtt://127.0.0.1:1' } }: { readonly databaseUrl: string; readonly temporalAddress: string; readonly services?: readonly AnyServiceActivity[]; readonly settings?: ActivitySettings }): Promise<RunningShell> {
  const masterKey = Buffer.alloc(32, 1);
  const database = createDatabase(databaseUrl);
  const keys = createKeyStore(database, masterKey);
  // What people send reaches the cases that the roles in the database give them.
  await database.prisma.user.upsert({ where: { id: operator.id }, update: {}, create: { id: operator.id, name: 'operator', email: `${operator.id}@hospital.test`, roleAssignments: { create: { id: randomUUID(), role: 'operator', validFrom: new Date(0), grantedBy: 'test' } } } });
  const temporal = await connectTemporal({ address: temporalAddress, namespace: 'default', database, keys });
  const taskQueue = `test-${randomUUID()}`;
  const claimsSecret = deriveClaimsSecret(masterKey);
  const inbox = createInbox(database);
  const deliver = createDelivery({ database, client: temporal.client, taskQueue, claimsSecret, keys });
  const refusals: Refusal[] = [];
  const recordRefusal = async (refusal: Refusal) => void refusals.push(refusal);
  const commands = createCommandService({ database, inbox, deliver, recordRefusal, readState: createStateReader({ database, client: temporal.client }) });
  const dispatcher = startDispatcher({ database, inbox, deliver, recordRefusal, logger: pino({ level: 'silent' }) });
  const processTimers = startProcessTimers({ database, inbox, deliver, logger: pino({ level: 'silent' }) });
  const ruleChanges = startRuleChanges({ database, keys, logger: pino({ level: 'silent' }) });
  bundled ??= bundleProcessWorkflow();
  const workflowBundle = await bundled;
  let running: { readonly worker: Worker; readonly done: Promise<void> } | undefined;

  async function startWorker(): Promise<void> {
    const worker = await createWorker({ temporal, taskQueue, database, keys, claimsSecret, services, workflowBundle, settings });
    running = { worker, done: worker.run() };
  }
  async function stopWorker(): Promise<void> {
    const ending = running;
    running = undefined;
    ending?.worker.shutdown();
    await ending?.done;
  }
  await startWorker();

  return {
    database,
    commands,
    temporal,
    taskQueue,
    refusals,
    startWorker,
    stopWorker,
    async publish(definition) {
      const { key, version } = definition as ProcessDefinition;
      const bytes = Buffer.from(JSON.stringify({ format: 'careloop-bundle/1', definition, ruleSets: {} }));
      const hash = createHash('sha256').update(bytes).digest('hex');
      await database.pool.query('update process_bundle set is_current = false where process_key = $1', [key]);
      await database.pool.query(`insert into process_bundle (hash, process_key, version, bytes, forms, is_current, published_by) values ($1, $2, $3, $4, '{}', true, 'test')`, [hash, key, version, bytes]);
      return hash;
    },
    async until(read, timeoutMs = 15_000) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const value = await read();
        if (value !== undefined) return value;
        if (Date.now() > deadline) throw new Error(`Expected a value within ${timeoutMs} ms, but there was none`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async close() {
      await stopWorker();
      await dispatcher.stop();
      await processTimers.stop();
      await ruleChanges.stop();
      await temporal.close();
      await database.close();
    },
  };
}
