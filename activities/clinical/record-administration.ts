import { z } from 'zod';
import type { Prisma } from '#database';
import type { Json } from '#engine';
import type { ServiceActivity } from '../service-activity.ts';
import { keepOrder } from './keep-order.ts';
import { clinicalOrderSchema } from './order.ts';

const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString());

/** What the nurse reported, or the loop itself for a dose that nobody answered. */
export const administrationSchema = z.looseObject({
  outcome: z.enum(['given', 'refused', 'not-done']),
  reasonCode: z.string().nullish(),
  reason: z.string().nullish(),
  /** When it really happened; the time of recording when absent. */
  occurredAt: instant.nullish(),
  lateEntry: z.boolean().nullish(),
});

const inputSchema = z.object({
  order: clinicalOrderSchema,
  /** The planned dose; without one (a rescue order) the dose of the order's start. */
  dose: z.looseObject({ doseId: z.string(), plannedAt: instant, windowClosesAt: instant.optional() }).nullish(),
  administration: administrationSchema,
  performerId: z.string().nullish(),
});

const statusByOutcome = { given: 'administered', refused: 'refused', 'not-done': 'not-done' } as const;
const finalStatuses: readonly string[] = Object.values(statusByOutcome);

/**
 * Service `clinical.recordAdministration`: one row a planned dose (FHIR MedicationAdministration), written
 * once; a repeat answers what stands there. Returns the status and how many doses in a row were refused.
 */
export const recordAdministrationActivity: ServiceActivity<z.output<typeof inputSchema>> = {
  type: 'clinical.recordAdministration',
  effect: 'idempotent',
  input: inputSchema,
  async run({ order, dose: planned, administration, performerId }, { database, at, instanceId }) {
    const dose = planned ?? { doseId: `${order.orderId}@${order.startAt}`, plannedAt: order.startAt };
    return database.prisma.$transaction(async (transaction) => {
      await keepOrder(transaction, order, instanceId);
      const where = { orderId_plannedAt: { orderId: order.orderId, plannedAt: new Date(dose.plannedAt) } };
      const standing = await transaction.medicationAdministration.findUnique({ where });
      if (!standing || !finalStatuses.includes(standing.status)) {
        const status = statusByOutcome[administration.outcome];
        const occurredAt = administration.occurredAt ?? at;
        const isLate = administration.lateEntry === true || (dose.windowClosesAt !== undefined && occurredAt > dose.windowClosesAt);
        const detail = { ...(standing?.detail as Prisma.JsonObject | undefined), ...reported(administration), recordedAt: at, isLate };
        const row = { status, occurredAt: new Date(occurredAt), performerId: performerId ?? null, detail };
        await transaction.medicationAdministration.upsert({ where, create: { id: dose.doseId, orderId: order.orderId, plannedAt: new Date(dose.plannedAt), ...row }, update: row });
      }
      const recorded = await transaction.medicationAdministration.findUniqueOrThrow({ where });
      const { isLate, reason, reasonCode } = recorded.detail as { isLate?: boolean; reason?: string; reasonCode?: string };
      const facts = { status: recorded.status, occurredAt: recorded.occurredAt?.toISOString() ?? at, performerId: recorded.performerId ?? 'careloop' };
      const why = reason ?? reasonCode;
      return {
        administrationId: recorded.id,
        ...facts,
        isLate: isLate === true,
        /** As the HIS is told. */
        report: { ...facts, ...(why ? { reason: why } : {}) },
        consecutiveRefusals: await consecutiveRefusals(transaction, order.orderId),
      } satisfies Json;
    });
  },
};

/** Scanned identifiers stay in the audit record; the row keeps what the chart needs. */
function reported(administration: z.output<typeof administrationSchema>): Prisma.JsonObject {
  const { wristband: _wristband, drugBarcode: _barcode, ...rest } = administration;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== null)) as Prisma.JsonObject;
}

async function consecutiveRefusals(transaction: Prisma.TransactionClient, orderId: string): Promise<number> {
  const last = await transaction.medicationAdministration.findMany({ where: { orderId, status: { in: [...finalStatuses] } }, orderBy: { plannedAt: 'desc' }, take: 20, select: { status: true } });
  const first = last.findIndex((row) => row.status !== 'refused');
  return first < 0 ? last.length : first;
}
