import { randomUUID } from 'node:crypto';
import type { Worker } from '@temporalio/worker';
import { signClaims } from '#activities';
import type { Actor, Variables } from '#engine';
import type { Database } from '#database';
import type { Temporal } from '../../gateway/temporal.ts';

/** One of the two ways to run the ten-node process. */
export interface Contestant {
  readonly name: string;
  readonly taskQueue: string;
  readonly workflowType: string;
  /** The id that the one user task gets. */
  readonly taskId: string;
  args(instanceId: string, claims: ReturnType<typeof signClaims>, variables: Variables): unknown[];
  createWorker(): Promise<Worker>;
}

export interface Round {
  readonly instancesPerSecond: number;
  /** Milliseconds from start to result, sorted. */
  readonly latencies: readonly number[];
  /** Events in the history of the last instance. */
  readonly historyEvents: number;
}

const actor: Actor = { id: 'bench', kind: 'system', roles: ['operator'] };

/** Waits for the service call that says that an instance's user task stands. */
export class NotifySignal {
  readonly #waiting = new Map<string, () => void>();

  expect(instanceId: string): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(instanceId, resolve));
  }

  readonly arrived = (instanceId: string): void => {
    this.#waiting.get(instanceId)?.();
    this.#waiting.delete(instanceId);
  };
}

/** Runs `count` instances, `concurrency` at a time, each from start over the task's completion to its result. */
export async function runRound({ contestant, temporal, database, bundleHash, claimsSecret, signal, count, concurrency }: { readonly contestant: Contestant; readonly temporal: Temporal; readonly database: Database; readonly bundleHash: string; readonly claimsSecret: Buffer; readonly signal: NotifySignal; readonly count: number; readonly concurrency: number }): Promise<Round> {
  const instanceIds = Array.from({ length: count }, () => randomUUID());
  // The rows that the gateway writes before a start, for both contestants and outside the measured time.
  await database.pool.query(
    `insert into process_instance (id, process_key, business_key, bundle_hash, started_by)
     select id::uuid, 'ten-node-example', id, $2, 'bench' from unnest($1::text[]) as id`,
    [instanceIds, bundleHash],
  );
  const latencies: number[] = [];
  let next = 0;

  async function lane(): Promise<void> {
    for (let index = next++; index < count; index = next++) {
      const instanceId = instanceIds[index] ?? '';
      const startedAt = performance.now();
      const taskOpen = signal.expect(instanceId);
      const handle = await temporal.client.workflow.start(contestant.workflowType, {
        workflowId: `${contestant.name}/${instanceId}`,
        taskQueue: contestant.taskQueue,
        args: contestant.args(instanceId, signClaims(claimsSecret, instanceId, 'start', actor), { amount: (index % 29) * 100 + 50 }),
      });
      await taskOpen;
      await handle.executeUpdate('completeTask', { updateId: 'complete', args: [{ claims: signClaims(claimsSecret, instanceId, 'complete', actor), body: { taskId: contestant.taskId, data: { approved: true } } }] });
      await handle.result();
      latencies.push(performance.now() - startedAt);
    }
  }

  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  const last = await temporal.client.workflow.getHandle(`${contestant.name}/${instanceIds.at(-1) ?? ''}`).describe();
  return { historyEvents: last.historyLength, instancesPerSecond: count / seconds, latencies: latencies.sort((a, b) => a - b) };
}
