import { Hl7Refusal } from '#activities';
import type { CommandFailure } from '../commands/command-service.ts';

/** What a refused command means to the sender of the message. Failure messages carry no patient data. */
export function refusalOf({ code, message }: CommandFailure): Hl7Refusal {
  if (code === 'BUSINESS_KEY_IN_USE') return new Hl7Refusal('AE', '205', 'ORDER_NUMBER_IN_USE', 'Expected a new placer order number in ORC-2, but it is in use', ['ORC', 1, 2]);
  return new Hl7Refusal('AE', '207', code, message);
}
