import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that stays the same while it calls the newest one, for what is drawn again only when its properties change. */
export function useStable<Parameters extends readonly unknown[], Result>(callback: (...parameters: Parameters) => Result): (...parameters: Parameters) => Result {
  const newest = useRef(callback);
  useLayoutEffect(() => {
    newest.current = callback;
  });
  return useCallback((...parameters: Parameters) => newest.current(...parameters), []);
}
