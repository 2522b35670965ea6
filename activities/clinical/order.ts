import { z } from 'zod';

/** An ISO 8601 instant, brought to UTC with milliseconds so that instants compare as strings. */
const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString());

/** The process variable `order`: a medication order as the HIS placed it. Amounts carry UCUM units. */
export const clinicalOrderSchema = z.object({
  /** Placer order number (ORC-2). */
  orderId: z.string().min(1).max(64),
  patientId: z.string().min(1),
  encounterId: z.string().min(1),
  ward: z.string().min(1),
  medicationCode: z.string().min(1),
  ingredient: z.string().min(1),
  groups: z.array(z.string()).default([]),
  dose: z.number().positive(),
  doseUnit: z.string().min(1),
  /** PO, IV, SC, IM, … */
  route: z.string().min(1),
  frequency: z.string().min(1),
  orderType: z.enum(['long-term', 'one-time', 'prn']),
  priority: z.enum(['routine', 'stat', 'rescue']).default('routine'),
  startAt: instant,
  /** No dose is planned from then on. */
  stopAt: instant.optional(),
  /** 首日次数 */
  firstDayDoses: z.number().int().min(0).max(24).optional(),
  orderedBy: z.string().min(1),
  /** Set by the doctor: the condition treated, where limits depend on it. */
  indication: z.string().optional(),
  infusion: z
    .object({
      volumeMl: z.number().positive().optional(),
      concentrationMmolPerL: z.number().nonnegative().optional(),
      rateMlPerHour: z.number().positive().optional(),
      line: z.enum(['peripheral', 'central']).optional(),
    })
    .optional(),
});
export type ClinicalOrder = z.infer<typeof clinicalOrderSchema>;
