import { locationText, recordFact, type Hl7Refusal, type MessageHeader } from '#activities';
import type { ReceiverDependencies } from './receiver-dependencies.ts';

interface Receipt {
  readonly factId: string;
  readonly header: MessageHeader;
  readonly at: string;
  readonly patientId?: string;
}

const orderMessages = ['ORM', 'OMP', 'RDE'];

/** Writes the audit entry of a message that was taken: `order.received` or `message.received`. */
export async function recordReceipt({ database, keys }: Pick<ReceiverDependencies, 'database' | 'keys'>, { factId, header, at, patientId, text }: Receipt & { readonly text: string }): Promise<void> {
  const { messageCode, triggerEvent, controlId } = header;
  const isOrder = orderMessages.includes(messageCode);
  await recordFact(database, keys, {
    factId,
    action: isOrder ? 'order.received' : 'message.received',
    at,
    actor: systemOf(header),
    ...(patientId === undefined ? {} : { patientId }),
    detail: { messageType: `${messageCode}^${triggerEvent}`, controlId, text },
  });
}

/** Writes the audit entry of a refusal, before the sender hears of it: `order.refused` or `message.refused`. */
export async function recordRefusal({ database, keys }: Pick<ReceiverDependencies, 'database' | 'keys'>, { factId, header, at, patientId, refusal }: Receipt & { readonly refusal: Hl7Refusal }): Promise<void> {
  const { messageCode, triggerEvent, controlId } = header;
  const { acknowledgmentCode, condition, code, message, location } = refusal;
  await recordFact(database, keys, {
    // Its own name: a message may first be refused by a process that already has a receipt.
    factId: `${factId}:refused`,
    action: orderMessages.includes(messageCode) ? 'order.refused' : 'message.refused',
    at,
    actor: systemOf(header),
    reason: `${code}${location ? ` ${locationText(location)}` : ''}: ${message}`,
    ...(patientId === undefined ? {} : { patientId }),
    detail: { messageType: `${messageCode}^${triggerEvent}`, controlId, acknowledgmentCode, condition },
  });
}

function systemOf({ sendingApplication }: MessageHeader) {
  return { id: `hl7:${sendingApplication || 'unknown'}`, kind: 'system', roles: ['his'] } as const;
}
