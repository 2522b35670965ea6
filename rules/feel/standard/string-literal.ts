/** The text that a string literal of FEEL stands for. DMN 1.5 §10.3.1.2, rules 33 and 64. */
export function readString(literal: string): string {
  return literal.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(["'\\nrt]))/g, (whole, short: string | undefined, long: string | undefined, letter: string | undefined) => {
    if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
    if (long !== undefined) return Number.parseInt(long, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(long, 16)) : whole;
    return (letter !== undefined && letters[letter]) || whole;
  });
}

const letters: Readonly<Record<string, string>> = { '"': '"', "'": "'", '\\': '\\', n: '\n', r: '\r', t: '\t' };
