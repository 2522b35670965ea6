import { decodeText, type Charset } from './charset.ts';
import { standardEncoding, unescapeText, type EncodingCharacters } from './escape-sequences.ts';
import { Hl7Refusal } from './hl7-refusal.ts';

/** One segment; `fields[n]` is field n as it was sent, still escaped. In MSH field 1 is the separator itself. */
export interface Segment {
  readonly name: string;
  readonly fields: readonly string[];
  /** Which one of its name in the message, from 1. */
  readonly sequence: number;
}

/** A parsed HL7 v2 message. Values are read with `valueOf`, which unescapes them. */
export interface Message {
  readonly encoding: EncodingCharacters;
  readonly charset: Charset;
  readonly segments: readonly Segment[];
}

export interface ValuePath {
  readonly field: number;
  /** From 1, like component and subcomponent; the first when absent. */
  readonly repetition?: number;
  readonly component?: number;
  readonly subcomponent?: number;
}

const segmentName = /^[A-Z][A-Z0-9]{2}$/;

/**
 * Splits a message into segments and fields by the delimiters of its own MSH-1 and MSH-2. Strict: a line that
 * is no segment, a second MSH or unusable delimiters are refused rather than guessed. LF and CR LF end a
 * segment too, as many senders write them. HL7 v2.5.1 §2.5, §2.14.9.
 */
export function parseMessage(text: string, charset: Charset = 'utf-8'): Message {
  const encoding = encodingOf(text);
  const counts = new Map<string, number>();
  const segments = text.split(/\r\n?|\n/).filter((line) => line !== '').map((line, index): Segment => {
    const parts = line.split(encoding.field);
    const name = parts[0] ?? '';
    if (!segmentName.test(name)) throw new Hl7Refusal('AE', '100', 'SEGMENT_INVALID', `Expected a segment on line ${index + 1}, but found something else`);
    const sequence = (counts.get(name) ?? 0) + 1;
    counts.set(name, sequence);
    if (name === 'MSH' && sequence > 1) throw new Hl7Refusal('AR', '100', 'SEGMENT_DUPLICATED', 'Expected one message in a frame, but found a second MSH', ['MSH', 2]);
    return { name, sequence, fields: name === 'MSH' ? ['MSH', encoding.field, ...parts.slice(1)] : parts };
  });
  return { encoding, charset, segments };
}

function encodingOf(text: string): EncodingCharacters {
  const field = text[3];
  const rest = field === undefined ? '' : text.slice(4).split(field, 1)[0] ?? '';
  const [component, repetition, escape, subcomponent] = rest;
  const all = [field, component, repetition, escape, subcomponent];
  const usable = all.every((character) => character !== undefined && /^[\x21-\x7e]$/.test(character) && !/[A-Za-z0-9"]/.test(character));
  if (!text.startsWith('MSH') || !usable || new Set(all).size !== all.length || rest.length > 5) {
    throw new Hl7Refusal('AR', '100', 'HEADER_INVALID', 'Expected a message that begins with MSH and its delimiters, but found something else', ['MSH', 1, 2]);
  }
  return { field: field ?? standardEncoding.field, component: component ?? '', repetition: repetition ?? '', escape: escape ?? '', subcomponent: subcomponent ?? '' };
}

/** The value at a place, unescaped and trimmed; undefined when it is empty or the HL7 null `""`. */
export function valueOf({ encoding, charset }: Message, segment: Segment | undefined, path: ValuePath): string | undefined {
  const raw = segment?.fields[path.field];
  if (raw === undefined) return undefined;
  if (segment?.name === 'MSH' && path.field <= 2) return raw;
  const repetition = raw.split(encoding.repetition)[(path.repetition ?? 1) - 1];
  const component = repetition?.split(encoding.component)[(path.component ?? 1) - 1];
  const value = component?.split(encoding.subcomponent)[(path.subcomponent ?? 1) - 1]?.trim();
  if (value === undefined || value === '' || value === '""') return undefined;
  return unescapeText(value, encoding, (bytes) => decodeText(bytes, charset));
}

/** How often a field repeats; 0 when it is empty. */
export function repetitionsOf({ encoding }: Message, segment: Segment | undefined, field: number): number {
  const raw = segment?.fields[field];
  return raw === undefined || raw === '' ? 0 : raw.split(encoding.repetition).length;
}

/** The segments of a name, in order. */
export function segmentsOf(message: Message, name: string): readonly Segment[] {
  return message.segments.filter((segment) => segment.name === name);
}

/** The one segment of a name. Refuses the message when it is missing or there is a second. */
export function requireSegment(message: Message, name: string): Segment {
  const segment = optionalSegment(message, name);
  if (!segment) throw new Hl7Refusal('AE', '100', 'SEGMENT_MISSING', `Expected a segment ${name}, but found none`, [name, 1]);
  return segment;
}

/** The segment of a name, if there is one. Refuses the message when there is a second. */
export function optionalSegment(message: Message, name: string): Segment | undefined {
  const [first, second] = segmentsOf(message, name);
  if (second) throw new Hl7Refusal('AE', '100', 'SEGMENT_DUPLICATED', `Expected one segment ${name}, but found a second`, [name, 2]);
  return first;
}

/** The value at a place. Refuses the message when it is empty. */
export function requireValue(message: Message, segment: Segment, path: ValuePath): string {
  const value = valueOf(message, segment, path);
  if (value === undefined) throw new Hl7Refusal('AE', '101', 'FIELD_MISSING', `Expected a value in ${segment.name}-${path.field}, but found none`, [segment.name, segment.sequence, path.field]);
  return value;
}
