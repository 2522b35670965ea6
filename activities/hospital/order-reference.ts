import { z } from 'zod';

/** What of the process variable `order` a message to the HIS names. */
export const orderReference = z.object({
  orderId: z.string().min(1),
  patientId: z.string().min(1),
  encounterId: z.string().optional(),
  medicationCode: z.string().optional(),
  dose: z.number().optional(),
  doseUnit: z.string().optional(),
  route: z.string().optional(),
});
export type OrderReference = z.infer<typeof orderReference>;

/** ISO 8601 with any offset, as UTC. */
export const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString());
