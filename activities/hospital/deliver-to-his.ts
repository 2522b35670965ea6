import { createHash } from 'node:crypto';
import { ServiceFailedError, type ActivityContext } from '../service-activity.ts';
import { decodeMessage, optionalSegment, parseMessage, requireSegment, valueOf, type Message } from './hl7/index.ts';
import { sendOverMllp } from './send-over-mllp.ts';
import { writeMessage, type OutgoingMessage } from './write-message.ts';

/** For how long the HIS may think about a message. */
const answerTimeoutMs = 5_000;
/** A lost answer is asked for again at once, before the shell hears of it: the control id makes that safe. */
const tries = 2;

interface Content {
  readonly messageType: OutgoingMessage['messageType'];
  /** The segments after MSH, given the time of the first try: a repeat has the same bytes. */
  segments(at: string): OutgoingMessage['segments'];
}

/** An accepted message. */
export type Delivery = {
  readonly controlId: string;
  readonly acknowledgedAt: string;
};

/**
 * Delivers a message to the HIS at least once. The row in `outbound_message` is there before anything is sent;
 * the control id and the bytes follow from the idempotency key, so that the HIS can tell a repeat.
 * Fails: SERVICE_FAILED (refused: not retryable; not reached: retryable), SERVICE_OUTCOME_UNKNOWN.
 */
export async function deliverToHis({ messageType, segments }: Content, { database, settings, idempotencyKey, at, signal }: ActivityContext): Promise<Delivery> {
  const { outboundMessage } = database.prisma;
  const controlId = controlIdOf(idempotencyKey);
  // What the message says stands in the record and in the process: here is only what a repeat needs.
  const body = { messageType: messageType.join('^'), at };
  await outboundMessage.createMany({ data: [{ id: idempotencyKey, destination: 'his', controlId, body }], skipDuplicates: true });
  const row = await outboundMessage.findUniqueOrThrow({ where: { id: idempotencyKey } });
  if (row.status === 'acknowledged' && row.settledAt) return { controlId, acknowledgedAt: row.settledAt.toISOString() };
  const { at: firstAt } = row.body as typeof body;
  const bytes = writeMessage({ messageType, controlId, at: firstAt, segments: segments(firstAt) });

  for (let attempt = 1; ; attempt += 1) {
    await outboundMessage.update({ where: { id: idempotencyKey }, data: { attempts: { increment: 1 } } });
    try {
      const answer = await sendOverMllp({ host: settings.hisHost, port: settings.hisMllpPort, bytes, timeoutMs: answerTimeoutMs, signal });
      checkAcknowledgement(answer, controlId);
      const settledAt = new Date();
      await outboundMessage.update({ where: { id: idempotencyKey }, data: { status: 'acknowledged', settledAt } });
      return { controlId, acknowledgedAt: settledAt.toISOString() };
    } catch (error) {
      const { code, retryable } = error as { code?: string; retryable?: boolean };
      if (code === 'SERVICE_OUTCOME_UNKNOWN') {
        await outboundMessage.update({ where: { id: idempotencyKey }, data: { status: 'unknown' } });
        if (attempt < tries && !signal.aborted) continue;
      } else if (code === 'SERVICE_FAILED' && retryable === false) {
        await outboundMessage.update({ where: { id: idempotencyKey }, data: { status: 'rejected', settledAt: new Date() } });
      }
      throw error;
    }
  }
}

/** 20 characters, as MSH-10 allows at most in version 2.5.1. */
export function controlIdOf(idempotencyKey: string): string {
  return `CL${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 18).toUpperCase()}`;
}

/** Table 0008: AA and CA are acceptance; AR with condition 207 asks to try later; anything else is final. */
function checkAcknowledgement(bytes: Buffer, controlId: string): void {
  let message: Message;
  let code: string | undefined;
  let answered: string | undefined;
  try {
    const { text, charset } = decodeMessage(bytes);
    message = parseMessage(text, charset);
    const msa = requireSegment(message, 'MSA');
    code = valueOf(message, msa, { field: 1 });
    answered = valueOf(message, msa, { field: 2 });
  } catch {
    throw new ServiceFailedError('Expected an HL7 acknowledgment from the HIS, but found something else', false);
  }
  if (answered !== controlId) throw new ServiceFailedError('Expected the acknowledgment of this message, but it names another', false);
  if (code === 'AA' || code === 'CA') return;
  const condition = valueOf(message, optionalSegment(message, 'ERR'), { field: 3 });
  throw new ServiceFailedError(`Expected the HIS to accept the message, but it answered ${code ?? 'nothing'}${condition === undefined ? '' : ` (condition ${condition})`}`, (code === 'AR' || code === 'CR') && condition === '207');
}
