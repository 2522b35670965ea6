import { createHash } from 'node:crypto';
import { engineActor } from '#engine';
import type { RecordBatch } from './batch.ts';
import type { OutboundCommand } from './outbound.ts';

/** The rows of `inbox_command` for what a batch sends, in its order. */
export function outboundRows({ instanceId, sequence, outbound = [] }: RecordBatch): readonly object[] {
  return outbound.map((command, n) => {
    const { kind, key } = command;
    const id = createHash('sha256').update(JSON.stringify([instanceId, kind, key])).digest('hex');
    const payload = payloadOf(command, instanceId, sequence);
    return { n, id, kind, sender_id: instanceId, ...(kind === 'reportChild' ? { instance_id: command.to } : {}), caller_id: senderOf(instanceId, sequence), payload, payload_digest: id, actor: engineActor };
  });
}

function payloadOf(command: OutboundCommand, instanceId: string, sequence: number): object {
  switch (command.kind) {
    case 'signal':
      return { signal: command.signal, payload: command.payload };
    case 'compensateChild':
      return { callerId: instanceId, call: command.call, elementInstanceId: command.elementInstanceId, attempt: command.attempt };
    case 'reportChild':
      return { childId: instanceId, sequence, elementInstanceId: command.elementInstanceId, attempt: command.attempt, report: command.report };
  }
}

/** Who a command comes from that an instance sends with a batch. */
export function senderOf(instanceId: string, sequence: number): string {
  return `instance:${instanceId}:${sequence}`;
}

/**
 * Gives a signal to each instance that waits for it at this moment, but not to its sender: one command each,
 * which is of no use after an hour. `source` has the columns id, caller_id, sender_id, payload {signal, payload} and actor;
 * `heardBy`: a condition on `instance_id` that bounds who hears it.
 */
export function signalReceipts(source: string, heardBy = 'true'): string {
  return `
  signal_receipts as (
    insert into inbox_command (id, kind, instance_id, caller_id, payload, payload_digest, actor, expires_at)
    select encode(sha256(convert_to(b.id || ':' || s.instance_id, 'UTF8')), 'hex'), 'receiveSignal', s.instance_id, b.caller_id,
      b.payload || jsonb_build_object('subscriptionId', s.subscription_id), b.id, b.actor, now() + interval '1 hour'
    from ${source} b, lateral (
      select distinct on (instance_id) instance_id, subscription_id from signal_subscription
      where signal = b.payload->>'signal' and instance_id is distinct from b.sender_id and ${heardBy}
      order by instance_id, length(subscription_id) desc, subscription_id desc
    ) s
    on conflict (id) do nothing returning instance_id
  )`;
}
