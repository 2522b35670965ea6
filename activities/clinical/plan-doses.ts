import { z } from 'zod';
import type { Prisma } from '#database';
import type { Json } from '#engine';
import { ServiceFailedError, type ServiceActivity } from '../service-activity.ts';
import { doseInMg, rhythmOf, type Strength } from './dose-amount.ts';
import { planDoseOnRequest, planDoses, type PlannedDose } from './dose-plan.ts';
import { addMinutes } from './hospital-time.ts';
import { keepOrder } from './keep-order.ts';
import { clinicalOrderSchema, type ClinicalOrder } from './order.ts';

const inputSchema = z.object({
  order: clinicalOrderSchema,
  /** When the nurse asked for a dose of an order as needed. */
  requestedAt: z.iso.datetime({ offset: true }).nullish(),
});

const openStatuses = ['planned', 'dispensed'];

/**
 * Service `clinical.planDoses`: writes the doses of the next 36 hours, each (order, planned time) once, and
 * returns the first that is still open with what the bedside needs. A dose that was cancelled by a hold is
 * planned again. `kind`: `dose`, `awaitingRequest` (as needed) or `finished`.
 * Fails: SERVICE_FAILED naming a frequency code that the dictionary does not have.
 */
export const planDosesActivity: ServiceActivity<z.output<typeof inputSchema>> = {
  type: 'clinical.planDoses',
  effect: 'idempotent',
  input: inputSchema,
  async run({ order, requestedAt }, { database, at, instanceId }) {
    const plan = planDoses(order, at);
    if (plan.kind === 'unknownFrequency') throw new ServiceFailedError(`Expected a frequency code of the hospital's dictionary, but got "${plan.frequency}"`, false);
    const requested = requestedAt ? [planDoseOnRequest(order, new Date(requestedAt).toISOString())] : [];
    const doses = [...plan.doses, ...requested].filter((dose) => !order.stopAt || dose.plannedAt < order.stopAt);
    return database.prisma.$transaction(async (transaction) => {
      await keepOrder(transaction, order, instanceId);
      await keepDoses(transaction, order.orderId, doses);
      const open = await transaction.medicationAdministration.findFirst({ where: { orderId: order.orderId, status: { in: openStatuses } }, orderBy: { plannedAt: 'asc' } });
      const planned = await transaction.medicationAdministration.count({ where: { orderId: order.orderId, status: { in: openStatuses } } });
      const summary = { planned, horizonEndsAt: plan.horizonEndsAt };
      if (open) {
        const dose = doses.find((candidate) => candidate.doseId === open.id) ?? (open.detail as unknown as PlannedDose);
        return { kind: 'dose', ...summary, dose: { ...dose, ...(await bedsideDetails(transaction, order)) } } satisfies Json;
      }
      return { kind: order.orderType === 'prn' ? 'awaitingRequest' : 'finished', ...summary } satisfies Json;
    });
  },
};

async function keepDoses(transaction: Prisma.TransactionClient, orderId: string, doses: readonly PlannedDose[]): Promise<void> {
  for (const dose of doses) {
    const plannedAt = new Date(dose.plannedAt);
    const detail = { ...dose };
    await transaction.medicationAdministration.createMany({ data: [{ id: dose.doseId, orderId, plannedAt, status: 'planned', detail }], skipDuplicates: true });
    await transaction.medicationAdministration.updateMany({ where: { orderId, plannedAt, status: 'cancelled', detail: { path: ['cancelledBy'], equals: 'on-hold' } }, data: { status: 'planned', detail } });
  }
}

/** Units of form that the cabinet has to hand out: at least one. */
function unitsOf(order: ClinicalOrder, product: Strength | undefined): number {
  if (!product) return 1;
  const perUnit = order.doseUnit === product.strengthUnit ? product.strength : doseInMg(product.strength, product.strengthUnit);
  const wanted = order.doseUnit === product.strengthUnit ? order.dose : doseInMg(order.dose, order.doseUnit, product);
  // Binary noise must not open another pack.
  return perUnit && wanted ? Math.max(1, Math.ceil(wanted / perUnit - 1e-9)) : 1;
}

/** What the nurse's task shows and checks against: wristband, barcode, last real dose and the earliest next one. */
async function bedsideDetails(transaction: Prisma.TransactionClient, order: ClinicalOrder): Promise<Record<string, Json>> {
  const [encounter, medication, last] = [
    await transaction.encounter.findUnique({ where: { id: order.encounterId }, include: { patient: true } }),
    await transaction.medication.findUnique({ where: { code: order.medicationCode } }),
    await transaction.medicationAdministration.findFirst({ where: { orderId: order.orderId, status: 'administered' }, orderBy: { occurredAt: 'desc' } }),
  ];
  if (!encounter) throw new ServiceFailedError('Expected a known encounter, but found none with the order’s encounter id', false);
  const lastGivenAt = last?.occurredAt?.toISOString();
  const interval = rhythmOf(order)?.intervalHours ?? 0;
  return {
    wristband: encounter.wristband,
    bed: encounter.bed,
    birthDate: encounter.patient.birthDate.toISOString().slice(0, 10),
    medicationName: (medication?.name ?? { 'zh-CN': order.ingredient, en: order.ingredient }) as Json,
    gtin: medication?.gtin ?? null,
    quantity: unitsOf(order, medication ?? undefined),
    highAlert: medication?.highAlert ?? 'not-maintained',
    lastGivenAt: lastGivenAt ?? null,
    // Half the interval after the last real dose: a slot may move, two doses may not meet.
    earliestAt: lastGivenAt ? addMinutes(lastGivenAt, interval * 30) : null,
  };
}
