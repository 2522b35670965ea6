/** The text of an XML file, or why it has none. XML 1.0 §4.3.3 and appendix F. */
export type DecodedXml = { readonly text: string } | { readonly problem: string };

const declaredEncoding = /^<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/;
/** Encodings that are read, by their declared name. All others are refused. */
const decoderOf: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'], ['utf8', 'utf-8'], ['us-ascii', 'utf-8'], ['ascii', 'utf-8'],
  ['iso-8859-1', 'iso-8859-1'], ['latin1', 'iso-8859-1'], ['windows-1252', 'windows-1252'],
]);

/** Decodes by byte order mark, then by declaration, then as UTF-8. A byte that the encoding does not have is a problem. */
export function decodeXmlBytes(bytes: Uint8Array): DecodedXml {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be');
  if (first === 0xef && second === 0xbb && third === 0xbf) return decode(bytes, 'utf-8');
  if (first === 0x3c && second === 0x00) return decode(bytes, 'utf-16le');
  if (first === 0x00 && second === 0x3c) return decode(bytes, 'utf-16be');
  const declared = declaredEncoding.exec(String.fromCharCode(...bytes.subarray(0, 200)))?.[1]?.toLowerCase();
  const encoding = declared === undefined ? 'utf-8' : decoderOf.get(declared);
  if (encoding === undefined) return { problem: `Expected UTF-8, UTF-16 or ISO-8859-1, but the file declares ${declared ?? 'nothing'}` };
  return decode(bytes, encoding);
}

function decode(bytes: Uint8Array, encoding: string): DecodedXml {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return { problem: `Expected text in ${encoding.toUpperCase()}, but some bytes are none` };
  }
}
