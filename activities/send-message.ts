import { createHash } from 'node:crypto';
import { engineActor } from '#engine';
import type { Database } from '#database';
import type { MessageCall } from './process-activities.ts';
import { inboxChannel } from './record/outbound.ts';

/** How long a message thrown by a process waits for its subscriber. */
const expiresAfterMs = 24 * 3_600_000;

/** Puts a message thrown by a process into the command inbox, once; the dispatcher delivers it. */
export function createSendMessage(database: Database): (call: MessageCall) => Promise<void> {
  return async ({ instanceId, elementInstanceId, ordinal, message, correlationKey, payload }) => {
    const id = createHash('sha256').update(`${instanceId}\u0000${elementInstanceId}\u0000message${ordinal === undefined ? '' : `\u0000${ordinal}`}`).digest('hex');
    const body = JSON.stringify({ message, correlationKey, payload });
    await database.pool.query(
      `with sent as (
         insert into inbox_command (id, kind, caller_id, payload, payload_digest, actor, expires_at)
         values ($1, 'message', $2, $3, $4, $5, now() + $6 * interval '1 millisecond') on conflict (id) do nothing returning id
       ) select pg_notify('${inboxChannel}', '') from sent`,
      [id, `instance:${instanceId}`, body, createHash('sha256').update(body).digest('hex'), JSON.stringify(engineActor), expiresAfterMs],
    );
  };
}
