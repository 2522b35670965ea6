import iconv from 'iconv-lite';
import { Hl7Refusal } from './hl7-refusal.ts';

/** Character sets that a message may declare in MSH-18. */
export type Charset = 'utf-8' | 'gb18030';

/** Names of HL7 table 0211 and what hospital systems write instead. GB 18030 contains GBK and GB 2312. */
const names: Readonly<Record<string, Charset>> = {
  '': 'utf-8',
  'ASCII': 'utf-8',
  'UNICODE': 'utf-8',
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  'UTF8': 'utf-8',
  'GB 18030-2000': 'gb18030',
  'GB18030-2000': 'gb18030',
  'GB 18030': 'gb18030',
  'GB18030': 'gb18030',
  'GBK': 'gb18030',
  'GB2312': 'gb18030',
  'GB 2312': 'gb18030',
};

const hl7Names: Readonly<Record<Charset, string>> = { 'utf-8': 'UNICODE UTF-8', 'gb18030': 'GB 18030-2000' };

/** The charset of an MSH-18 value (its first repetition); undefined when it is none of ours. */
export function charsetNamed(name: string): Charset | undefined {
  return Object.hasOwn(names, name.trim().toUpperCase()) ? names[name.trim().toUpperCase()] : undefined;
}

/** What MSH-18 says for a charset; HL7 table 0211. */
export function charsetName(charset: Charset): string {
  return hl7Names[charset];
}

/** Bytes of a text in a charset. A character that it does not have becomes `?`; both of ours have all. */
export function encodeText(text: string, charset: Charset): Buffer {
  return charset === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, 'gb18030');
}

/** Text of the bytes; undefined when they are not valid in the charset. */
export function decodeText(bytes: Uint8Array, charset: Charset): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export interface DecodedMessage {
  readonly text: string;
  readonly charset: Charset;
}

/**
 * Decodes a message by the charset that it declares in MSH-18; UTF-8 when it declares none. The header has
 * to be decoded to be split: in GB 18030 the bytes of `|` and `^` also occur as second halves of characters.
 */
export function decodeMessage(bytes: Uint8Array): DecodedMessage {
  const headerEnd = bytes.findIndex((byte) => byte === 0x0d || byte === 0x0a);
  const header = headerEnd < 0 ? bytes : bytes.subarray(0, headerEnd);
  for (const charset of ['utf-8', 'gb18030'] as const) {
    const text = decodeText(header, charset);
    if (text === undefined || charsetNamed(declaredCharset(text)) !== charset) continue;
    const whole = decodeText(bytes, charset);
    if (whole !== undefined) return { text: whole, charset };
    throw new Hl7Refusal('AE', '102', 'CHARSET_INVALID', `Expected bytes in the character set that MSH-18 declares (${charsetName(charset)}), but found others`, ['MSH', 1, 18]);
  }
  const readable = decodeText(header, 'utf-8');
  if (readable !== undefined && charsetNamed(declaredCharset(readable)) === undefined) {
    throw new Hl7Refusal('AE', '103', 'CHARSET_UNSUPPORTED', 'Expected UNICODE UTF-8 or GB 18030-2000 in MSH-18, but found another character set', ['MSH', 1, 18]);
  }
  throw new Hl7Refusal('AE', '102', 'CHARSET_INVALID', 'Expected bytes in the character set that MSH-18 declares, but found others', ['MSH', 1, 18]);
}

/** First repetition of MSH-18. MSH-1 is the separator itself, so the field stands at position 17. */
function declaredCharset(header: string): string {
  const field = header.split(header[3] ?? '|')[17] ?? '';
  return field.split(header[5] ?? '~')[0] ?? '';
}
