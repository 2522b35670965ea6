import iconv from 'iconv-lite';

/**
 * Cuts what a socket gives into messages. Written apart from the product's own framing, so that the two
 * check each other.
 */
export function createMessageReader(onMessage: (bytes: Buffer) => void): (chunk: Buffer) => void {
  let buffer = Buffer.alloc(0);
  return (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const start = buffer.indexOf(0x0b);
      const end = buffer.indexOf(Buffer.of(0x1c, 0x0d), Math.max(start, 0));
      if (start < 0 || end < 0) return;
      const message = buffer.subarray(start + 1, end);
      buffer = buffer.subarray(end + 2);
      onMessage(message);
    }
  };
}

/** Encodes and frames a message as MSH-18 declares it. */
export function toFrame(text: string): Buffer {
  return Buffer.concat([Buffer.of(0x0b), iconv.encode(text, encodingOf(text)), Buffer.of(0x1c, 0x0d)]);
}

/** Decodes a message's bytes; its header's delimiters are ASCII as far as MSH-18 in what Careloop sends. */
export function toText(bytes: Buffer): string {
  return iconv.decode(bytes, encodingOf(bytes.toString('latin1')));
}

function encodingOf(text: string): string {
  return /GB/i.test(text.split(/[\r\n]/)[0]?.split('|')[17] ?? '') ? 'gb18030' : 'utf8';
}
