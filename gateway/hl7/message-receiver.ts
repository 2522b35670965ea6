import { createHash } from 'node:crypto';
import { decodeMessage, encodeText, encryptPayload, Hl7Refusal, parseMessage, peekHeader, systemScope, writeAcknowledgement, type MessageHeader } from '#activities';
import type { Intake, IntakeContext } from './intake.ts';
import { handlerOf } from './intake-handlers.ts';
import { recordReceipt, recordRefusal } from './receipt-record.ts';
import type { ReceiverDependencies } from './receiver-dependencies.ts';
import { refusalOf } from './refusal-of.ts';

/**
 * Takes one message and gives the bytes of its acknowledgement. The message, what it changes here and then
 * its command are stored before AA is written down, and only what is written down is answered. Without AA
 * the sender repeats, and each of these steps is the same when it is done again. A repeat of an answered
 * message gets the stored answer. What we could not store gets AR with condition 207 and may be repeated.
 */
export function createMessageReceiver(dependencies: ReceiverDependencies): (bytes: Buffer) => Promise<Buffer> {
  const { database, keys, logger } = dependencies;

  return async (bytes) => {
    const header = peekHeader(bytes);
    const at = new Date().toISOString();
    const answer = (refusal?: Hl7Refusal, text?: string): string => writeAcknowledgement({ header, at, ...(refusal ? { refusal } : {}), ...(text === undefined ? {} : { text }) });
    try {
      return encodeText(await receive(bytes, header, at, answer), header.charset);
    } catch (error) {
      // Its text may hold patient data: only the kind of trouble is logged.
      logger.error({ messageType: `${header.messageCode}^${header.triggerEvent}`, error: (error as Error).name, code: (error as { code?: string }).code }, 'An HL7 message could not be stored');
      return encodeText(answer(new Hl7Refusal('AR', '207', 'NOT_STORED', 'Expected to store the message, but could not; send it again')), header.charset);
    }
  };

  async function receive(bytes: Buffer, header: MessageHeader, at: string, answer: (refusal?: Hl7Refusal, text?: string) => string): Promise<string> {
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (header.controlId === '') {
      const refusal = withoutControlId(bytes);
      await recordRefusal(dependencies, { factId: `hl7:${digest}`, header, refusal, at });
      return answer(refusal);
    }
    const messageId = `${header.sendingApplication}|${header.sendingFacility}|${header.controlId}`;
    const known = await database.prisma.hl7Message.findUnique({ where: { id: messageId } });
    if (known && known.digest !== digest) return refuseReuse(messageId, digest, header, at, answer);
    if (known && known.acknowledgement !== '') return known.acknowledgement;

    const context: IntakeContext = { database, messageId, sendingApplication: header.sendingApplication, at: known?.receivedAt.toISOString() ?? at };
    let intake: Intake | undefined;
    try {
      const { text, charset } = decodeMessage(bytes);
      const handler = handlerOf(header);
      intake = await handler(parseMessage(text, charset), context);
      const taken = intake;
      const row = await rowOf(messageId, digest, header, bytes, at, taken.patientId);
      await database.prisma.$transaction(async (transaction) => {
        await transaction.hl7Message.createMany({ data: [row], skipDuplicates: true });
        const stored = await transaction.hl7Message.findUniqueOrThrow({ where: { id: messageId } });
        if (stored.digest !== digest) throw reusedControlId();
        await taken.store(transaction);
      });
      const outcome = await taken.command?.(dependencies.commands);
      if (outcome) await taken.settle?.(outcome);
      // The key is this message's own: an earlier try of it is in the inbox, read while the catalogue said otherwise.
      if (outcome?.status === 'refused' && outcome.failure.code !== 'IDEMPOTENCY_KEY_REUSED') throw refusalOf(outcome.failure);
      await recordReceipt(dependencies, { factId: `hl7:${messageId}`, header, patientId: taken.patientId, text: taken.text, at: context.at });
      const standing = await settle(messageId, digest, answer(undefined, taken.text));
      if (standing === undefined) throw reusedControlId();
      return standing;
    } catch (error) {
      if (!(error instanceof Hl7Refusal)) throw error;
      if (error.code === 'CONTROL_ID_REUSED') return refuseReuse(messageId, digest, header, at, answer);
      await recordRefusal(dependencies, { factId: `hl7:${messageId}`, header, refusal: error, at, ...(intake ? { patientId: intake.patientId } : {}) });
      await database.prisma.hl7Message.createMany({ data: [await rowOf(messageId, digest, header, bytes, at, intake?.patientId)], skipDuplicates: true });
      const standing = await settle(messageId, digest, answer(error));
      return standing ?? refuseReuse(messageId, digest, header, at, answer);
    }
  }

  async function refuseReuse(messageId: string, digest: string, header: MessageHeader, at: string, answer: (refusal: Hl7Refusal) => string): Promise<string> {
    const refusal = reusedControlId();
    await recordRefusal(dependencies, { factId: `hl7:${messageId}:${digest}`, header, refusal, at });
    return answer(refusal);
  }

  /** Writes the answer unless another connection was first; gives the one that stands, undefined when the id is another message's. */
  async function settle(messageId: string, digest: string, acknowledgement: string): Promise<string | undefined> {
    await database.prisma.hl7Message.updateMany({ where: { id: messageId, digest, acknowledgement: '' }, data: { acknowledgement } });
    const row = await database.prisma.hl7Message.findUniqueOrThrow({ where: { id: messageId } });
    return row.digest === digest ? row.acknowledgement : undefined;
  }

  async function rowOf(id: string, digest: string, header: MessageHeader, bytes: Buffer, at: string, patientId: string | undefined) {
    const frame = encryptPayload({ detail: bytes.toString('base64') }, `hl7:${id}`, await keys.keyFor(patientId ?? systemScope));
    return { id, digest, controlId: header.controlId, messageType: `${header.messageCode}^${header.triggerEvent}`, frame: { ...frame }, acknowledgement: '', receivedAt: new Date(at) };
  }
}

function reusedControlId(): Hl7Refusal {
  return new Hl7Refusal('AR', '205', 'CONTROL_ID_REUSED', 'Expected the message that this control id was first used for, but found another', ['MSH', 1, 10]);
}

/** The most precise reason why there is no control id. */
function withoutControlId(bytes: Buffer): Hl7Refusal {
  try {
    const { text, charset } = decodeMessage(bytes);
    parseMessage(text, charset);
  } catch (error) {
    if (error instanceof Hl7Refusal) return error;
    throw error;
  }
  return new Hl7Refusal('AR', '101', 'FIELD_MISSING', 'Expected a control id in MSH-10, but found none', ['MSH', 1, 10]);
}
