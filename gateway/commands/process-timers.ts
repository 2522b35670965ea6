import type { PoolClient } from 'pg';
import type { Logger } from 'pino';
import { engineActor, type EventDefinition, type ProcessState, type TimerEventDefinition } from '#engine';
import type { Database } from '#database';
import { type DeliveryResult, settle } from './delivery-result.ts';
import type { Inbox, InboxRow } from './inbox.ts';
import { startPolling } from './poll.ts';
import { setClock, strike } from './start-clock.ts';
import { createTriggeredStarts, startRefusal, type TriggeredStart } from './triggered-starts.ts';

const pollMs = 1_000;
const batchSize = 16;
// Any number, as long as it stays the same: who holds it is the only one to set clocks.
const advisoryLock = 7_254_002;

export interface ProcessTimersOptions {
  readonly database: Database;
  readonly inbox: Inbox;
  readonly deliver: (row: InboxRow) => Promise<DeliveryResult>;
  readonly logger: Logger;
}

interface DueTimer {
  readonly bundle_hash: string;
  readonly position: number;
  readonly clock: ProcessState;
  readonly due_at: Date;
}

/**
 * Starts the processes whose start events are timers. When each is due is a row, so that it outlives every process;
 * the rows follow the current versions, whoever published them. Any number of gateways may do this at once.
 */
export function startProcessTimers({ database, inbox, deliver, logger }: ProcessTimersOptions): { stop(): Promise<void> } {
  const { pool } = database;
  const starts = createTriggeredStarts(database);
  /** Sets the clocks of versions that have become current, and stops those of the others. */
  async function follow(client: PoolClient): Promise<void> {
    await client.query('select pg_advisory_xact_lock($1)', [advisoryLock]);
    await client.query('delete from process_timer where bundle_hash in (select hash from process_bundle where not is_current)');
    await client.query('update process_bundle set timers_armed = false where timers_armed and not is_current');
    const { rows } = await client.query<{ hash: string }>('update process_bundle set timers_armed = true where is_current and not timers_armed returning hash');
    for (const { hash } of rows) {
      for (const [position, { event, plan, startElementId }] of (await starts.of(hash)).entries()) {
        if (!isTimer(event)) continue;
        const clock = setClock(plan.definition, event, new Date().toISOString());
        if (clock?.dueAt === undefined) logger.warn({ process: plan.definition.key, startElementId }, 'a timer gives no time: it never starts the process');
        else await client.query('insert into process_timer (bundle_hash, position, start_element_id, clock, due_at) values ($1, $2, $3, $4, $5)', [hash, position, startElementId, JSON.stringify(clock.state), clock.dueAt]);
      }
    }
  }

  /** Starts what is due. The command is in the inbox, under the timer's moment, before the clock goes on. */
  async function startDue(client: PoolClient): Promise<number> {
    const { rows } = await client.query<DueTimer>('select bundle_hash, position, clock, due_at from process_timer where due_at <= now() order by due_at limit $1 for update skip locked', [batchSize]);
    for (const timer of rows) {
      const start = (await starts.of(timer.bundle_hash))[timer.position];
      if (!start || !isTimer(start.event)) throw new Error('Expected a timer start event, but the version has another one there');
      await begin(start, timer.due_at.toISOString());
      const { state, dueAt } = strike(start.plan.definition, start.event, { state: timer.clock }, new Date().toISOString());
      if (dueAt === undefined) await client.query('delete from process_timer where bundle_hash = $1 and position = $2', [timer.bundle_hash, timer.position]);
      else await client.query('update process_timer set clock = $3, due_at = $4 where bundle_hash = $1 and position = $2', [timer.bundle_hash, timer.position, JSON.stringify(state), dueAt]);
    }
    return rows.length;
  }

  async function begin({ processKey, bundleHash, startElementId, plan }: TriggeredStart, dueAt: string): Promise<void> {
    const refusal = startRefusal(plan, { variables: {}, startElementId }, engineActor);
    if (refusal) {
      logger.error({ process: processKey, startElementId, code: refusal.code }, 'a timer cannot start its process');
      return;
    }
    const businessKey = `timer:${startElementId}:${dueAt}`;
    const { row } = await inbox.receive({ kind: 'start', actor: engineActor, idempotencyKey: `${bundleHash}/${businessKey}`, payload: { processKey, bundleHash, businessKey, variables: {}, startElementId } });
    if (row.status === 'received') await settle(row, await deliver(row), inbox);
  }

  async function within<Value>(work: (client: PoolClient) => Promise<Value>): Promise<Value> {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const value = await work(client);
      await client.query('commit');
      client.release();
      return value;
    } catch (error) {
      const failed = await client.query('rollback').then(() => undefined, (reason: Error) => reason);
      client.release(failed);
      throw error;
    }
  }

  return startPolling({
    pauseMs: pollMs,
    work: async () => {
      const { rowCount } = await pool.query('select from process_bundle where is_current <> timers_armed limit 1');
      if (rowCount) await within(follow);
      return (await within(startDue)) === batchSize;
    },
    failed: (error) => logger.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'timers that start processes could not be read; trying again'),
  });
}

function isTimer(event: EventDefinition): event is TimerEventDefinition {
  return event.kind === 'timer';
}
