import { Hl7Refusal, supportedVersions, type MessageHeader } from '#activities';
import type { IntakeHandler } from './intake.ts';
import { takeOrder } from './order-intake.ts';
import { takePatientUpdate } from './patient-intake.ts';
import { takeResults } from './result-intake.ts';

/** Message code → trigger event → handler. HL7 tables 0076 and 0003. */
const handlers: Readonly<Record<string, Readonly<Record<string, IntakeHandler>>>> = {
  ORM: { O01: takeOrder },
  OMP: { O09: takeOrder },
  RDE: { O11: takeOrder },
  ORU: { R01: takeResults },
  ADT: { A08: takePatientUpdate },
};

/** The handler of a message. Refuses what is not ours with AR: type, event, processing id, version. HL7 v2.5.1 §2.9.2.2. */
export function handlerOf({ messageCode, triggerEvent, processingId, version }: MessageHeader): IntakeHandler {
  if (!supportedVersions.includes(version)) throw new Hl7Refusal('AR', '203', 'VERSION_UNSUPPORTED', 'Expected a version from 2.3 to 2.8.2 in MSH-12, but found another', ['MSH', 1, 12]);
  if (!['P', 'T', 'D'].includes(processingId)) throw new Hl7Refusal('AR', '202', 'PROCESSING_ID_UNSUPPORTED', 'Expected P, T or D in MSH-11, but found another', ['MSH', 1, 11]);
  const events = Object.hasOwn(handlers, messageCode) ? handlers[messageCode] : undefined;
  if (!events) throw new Hl7Refusal('AR', '200', 'MESSAGE_TYPE_UNSUPPORTED', 'Expected ORM, OMP, RDE, ORU or ADT in MSH-9, but found another', ['MSH', 1, 9]);
  const handler = Object.hasOwn(events, triggerEvent) ? events[triggerEvent] : undefined;
  if (!handler) throw new Hl7Refusal('AR', '201', 'EVENT_UNSUPPORTED', `Expected the event ${Object.keys(events).join(' or ')} in MSH-9.2, but found another`, ['MSH', 1, 9, 1, 2]);
  return handler;
}
