import { prefixes, unitSymbols } from './unit-symbols.ts';

/** Whether a text is a unit of UCUM: its grammar (UCUM §2 to §7, case sensitive) over its symbols. Whether two units can be compared is not asked. */
export function isUcumUnit(code: string): boolean {
  return code.length > 0 && code.length <= maximumLength && new UnitParser(code).isUnit();
}

/** The symbol of a unit is an atom, or a prefix before one that takes them. UCUM §11. */
export function isSimpleUnit(symbol: string): boolean {
  if (unitSymbols.has(symbol)) return true;
  return prefixes.some((prefix) => symbol.startsWith(prefix) && unitSymbols.get(symbol.slice(prefix.length))?.isMetric === true);
}

const maximumLength = 64;
/** A symbol as it is cut out of a text; brackets hold what would else be signs. `10*` and `10^` are symbols, other digits are factors. */
const symbolPattern = /10[*^]|(?:[A-Za-z%'_]|\[[^[\]{}\s]*\])+(?:_(?:\[\d+\]|[A-Za-z]+))?/y;
const factor = /[1-9]\d*/y;
const exponent = /[+-]?\d+/y;
const annotation = /\{[!-z|~]*\}/y;

/** Reads `term := ['/'] component (('.' | '/') component)*`; nothing but the place is kept. UCUM §5. */
class UnitParser {
  readonly #code: string;
  #at = 0;

  constructor(code: string) {
    this.#code = code;
  }

  isUnit(): boolean {
    this.#take('/');
    return this.#term() && this.#at === this.#code.length;
  }

  #term(): boolean {
    if (!this.#component()) return false;
    while (this.#take('.') || this.#take('/')) if (!this.#component()) return false;
    return true;
  }

  #component(): boolean {
    if (this.#take('(')) return this.#term() && this.#take(')');
    if (this.#match(annotation) !== undefined) return true;
    const symbol = this.#match(symbolPattern);
    if (symbol === undefined) return this.#match(factor) !== undefined;
    if (!isSimpleUnit(symbol)) return false;
    this.#match(exponent);
    this.#match(annotation);
    return true;
  }

  #take(sign: string): boolean {
    if (this.#code[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#code)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
