import { z } from 'zod';
import type { Database } from '#database';
import type { Json } from '#engine';
import { ServiceFailedError, type ServiceActivity } from '../service-activity.ts';
import { orderFacts, type OrderFacts } from './order-facts.ts';
import { clinicalOrderSchema, type ClinicalOrder } from './order.ts';
import { longestWashoutMs } from './recently-given.ts';

const inputSchema = z.object({ order: clinicalOrderSchema });

/**
 * Reads what the rule sets need to judge an order: the patient, allergies, newest observations, catalogue
 * product and other active orders. Used at signing, in the process and at each re-check, so that all judge alike.
 * Fails: SERVICE_FAILED (not retryable) for a patient that does not exist.
 */
export async function gatherOrderFacts(database: Database, order: ClinicalOrder, at: string): Promise<OrderFacts> {
  const { prisma } = database;
  const { orderId, patientId } = order;
  const [patient, medication, activeOrders, lastGiven, endedOrders] = await Promise.all([
    prisma.patient.findUnique({ where: { id: patientId }, include: { allergies: true } }),
    prisma.medication.findUnique({ where: { code: order.medicationCode } }),
    prisma.medicationOrder.findMany({ where: { patientId, id: { not: orderId }, status: { in: ['active', 'on-hold'] } } }),
    prisma.medicationAdministration.findFirst({ where: { orderId, status: 'administered' }, orderBy: { occurredAt: 'desc' } }),
    prisma.medicationOrder.findMany({
      where: { patientId, id: { not: orderId }, status: { in: ['stopped', 'completed'] }, administrations: { some: { status: 'administered', occurredAt: { gte: new Date(Date.parse(at) - longestWashoutMs) } } } },
      select: { ingredient: true, groups: true, administrations: { where: { status: 'administered' }, orderBy: { occurredAt: 'desc' }, take: 1, select: { occurredAt: true } } },
    }),
  ]);
  if (!patient) throw new ServiceFailedError('Expected a known patient, but found none with the order’s patient id', false);
  const [observations, products, allergens] = await Promise.all([
    // A month covers the longest maximum age of any fact; older values would count as missing anyway.
    prisma.observation.findMany({ where: { patientId, observedAt: { lte: new Date(at), gte: new Date(Date.parse(at) - 31 * 86_400_000) } } }),
    prisma.medication.findMany({ where: { code: { in: activeOrders.map((active) => active.medicationCode) } } }),
    prisma.medication.findMany({ where: { ingredient: { in: patient.allergies.map(({ substance }) => substance) } }, select: { ingredient: true, groups: true } }),
  ]);
  const productByCode = new Map(products.map((product) => [product.code, product]));
  return orderFacts({
    order,
    patient,
    allergies: patient.allergies.map(({ substance, reactionClass }) => ({ substance, reactionClass, groups: allergens.filter(({ ingredient }) => ingredient === substance).flatMap(({ groups }) => groups) })),
    observations,
    medication: medication ?? undefined,
    activeOrders: activeOrders.map((active) => ({ ...active, orderType: orderTypeOf(active.orderType), product: productByCode.get(active.medicationCode) })),
    endedOrders: endedOrders.flatMap(({ ingredient, groups, administrations: [last] }) => (last?.occurredAt ? [{ ingredient, groups, lastGivenAt: last.occurredAt.toISOString() }] : [])),
    lastGivenAt: lastGiven?.occurredAt?.toISOString(),
    at,
  });
}

/** Service `clinical.gatherOrderFacts`. Reads only. */
export const gatherOrderFactsActivity: ServiceActivity<z.output<typeof inputSchema>> = {
  type: 'clinical.gatherOrderFacts',
  effect: 'none',
  input: inputSchema,
  async run({ order }, { database, at }) {
    // OrderFacts is JSON by construction; the readonly index signature says so less widely.
    return (await gatherOrderFacts(database, order, at)) as Json;
  },
};

function orderTypeOf(value: string): ClinicalOrder['orderType'] {
  return value === 'one-time' || value === 'prn' ? value : 'long-term';
}
