const declaration = /^<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/;

/**
 * Encodings that are read, by their declared name. GB 18030 is what older Chinese tools write. Left out are those in which an
 * ASCII byte may mean another character (UTF-7, ISO-2022, HZ), and those that nobody draws with.
 */
const decoderOf: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'], ['utf8', 'utf-8'], ['us-ascii', 'utf-8'], ['ascii', 'utf-8'],
  ['iso-8859-1', 'iso-8859-1'], ['latin1', 'iso-8859-1'], ['windows-1252', 'windows-1252'],
  ['gb18030', 'gb18030'], ['gbk', 'gb18030'], ['gb2312', 'gb18030'], ['big5', 'big5'],
]);

/** Decodes by byte order mark, then by declaration, then as UTF-8; undefined where the bytes are none of it. XML 1.0 §4.3.3 and appendix F. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = wideEncoding(bytes) ?? decoderOf.get(declaredEncoding(bytes) ?? 'utf-8');
  if (encoding === undefined) return undefined;
  try {
    // The mark is taken off; whatever comes after it is the text's own.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function wideEncoding([first, second]: Uint8Array): string | undefined {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0x00)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0x00 && second === 0x3c) ? 'utf-16be' : undefined;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return declaration.exec(String.fromCharCode(...bytes.subarray(start, 200)))?.[1]?.toLowerCase();
}
