import { createHash } from 'node:crypto';
import { charsetName } from './charset.ts';
import { escapeText } from './escape-sequences.ts';
import type { MessageHeader } from './header.ts';
import { errorConditions, type ErrorLocation, type Hl7Refusal } from './hl7-refusal.ts';
import { formatTimestamp } from './timestamp.ts';

/** Versions whose messages are read alike, as far as we read them; MSH-12. */
export const supportedVersions: readonly string[] = ['2.3', '2.3.1', '2.4', '2.5', '2.5.1', '2.6', '2.7', '2.7.1', '2.8', '2.8.1', '2.8.2'];

export interface Acknowledgement {
  readonly header: MessageHeader;
  readonly at: string;
  /** Absent: accepted. */
  readonly refusal?: Hl7Refusal;
  /** For people; no patient data. */
  readonly text?: string;
}

/**
 * Writes a general acknowledgment: MSH, MSA and, for a refusal, ERR. HL7 v2.5.1 §2.14.9, §2.14.8 MSA, §2.14.5 ERR;
 * before 2.5 the place stands in ERR-1 (data type ELD).
 */
export function writeAcknowledgement({ header, at, refusal, text }: Acknowledgement): string {
  const version = supportedVersions.includes(header.version) ? header.version : '2.5.1';
  const code = refusal?.acknowledgmentCode ?? 'AA';
  const messageType = header.triggerEvent === '' ? 'ACK' : `ACK^${escapeText(header.triggerEvent)}^ACK`;
  const msh = ['MSH', '^~\\&', escapeText(header.receivingApplication || 'CARELOOP'), escapeText(header.receivingFacility), escapeText(header.sendingApplication), escapeText(header.sendingFacility), formatTimestamp(at), '', messageType, acknowledgementId(header, code), escapeText(header.processingId || 'P'), version, '', '', '', '', '', charsetName(header.charset)];
  const msa = ['MSA', code, escapeText(header.controlId), escapeText(refusal?.message ?? text ?? '')];
  return [msh, msa, ...(refusal ? [errorSegment(refusal, version)] : [])].map((fields) => `${trimmed(fields).join('|')}\r`).join('');
}

function errorSegment({ condition, location, code, message }: Hl7Refusal, version: string): readonly string[] {
  const coded = `${condition}^${errorConditions[condition]}^HL70357`;
  if (version.startsWith('2.3') || version === '2.4') {
    const [segment = '', sequence = '', field = ''] = location ?? [];
    return ['ERR', `${segment}^${sequence}^${field}^${coded.replaceAll('^', '&')}`];
  }
  return ['ERR', '', location?.join('^') ?? '', coded, 'E', escapeText(code), '', '', escapeText(message)];
}

/** `PID^1^3`, as in ERR-2. */
export function locationText(location: ErrorLocation): string {
  return location.join('^');
}

/** The same for the same message, so that a repeat that raced its first gets no other answer. */
function acknowledgementId({ sendingApplication, sendingFacility, controlId }: MessageHeader, code: string): string {
  return `ACK${createHash('sha256').update(JSON.stringify([sendingApplication, sendingFacility, controlId, code])).digest('hex').slice(0, 17)}`;
}

function trimmed(fields: readonly string[]): readonly string[] {
  const last = fields.findLastIndex((field) => field !== '');
  return fields.slice(0, last + 1);
}
