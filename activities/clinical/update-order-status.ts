import { createHash } from 'node:crypto';
import { z } from 'zod';
import { engineActor, type Json } from '#engine';
import type { Prisma } from '#database';
import type { ServiceActivity } from '../service-activity.ts';
import { keepOrder } from './keep-order.ts';
import { clinicalOrderSchema, type ClinicalOrder } from './order.ts';

const statusSchema = z.enum(['rejected', 'active', 'on-hold', 'stopped', 'completed']);
const inputSchema = z.object({ order: clinicalOrderSchema, status: statusSchema, reason: z.string().nullish() });

/** How long the note to the patient's other orders waits for their subscription. */
const notifyForMs = 60_000;

/**
 * Service `clinical.updateOrderStatus`: writes where the order has got to. An order that is not active has no
 * open dose: they are cancelled in the same transaction. When the order starts or stops, the patient's other
 * running orders are judged again (message `patientFactsChanged`).
 */
export const updateOrderStatusActivity: ServiceActivity<z.output<typeof inputSchema>> = {
  type: 'clinical.updateOrderStatus',
  effect: 'idempotent',
  input: inputSchema,
  async run({ order, status, reason }, { database, at, instanceId, idempotencyKey }) {
    return database.prisma.$transaction(async (transaction) => {
      await keepOrder(transaction, order, instanceId);
      await transaction.medicationOrder.update({ where: { id: order.orderId }, data: { status, ...(status === 'stopped' ? { stopAt: new Date(at) } : {}) } });
      const cancelled = status === 'active' ? 0 : await cancelOpenDoses(transaction, order.orderId, status, at);
      if (status === 'active' || status === 'stopped') await judgeOthersAgain(transaction, order, instanceId, idempotencyKey);
      return { orderId: order.orderId, status, at, cancelledDoses: cancelled, ...(reason ? { reason } : {}) } satisfies Json;
    });
  },
};

async function cancelOpenDoses(transaction: Prisma.TransactionClient, orderId: string, cancelledBy: string, cancelledAt: string): Promise<number> {
  const open = await transaction.medicationAdministration.findMany({ where: { orderId, status: { in: ['planned', 'dispensed'] } } });
  for (const dose of open) {
    const detail = { ...(dose.detail as Prisma.JsonObject), cancelledBy, cancelledAt, ...(dose.status === 'dispensed' ? { returnToPharmacy: true } : {}) };
    await transaction.medicationAdministration.update({ where: { id: dose.id }, data: { status: 'cancelled', detail } });
  }
  return open.length;
}

async function judgeOthersAgain(transaction: Prisma.TransactionClient, { patientId }: ClinicalOrder, instanceId: string, idempotencyKey: string): Promise<void> {
  const others = await transaction.messageSubscription.count({ where: { message: 'patientFactsChanged', correlationKey: patientId, instanceId: { not: instanceId } } });
  if (others === 0) return;
  const payload = { message: 'patientFactsChanged', correlationKey: patientId, payload: { change: 'order' } };
  const id = createHash('sha256').update(`${idempotencyKey}\u0000patientFactsChanged`).digest('hex');
  const payloadDigest = createHash('sha256').update(JSON.stringify(payload)).digest('hex');
  await transaction.inboxCommand.createMany({
    data: [{ id, kind: 'message', callerId: `instance:${instanceId}`, payload, payloadDigest, actor: { ...engineActor, roles: [] }, expiresAt: new Date(Date.now() + notifyForMs) }],
    skipDuplicates: true,
  });
}
