import { BoundedCache } from '../../bounded-cache.ts';
import { blockRange } from './xpath-blocks.ts';

const patterns = new BoundedCache<string, RegExp | { readonly bad: true }>(500);

/**
 * A pattern of XPath as one of the runtime's, global, for texts of code points; null for one that XPath does not have, also where
 * the runtime would take it. Flags: s, m, i, x and q. XPath Functions 3.1 §5.6 over XML Schema 1.1 part 2 §G; DMN 1.5 §10.3.4.3.
 */
export function xpathPattern(pattern: string, flags: string): RegExp | null {
  const found = patterns.getOrCreate(`${flags}/${pattern}`, () => compile(pattern, flags) ?? { bad: true });
  return 'bad' in found ? null : found;
}

function compile(pattern: string, flags: string): RegExp | null {
  if (!/^[smixq]*$/.test(flags)) return null;
  const ignoresCase = flags.includes('i');
  // `\p{Lu}` stays upper case under `i`, which the runtime's own flag would not leave it: then cases are written out.
  const writesCases = ignoresCase && !flags.includes('q') && /\\[pP]\{L[ult]/.test(pattern);
  try {
    const source = flags.includes('q') ? Array.from(pattern, literal).join('') : new PatternReader(flags.includes('x') ? withoutSpace(pattern) : pattern, flags, writesCases).read();
    return new RegExp(source, ignoresCase && !writesCases ? 'giv' : 'gv');
  } catch {
    return null;
  }
}

/** Space goes everywhere but in classes, also after a backslash. */
function withoutSpace(pattern: string): string {
  let depth = 0;
  let isEscaped = false;
  return Array.from(pattern).filter((character) => {
    if (depth === 0 && /[\t\n\r ]/.test(character)) return false;
    if (!isEscaped && character === '[') depth += 1;
    if (!isEscaped && character === ']') depth -= 1;
    isEscaped = !isEscaped && character === '\\';
    return true;
  }).join('');
}

const codeOf = (character: string): number => character.codePointAt(0) ?? 0;
const literal = (character: string): string => (/[A-Za-z0-9]/.test(character) ? character : `\\u{${codeOf(character).toString(16)}}`);

const nameStart = ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
/** What the escapes of several characters hold, as the inside of a class. */
const sets: Readonly<Record<string, string>> = {
  s: ' \\t\\n\\r',
  d: '\\p{Nd}',
  w: '[^\\p{P}\\p{Z}\\p{C}]',
  i: nameStart,
  c: `${nameStart}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}`,
};
const singles: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const maximumWrittenRange = 0x3000;

/** Reads one pattern from left to right. Throws for what is none. */
class PatternReader {
  readonly #characters: readonly string[];
  readonly #flags: string;
  readonly #writesCases: boolean;
  /** Groups in the order in which they open; a closed one can be referred to. */
  readonly #isClosed: boolean[] = [];
  #at = 0;

  constructor(pattern: string, flags: string, writesCases: boolean) {
    this.#characters = Array.from(pattern);
    this.#flags = flags;
    this.#writesCases = writesCases;
  }

  read(): string {
    const source = this.#branches();
    if (this.#at < this.#characters.length) throw this.#bad();
    return source;
  }

  #bad(): SyntaxError {
    return new SyntaxError(`Expected a pattern of XPath, but it cannot be read at ${this.#at}`);
  }

  #peek(): string {
    return this.#characters[this.#at] ?? '';
  }

  #take(): string {
    const character = this.#peek();
    if (character === '') throw this.#bad();
    this.#at += 1;
    return character;
  }

  #takeIf(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }

  #branches(): string {
    let source = this.#branch();
    while (this.#takeIf('|')) source += `|${this.#branch()}`;
    return source;
  }

  #branch(): string {
    let source = '';
    while (!['', '|', ')'].includes(this.#peek())) source += this.#atom() + this.#quantifier();
    return source;
  }

  #quantifier(): string {
    const first = this.#peek();
    if (first === '{') return this.#counts() + (this.#takeIf('?') ? '?' : '');
    if (first === '' || !'?*+'.includes(first)) return '';
    this.#at += 1;
    return first + (this.#takeIf('?') ? '?' : '');
  }

  #counts(): string {
    const end = this.#characters.indexOf('}', this.#at);
    const text = this.#characters.slice(this.#at, end + 1).join('');
    if (end < 0 || !/^\{\d+(?:,\d*)?\}$/.test(text)) throw this.#bad();
    this.#at = end + 1;
    return text;
  }

  #atom(): string {
    const character = this.#take();
    switch (character) {
      case '.':
        return this.#flags.includes('s') ? '[^]' : '[^\\n\\r]';
      case '^':
        return this.#flags.includes('m') ? '(?:^|(?<=\\n)(?=[^]))' : '(?:^)';
      case '$':
        return this.#flags.includes('m') ? '(?:$|(?=\\n))' : '(?:$)';
      case '(':
        return this.#group();
      case '[':
        return this.#class();
      case '\\':
        return this.#escape();
      default:
        if ('?*+{}[])|'.includes(character)) throw this.#bad();
        return this.#character(character);
    }
  }

  #group(): string {
    const isCaptured = !this.#takeIf('?');
    if (!isCaptured && !this.#takeIf(':')) throw this.#bad();
    const index = isCaptured ? this.#isClosed.push(false) - 1 : -1;
    const inside = this.#branches();
    if (!this.#takeIf(')')) throw this.#bad();
    if (isCaptured) this.#isClosed[index] = true;
    return `${isCaptured ? '(' : '(?:'}${inside})`;
  }

  #escape(): string {
    const next = this.#peek();
    if (/[1-9]/.test(next)) return this.#backReference();
    const set = this.#setEscape();
    return set === undefined ? this.#character(this.#singleEscape()) : `[${set}]`;
  }

  /** As many digits as name a group that is open; it must be closed. */
  #backReference(): string {
    let digits = this.#take();
    while (/\d/.test(this.#peek()) && Number(digits + this.#peek()) <= this.#isClosed.length) digits += this.#take();
    if (this.#isClosed[Number(digits) - 1] !== true) throw this.#bad();
    return `(?:\\${digits})`;
  }

  /** `\d`, `\p{…}` and their like as the inside of a class; undefined for another escape. */
  #setEscape(): string | undefined {
    const letter = this.#peek();
    if (letter === 'p' || letter === 'P') {
      this.#at += 1;
      return this.#property(letter === 'P');
    }
    const set = sets[letter.toLowerCase()];
    if (set === undefined) return undefined;
    this.#at += 1;
    return letter === letter.toLowerCase() ? set : `[^${set}]`;
  }

  #property(isNegated: boolean): string {
    const end = this.#characters.indexOf('}', this.#at);
    const name = this.#characters.slice(this.#at + 1, Math.max(end, 0)).join('');
    if (!this.#takeIf('{') || end < 0) throw this.#bad();
    this.#at = end + 1;
    if (/^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)$/.test(name)) return `\\${isNegated ? 'P' : 'p'}{${name}}`;
    const range = name.startsWith('Is') ? blockRange(name.slice(2)) : undefined;
    if (range === undefined) throw this.#bad();
    return isNegated ? `[^${range}]` : range;
  }

  #singleEscape(): string {
    const character = this.#take();
    if (!'nrt\\|.?*+(){}-[]^$'.includes(character)) throw this.#bad();
    return singles[character] ?? character;
  }

  #character(character: string): string {
    const cases = this.#casesOf(character);
    return cases.length === 1 ? literal(character) : `[${cases.map(literal).join('')}]`;
  }

  #casesOf(character: string): string[] {
    return this.#writesCases ? [...new Set([character, character.toLowerCase(), character.toUpperCase()])].filter((each) => Array.from(each).length === 1) : [character];
  }

  /** The rest of a class whose bracket is open: characters, ranges and escapes, and at last a class that is taken away. */
  #class(): string {
    const isNegated = this.#takeIf('^');
    const parts: string[] = [];
    let subtracted = '';
    for (let isFirst = true; !this.#takeIf(']'); isFirst = false) {
      if (this.#peek() === '-' && this.#characters[this.#at + 1] === '[' && !isFirst) {
        this.#at += 2;
        subtracted = this.#class();
        if (this.#peek() !== ']') throw this.#bad();
        continue;
      }
      parts.push(this.#classPart(isFirst));
    }
    if (parts.length === 0) throw this.#bad();
    const positive = `[${isNegated ? '^' : ''}${parts.join('')}]`;
    return subtracted === '' ? positive : `[${positive}--${subtracted}]`;
  }

  #classPart(isFirst: boolean): string {
    if (this.#peek() === '\\') {
      this.#at += 1;
      const set = this.#setEscape();
      if (set !== undefined) return set;
      return this.#range(this.#singleEscape());
    }
    const character = this.#take();
    if (character === '[') throw this.#bad();
    // A hyphen stands for itself at either end only.
    if (character === '-') {
      if (isFirst || this.#peek() === ']' || (this.#peek() === '-' && this.#characters[this.#at + 1] === '[')) return literal(character);
      throw this.#bad();
    }
    return this.#range(character);
  }

  #range(first: string): string {
    const next = this.#characters[this.#at + 1] ?? '';
    if (this.#peek() !== '-' || next === ']' || next === '[' || next === '') return this.#casesOf(first).map(literal).join('');
    // `a--[…]` is the characters `a` and `-`, and what is taken away.
    if (next === '-') return this.#casesOf(first).map(literal).join('');
    this.#at += 1;
    const last = this.#takeIf('\\') ? this.#singleEscape() : this.#take();
    const [from, to] = [codeOf(first), codeOf(last)];
    if (from > to) throw this.#bad();
    const range = `${literal(first)}-${literal(last)}`;
    if (!this.#writesCases || to - from > maximumWrittenRange) return range;
    const others = Array.from({ length: to - from + 1 }, (_, index) => this.#casesOf(String.fromCodePoint(from + index))).flat().filter((each) => codeOf(each) < from || codeOf(each) > to);
    return range + others.map(literal).join('');
  }
}
