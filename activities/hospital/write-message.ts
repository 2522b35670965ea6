import { charsetName, escapeText, formatTimestamp } from './hl7/index.ts';

/** A field as components; a plain string is one component. Everything is escaped. */
export type FieldContent = string | readonly string[];

export interface OutgoingMessage {
  /** MSH-9, for example `['RAS', 'O17', 'RAS_O17']`. */
  readonly messageType: readonly [code: string, event: string, structure: string];
  /** MSH-10; stable over repeats. At most 20 characters. */
  readonly controlId: string;
  /** MSH-7; stable over repeats, so that a repeat has the same bytes. */
  readonly at: string;
  readonly segments: readonly OutgoingSegment[];
}

export interface OutgoingSegment {
  readonly name: string;
  /** Field number → content. */
  readonly fields: Readonly<Record<number, FieldContent>>;
}

/** Writes a message in version 2.5.1 and UTF-8. HL7 v2.5.1 §2.14.9. */
export function writeMessage({ messageType, controlId, at, segments }: OutgoingMessage): Buffer {
  const header = ['MSH', '^~\\&', 'CARELOOP', '', 'HIS', '', formatTimestamp(at), '', messageType.join('^'), controlId, 'P', '2.5.1', '', '', '', '', '', charsetName('utf-8')].join('|');
  return Buffer.from([header, ...segments.map(segmentText)].map((line) => `${line}\r`).join(''), 'utf8');
}

function segmentText({ name, fields }: OutgoingSegment): string {
  const last = Math.max(0, ...Object.keys(fields).map(Number));
  const texts = Array.from({ length: last }, (_, index) => contentText(fields[index + 1] ?? ''));
  return [name, ...texts].join('|');
}

function contentText(content: FieldContent): string {
  return typeof content === 'string' ? escapeText(content) : content.map((component) => escapeText(component)).join('^');
}
