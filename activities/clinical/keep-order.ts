import type { Prisma } from '#database';
import type { ClinicalOrder } from './order.ts';

/**
 * Makes sure that the order has its row, whichever door it came through. An existing row keeps its status
 * and what the door wrote; only the instance is added.
 */
export async function keepOrder(transaction: Prisma.TransactionClient, order: ClinicalOrder, instanceId: string): Promise<void> {
  const { orderId, patientId, encounterId, medicationCode, ingredient, groups, dose, doseUnit, route, frequency, orderType, priority, startAt, stopAt, orderedBy, ward, infusion, indication, firstDayDoses } = order;
  const detail = { ward, ...(infusion ? { infusion: withoutUndefined(infusion) } : {}), ...(indication ? { indication } : {}), ...(firstDayDoses === undefined ? {} : { firstDayDoses }) };
  await transaction.medicationOrder.upsert({
    where: { id: orderId },
    update: { instanceId },
    create: {
      id: orderId, patientId, encounterId, medicationCode, ingredient, groups, dose, doseUnit, route, frequency, orderType, priority, orderedBy, detail, instanceId,
      startAt: new Date(startAt),
      ...(stopAt ? { stopAt: new Date(stopAt) } : {}),
    },
  });
}

function withoutUndefined(value: Readonly<Record<string, string | number | undefined>>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string | number] => entry[1] !== undefined));
}
