/**
 * The one text of a JSON value: keys in UTF-16 order, no white space, numbers and strings as ECMAScript
 * writes them. Members that are `undefined` are left out. RFC 8785 (JCS).
 * Throws on what JSON cannot say: NaN, infinities, lone surrogates, functions, symbols, bigints.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('Expected a finite number, but got NaN or an infinity');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      break;
    default:
      throw new TypeError(`Expected a JSON value, but got ${typeof value}`);
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let text = '{';
  // Array.prototype.sort compares UTF-16 code units, which is the order that RFC 8785 §3.2.3 asks for.
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${canonicalString(key)}:${canonicalJson(member)}`;
  }
  return `${text}}`;
}

// With the `u` flag a surrogate matches only where it has no partner.
const loneSurrogate = /\p{Surrogate}/u;

function canonicalString(value: string): string {
  if (loneSurrogate.test(value)) throw new TypeError('Expected well-formed Unicode, but got a lone surrogate');
  return JSON.stringify(value);
}
