import { useEffect, useEffectEvent } from 'react';
import { isTextField, takeSnapshot, type FieldSnapshot } from './field-snapshot.ts';
import type { KeyPress } from './key-character.ts';
import { defaultWedgeSettings, WedgeDetector, type WedgeSettings } from './wedge-detector.ts';

function pressOf(event: KeyboardEvent): KeyPress {
  return { code: event.code, key: event.key, shiftKey: event.shiftKey, ctrlKey: event.ctrlKey, altKey: event.altKey, metaKey: event.metaKey, isComposing: event.isComposing || event.key === 'Process', capsLock: event.getModifierState('CapsLock') };
}

/**
 * Catches scans anywhere on the page while mounted: keystrokes by their rhythm, whatever has the focus, and text
 * injected at once into a field marked `data-scan-target`. A field that had the focus gets its content back, and
 * the scanner's Enter never presses a button.
 */
export function useScanner(enabled: boolean, onScan: (code: string) => void, settings: WedgeSettings = defaultWedgeSettings): void {
  const scanned = useEffectEvent(onScan);
  useEffect(() => {
    if (!enabled) return undefined;
    const detector = new WedgeDetector(settings);
    let snapshot: FieldSnapshot | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const accept = (code: string): void => {
      snapshot?.restore();
      snapshot = undefined;
      scanned(code);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const wasCollecting = detector.isCollecting;
      const step = detector.press(pressOf(event), event.timeStamp);
      clearTimeout(timer);
      if (step.kind === 'ignored') return;
      if (step.kind === 'began') snapshot = takeSnapshot(document.activeElement);
      if (step.kind === 'scanned') {
        event.preventDefault();
        event.stopImmediatePropagation();
        accept(step.code);
        return;
      }
      if (step.kind === 'typed') {
        // The end of a code that was read badly must not press the button that has the focus.
        if (step.length >= 3 && !isTextField(document.activeElement)) event.preventDefault();
        return;
      }
      // Within a burst a space must not press the button that happens to have the focus.
      if (wasCollecting && !isTextField(document.activeElement)) event.preventDefault();
      timer = setTimeout(() => {
        const end = detector.pause(event.timeStamp + settings.pauseMs);
        if (end.kind === 'scanned') accept(end.code);
      }, settings.pauseMs + 5);
    };
    const onInput = (event: Event): void => {
      const { target } = event;
      if (!(target instanceof HTMLInputElement) || target.dataset['scanTarget'] === undefined) return;
      const code = target.value.replace(/[\r\n\t]+$/, '');
      if (code.length < settings.minimumLength || detector.isCollecting) return;
      target.value = '';
      scanned(code);
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    document.addEventListener('input', onInput, { capture: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', onKeyDown, { capture: true });
      document.removeEventListener('input', onInput, { capture: true });
    };
  }, [enabled, settings]);
}
