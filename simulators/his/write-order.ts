import { hisTime, writeMessage, type SegmentContent } from './write-message.ts';

type Charset = 'UNICODE UTF-8' | 'GB 18030-2000';

interface About {
  readonly patient: string;
  readonly controlId: string;
  readonly charset?: Charset;
}

export interface NewOrder extends About {
  readonly orderId: string;
  readonly drug: string;
  readonly dose: string;
  readonly unit: string;
  readonly route: string;
  readonly frequency: string;
  readonly priority?: 'routine' | 'stat' | 'rescue';
  readonly orderedBy?: string;
  /** mL of the base solution. */
  readonly volumeMl?: string;
  readonly rateMlPerHour?: string;
  readonly line?: 'peripheral' | 'central';
  readonly startAt?: string;
  /** ORM^O01 when absent. */
  readonly type?: 'ORM^O01' | 'OMP^O09' | 'RDE^O11';
}

/** A new medication order as a HIS places it. */
export function writeNewOrder(order: NewOrder): string {
  const { type = 'ORM^O01', priority = 'routine' } = order;
  const [code = '', event = ''] = type.split('^');
  const codes = { routine: 'R', stat: 'S', rescue: 'RESCUE' };
  const drug: SegmentContent = code === 'RDE'
    ? { name: 'RXE', values: { 2: order.drug, 3: order.dose, 5: order.unit, 23: order.rateMlPerHour ?? '', 24: order.rateMlPerHour ? 'mL/h' : '' } }
    : { name: 'RXO', values: { 1: order.drug, 2: order.dose, 4: order.unit, 21: order.rateMlPerHour ?? '', 22: order.rateMlPerHour ? 'mL/h' : '' } };
  return writeMessage(headOf(order, code, event), [
    patientSegment(order.patient),
    { name: 'ORC', values: { 1: 'NW', 2: order.orderId, 9: hisTime(new Date()), 12: order.orderedBy ?? 'D001' } },
    { name: 'TQ1', values: { 1: '1', 3: order.frequency, ...(order.startAt ? { 7: hisTime(new Date(order.startAt)) } : {}), 9: codes[priority] } },
    drug,
    { name: 'RXR', values: { 1: order.route, 2: order.line?.toUpperCase() ?? '' } },
    ...(order.volumeMl ? [{ name: 'RXC', values: { 1: 'B', 2: 'NS', 3: order.volumeMl, 4: 'mL' } }] : []),
  ]);
}

export interface OrderChange extends About {
  readonly orderId: string;
  readonly control: 'DC' | 'CA' | 'HD' | 'RL';
  readonly reason?: string;
  readonly orderedBy?: string;
}

/** Discontinues, cancels, holds or releases an order. */
export function writeOrderChange(change: OrderChange): string {
  return writeMessage(headOf(change, 'ORM', 'O01'), [
    patientSegment(change.patient),
    { name: 'ORC', values: { 1: change.control, 2: change.orderId, 9: hisTime(new Date()), 12: change.orderedBy ?? 'D001', '16.2': change.reason ?? '' } },
  ]);
}

export interface LabResult extends About {
  readonly code: string;
  readonly value: string;
  readonly unit: string;
  /** ISO 8601; now when absent. */
  readonly observedAt?: string;
}

/** A result as a laboratory reports it: ORU^R01. */
export function writeLabResult(result: LabResult): string {
  const at = hisTime(result.observedAt ? new Date(result.observedAt) : new Date());
  return writeMessage(headOf(result, 'ORU', 'R01'), [
    patientSegment(result.patient),
    { name: 'OBR', values: { 1: '1', 3: result.controlId, 4: result.code, 7: at } },
    { name: 'OBX', values: { 1: '1', 2: 'NM', 3: result.code, '3.3': 'LN', 5: result.value, 6: result.unit, 11: 'F', 14: at } },
  ]);
}

function headOf({ controlId, charset }: About, type: string, event: string) {
  return { type, event, controlId, ...(charset ? { charset } : {}) };
}

function patientSegment(patient: string): SegmentContent {
  return { name: 'PID', values: { 1: '1', '3.1': patient, '3.5': 'MR' } };
}
