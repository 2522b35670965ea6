import { charsetNamed, decodeText, type Charset } from './charset.ts';
import { standardEncoding, unescapeText } from './escape-sequences.ts';

/** What is needed to answer a message, also one that cannot be read any further. Empty where there is nothing. */
export interface MessageHeader {
  readonly sendingApplication: string;
  readonly sendingFacility: string;
  readonly receivingApplication: string;
  readonly receivingFacility: string;
  readonly messageCode: string;
  readonly triggerEvent: string;
  readonly controlId: string;
  readonly processingId: string;
  readonly version: string;
  readonly charset: Charset;
}

/** Reads MSH as far as possible from the bytes of a message. Never fails: what is unreadable is empty. */
export function peekHeader(bytes: Uint8Array): MessageHeader {
  const end = bytes.findIndex((byte) => byte === 0x0d || byte === 0x0a);
  const line = end < 0 ? bytes : bytes.subarray(0, end);
  const utf8 = decodeText(line, 'utf-8');
  const gb18030 = decodeText(line, 'gb18030');
  const asGb18030 = utf8 === undefined || charsetOf(utf8) === 'gb18030';
  const text = (asGb18030 ? gb18030 : utf8) ?? Buffer.from(line).toString('latin1');
  const fields = fieldsOf(text);
  const value = (field: number, component = 1): string => {
    const raw = (fields[field - 1] ?? '').split(text[4] || '^')[component - 1] ?? '';
    return unescapeText(raw.trim(), standardEncoding, () => undefined).slice(0, 200);
  };
  return {
    sendingApplication: value(3),
    sendingFacility: value(4),
    receivingApplication: value(5),
    receivingFacility: value(6),
    messageCode: value(9),
    triggerEvent: value(9, 2),
    controlId: value(10),
    processingId: value(11),
    version: value(12),
    charset: charsetOf(text) ?? 'utf-8',
  };
}

/** MSH-1 is the separator itself, so field n stands at position n - 1. */
function fieldsOf(text: string): readonly string[] {
  return text.startsWith('MSH') && text[3] !== undefined ? text.split(text[3]) : [];
}

function charsetOf(text: string): Charset | undefined {
  return charsetNamed((fieldsOf(text)[17] ?? '').split('~')[0] ?? '');
}
