import { clinicalOrderSchema, gatherOrderFacts, signingRuleSets, type Decider } from '#activities';
import type { Database } from '#database';
import type { Json } from '#engine';
import type { Finding, OrderAnswer, OrderQuestion } from './graphql/context.ts';

const precedence = ['PASS', 'WARN', 'PHARMACIST', 'UNKNOWN', 'HARD'];

/**
 * Answers what the rules in effect say about an order that is not signed yet. Starts and records nothing.
 * A rule set that cannot decide counts as UNKNOWN, never as no objection.
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
    const answers = await Promise.all(signingRuleSets.map((ruleSet) => judge(decider, ruleSet, facts, at)));
    const level = answers.map((answer) => answer.level).reduce((worst, each) => (precedence.indexOf(each) > precedence.indexOf(worst) ? each : worst), 'PASS');
    return { kind: 'checked', level, findings: answers.flatMap(({ findings }) => findings) };
  };
}

async function judge(decider: Decider, ruleSet: string, facts: Json, at: string): Promise<{ readonly level: string; readonly findings: readonly Finding[] }> {
  const outcome = await decider.decide({ ruleSet, facts: { facts }, at });
  if (outcome.kind === 'failed') {
    const message = { 'zh-CN': `规则集“${ruleSet}”未能判断，须由药师审核`, en: `The rule set "${ruleSet}" could not decide; a pharmacist has to` };
    return { level: 'UNKNOWN', findings: [{ ruleSet, ruleId: 'undecided', version: '', level: 'UNKNOWN', message, facts: {} }] };
  }
  const { result, version } = outcome;
  return {
    level: result.level,
    findings: result.findings.map((finding) => ({
      ruleSet,
      ruleId: finding.ruleId,
      version,
      level: finding.level,
      message: finding.message,
      facts: finding.facts as Json,
      ...(finding.source ? { source: finding.source.reference, sourceGrade: finding.source.grade } : {}),
    })),
  };
}
