import { clinicalOrderSchema, gatherOrderFacts, type Decider } from '#activities';
import type { Database } from '#database';
import type { Json } from '#engine';
import type { OrderAnswer, OrderQuestion } from './graphql/context.ts';
import { judgeOrder } from './judge-order.ts';

/**
 * Answers what the rules in effect say about an order that is not signed yet. Starts and records nothing.
 */
export function createCheckOrder(database: Database, decider: Decider): (question: OrderQuestion) => Promise<OrderAnswer> {
  return async (question) => {
    const at = new Date().toISOString();
    const { prisma } = database;
    const [patient, medication, encounter] = await Promise.all([
      prisma.patient.findUnique({ where: { id: question.patientId }, select: { id: true } }),
      prisma.medication.findUnique({ where: { code: question.medicationCode } }),
      prisma.encounter.findFirst({ where: { patientId: question.patientId, ...(question.encounterId ? { id: question.encounterId } : { endedAt: null }) } }),
    ]);
    if (!patient) return { kind: 'unknown', code: 'PATIENT_NOT_FOUND', place: 'patientId' };
    if (!medication) return { kind: 'unknown', code: 'MEDICATION_NOT_FOUND', place: 'medicationCode' };
    if (!encounter) return { kind: 'unknown', code: 'ENCOUNTER_NOT_FOUND', place: 'encounterId' };

    const order = clinicalOrderSchema.safeParse({
      ...question,
      // Not an order yet: an id that no order has keeps the patient's others in view.
      orderId: 'unsigned',
      encounterId: encounter.id,
      ward: encounter.wardId,
      ingredient: medication.ingredient,
      groups: medication.groups,
    });
    if (!order.success) return { kind: 'unknown', code: 'ORDER_INVALID', place: order.error.issues[0]?.path.join('.') ?? 'order' };
    // Facts are JSON by construction.
    const facts = (await gatherOrderFacts(database, order.data, at)) as Json;
    const { level, judgements } = await judgeOrder(decider, facts, at);
    return { kind: 'checked', level, findings: judgements.flatMap(({ findings }) => findings) };
  };
}
