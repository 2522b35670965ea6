import { Message } from 'node-hl7-client';

export interface MessageHead {
  readonly type: string;
  readonly event: string;
  readonly controlId: string;
  /** What MSH-18 says; UTF-8 when absent. */
  readonly charset?: 'UNICODE UTF-8' | 'GB 18030-2000';
}

export interface SegmentContent {
  readonly name: string;
  /** `<field>` or `<field>.<component>` → value. */
  readonly values: Readonly<Record<string, string>>;
}

/** Writes a message in version 2.5.1 with an independent HL7 library. */
export function writeMessage({ type, event, controlId, charset }: MessageHead, segments: readonly SegmentContent[]): string {
  const message = new Message({ messageHeader: { msh_9_1: type, msh_9_2: event || 'O01', msh_10: controlId, msh_11_1: 'P' } });
  const head = { 3: 'HIS', 4: 'HOSPITAL', 5: 'CARELOOP', 6: 'HOSPITAL', 7: hisTime(new Date()), 12: '2.5.1', 18: charset ?? 'UNICODE UTF-8' };
  for (const [field, value] of Object.entries(head)) message.set(`MSH.${field}`, value);
  for (const { name, values } of segments) {
    const segment = message.addSegment(name);
    for (const [path, value] of Object.entries(values)) if (value !== '') segment.set(path, value);
  }
  return `${message.toString()}\r`;
}

/** The HIS's clock: UTC+08:00. */
export function hisTime(instant: Date): string {
  return `${new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}+0800`;
}
