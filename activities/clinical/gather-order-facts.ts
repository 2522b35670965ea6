import { z } from 'zod';
import type { Database } from '#database';
import type { Json } from '#engine';
import { ServiceFailedError, type ServiceActivity } from '../service-activity.ts';
import { orderFacts, type OrderContext, type OrderFacts } from './order-facts.ts';
import { clinicalOrderSchema, type ClinicalOrder } from './order.ts';
import { longestWashoutMs } from './recently-given.ts';

const inputSchema = z.object({ order: clinicalOrderSchema });

/** What the checks read of a patient, whichever order they judge. */
export type PatientContext = Pick<OrderContext, 'patient' | 'allergies' | 'observations' | 'activeOrders' | 'endedOrders'>;

/**
 * Reads the patient, allergies, newest observations, the orders that run or are on hold, and what was given of ended ones
 * within the longest washout, without the order of `exceptOrderId`. Undefined for a patient that does not exist.
 */
export async function gatherPatientContext({ prisma }: Database, patientId: string, at: string, exceptOrderId?: string): Promise<PatientContext | undefined> {
  const others = exceptOrderId === undefined ? {} : { id: { not: exceptOrderId } };
  const [patient, activeOrders, endedOrders, observations] = await Promise.all([
    prisma.patient.findUnique({ where: { id: patientId }, include: { allergies: true } }),
    prisma.medicationOrder.findMany({ where: { patientId, status: { in: ['active', 'on-hold'] }, ...others } }),
    prisma.medicationOrder.findMany({
      where: { patientId, status: { in: ['stopped', 'completed'] }, administrations: { some: { status: 'administered', occurredAt: { gte: new Date(Date.parse(at) - longestWashoutMs) } } }, ...others },
      select: { ingredient: true, groups: true, administrations: { where: { status: 'administered' }, orderBy: { occurredAt: 'desc' }, take: 1, select: { occurredAt: true } } },
    }),
    // A month covers the longest maximum age of any fact; older values would count as missing anyway.
    prisma.observation.findMany({ where: { patientId, observedAt: { lte: new Date(at), gte: new Date(Date.parse(at) - 31 * 86_400_000) } } }),
  ]);
  if (!patient) return undefined;
  const [products, allergens] = await Promise.all([
    prisma.medication.findMany({ where: { code: { in: activeOrders.map((active) => active.medicationCode) } } }),
    prisma.medication.findMany({ where: { ingredient: { in: patient.allergies.map(({ substance }) => substance) } }, select: { ingredient: true, groups: true } }),
  ]);
  const productByCode = new Map(products.map((product) => [product.code, product]));
  return {
    patient,
    allergies: patient.allergies.map(({ substance, reactionClass }) => ({ substance, reactionClass, groups: allergens.filter(({ ingredient }) => ingredient === substance).flatMap(({ groups }) => groups) })),
    observations,
    activeOrders: activeOrders.map((active) => ({ ...active, orderType: orderTypeOf(active.orderType), product: productByCode.get(active.medicationCode) })),
    endedOrders: endedOrders.flatMap(({ ingredient, groups, administrations: [last] }) => (last?.occurredAt ? [{ ingredient, groups, lastGivenAt: last.occurredAt.toISOString() }] : [])),
  };
}

/**
 * Reads what the rule sets need to judge an order: the patient, allergies, newest observations, catalogue
 * product and other active orders. Used at signing, in the process and at each re-check, so that all judge alike.
 * Fails: SERVICE_FAILED (not retryable) for a patient that does not exist.
 */
export async function gatherOrderFacts(database: Database, order: ClinicalOrder, at: string): Promise<OrderFacts> {
  const { prisma } = database;
  const { orderId, patientId } = order;
  const [context, medication, lastGiven] = await Promise.all([
    gatherPatientContext(database, patientId, at, orderId),
    prisma.medication.findUnique({ where: { code: order.medicationCode } }),
    prisma.medicationAdministration.findFirst({ where: { orderId, status: 'administered' }, orderBy: { occurredAt: 'desc' } }),
  ]);
  if (!context) throw new ServiceFailedError('Expected a known patient, but found none with the order’s patient id', false);
  return orderFacts({ ...context, order, medication: medication ?? undefined, lastGivenAt: lastGiven?.occurredAt?.toISOString(), at });
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
