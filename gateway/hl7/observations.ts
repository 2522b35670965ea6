import { createHash } from 'node:crypto';
import { Hl7Refusal, requireValue, valueOf, type Message, type Segment } from '#activities';
import { readNumber } from './number-value.ts';
import { readInstant } from './order-timing.ts';

/** A row of `observation`: value with LOINC code and UCUM unit. */
export interface ObservationRow {
  readonly id: string;
  readonly patientId: string;
  readonly code: string;
  readonly value: number;
  readonly unit: string;
  readonly observedAt: Date;
  readonly source: string;
}

/** OBX-11 (HL7 table 0085) of results that count: final, corrected, preliminary. */
const countingStatus = new Set(['F', 'C', 'P', 'S', 'R', undefined]);
/** Withdrawn results; until they can be taken back here, a person must hear of them. */
const withdrawnStatus = new Set(['D', 'W']);

interface Reading {
  readonly patientId: string;
  readonly source: string;
  /** When the segment itself names no time. */
  readonly fallbackAt: string;
}

/**
 * Walks OBR and OBX in order and reads every numeric result. Results that are text or documents are not
 * numbers and are passed over. The id is that of the result, so that a repeat or correction replaces it.
 * Refuses: NUMBER_INVALID, TIMESTAMP_INVALID, FIELD_MISSING, RESULT_WITHDRAWN. HL7 v2.5.1 §7.4.2 OBX.
 */
export function readObservations(message: Message, reading: Reading): readonly ObservationRow[] {
  let obr: Segment | undefined;
  const rows: ObservationRow[] = [];
  for (const segment of message.segments) {
    if (segment.name === 'OBR') obr = segment;
    if (segment.name !== 'OBX') continue;
    const row = readObservation(message, segment, obr, reading);
    if (row) rows.push(row);
  }
  return rows;
}

function readObservation(message: Message, obx: Segment, obr: Segment | undefined, { patientId, source, fallbackAt }: Reading): ObservationRow | undefined {
  const kind = valueOf(message, obx, { field: 2 });
  const status = valueOf(message, obx, { field: 11 });
  if ((kind !== 'NM' && kind !== 'SN') || (!countingStatus.has(status) && !withdrawnStatus.has(status ?? ''))) return undefined;
  const code = requireValue(message, obx, { field: 3 });
  if (withdrawnStatus.has(status ?? '')) {
    throw new Hl7Refusal('AE', '103', 'RESULT_WITHDRAWN', 'Expected a result in OBX-11, but found a withdrawal, which a person has to enter', ['OBX', obx.sequence, 11]);
  }
  // SN: comparator ^ number. A value beyond the measuring range counts as its limit.
  const text = kind === 'NM' ? requireValue(message, obx, { field: 5 }) : valueOf(message, obx, { field: 5, component: 2 });
  if (text === undefined) throw new Hl7Refusal('AE', '101', 'FIELD_MISSING', 'Expected a number in OBX-5, but found none', ['OBX', obx.sequence, 5]);
  const value = readNumber(text, ['OBX', obx.sequence, 5]);
  const own = valueOf(message, obx, { field: 14 });
  const ordered = valueOf(message, obr, { field: 7 });
  const observedAt = own !== undefined ? readInstant(own, ['OBX', obx.sequence, 14]) : ordered !== undefined && obr ? readInstant(ordered, ['OBR', obr.sequence, 7]) : fallbackAt;
  const filler = valueOf(message, obr, { field: 3 }) ?? valueOf(message, obr, { field: 2 }) ?? '';
  const identity = JSON.stringify([patientId, source, filler, code, valueOf(message, obx, { field: 4 }) ?? '', observedAt]);
  return {
    id: createHash('sha256').update(identity).digest('hex').slice(0, 32),
    patientId,
    code,
    value,
    unit: requireValue(message, obx, { field: 6 }),
    observedAt: new Date(observedAt),
    source,
  };
}
