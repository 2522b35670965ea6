import { findFrequency, Hl7Refusal, optionalSegment, parseTimestamp, repetitionsOf, valueOf, type ClinicalOrder, type Message, type Segment } from '#activities';

export interface OrderTiming extends Pick<ClinicalOrder, 'frequency' | 'orderType' | 'priority' | 'stopAt'> {
  readonly startAt?: string;
  /** Where the frequency stands. */
  readonly dose?: string;
}

/** HL7 tables 0485 and 0027; RESCUE (抢救) is our own code, in a further repetition of TQ1-9. */
const statCodes = new Set(['S', 'STAT', 'T']);
const rescueCodes = new Set(['RESCUE', '抢救']);
const onDemandCodes = new Set(['PRN', 'SOS']);
const onceCodes = new Set(['once', 'st']);

/**
 * When the doses of an order are due: TQ1 (from v2.5), else ORC-7 (quantity/timing).
 * Refuses: SEGMENT_DUPLICATED, FREQUENCY_MISSING, UNKNOWN_FREQUENCY, TIMESTAMP_INVALID.
 */
export function readTiming(message: Message, orc: Segment): OrderTiming {
  const tq1 = optionalSegment(message, 'TQ1');
  return tq1 ? fromTq1(message, tq1) : fromOrc7(message, orc);
}

function fromTq1(message: Message, tq1: Segment): OrderTiming {
  const repetitions = (field: number): string[] =>
    Array.from({ length: repetitionsOf(message, tq1, field) }, (_, index) => valueOf(message, tq1, { field, repetition: index + 1 }) ?? '');
  const dose = valueOf(message, tq1, { field: 2 });
  return {
    ...patternOf(repetitions(3), repetitions(9), ['TQ1', 1, 3]),
    ...instant(message, tq1, 7, 1, 'startAt'),
    ...instant(message, tq1, 8, 1, 'stopAt'),
    ...(dose === undefined ? {} : { dose }),
  };
}

/** ORC-7: quantity ^ interval & times ^ duration ^ start ^ end ^ priority. HL7 v2.5.1 §2.A.81 TQ. */
function fromOrc7(message: Message, orc: Segment): OrderTiming {
  const pattern = valueOf(message, orc, { field: 7, component: 2 });
  const priority = valueOf(message, orc, { field: 7, component: 6 });
  const dose = valueOf(message, orc, { field: 7 });
  return {
    ...patternOf(pattern === undefined ? [] : [pattern], priority === undefined ? [] : [priority], ['ORC', orc.sequence, 7]),
    ...instant(message, orc, 7, 4, 'startAt'),
    ...instant(message, orc, 7, 5, 'stopAt'),
    ...(dose === undefined ? {} : { dose }),
  };
}

function patternOf(patterns: readonly string[], priorities: readonly string[], location: readonly [string, number, number]): Pick<OrderTiming, 'frequency' | 'orderType' | 'priority'> {
  const codes = priorities.map((code) => code.toUpperCase());
  const priority = codes.some((code) => rescueCodes.has(code)) ? 'rescue' : codes.some((code) => statCodes.has(code)) ? 'stat' : 'routine';
  const regular = patterns.filter((pattern) => pattern !== '' && !onDemandCodes.has(pattern.toUpperCase()));
  if (patterns.some((pattern) => onDemandCodes.has(pattern.toUpperCase()))) {
    const minimumInterval = regular[0] === undefined ? 'prn' : knownCode(regular[0], location);
    return { frequency: minimumInterval, orderType: 'prn', priority };
  }
  const [pattern, second] = regular;
  if (pattern === undefined || second !== undefined) {
    throw new Hl7Refusal('AE', '101', 'FREQUENCY_MISSING', `Expected one frequency, but found ${regular.length}`, location);
  }
  const frequency = knownCode(pattern, location);
  return { frequency, orderType: onceCodes.has(frequency) ? 'one-time' : 'long-term', priority };
}

function knownCode(code: string, location: readonly [string, number, number]): string {
  const known = findFrequency(code);
  if (!known) throw new Hl7Refusal('AE', '103', 'UNKNOWN_FREQUENCY', 'Expected a frequency of the hospital’s dictionary, but found another', location);
  return known.code;
}

function instant<Name extends string>(message: Message, segment: Segment, field: number, component: number, name: Name): { [key in Name]?: string } {
  const text = valueOf(message, segment, { field, component });
  if (text === undefined) return {};
  return { [name]: readInstant(text, [segment.name, segment.sequence, field]) } as { [key in Name]: string };
}

/** An HL7 timestamp as an instant. Refuses: TIMESTAMP_INVALID. */
export function readInstant(text: string, location: readonly [string, number, number]): string {
  const at = parseTimestamp(text);
  if (at === undefined) throw new Hl7Refusal('AE', '102', 'TIMESTAMP_INVALID', 'Expected a timestamp, but found something else', location);
  return at;
}
