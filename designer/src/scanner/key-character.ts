/** What of a keyboard event decides which character a scanner meant. */
export interface KeyPress {
  /** Physical key, for example `KeyQ`. */
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly capsLock: boolean;
}

/** FNC1 between GS1 fields, ASCII 29. */
export const groupSeparator = '\u001d';

const plain: Readonly<Record<string, string>> = { Minus: '-', Equal: '=', BracketLeft: '[', BracketRight: ']', Backslash: '\\', Semicolon: ';', Quote: "'", Backquote: '`', Comma: ',', Period: '.', Slash: '/', Space: ' ', NumpadDecimal: '.', NumpadSubtract: '-', NumpadAdd: '+', NumpadMultiply: '*', NumpadDivide: '/' };
const shifted: Readonly<Record<string, string>> = { Minus: '_', Equal: '+', BracketLeft: '{', BracketRight: '}', Backslash: '|', Semicolon: ':', Quote: '"', Backquote: '~', Comma: '<', Period: '>', Slash: '?', Space: ' ' };
const shiftedDigits = ')!@#$%^&*(';

function byPhysicalKey({ code, shiftKey, capsLock }: KeyPress): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shiftKey !== capsLock ? letter : letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shiftKey ? shiftedDigits[Number(digit)] : digit;
  const numpad = /^Numpad(\d)$/.exec(code)?.[1];
  if (numpad !== undefined) return numpad;
  return shiftKey ? (shifted[code] ?? plain[code]) : plain[code];
}

/**
 * The character of a key press, or undefined for keys that carry none. While an input method is at work `key`
 * says `Process` and the like, so the physical key decides (US layout, which scanners send). Ctrl+] is the
 * GS1 separator.
 */
export function characterOf(press: KeyPress): string | undefined {
  if (press.ctrlKey && !press.altKey && !press.metaKey) return press.code === 'BracketRight' ? groupSeparator : undefined;
  if (press.ctrlKey || press.altKey || press.metaKey) return undefined;
  if (press.key === groupSeparator) return groupSeparator;
  if (!press.isComposing && [...press.key].length === 1 && press.key.charCodeAt(0) < 127) return press.key;
  return byPhysicalKey(press);
}

/** Enter or Tab: what scanners send after the code. */
export function isSuffix(press: Pick<KeyPress, 'code'>): boolean {
  return press.code === 'Enter' || press.code === 'NumpadEnter' || press.code === 'Tab';
}
