import { z } from 'zod';
import type { ServiceActivity } from '../service-activity.ts';
import { deliverToHis, type Delivery } from './deliver-to-his.ts';
import { formatTimestamp } from './hl7/index.ts';
import { instant, orderReference } from './order-reference.ts';
import { patientSegment } from './send-order-status.ts';

/** RXA-20, table 0322. */
const completion = { 'administered': 'CP', 'partial': 'PA', 'refused': 'RE', 'not-done': 'NA' } as const;

const inputSchema = z.object({
  order: orderReference,
  administration: z.object({
    /** Number of the dose within the order, RXA-2; 1 when absent. */
    number: z.number().int().positive().optional(),
    status: z.enum(['administered', 'partial', 'refused', 'not-done']),
    occurredAt: instant,
    performerId: z.string().min(1),
    /** Amount actually given; the ordered dose when absent and administered, else 0. */
    dose: z.number().nonnegative().optional(),
    doseUnit: z.string().optional(),
    lot: z.string().optional(),
    reason: z.string().max(1_000).optional(),
  }),
});
type Input = z.infer<typeof inputSchema>;

/** Tells the HIS of a dose given or not given: RAS^O17. HL7 v2.5.1 §4.13.13 RXA. */
export const sendAdministration: ServiceActivity<Input, Delivery> = {
  type: 'hospital.sendAdministration',
  effect: 'idempotent',
  input: inputSchema,
  run: ({ order, administration }, context) => {
    const { number = 1, status, occurredAt, performerId, lot, reason } = administration;
    const dose = administration.dose ?? (status === 'administered' ? order.dose : 0);
    const at = formatTimestamp(occurredAt);
    return deliverToHis(
      {
        messageType: ['RAS', 'O17', 'RAS_O17'],
        segments: () => [
          patientSegment(order.patientId),
          { name: 'ORC', fields: { 1: 'RE', 2: order.orderId, 3: order.orderId, 5: 'IP' } },
          {
            name: 'RXA',
            fields: {
              1: '0',
              2: String(number),
              3: at,
              4: at,
              5: order.medicationCode ?? '',
              6: dose === undefined ? '' : String(dose),
              7: administration.doseUnit ?? order.doseUnit ?? '',
              10: performerId,
              ...(lot === undefined ? {} : { 15: lot }),
              ...(reason ? { [status === 'refused' ? 18 : 9]: ['', reason] } : {}),
              20: completion[status],
            },
          },
          ...(order.route === undefined ? [] : [{ name: 'RXR', fields: { 1: order.route } }]),
        ],
      },
      context,
    );
  },
};
