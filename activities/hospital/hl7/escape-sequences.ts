/** The characters that a message uses as delimiters; MSH-1 and MSH-2. */
export interface EncodingCharacters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

export const standardEncoding: EncodingCharacters = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' };

/** Reads escape sequences: \F\ \S\ \T\ \R\ \E\, \Xdd…\, \.br\; highlighting is dropped, others stay. HL7 v2.5.1 §2.7. */
export function unescapeText(text: string, encoding: EncodingCharacters, decodeBytes: (bytes: Uint8Array) => string | undefined): string {
  const { escape } = encoding;
  if (!text.includes(escape)) return text;
  let result = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf(escape, from);
    const end = start < 0 ? -1 : text.indexOf(escape, start + 1);
    if (start < 0 || end < 0) return result + text.slice(from);
    const meaning = meaningOf(text.slice(start + 1, end), encoding, decodeBytes);
    if (meaning === undefined) {
      // Not a sequence: this escape character stands for itself, and the next one may begin one.
      result += text.slice(from, start + 1);
      from = start + 1;
    } else {
      result += text.slice(from, start) + meaning;
      from = end + 1;
    }
  }
}

function meaningOf(sequence: string, encoding: EncodingCharacters, decodeBytes: (bytes: Uint8Array) => string | undefined): string | undefined {
  switch (sequence) {
    case 'F': return encoding.field;
    case 'S': return encoding.component;
    case 'T': return encoding.subcomponent;
    case 'R': return encoding.repetition;
    case 'E': return encoding.escape;
    case 'H':
    case 'N': return '';
    case '.br': return '\n';
    default: return /^X(?:[0-9A-Fa-f]{2})+$/.test(sequence) ? decodeBytes(Buffer.from(sequence.slice(1), 'hex')) : undefined;
  }
}

/** Writes delimiters and control characters as escape sequences, so that a value cannot become structure. */
export function escapeText(text: string, encoding: EncodingCharacters = standardEncoding): string {
  const { field, component, subcomponent, repetition, escape } = encoding;
  const letters = new Map([[field, 'F'], [component, 'S'], [subcomponent, 'T'], [repetition, 'R'], [escape, 'E']]);
  return Array.from(text, (character) => {
    const letter = letters.get(character);
    if (letter !== undefined) return `${escape}${letter}${escape}`;
    const code = character.charCodeAt(0);
    return code < 0x20 ? `${escape}X${code.toString(16).padStart(2, '0').toUpperCase()}${escape}` : character;
  }).join('');
}
