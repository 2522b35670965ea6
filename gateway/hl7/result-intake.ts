import { valueOf, type Message } from '#activities';
import type { Intake, IntakeContext } from './intake.ts';
import { readObservations } from './observations.ts';
import { readInstant } from './order-timing.ts';
import { identifyPatient } from './patient-identity.ts';

/** Takes ORU^R01: keeps the numeric results and lets the patient's processes judge again. HL7 v2.5.1 §7.3.1. */
export async function takeResults(message: Message, context: IntakeContext): Promise<Intake> {
  const patientId = await identifyPatient(message, context.database);
  const source = `hl7:${context.sendingApplication}`;
  const observations = readObservations(message, { patientId, source, fallbackAt: messageTime(message) ?? context.at });
  if (observations.length === 0) return { patientId, text: 'stored; no numeric result in it', store: async () => undefined };
  const codes = [...new Set(observations.map(({ code }) => code))];
  return {
    patientId,
    text: `${observations.length} result(s) taken`,
    async store(transaction) {
      for (const { id, ...row } of observations) await transaction.observation.upsert({ where: { id }, create: { id, ...row }, update: row });
    },
    command: (commands) =>
      commands.publishMessage({
        actor: { id: source, kind: 'system', roles: ['his'] },
        idempotencyKey: context.messageId,
        message: 'patientFactsChanged',
        correlationKey: patientId,
        payload: { patientId, change: 'observation', codes },
        times: { occurredAt: observations.map(({ observedAt }) => observedAt.toISOString()).reduce((a, b) => (a > b ? a : b)), timeSource: source },
      }),
  };
}

/** MSH-7. */
export function messageTime(message: Message): string | undefined {
  const text = valueOf(message, message.segments[0], { field: 7 });
  return text === undefined ? undefined : readInstant(text, ['MSH', 1, 7]);
}
