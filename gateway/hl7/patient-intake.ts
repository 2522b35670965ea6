import { createHash } from 'node:crypto';
import { Hl7Refusal, requireValue, segmentsOf, valueOf, type Message } from '#activities';
import type { Intake, IntakeContext } from './intake.ts';
import { readObservations } from './observations.ts';
import { identifyPatient } from './patient-identity.ts';
import { messageTime } from './result-intake.ts';

const reactionClasses = ['immediate', 'delayed-mild', 'severe-cutaneous'];

/**
 * Takes ADT^A08: allergies (AL1-3 substance, AL1-5 reaction class) and measurements (OBX, for example the
 * weight). Allergies are added, never removed: that takes a person. An unstated reaction class counts as
 * `immediate`, the strictest; a stated one must be ours. HL7 v2.5.1 §3.3.8, §3.4.6 AL1.
 */
export async function takePatientUpdate(message: Message, context: IntakeContext): Promise<Intake> {
  const patientId = await identifyPatient(message, context.database);
  const source = `hl7:${context.sendingApplication}`;
  const recordedAt = messageTime(message) ?? context.at;
  const observations = readObservations(message, { patientId, source, fallbackAt: recordedAt });
  const allergies = segmentsOf(message, 'AL1').map((al1) => {
    const substance = requireValue(message, al1, { field: 3 }).toLowerCase();
    const reactionClass = valueOf(message, al1, { field: 5 }) ?? 'immediate';
    if (!reactionClasses.includes(reactionClass)) {
      throw new Hl7Refusal('AE', '103', 'REACTION_CLASS_UNKNOWN', 'Expected immediate, delayed-mild or severe-cutaneous in AL1-5, but found another', ['AL1', al1.sequence, 5]);
    }
    const id = createHash('sha256').update(JSON.stringify([patientId, substance, reactionClass])).digest('hex').slice(0, 32);
    return { id, patientId, substance, reactionClass, recordedAt: new Date(recordedAt) };
  });
  if (observations.length + allergies.length === 0) return { patientId, text: 'stored; no allergy or measurement in it', store: async () => undefined };
  return {
    patientId,
    text: `${allergies.length} allergies and ${observations.length} measurement(s) taken`,
    async store(transaction) {
      for (const { id, ...row } of observations) await transaction.observation.upsert({ where: { id }, create: { id, ...row }, update: row });
      if (allergies.length === 0) return;
      await transaction.allergyIntolerance.createMany({ data: allergies, skipDuplicates: true });
      await transaction.patient.update({ where: { id: patientId }, data: { allergyStatus: 'recorded' } });
    },
    command: (commands) =>
      commands.publishMessage({
        actor: { id: source, kind: 'system', roles: ['his'] },
        idempotencyKey: context.messageId,
        message: 'patientFactsChanged',
        correlationKey: patientId,
        payload: { patientId, change: allergies.length > 0 ? 'allergy' : 'observation', codes: observations.map(({ code }) => code) },
        times: { occurredAt: recordedAt, timeSource: source },
      }),
  };
}
