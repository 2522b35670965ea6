/** HL7 table 0357, message error condition codes. */
export const errorConditions = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '102': 'Data type error',
  '103': 'Table value not found',
  '104': 'Value too long',
  '200': 'Unsupported message type',
  '201': 'Unsupported event code',
  '202': 'Unsupported processing id',
  '203': 'Unsupported version id',
  '204': 'Unknown key identifier',
  '205': 'Duplicate key identifier',
  '207': 'Application internal error',
} as const;

export type ErrorCondition = keyof typeof errorConditions;

/** Where in the message: segment, its occurrence (from 1), field, repetition, component. HL7 data type ERL. */
export type ErrorLocation = readonly [segment: string, sequence: number, field?: number, repetition?: number, component?: number];

/**
 * A message that cannot be taken. `AR`: its type, version or framing is not ours to process; `AE`: its
 * content is wrong. `message` reads "Expected …, but …" and carries no patient data.
 */
export class Hl7Refusal extends Error {
  readonly acknowledgmentCode: 'AE' | 'AR';
  readonly condition: ErrorCondition;
  readonly location: ErrorLocation | undefined;
  /** A stable name for programs, for example `UNKNOWN_PATIENT`; ERR-5. */
  readonly code: string;

  constructor(acknowledgmentCode: 'AE' | 'AR', condition: ErrorCondition, code: string, message: string, location?: ErrorLocation) {
    super(message);
    this.name = 'Hl7Refusal';
    this.acknowledgmentCode = acknowledgmentCode;
    this.condition = condition;
    this.code = code;
    this.location = location;
  }
}
