import { createHash } from 'node:crypto';
import { signalReceipts } from '#activities';
import type { Actor, Json } from '#engine';
import type { Database } from '#database';
import type { CommandFailure } from './command-service.ts';

export type CommandKind = 'start' | 'message' | 'signal' | 'conditions' | 'receiveSignal' | 'reportChild' | 'compensateChild' | 'claimTask' | 'releaseTask' | 'completeTask' | 'delegateTask' | 'rejectTaskVerification' | 'activateAdHocActivity' | 'resolveIncident' | 'cancelInstance' | 'pauseInstance' | 'resumeInstance' | 'modifyInstance' | 'migrateInstance' | 'reopenInstance';

/** `received`: to be delivered. `unmatched`: a message that expired without a subscriber; a desk owns it. */
export type CommandStatus = 'received' | 'delivered' | 'rejected' | 'unmatched';

/** One row of the command inbox. */
export interface InboxRow {
  readonly id: string;
  readonly kind: CommandKind;
  readonly instanceId: string | null;
  readonly payload: Json;
  readonly payloadDigest: string;
  readonly actor: Actor;
  readonly status: CommandStatus;
  readonly outcome: StoredOutcome | null;
  readonly attempts: number;
  readonly expiresAt: Date | null;
}

export interface StoredOutcome {
  readonly result?: Json;
  readonly failure?: CommandFailure;
}

const columns = 'id, kind, instance_id as "instanceId", payload, payload_digest as "payloadDigest", actor, status, outcome, attempts, expires_at as "expiresAt"';

/** How long the caller's own delivery has before the dispatcher takes over. */
const firstRetryMs = 12_000;

export interface NewCommand {
  readonly kind: CommandKind;
  readonly actor: Actor;
  readonly idempotencyKey: string;
  readonly instanceId?: string;
  readonly payload: Json;
  /** What is stored and delivered instead of it, where that was made from what stood at the time: a repeat is compared by the payload. */
  readonly derived?: Json;
  readonly expiresAt?: string;
}

/** The id that Temporal sees: nothing of the caller's key, which may hold an order number, is left in it. */
export function commandIdOf(actorId: string, idempotencyKey: string): string {
  return createHash('sha256').update(JSON.stringify([actorId, idempotencyKey])).digest('hex').slice(0, 40);
}

/** The inbox table. All methods are single statements, so that a kill leaves a row whole or not there. */
export function createInbox({ pool }: Pick<Database, 'pool'>) {
  async function earlier(id: string, digest: string): Promise<InboxRow> {
    const { rows } = await pool.query<InboxRow>(`select ${columns} from inbox_command where id = $1`, [id]);
    const known = rows[0];
    if (!known) throw new Error(`Expected inbox command ${id}, but it is gone`);
    return known.payloadDigest === digest ? known : { ...known, payloadDigest: 'differs' };
  }

  return {
    /** Stores the command, or finds the row of an earlier try with the same key. */
    async receive(command: NewCommand): Promise<{ readonly row: InboxRow; readonly isNew: boolean }> {
      const { id, body, digest } = identify(command);
      const inserted = await pool.query<InboxRow>(
        `insert into inbox_command (id, kind, instance_id, caller_id, payload, payload_digest, actor, expires_at, next_attempt_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 millisecond')
         on conflict (id) do nothing returning ${columns}`,
        [id, command.kind, command.instanceId ?? null, command.actor.id, body, digest, JSON.stringify(command.actor), command.expiresAt ?? null, firstRetryMs],
      );
      const fresh = inserted.rows[0];
      return fresh ? { row: fresh, isNew: true } : { row: await earlier(id, digest), isNew: false };
    },

    /**
     * Stores a signal and, with it, one command for each instance that waits for it at this moment: who begins to wait
     * later does not hear it. The row's payload counts them as `receivers`. `reached`: the instances that hear it at most.
     */
    async broadcast(command: NewCommand, reached?: readonly string[]): Promise<InboxRow> {
      const { id, body, digest } = identify(command);
      const { rows } = await pool.query<InboxRow>(
        `with broadcast as (
           select $1::text as id, $3::text as caller_id, null::uuid as sender_id, $4::jsonb as payload, $6::jsonb as actor
           where not exists (select from inbox_command where id = $1)
         ), ${signalReceipts('broadcast', '($8::uuid[] is null or instance_id = any($8))')}
         insert into inbox_command (id, kind, caller_id, payload, payload_digest, actor, next_attempt_at)
         select id, $2, caller_id, payload || jsonb_build_object('receivers', (select count(*) from signal_receipts)), $5, actor, now() + $7 * interval '1 millisecond' from broadcast
         on conflict (id) do nothing returning ${columns}`,
        [id, command.kind, command.actor.id, body, digest, JSON.stringify(command.actor), firstRetryMs, reached ?? null],
      );
      return rows[0] ?? earlier(id, digest);
    },

    /** Writes the outcome once; the payload, which may hold patient data, is not kept any longer. */
    async settle(id: string, status: Exclude<CommandStatus, 'received'>, outcome: StoredOutcome): Promise<void> {
      await pool.query(`update inbox_command set status = $2, outcome = $3, payload = '{}', settled_at = now() where id = $1 and status = 'received'`, [id, status, JSON.stringify(outcome)]);
    },

    /** Hands a command that its caller could not deliver to the dispatchers. */
    async handOver(id: string): Promise<void> {
      await pool.query(`update inbox_command set next_attempt_at = least(next_attempt_at, now() + interval '300 milliseconds') where id = $1 and status = 'received' and attempts = 0`, [id]);
    },

    /** Takes commands whose time has come, each by one dispatcher only, and sets their next try. */
    async takeDue(limit: number): Promise<readonly InboxRow[]> {
      const { rows } = await pool.query<InboxRow>(
        `update inbox_command set attempts = attempts + 1, next_attempt_at = now() + least(power(2, least(attempts, 4)), 10) * interval '1 second'
         where id in (select id from inbox_command where status = 'received' and next_attempt_at <= now() order by created_at limit $1 for update skip locked)
         returning ${columns}, created_at`,
        [limit],
      );
      return rows;
    },
  };
}

export type Inbox = ReturnType<typeof createInbox>;

function identify({ kind, actor, idempotencyKey, instanceId, payload, derived }: NewCommand): { readonly id: string; readonly body: string; readonly digest: string } {
  const digest = createHash('sha256').update(JSON.stringify([kind, instanceId ?? null, stable(payload)])).digest('hex');
  return { id: commandIdOf(actor.id, idempotencyKey), body: JSON.stringify(derived ?? payload), digest };
}

/** The value with sorted keys, so that the same payload has the same digest however it was written. */
function stable(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => stable(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, stable(item as Json)]));
}
