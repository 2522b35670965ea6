import { Hl7Refusal } from '#activities';

/** A decimal number, as HL7 data type NM has it. Refuses: NUMBER_INVALID. HL7 v2.5.1 §2.A.47. */
export function readNumber(text: string, location: readonly [string, number, number]): number {
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new Hl7Refusal('AE', '102', 'NUMBER_INVALID', `Expected a number in ${location[0]}-${location[2]}, but found something else`, location);
  return value;
}
