const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);

/** A message file's bytes in an MLLP frame: without byte order mark, segments ended by CR. Bytes are otherwise untouched, whatever their character set. */
export function readMessageFile(bytes: Buffer): Buffer {
  const content = bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes;
  // Neither CR nor LF occurs inside a character of UTF-8 or GB 18030.
  const text = content.toString('latin1').replaceAll(/\r?\n/g, '\r').replace(/\r*$/, '\r');
  return Buffer.concat([Buffer.of(0x0b), Buffer.from(text, 'latin1'), Buffer.of(0x1c, 0x0d)]);
}
