import type { Actor, Json } from '#engine';
import { Hl7Refusal, optionalSegment, requireSegment, requireValue, valueOf, type ClinicalOrder, type Message } from '#activities';
import type { Intake, IntakeContext } from './intake.ts';
import { readMedicationOrder } from './medication-order.ts';
import { readInstant } from './order-timing.ts';
import { identifyPatient } from './patient-identity.ts';

/** ORC-1 (HL7 table 0119) → message of the order's process. */
const changes: Readonly<Record<string, { readonly message: string; readonly text: string }>> = {
  DC: { message: 'orderDiscontinued', text: 'discontinuation taken' },
  CA: { message: 'orderDiscontinued', text: 'cancellation taken' },
  HD: { message: 'orderHeld', text: 'hold taken' },
  RL: { message: 'orderReleased', text: 'release taken' },
};

const endedStatus = ['stopped', 'completed', 'rejected'];
const maximumOrderIdLength = 64;

/**
 * Takes ORM^O01, OMP^O09 and RDE^O11 with one order: NW starts the loop, DC/CA, HD and RL are told to it.
 * Refuses: UNKNOWN_PATIENT, ORDER_NUMBER_IN_USE, UNKNOWN_ORDER, ORDER_ENDED, CONTROL_CODE_UNSUPPORTED, … HL7 v2.5.1 §4.5.1.
 */
export async function takeOrder(message: Message, context: IntakeContext): Promise<Intake> {
  const patientId = await identifyPatient(message, context.database);
  optionalSegment(message, 'PV1');
  const orc = requireSegment(message, 'ORC');
  const control = requireValue(message, orc, { field: 1 });
  const orderId = requireValue(message, orc, { field: 2 });
  if (orderId.length > maximumOrderIdLength) {
    throw new Hl7Refusal('AE', '104', 'ORDER_NUMBER_TOO_LONG', `Expected at most ${maximumOrderIdLength} characters in ORC-2, but found ${orderId.length}`, ['ORC', 1, 2]);
  }
  const orderedBy = valueOf(message, orc, { field: 12 }) ?? valueOf(message, orc, { field: 10 });
  const actor: Actor = { id: `hl7:${context.sendingApplication}`, kind: 'system', roles: ['his'], ...(orderedBy === undefined ? {} : { onBehalfOf: orderedBy }) };

  if (control === 'NW') return newOrder(await readMedicationOrder(message, patientId, orderId, context.at, context.database), actor, context);
  const change = changes[control];
  if (!change) throw new Hl7Refusal('AE', '103', 'CONTROL_CODE_UNSUPPORTED', 'Expected NW, DC, CA, HD or RL in ORC-1, but found another', ['ORC', 1, 1]);
  const stated = valueOf(message, orc, { field: 15 }) ?? valueOf(message, orc, { field: 9 });
  const effectiveAt = stated === undefined ? context.at : readInstant(stated, ['ORC', 1, 15]);
  const reason = valueOf(message, orc, { field: 16, component: 2 }) ?? valueOf(message, orc, { field: 16 });
  return orderChange({ ...change, control, orderId, patientId, effectiveAt, ...(reason === undefined ? {} : { reason }) }, actor, context);
}

function newOrder(order: ClinicalOrder, actor: Actor, { database, messageId }: IntakeContext): Intake {
  const { orderId: id, ward, indication, infusion, startAt, stopAt, groups, ...columns } = order;
  const detail = { messageId, ward, ...(indication === undefined ? {} : { indication }), ...(infusion === undefined ? {} : { infusion: { ...infusion } }) };
  const row = { ...columns, groups: [...groups], detail, startAt: new Date(startAt), ...(stopAt === undefined ? {} : { stopAt: new Date(stopAt) }), status: 'received' };
  // JSON through and through: instants are strings, absent members are omitted.
  const variables = { order: order as unknown as Json };
  return {
    patientId: order.patientId,
    text: 'order taken',
    async store(transaction) {
      await transaction.medicationOrder.createMany({ data: [{ id, ...row }], skipDuplicates: true });
      const { detail: stored, status, instanceId } = await transaction.medicationOrder.findUniqueOrThrow({ where: { id } });
      const known = stored as { messageId?: string; refusedAtDoor?: boolean };
      if (known.messageId === messageId) return;
      if (!known.refusedAtDoor || status !== 'rejected' || instanceId !== null) {
        throw new Hl7Refusal('AE', '205', 'ORDER_NUMBER_IN_USE', 'Expected a new placer order number in ORC-2, but it is in use', ['ORC', 1, 2]);
      }
      // No process ever knew the refused one: a corrected order may take its number.
      await transaction.medicationOrder.update({ where: { id }, data: row });
    },
    command: (commands) =>
      commands.startProcess({ actor, idempotencyKey: messageId, processKey: 'inpatient-order-loop', businessKey: id, variables, patientId: order.patientId, unit: order.ward }),
    async settle(outcome) {
      if (outcome.status === 'refused') await database.prisma.medicationOrder.update({ where: { id }, data: { status: 'rejected', detail: { ...detail, refusedAtDoor: true } } });
      else if (outcome.instanceId !== undefined) await database.prisma.medicationOrder.update({ where: { id }, data: { instanceId: outcome.instanceId } });
    },
  };
}

interface OrderChange {
  readonly control: string;
  readonly message: string;
  readonly text: string;
  readonly orderId: string;
  readonly patientId: string;
  readonly effectiveAt: string;
  readonly reason?: string;
}

async function orderChange(change: OrderChange, actor: Actor, { database, messageId, sendingApplication }: IntakeContext): Promise<Intake> {
  const { control, orderId, patientId, effectiveAt, reason, message, text } = change;
  const order = await database.prisma.medicationOrder.findUnique({ where: { id: orderId } });
  if (!order) throw new Hl7Refusal('AE', '204', 'UNKNOWN_ORDER', 'Expected the number of a known order in ORC-2, but found another', ['ORC', 1, 2]);
  if (order.patientId !== patientId) throw new Hl7Refusal('AE', '204', 'ORDER_OF_OTHER_PATIENT', 'Expected an order of the patient in PID-3, but it is another’s', ['PID', 1, 3]);
  const isEnd = control === 'DC' || control === 'CA';
  if (endedStatus.includes(order.status)) {
    if (isEnd) return { patientId, text: 'the order had ended already', store: async () => undefined };
    throw new Hl7Refusal('AE', '204', 'ORDER_ENDED', 'Expected an order that has not ended, but it has', ['ORC', 1, 2]);
  }
  return {
    patientId,
    text,
    // The stop time holds from now on, also for a scan that comes before the process has heard of it.
    store: async (transaction) => {
      if (isEnd) await transaction.medicationOrder.update({ where: { id: orderId }, data: { stopAt: new Date(effectiveAt) } });
    },
    command: (commands) =>
      commands.publishMessage({
        actor,
        idempotencyKey: messageId,
        message,
        correlationKey: orderId,
        payload: { orderId, control, effectiveAt, ...(reason === undefined ? {} : { reason }), ...(actor.onBehalfOf === undefined ? {} : { requestedBy: actor.onBehalfOf }) },
        times: { occurredAt: effectiveAt, timeSource: `hl7:${sendingApplication}` },
      }),
  };
}
