import type { Json } from './json.ts';

/** Sizes of objects that never change; forgotten with them. */
const knownSizes = new WeakMap<object, number>();

/** Bytes of the value as JSON in UTF-8, remembered for objects. */
export function jsonSize(value: Json): number {
  if (value === null) return 4;
  if (typeof value === 'boolean') return value ? 4 : 5;
  if (typeof value === 'number') return String(value).length;
  if (typeof value === 'string') return textSize(value);
  return objectSize(value);
}

/** Bytes of an immutable JSON object in UTF-8, remembered. */
export function objectSize(value: object): number {
  const known = knownSizes.get(value);
  if (known !== undefined) return known;
  const size = utf8Length(JSON.stringify(value));
  knownSizes.set(value, size);
  return size;
}

function textSize(text: string): number {
  return text.length < 64 ? text.length * 3 + 2 : utf8Length(JSON.stringify(text));
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // A surrogate pair is two units and four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
