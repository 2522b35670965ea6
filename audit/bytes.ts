/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const digits = '0123456789abcdef';
/** By character code; undefined where the character is no lower-case hexadecimal digit. */
const digitOfCode: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const digit = digits.indexOf(String.fromCharCode(code));
  return digit < 0 ? undefined : digit;
});

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += hexOfByte[byte] ?? '';
  return text;
}

/** Bytes of lower-case hexadecimal; undefined when the text is none. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 === 1) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    const high = digitOfCode[text.charCodeAt(index * 2)];
    const low = digitOfCode[text.charCodeAt(index * 2 + 1)];
    if (high === undefined || low === undefined) return undefined;
    bytes[index] = high * 16 + low;
  }
  return bytes;
}

/** RFC 4648 §4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Bytes of base64; undefined when the text is not exactly what `toBase64` writes. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two byte strings are the same. */
export function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
