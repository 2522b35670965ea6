import { useEffect, useEffectEvent, useRef } from 'react';

/** A function that runs `action` once, `delayMs` after the first of the calls that come meanwhile. */
export function useSettled(delayMs: number, action: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const run = useEffectEvent(action);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      run();
    }, delayMs);
  };
}
