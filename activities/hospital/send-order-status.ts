import { z } from 'zod';
import type { ServiceActivity } from '../service-activity.ts';
import { deliverToHis, type Delivery } from './deliver-to-his.ts';
import { formatTimestamp } from './hl7/index.ts';
import { orderReference } from './order-reference.ts';
import type { OutgoingSegment } from './write-message.ts';

/** Order control (ORC-1, table 0119) and order status (ORC-5, table 0038) of each state. */
const codes = {
  'accepted': ['OK', 'SC'],
  'rejected': ['UA', ''],
  'in-progress': ['SC', 'IP'],
  'held': ['SC', 'HD'],
  'stopped': ['DR', 'DC'],
  'completed': ['SC', 'CM'],
} as const;

const inputSchema = z.object({
  order: orderReference,
  status: z.enum(['accepted', 'rejected', 'in-progress', 'held', 'stopped', 'completed']),
  /** For the doctor; ORC-16. */
  reason: z.string().max(1_000).optional(),
});
type Input = z.infer<typeof inputSchema>;

/** Tells the HIS where an order has got to: ORM^O01 from filler to placer. HL7 v2.5.1 §4.3.1, §4.5.1. */
export const sendOrderStatus: ServiceActivity<Input, Delivery> = {
  type: 'hospital.sendOrderStatus',
  effect: 'idempotent',
  input: inputSchema,
  run: ({ order: { orderId, patientId }, status, reason }, context) => {
    const [control, orderStatus] = codes[status];
    return deliverToHis(
      {
        messageType: ['ORM', 'O01', 'ORM_O01'],
        segments: (at) => [patientSegment(patientId), { name: 'ORC', fields: { 1: control, 2: orderId, 3: orderId, 5: orderStatus, 9: formatTimestamp(at), ...(reason ? { 16: ['', reason] } : {}) } }],
      },
      context,
    );
  },
};

/** PID with the patient's number only: the HIS knows the rest. */
export function patientSegment(patientId: string): OutgoingSegment {
  return { name: 'PID', fields: { 1: '1', 3: [patientId, '', '', '', 'MR'] } };
}
