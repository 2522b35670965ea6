import type { Database } from '#database';
import { Hl7Refusal, repetitionsOf, requireSegment, requireValue, valueOf, type Message, type Segment } from '#activities';

/** Kinds of identifier (PID-3.5, HL7 table 0203) that are our patient id, the best first. */
const identifierKinds = ['MR', 'PI'];

/**
 * The patient that PID-3 names: the identifier marked as medical record number, else as internal, else the
 * first one. Refuses: SEGMENT_MISSING, SEGMENT_DUPLICATED, FIELD_MISSING, UNKNOWN_PATIENT.
 */
export async function identifyPatient(message: Message, { prisma }: Database): Promise<string> {
  const pid = requireSegment(message, 'PID');
  const patientId = identifierOf(message, pid);
  const patient = await prisma.patient.findUnique({ where: { id: patientId }, select: { id: true } });
  if (!patient) throw new Hl7Refusal('AE', '204', 'UNKNOWN_PATIENT', 'Expected a patient known here in PID-3, but found another', ['PID', 1, 3]);
  return patient.id;
}

function identifierOf(message: Message, pid: Segment): string {
  const repetitions = Array.from({ length: repetitionsOf(message, pid, 3) }, (_, index) => index + 1);
  for (const kind of identifierKinds) {
    for (const repetition of repetitions) {
      const identifier = valueOf(message, pid, { field: 3, repetition });
      if (identifier !== undefined && valueOf(message, pid, { field: 3, repetition, component: 5 }) === kind) return identifier;
    }
  }
  return requireValue(message, pid, { field: 3 });
}
