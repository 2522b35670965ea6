import { characterOf, isSuffix, type KeyPress } from './key-character.ts';

export interface WedgeSettings {
  /** Shortest code that counts without a prefix. */
  readonly minimumLength: number;
  /** Largest mean gap between keys that a scanner has; people are above 30 ms. */
  readonly meanGapMs: number;
  /** A pause longer than this ends a burst. */
  readonly pauseMs: number;
  /** A character that the scanner was set up to send first; then length and speed do not matter. */
  readonly prefix?: string;
}

/** UX §6.3: at least 6 characters at a mean gap of at most 20 ms. */
export const defaultWedgeSettings: WedgeSettings = { minimumLength: 6, meanGapMs: 20, pauseMs: 60 };

/** What a key press did to the burst that is being collected. */
export type WedgeStep =
  /** Not part of any burst. */
  | { readonly kind: 'ignored' }
  /** The burst began with this key: now is the time to remember the field that has the focus. */
  | { readonly kind: 'began' }
  | { readonly kind: 'collecting' }
  /** A whole code; the key press that ended it belongs to the scanner. */
  | { readonly kind: 'scanned'; readonly code: string }
  /** What was collected was not a scan: typed by a person, or a scanner that is too slow or was cut off. */
  | { readonly kind: 'typed'; readonly length: number };

/** Tells a keyboard-wedge scanner from a person by rhythm. Pure of the page: times and keys come in, codes go out. */
export class WedgeDetector {
  readonly #settings: WedgeSettings;
  #characters: string[] = [];
  #firstAtMs = 0;
  #lastAtMs = 0;
  #prefixed = false;

  constructor(settings: WedgeSettings = defaultWedgeSettings) {
    this.#settings = settings;
  }

  press(press: KeyPress, atMs: number): WedgeStep {
    if (isSuffix(press)) return this.#end();
    const character = characterOf(press);
    if (character === undefined) return { kind: 'ignored' };
    if (this.#characters.length > 0 && atMs - this.#lastAtMs > this.#settings.pauseMs && !this.#prefixed) this.#reset();
    const began = this.#characters.length === 0 && !this.#prefixed;
    if (began) this.#firstAtMs = atMs;
    this.#lastAtMs = atMs;
    if (began && character === this.#settings.prefix) this.#prefixed = true;
    else this.#characters.push(character);
    return { kind: began ? 'began' : 'collecting' };
  }

  /** Called when no key came for `pauseMs`: a scanner without suffix has finished. */
  pause(atMs: number): WedgeStep {
    if (this.#characters.length === 0 || atMs - this.#lastAtMs < this.#settings.pauseMs) return { kind: 'ignored' };
    return this.#end();
  }

  /** True while the keys so far may still turn out to be a scanner's. */
  get isCollecting(): boolean {
    return this.#characters.length > 0 || this.#prefixed;
  }

  #end(): WedgeStep {
    const code = this.#characters.join('');
    const gaps = this.#characters.length - 1;
    const meanGapMs = gaps > 0 ? (this.#lastAtMs - this.#firstAtMs) / gaps : Number.POSITIVE_INFINITY;
    const isScan = this.#prefixed ? code.length > 0 : code.length >= this.#settings.minimumLength && meanGapMs <= this.#settings.meanGapMs;
    const had = this.isCollecting;
    this.#reset();
    if (isScan) return { kind: 'scanned', code };
    return had ? { kind: 'typed', length: code.length } : { kind: 'ignored' };
  }

  #reset(): void {
    this.#characters = [];
    this.#prefixed = false;
  }
}
