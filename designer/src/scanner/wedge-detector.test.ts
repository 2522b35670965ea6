import { characterOf, groupSeparator, type KeyPress } from './key-character.ts';
import { WedgeDetector, type WedgeStep } from './wedge-detector.ts';

/** A small repeatable random source (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const none = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, capsLock: false };

/** The key presses with which a scanner on a US layout sends a code; with an input method at work `key` says nothing. */
function pressesFor(code: string, isComposing: boolean): KeyPress[] {
  return [...code].map((character): KeyPress => {
    if (character === groupSeparator) return { ...none, code: 'BracketRight', key: ']', ctrlKey: true };
    const key = isComposing ? 'Process' : character;
    if (/\d/.test(character)) return { ...none, code: `Digit${character}`, key, isComposing };
    if (/[a-z]/i.test(character)) return { ...none, code: `Key${character.toUpperCase()}`, key, shiftKey: /[A-Z]/.test(character), isComposing };
    return { ...none, code: 'Minus', key, isComposing };
  });
}

const enter: KeyPress = { ...none, code: 'Enter', key: 'Enter' };

function type(detector: WedgeDetector, presses: readonly KeyPress[], gap: () => number, startMs: number): { readonly steps: WedgeStep[]; readonly endMs: number } {
  let atMs = startMs;
  const steps = presses.map((press) => {
    atMs += gap();
    return detector.press(press, atMs);
  });
  return { steps, endMs: atMs };
}

describe('the keyboard-wedge detector', () => {
  it('reads 400 scans right, with gaps of 7 to 16 ms, with an input method on or off', () => {
    const random = randomFrom(1);
    const detector = new WedgeDetector();
    const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789-' + groupSeparator;
    let atMs = 0;
    const wrong: string[] = [];

    for (let run = 0; run < 400; run += 1) {
      const code = Array.from({ length: 6 + Math.floor(random() * 35) }, () => alphabet[Math.floor(random() * alphabet.length)] ?? 'A').join('');
      const { steps, endMs } = type(detector, [...pressesFor(code, run % 2 === 1), enter], () => 7 + random() * 9, atMs + 500);
      const last = steps.at(-1);
      if (last?.kind !== 'scanned' || last.code !== code) wrong.push(code);
      atMs = endMs;
    }

    expect(wrong).toEqual([]);
  });

  it('takes no human typing for a scan in 50 runs', () => {
    const random = randomFrom(2);
    const detector = new WedgeDetector();
    let atMs = 0;
    let scans = 0;

    for (let run = 0; run < 50; run += 1) {
      const { steps, endMs } = type(detector, [...pressesFor('zhangwei2026', run % 2 === 1), enter], () => 31 + random() * 160, atMs + 500);
      scans += steps.filter((step) => step.kind === 'scanned').length;
      atMs = endMs;
    }

    expect(scans).toBe(0);
  });

  it('takes a burst without suffix once the scanner pauses', () => {
    const detector = new WedgeDetector();
    const { endMs } = type(detector, pressesFor('WB123456', false), () => 10, 0);

    expect(detector.pause(endMs + 30)).toEqual({ kind: 'ignored' });
    expect(detector.pause(endMs + 60)).toEqual({ kind: 'scanned', code: 'WB123456' });
  });

  it('does not take five characters for a scan', () => {
    const { steps } = type(new WedgeDetector(), [...pressesFor('12345', false), enter], () => 10, 0);

    expect(steps.at(-1)).toEqual({ kind: 'typed', length: 5 });
  });

  it('takes a short and slow code behind the configured prefix', () => {
    const detector = new WedgeDetector({ minimumLength: 6, meanGapMs: 20, pauseMs: 60, prefix: '~' });
    const prefix: KeyPress = { ...none, code: 'Backquote', key: '~', shiftKey: true };
    const { steps } = type(detector, [prefix, ...pressesFor('A1', false), enter], () => 90, 0);

    expect(steps.at(-1)).toEqual({ kind: 'scanned', code: 'A1' });
  });

  it('begins anew after a pause, so that a stray key does not spoil the next scan', () => {
    const detector = new WedgeDetector();
    detector.press({ ...none, code: 'KeyX', key: 'x' }, 0);
    const { steps } = type(detector, [...pressesFor('WB123456', false), enter], () => 10, 200);

    expect(steps[0]).toEqual({ kind: 'began' });
    expect(steps.at(-1)).toEqual({ kind: 'scanned', code: 'WB123456' });
  });

  it('ignores Enter alone, shortcuts and keys without a character', () => {
    const detector = new WedgeDetector();

    expect(detector.press(enter, 0)).toEqual({ kind: 'ignored' });
    expect(detector.press({ ...none, code: 'KeyC', key: 'c', ctrlKey: true }, 10)).toEqual({ kind: 'ignored' });
    expect(detector.press({ ...none, code: 'ShiftLeft', key: 'Shift', shiftKey: true }, 20)).toEqual({ kind: 'ignored' });
  });
});

describe('the character of a key', () => {
  it.each([
    ['a letter under an input method', { ...none, code: 'KeyQ', key: 'Process', isComposing: true }, 'q'],
    ['a capital under an input method', { ...none, code: 'KeyQ', key: 'Process', isComposing: true, shiftKey: true }, 'Q'],
    ['a letter with caps lock', { ...none, code: 'KeyQ', key: 'Process', isComposing: true, capsLock: true }, 'Q'],
    ['a full-width character of an input method', { ...none, code: 'Digit1', key: '１', isComposing: false }, '1'],
    ['a shifted digit', { ...none, code: 'Digit9', key: 'Process', isComposing: true, shiftKey: true }, '('],
    ['the GS1 separator as Ctrl+]', { ...none, code: 'BracketRight', key: ']', ctrlKey: true }, groupSeparator],
    ['a key of the number pad', { ...none, code: 'Numpad7', key: 'Process', isComposing: true }, '7'],
  ])('reads %s', (_name, press, expected) => {
    expect(characterOf(press)).toBe(expected);
  });
});
